package import BreachModel

/// Every sentence and heading of the reports for people, both languages side by side.
///
/// A text without one of its languages does not compile. Numbers come in as they are and are
/// grouped here.
package enum Messages {
  // MARK: - The headline

  static func incomplete(gaps: Int, bytes: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "未完了: \(group(gaps))件（\(bytes.ja)）を読めていません。この報告はその部分について何も述べません。",
      en: "INCOMPLETE: \(count(gaps, "item")) (\(bytes.en)) could not be read; "
        + "this report says nothing about that part."
    )
  }

  static let unfinished = LocalizedText(
    ja: "未完了: 処理が途中で終わりました。この報告は読めた部分だけについて述べます。",
    en: "INCOMPLETE: the run ended early; this report speaks only of the part that was read."
  )

  static let unfinishedShort = LocalizedText(
    ja: "未完了: 途中で終了",
    en: "INCOMPLETE: the run ended early"
  )

  static let notCounted = LocalizedText(ja: "数えず", en: "not counted")

  static func nothingFound(files: Int, bytes: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "読んだ範囲（\(group(files))ファイル、\(bytes.ja)）では何も見つかりませんでした。",
      en: "Nothing was found in what was read (\(count(files, "file")), \(bytes.en))."
    )
  }

  static let nothingFoundInPart = LocalizedText(
    ja: "読めた部分では何も見つかりませんでした。読めなかった部分については分かりません。",
    en: "Nothing was found in the part that was read; the rest is unknown."
  )

  static let personsLabel = LocalizedText(ja: "本人の数", en: "Persons")

  static let dutiesLabel = LocalizedText(ja: "義務", en: "Duties")

  static let openLabel = LocalizedText(ja: "未回答", en: "Open")

  static let periodLabel = LocalizedText(ja: "データの期間", en: "Period")

  static let notReadLabel = LocalizedText(ja: "読めず", en: "Not read")

  static func persons(low: String, likely: String, high: String) -> LocalizedText {
    LocalizedText(
      ja: "約\(likely)人（最小\(low)人、最大\(high)人）",
      en: "about \(likely) (at least \(low), at most \(high))"
    )
  }

  static func exactPersons(_ number: String) -> LocalizedText {
    LocalizedText(ja: "\(number)人", en: "\(number)")
  }

  static func countedPersons(_ number: Int) -> LocalizedText {
    LocalizedText(ja: "\(group(number))人", en: count(number, "person"))
  }

  /// A column or key, the type that its values are taken for, and how many there are of it.
  static func typed(_ column: String, _ type: DataType, values: Int = 0) -> LocalizedText {
    let name = Names.type(type)
    return LocalizedText(
      ja: "\(column)（\(name.ja)" + (values > 0 ? "、\(group(values))件）" : "）"),
      en: "\(column) (\(name.en)" + (values > 0 ? ", \(group(values)))" : ")")
    )
  }

  static let personsNotCounted = LocalizedText(
    ja: "数えていません（--no-persons）",
    en: "not counted (--no-persons)"
  )

  static let notAssessed = LocalizedText(
    ja: "要件はまだ当てはめていません",
    en: "no criteria have been applied yet"
  )

  static func noDuty(criteria: Int, open: Int) -> LocalizedText {
    let ja = open == 0 ? "" : "、うち\(group(open))件は未確定"
    let en = open == 0 ? "" : ", \(group(open)) of them open"
    return LocalizedText(
      ja: "該当する法令の要件は見つかっていません（\(group(criteria))要件を確認\(ja)）。下の理由と未回答の質問を見てください",
      en: "no criterion of law was found to be met (\(count(criteria, "criterion", "criteria")) "
        + "applied\(en)); see the reasons and open questions below"
    )
  }

  static func duties(criteria: Int, open: Int, duties: Int) -> LocalizedText {
    LocalizedText(
      ja: "法令の要件\(group(criteria))件に該当" + (open == 0 ? "" : "、\(group(open))件は未確定")
        + "、義務\(group(duties))件",
      en: "\(count(criteria, "criterion", "criteria")) of law met, "
        + (open == 0 ? "" : "\(group(open)) open, ") + count(duties, "duty", "duties")
    )
  }

  /// What no law, but guidance or a contract asks for.
  static func measures(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "指針・契約による対応\(group(number))件",
      en: "\(count(number, "measure")) by guidance or contract"
    )
  }

  static let measuresHeading = LocalizedText(
    ja: "指針・契約による対応（法令の義務ではないもの）",
    en: "Measures by guidance or contract (no duties of law)"
  )

  /// Places whose law nobody has looked at.
  static func uncovered(_ places: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "本人が居住し得る、又は記載のある次の地の法令は判断していません（パックがない）: \(places.ja)。専門家に確認してください。",
      en: "No pack states the law of places that are named, or where persons may live: "
        + "\(places.en). Ask counsel there."
    )
  }

  static let cautionLabel = LocalizedText(ja: "注意", en: "Caution")

  static let placeAbroad = LocalizedText(ja: "国外（国名の記載なし）", en: "abroad (no country named)")

  static let noDay = LocalizedText(ja: "日付の定めなし", en: "no day named")

  static func moreDuties(_ number: Int) -> LocalizedText {
    LocalizedText(ja: "ほか\(group(number))件", en: "and \(group(number)) more below")
  }

  static func openQuestions(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "人だけが答えられる質問が\(group(number))件",
      en: "\(count(number, "question")) that only people can answer"
    )
  }

  static let noQuestion = LocalizedText(ja: "なし", en: "none")

  static func allRead(files: Int, bytes: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "なし。全\(group(files))ファイル、\(bytes.ja)を読みました",
      en: "nothing; all of \(count(files, "file")), \(bytes.en) were read"
    )
  }

  static func notRead(gaps: Int, bytes: LocalizedText) -> LocalizedText {
    LocalizedText(ja: "\(group(gaps))件、\(bytes.ja)", en: "\(count(gaps, "item")), \(bytes.en)")
  }

  static func bytesOfUnknown(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "うち\(group(number))件は大きさ不明",
      en: "\(group(number)) of them of unknown size"
    )
  }

  static func couldAdd(_ number: String) -> LocalizedText {
    LocalizedText(ja: "あと約\(number)人増える可能性", en: "could add about \(number) persons")
  }

  static let couldAddUnknown = LocalizedText(
    ja: "増える人数は不明",
    en: "could add an unknown number of persons"
  )

  // MARK: - Headings

  static let typesHeading = LocalizedText(ja: "項目と本人の数", en: "Types and persons")

  static let funnelHeading = LocalizedText(ja: "行から本人まで", en: "From rows to persons")

  static let countedTablesHeading = LocalizedText(
    ja: "数えない表、指定により数えた表",
    en: "Tables that are not counted, or are because you said so"
  )

  static let combinationsHeading = LocalizedText(ja: "項目の組み合わせ", en: "Combinations")

  static let classesHeading = LocalizedText(ja: "本人の区分", en: "By class of person")

  static let residenceHeading = LocalizedText(ja: "居住地別の本人の数", en: "By residence")

  /// The day, or the first and the last one, on which ages were reckoned.
  package static func agesHeading(_ days: Period?) -> LocalizedText {
    guard let days else { return LocalizedText(ja: "年齢", en: "By age") }
    let text = self.days(days)
    return LocalizedText(ja: "年齢（\(text.ja)現在）", en: "By age (\(text.en))")
  }

  /// The same of what is compared.
  package static func agesHeading(_ old: Period?, _ new: Period?) -> LocalizedText {
    let unknown = LocalizedText(ja: "不明", en: "unknown")
    let (before, after) = (old.map(days) ?? unknown, new.map(days) ?? unknown)
    return LocalizedText(
      ja: "年齢（前: \(before.ja)現在、後: \(after.ja)現在）",
      en: "By age (before: \(before.en), after: \(after.en))"
    )
  }

  private static func days(_ days: Period) -> LocalizedText {
    days.from == days.to
      ? LocalizedText(ja: "\(days.from)", en: "\(days.from)")
      : LocalizedText(ja: "\(days.from)〜\(days.to)", en: "\(days.from) to \(days.to)")
  }

  package static let ageColumn = LocalizedText(ja: "歳", en: "years")

  package static func below(age: Int) -> LocalizedText {
    LocalizedText(ja: "\(age)歳未満（計）", en: "below \(age), all")
  }

  static let filesHeading = LocalizedText(ja: "ファイル", en: "Files")

  static let gapsHeading = LocalizedText(ja: "読めたもの、読めなかったもの", en: "Read and not read")

  static let notesHeading = LocalizedText(ja: "注記", en: "Notes")

  static let dutiesHeading = LocalizedText(ja: "義務と期限", en: "Duties and dates")

  static let questionsHeading = LocalizedText(ja: "未回答の質問", en: "Open questions")

  static let adviceHeading = LocalizedText(ja: "次の手順", en: "Next steps")

  static let limitsHeading = LocalizedText(ja: "限界", en: "Limits")

  // MARK: - Columns and rows

  static let type = LocalizedText(ja: "項目", en: "type")

  static let types = LocalizedText(ja: "項目", en: "types")

  static let findings = LocalizedText(ja: "検出数", en: "findings")

  static let distinct = LocalizedText(ja: "種類数", en: "distinct")

  static let range = LocalizedText(ja: "最小-最大", en: "low-high")

  static let sample = LocalizedText(ja: "見本", en: "sample")

  static let byChance = LocalizedText(ja: "偶然", en: "chance")

  static let place = LocalizedText(ja: "地域", en: "place")

  static let personsColumn = LocalizedText(ja: "本人の数", en: "persons")

  static let personClass = LocalizedText(ja: "区分", en: "class")

  static let rows = LocalizedText(ja: "行", en: "rows")

  static let withoutDuplicates = LocalizedText(
    ja: "完全な重複を除いた行",
    en: "rows without exact duplicates"
  )

  static let entities = LocalizedText(ja: "名寄せした主体", en: "persons and organisations after linking")

  static let organisations = LocalizedText(ja: "- 法人・団体", en: "- organisations")

  static let samplePersons = LocalizedText(ja: "- 見本データ", en: "- sample data")

  static let extraInRows = LocalizedText(ja: "+ 同じ行の別の人", en: "+ further persons in a row")

  // MARK: - Details

  static let because = LocalizedText(ja: "理由: ", en: "because: ")

  static let cite = LocalizedText(ja: "出典: ", en: "source: ")

  static let authority = LocalizedText(ja: "相手: ", en: "toward: ")

  static let due = LocalizedText(ja: "期限: ", en: "due: ")

  static let basis = LocalizedText(ja: "根拠: ", en: "basis: ")

  static let firedBy = LocalizedText(ja: "要件: ", en: "criteria: ")

  static let unconfirmed = LocalizedText(ja: "一次資料で未確認", en: "no primary text read")

  static func notApplied(_ packs: String) -> LocalizedText {
    LocalizedText(
      ja: "当てはめていない法令のパック: \(packs)。事案の事実に jurisdictions・residents・sector を書くか、"
        + "--criteria で指定すると当てはめます。",
      en: "Packs not applied: \(packs). State jurisdictions, residents or the sector in the "
        + "incident file, or name them with --criteria, to apply them."
    )
  }

  static let ifYes = LocalizedText(ja: "はい: ", en: "if yes: ")

  static let ifNo = LocalizedText(ja: "いいえ: ", en: "if no: ")

  static let warning = LocalizedText(ja: "注意: ", en: "warning: ")

  static func fileFacts(persons: Int, records: Int, format: String) -> LocalizedText {
    LocalizedText(
      ja: "\(format)、\(group(records))件、本人に関する記録\(group(persons))件",
      en: "\(format), \(count(records, "record")), \(group(persons)) that identify a person"
    )
  }

  static let foundHere = LocalizedText(ja: "検出: ", en: "found: ")

  static let noFinding = LocalizedText(ja: "検出なし", en: "nothing found")

  static let columns = LocalizedText(ja: "列: ", en: "columns: ")
  static let setAside = LocalizedText(
    ja: "偶然の水準のため数えなかった列: ",
    en: "not counted, no better than chance: "
  )

  static let dates = LocalizedText(ja: "日付の列: ", en: "dates: ")

  static let firstDay = LocalizedText(ja: "最初の日", en: "first day")

  static let lastDay = LocalizedText(ja: "最後の日", en: "last day")

  static let alsoAt = LocalizedText(ja: "同じ内容: ", en: "also at: ")

  static func window(from: String, to: String) -> LocalizedText {
    LocalizedText(ja: "\(from) から \(to)", en: "\(from) to \(to)")
  }

  static func moreFiles(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "ほか、検出のある\(group(number))ファイル",
      en: "and \(count(number, "more file")) with findings"
    )
  }

  static func otherFiles(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "検出のないファイル: \(group(number))",
      en: "\(count(number, "file")) without findings"
    )
  }

  package static func more(_ number: Int) -> LocalizedText {
    LocalizedText(ja: "ほか\(group(number))件", en: "and \(group(number)) more")
  }

  static func moreGaps(_ number: Int, bytes: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "ほか\(group(number))件（\(bytes.ja)）",
      en: "and \(group(number)) more (\(bytes.en))"
    )
  }

  static func byteCount(_ number: String) -> LocalizedText {
    LocalizedText(ja: "\(number)バイト", en: number == "1" ? "1 byte" : "\(number) bytes")
  }

  static func accounted(files: Int, bytes: Int, read: Int, notText: Int) -> LocalizedText {
    LocalizedText(
      ja: "\(group(files))ファイルの\(group(bytes))バイトのうち\(group(read))バイトを読みました。"
        + "文字を含まない形式: \(group(notText))ファイル",
      en: "\(group(read)) of \(count(bytes, "byte")) in \(count(files, "file")) were read; "
        + "\(count(notText, "file")) of a kind that holds no text"
    )
  }

  /// An amount that is known to be short of the whole.
  static func orMore(_ bytes: LocalizedText) -> LocalizedText {
    LocalizedText(ja: bytes.ja + "以上", en: bytes.en + " or more")
  }

  /// What stands between the parts of a list.
  static let comma = LocalizedText(ja: "、", en: ", ")

  static let unknownSize = LocalizedText(ja: "大きさ不明", en: "size unknown")

  // MARK: - What no report may leave out

  static let noPerson = LocalizedText(
    ja: "読んだ範囲では、特定の個人を識別できる記録は見つかりませんでした。",
    en: "No record that identifies a person was found in what was read."
  )

  static let rangeMeaning = LocalizedText(
    ja: "最大は確実な一致だけで名寄せした数、最小は弱い一致でも名寄せした数です。読めなかった部分は含みません。",
    en: "High links records on strong evidence only, low on weak evidence too; what was not "
      + "read is in neither."
  )

  static let machineLimits = LocalizedText(
    ja: "内容から分からないこと: 原因、不正の目的、回収の有無、暗号化と鍵、この資料が事案の全体かどうか、"
      + "本人が存命かどうか。これらは人が判断します。",
    en: "Content cannot tell the cause, a wrongful purpose, whether the data was recovered or "
      + "encrypted and the key kept, whether this is the whole incident, or whether a person "
      + "is alive; people decide these."
  )

  static let textLimits = LocalizedText(
    ja: "病歴・信条などの要配慮情報やパスワードは、列名・キー名・見出し(病名：など)で見分けます。"
      + "見出しのない文章や備考の中にあるものは検出していません。",
    en: "Illnesses, beliefs and other sensitive data and passwords are recognised by the names of "
      + "columns and keys and by labels; in sentences and remarks without one they are not found."
  )

  static let notLegalAdvice = LocalizedText(
    ja: "この報告は法的助言ではありません。",
    en: "This report is not legal advice."
  )

  // MARK: - One line

  static func quiet(state: String, persons: String, duties: Int, firstDue: String?, questions: Int)
    -> LocalizedText
  {
    LocalizedText(
      ja: "\(state)、本人の数 \(persons)、義務 \(group(duties))件"
        + (firstDue.map { "（最初の期限 \($0)）" } ?? "") + "、質問 \(group(questions))件",
      en: "\(state), persons \(persons), \(count(duties, "duty", "duties"))"
        + (firstDue.map { " (first due \($0))" } ?? "") + ", \(count(questions, "open question"))"
    )
  }

  static func quietIncomplete(gaps: Int, bytes: LocalizedText) -> LocalizedText {
    LocalizedText(
      ja: "未完了: \(group(gaps))件（\(bytes.ja)）を読めず",
      en: "INCOMPLETE: \(count(gaps, "item")) (\(bytes.en)) not read"
    )
  }

  static let quietComplete = LocalizedText(ja: "すべて読了", en: "all read")
}

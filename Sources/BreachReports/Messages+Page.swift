internal import BreachModel

extension Messages {
  // MARK: - The page: its first screen

  static let pageTitle = LocalizedText(
    ja: "個人データ漏えい 規模の報告",
    en: "Personal data breach: what leaked, of how many"
  )

  static let scanned = LocalizedText(ja: "調べたもの", en: "Scanned")

  static func scannedOn(_ day: String, version: String) -> LocalizedText {
    LocalizedText(
      ja: "\(day) に breachscope \(version) で調査",
      en: "on \(day) by breachscope \(version)"
    )
  }

  static let howMany = LocalizedText(ja: "何人分か", en: "How many persons")

  static let whichDuty = LocalizedText(ja: "どの義務を、いつまでに", en: "Which duty, by when")

  static let whatIsOpen = LocalizedText(ja: "まだ分からないこと", en: "What is still open")

  static let whatWasNotRead = LocalizedText(ja: "読めなかったもの", en: "What was not read")

  static func about(_ number: String) -> LocalizedText {
    LocalizedText(ja: "約\(number)人", en: "about \(number)")
  }

  static func confirmedAndMost(_ low: String, _ high: String) -> LocalizedText {
    LocalizedText(ja: "最小 \(low)人、最大 \(high)人", en: "at least \(low), at most \(high)")
  }

  static let mainTypes = LocalizedText(ja: "主な項目", en: "Main types")

  static let rangeChart = LocalizedText(ja: "最小から最大まで", en: "From the least to the most")

  static func dutiesWithoutDay(_ number: Int) -> LocalizedText {
    LocalizedText(
      ja: "日付の定めのない義務 \(group(number))件",
      en: "\(count(number, "duty", "duties")) without a named day"
    )
  }

  static let contents = LocalizedText(ja: "目次", en: "Contents")

  static let skip = LocalizedText(ja: "本文へ", en: "Skip to the report")

  // MARK: - Sections

  static let extentHeading = LocalizedText(ja: "確認できた人数と最大の人数", en: "Confirmed and at most")

  static let measure = LocalizedText(ja: "数え方", en: "measure")

  static let confirmed = LocalizedText(ja: "最小（確認できた人数）", en: "low (confirmed)")

  static let best = LocalizedText(ja: "推定", en: "likely")

  static let most = LocalizedText(ja: "最大", en: "high (at most)")

  static let unreadCouldAdd = LocalizedText(
    ja: "読めなかった部分で増えうる人数",
    en: "what was not read could add"
  )

  static let meaning = LocalizedText(ja: "意味", en: "meaning")

  static let lowMeaning = LocalizedText(
    ja: "弱い一致（同姓同住所など）でも同じ人とみなした数",
    en: "records that match weakly count as one person"
  )

  static let likelyMeaning = LocalizedText(
    ja: "通常の一致で名寄せした数",
    en: "records that match well count as one person"
  )

  static let highMeaning = LocalizedText(
    ja: "確実に一致するものだけを同じ人とみなした数。1,000人超などの判断はこの数で行う",
    en: "only certain matches count as one person; thresholds are judged by this number"
  )

  static let harmHeading = LocalizedText(
    ja: "組み合わせから予想される二次被害",
    en: "Secondary damage to warn of, by combination"
  )

  static let harmColumn = LocalizedText(ja: "起こりうること", en: "what may happen")

  static let tellColumn = LocalizedText(ja: "本人に伝えること", en: "what to tell the persons")

  static let together = LocalizedText(ja: "そろって漏れた項目", en: "leaked together")

  static let or = LocalizedText(ja: "又は", en: " or ")

  static func inBrackets(_ text: String) -> LocalizedText {
    LocalizedText(ja: "（\(text)）", en: "(\(text))")
  }

  static func harm(_ harm: Harm) -> (what: LocalizedText, tell: LocalizedText) {
    switch harm {
    case .cardFraud:
      (
        LocalizedText(ja: "カードの不正利用", en: "Fraudulent use of the card"),
        LocalizedText(ja: "利用停止・再発行と明細の確認", en: "Block and replace the card; watch statements")
      )
    case .bankFraud:
      (
        LocalizedText(ja: "口座を悪用した詐欺、不正な引落し", en: "Fraud with the account, false debits"),
        LocalizedText(ja: "入出金の確認と銀行への相談", en: "Watch the account; ask the bank")
      )
    case .accountTakeover:
      (
        LocalizedText(ja: "このサービスとほかのサービスへの不正ログイン", en: "Logins here and at other services"),
        LocalizedText(
          ja: "直ちにパスワードを変える。同じものを使うほかのサービスでも変える",
          en: "Change the password at once, and wherever else it is used"
        )
      )
    case .impersonation:
      (
        LocalizedText(
          ja: "本人になりすました契約、口座の開設",
          en: "Contracts and accounts in the person's name"
        ),
        LocalizedText(
          ja: "身に覚えのない契約・請求への注意、信用情報機関への申告",
          en: "Beware of unknown contracts; a note at the credit bureaus"
        )
      )
    case .forgedPapers:
      (
        LocalizedText(ja: "公的な番号を使ったなりすまし、書類の偽造", en: "Impersonation, forged papers"),
        LocalizedText(
          ja: "発行した機関への相談、番号の変更の可否の確認",
          en: "Ask the issuing office, and whether the number can be changed"
        )
      )
    case .falseInvoices:
      (
        LocalizedText(
          ja: "架空の請求書、訪問、詐欺の電話",
          en: "False invoices, visits, fraudulent calls"
        ),
        LocalizedText(
          ja: "身に覚えのない請求に応じない。役所・銀行を名乗る電話に注意する",
          en: "Do not pay unknown invoices; beware of calls in the name of offices or banks"
        )
      )
    case .phishing:
      (
        LocalizedText(ja: "この組織を装うメール、迷惑メール", en: "Mails in the organisation's name, spam"),
        LocalizedText(
          ja: "リンクと添付ファイルを開かない。問い合わせは公表した窓口へ",
          en: "Open no links or attachments; ask the published desk"
        )
      )
    case .exposure:
      (
        LocalizedText(
          ja: "差別、偏見その他の不利益、脅し",
          en: "Discrimination, prejudice, blackmail"
        ),
        LocalizedText(
          ja: "同居者などに内容を知られない方法で、本人だけに伝える",
          en: "Tell the person alone, in a way that nobody near learns of it"
        )
      )
    }
  }

  static let notFoundHeading = LocalizedText(ja: "見つからなかった項目", en: "Not found")

  static let howSearched = LocalizedText(ja: "探し方", en: "how it was searched")

  static let searchedAnywhere = LocalizedText(
    ja: "文章・ログを含むすべての文字から、値の形・桁数・検査数字・辞書で探し、列名・キー名・見出しでも探した",
    en: "in all text, prose and logs too, by shape, length, check digit and dictionary, and by the "
      + "names of columns, keys and labels"
  )

  static let searchedNamed = LocalizedText(
    ja: "列・キー・見出しの名前と、そこにある値の形・検査数字で探した。見出しのない文章の中は探していない",
    en: "in columns, under keys and behind labels, by their names and by the shape and check "
      + "digits of the values; not in sentences without a label"
  )

  static let notSearched = LocalizedText(
    ja: "探していない（--types で指定されていない）。あるかどうかは分からない",
    en: "not searched (--types named others); whether they are there is not known"
  )

  static let itemsAndPersons = LocalizedText(ja: "項目と本人の数", en: "types and persons")

  static let notFoundWhole = LocalizedText(
    ja: "調べたファイルはすべて読みました。次の項目は見つかっていません。",
    en: "All files were read. These items were not found."
  )

  static let notFoundInPart = LocalizedText(
    ja: "次の項目は、読めた部分では見つかっていません。読めなかった部分にあるかどうかは分かりません。",
    en: "These items were not found in the part that was read; whether they are in the rest is not "
      + "known."
  )

  static let periodHeading = LocalizedText(ja: "データの期間", en: "Period of the data")

  static let periodUnknown = LocalizedText(
    ja: "この版は、日付の列や時刻からデータの期間を求めません。登録日・注文日・ログの時刻で最初と最後の日を"
      + "確かめ、報告に書いてください。",
    en: "This version does not work out the period from dates in the data. Establish the first and "
      + "last day from registrations, orders or log times, and put them into your report."
  )

  static let tablesHeading = LocalizedText(ja: "表と列", en: "Tables and columns")

  static let tableColumn = LocalizedText(ja: "表", en: "table")

  static let columnsColumn = LocalizedText(ja: "列と項目", en: "columns and types")

  static let countryHeading = LocalizedText(ja: "国", en: "By country")

  static let countryColumn = LocalizedText(ja: "国", en: "country")

  static let abroadHeading = LocalizedText(
    ja: "国外に居住しうる人（居住地不明の人のうち）",
    en: "Who may live abroad, of those whose residence is unknown"
  )

  static let prefectureHeading = LocalizedText(ja: "都道府県", en: "By prefecture")

  static let examplesHeading = LocalizedText(ja: "検出の例（伏せ字）", en: "Examples, masked")

  static let examplesNote = LocalizedText(
    ja: "ファイル・列・項目ごとに1行。値は伏せています。行は最初の検出の位置です。",
    en: "One row a file, field and type. Values are masked; the line is that of the first finding."
  )

  static let noRows = LocalizedText(
    ja: "保存した結果には検出ごとの行がないため、例と行番号はありません。scan で直接書き出すと付きます。",
    en: "A stored result holds no single findings, so there are no examples and lines; a report "
      + "written by `scan` itself has them."
  )

  static let reason = LocalizedText(ja: "理由", en: "reason")

  static let size = LocalizedText(ja: "大きさ", en: "size")

  static let gapDetails = LocalizedText(ja: "詳しい理由・対処", en: "details")

  static let criteriaHeading = LocalizedText(ja: "要件の判断", en: "Criteria")

  static let outcomeColumn = LocalizedText(ja: "判断", en: "outcome")

  static let criterionColumn = LocalizedText(ja: "要件", en: "criterion")

  static let becauseColumn = LocalizedText(ja: "理由", en: "because")

  static let sourceColumn = LocalizedText(ja: "出典", en: "source")

  static let basisColumn = LocalizedText(ja: "根拠", en: "basis")

  static let yesColumn = LocalizedText(ja: "「はい」なら", en: "if yes")

  static let noColumn = LocalizedText(ja: "「いいえ」なら", en: "if no")

  static let sheetHeading = LocalizedText(
    ja: "初期調査シート（F1–F13）",
    en: "Initial-investigation sheet (F1–F13)"
  )

  static let sheetNote = LocalizedText(
    ja: "顧客情報が流出したときに求められる初期調査の項目ごとに、答えが出ているか、まだ人に聞くことがあるかを示します。",
    en: "For each item of the initial investigation after a leak of customer data: answered, or "
      + "still to be asked."
  )

  static let itemColumn = LocalizedText(ja: "調査項目", en: "item")

  static let stateColumn = LocalizedText(ja: "状態", en: "state")

  static let knownColumn = LocalizedText(ja: "分かっていること", en: "what is known")

  static let askColumn = LocalizedText(ja: "人に聞くこと", en: "what people have to say")

  static func state(_ state: InvestigationRow.State) -> LocalizedText {
    switch state {
    case .answered: LocalizedText(ja: "回答済み", en: "answered")
    case .partly: LocalizedText(ja: "一部回答", en: "answered in part")
    case .asking: LocalizedText(ja: "未回答", en: "asking")
    }
  }

  static let methodHeading = LocalizedText(ja: "方法・版・再現", en: "Method, versions, how to repeat")

  static let program = LocalizedText(ja: "プログラム", en: "Program")

  static let patternsHash = LocalizedText(ja: "パターンのSHA-256", en: "SHA-256 of the patterns")

  static let packVersions = LocalizedText(ja: "法令パック", en: "Law packs")

  static let started = LocalizedText(ja: "開始", en: "Started")

  static let seconds = LocalizedText(ja: "所要時間", en: "Took")

  static func secondsText(_ seconds: String) -> LocalizedText {
    LocalizedText(ja: "\(seconds)秒", en: "\(seconds) s")
  }

  static let inputColumn = LocalizedText(ja: "入力", en: "input")

  static let hashColumn = LocalizedText(ja: "SHA-256", en: "SHA-256")

  static let noHash = LocalizedText(ja: "計算していない", en: "not computed")

  static let repeatable = LocalizedText(
    ja: "同じ入力、同じ版、同じパターンなら、処理数や機械によらず同じ数になります。別の担当者は同じ版で scan を実行し、"
      + "上のSHA-256と件数を比べてください。",
    en: "The same input, version and patterns give the same numbers, whatever the number of jobs "
      + "or the machine. A second analyst runs scan with the same version and compares the SHA-256 "
      + "and the numbers above."
  )

  static let linking = LocalizedText(
    ja: "名寄せ: 公的番号・同じ表のID・氏名と生年月日・氏名と連絡先の一致を強い根拠、個人のメールアドレス・携帯番号の一致を"
      + "通常の根拠、同姓で同住所などを弱い根拠とします。生年月日や名の食い違いは名寄せを妨げます。見本データと法人は除きます。",
    en: "Linking: official numbers, ids of one table, full name with birth date or contact point "
      + "are strong; a personal mailbox or mobile alone is good; the family name at one address "
      + "is weak. Another birth date or given name keeps records apart. Sample data and "
      + "organisations are set apart."
  )

  static let incompleteMark = LocalizedText(ja: "【未完了】", en: "INCOMPLETE: ")

  static let stepColumn = LocalizedText(ja: "段階", en: "step")

  static let formatColumn = LocalizedText(ja: "形式", en: "format")

  static let recordsColumn = LocalizedText(ja: "記録", en: "records")

  static let personRecords = LocalizedText(ja: "本人の記録", en: "of persons")

  // MARK: - Charts

  static let typesChart = LocalizedText(
    ja: "項目ごとの本人の数。濃い部分が最小、淡い部分が最大まで",
    en: "Persons by type; dark up to the least, pale up to the most"
  )

  static let funnelChart = LocalizedText(
    ja: "行から本人までの絞り込み",
    en: "From rows to persons, step by step"
  )

  static let timelineChart = LocalizedText(ja: "義務の日程", en: "The duties in time")

  static let coverageChart = LocalizedText(ja: "読めた割合", en: "How much was read")

  static let scanDay = LocalizedText(ja: "調査日", en: "scan")

  static let read = LocalizedText(ja: "読んだ", en: "read")

  static let notText = LocalizedText(ja: "文字を含まない・対象外", en: "holds no text")

  static let unread = LocalizedText(ja: "読めず", en: "not read")
}

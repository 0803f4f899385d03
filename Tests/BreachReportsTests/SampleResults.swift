import BreachModel
import BreachReports

/// Made-up results: no value and no person in them exists.
enum SampleResults {
  /// A shop's dump with everything that a report can show.
  static let shop: ScanResult = {
    var result = empty
    result.run = Run(
      started: "2026-11-23T00:00:00Z",
      seconds: 1.25,
      complete: false,
      jobs: 2,
      inputs: [.init(path: "shop-leak.tar.gz", bytes: 120_034, sha256: nil)]
    )
    result.coverage.files = 5
    result.coverage.bytes = 1_234_567
    result.coverage.readBytes = 1_234_533
    result.coverage.containerBytes = 90
    result.coverage.byFormat = ["csv": 2, "sql": 1, "jsonl": 1]
    result.coverage.notText = 1
    result.coverage.gaps = [
      Gap(
        path: "shop-leak.tar.gz!/old.7z",
        reason: .needsPassword,
        bytes: 34,
        message: "The archive is encrypted; give its password with --passwords."
      ),
      Gap(
        path: "shop-leak.tar.gz!/locked",
        reason: .permission,
        bytes: nil,
        message: "The folder cannot be opened."
      ),
    ]
    result.coverage.notes = [
      Note(path: "shop-leak.tar.gz!/link", kind: "symlink", message: "A link was not followed.")
    ]
    result.findings = [
      .personName: found(count: 1_052, distinct: 1_030, files: 3, certain: 1_000, likely: 40),
      .emailAddress: found(count: 1_204, distinct: 1_041, files: 4, certain: 1_204, sample: 2),
      .phoneNumber: found(count: 980, distinct: 961, files: 2, certain: 900, likely: 60),
      .cardNumber: found(count: 12, distinct: 11, files: 1, certain: 11, chance: 0.04),
      .address: found(count: 640, distinct: 612, files: 1, certain: 630, likely: 10),
      .companyName: found(count: 3, distinct: 3, files: 1, certain: 3, chance: 2.26),
    ]
    result.persons = persons
    result.assessment = Assessment(
      packs: [appi, founding],
      notApplied: [
        .init(
          id: "kr-pipa",
          title: LocalizedText(ja: "韓国 個人情報保護法", en: "Korea, PIPA"),
          because: LocalizedText(ja: "居住者なし", en: "no residents there")
        )
      ]
    )
    result.assessment?.packs[0].outcomes[0].persons = PersonCount(1_052)
    result.assessment?.packs[1].outcomes[0].isUnconfirmed = true
    result.files = files
    return result
  }()

  /// Nothing read, nothing found, everything accounted for.
  static let empty = ScanResult(
    tool: Tool(
      name: "breachscope",
      version: "0.1.0",
      patternsSHA256: String(repeating: "0123456789abcdef", count: 4)
    ),
    run: Run(
      started: "2026-11-23T00:00:00Z",
      seconds: 0,
      complete: true,
      jobs: 1,
      inputs: [.init(path: "empty", bytes: 0, sha256: nil)]
    ),
    coverage: Coverage(),
    findings: [:],
    persons: PersonsResult(
      count: .zero,
      unread: .init(bytes: 0, couldAdd: 0, basis: ""),
      funnel: Funnel(),
      byType: [:],
      byCombination: [],
      byClass: [:],
      byResidence: [:],
      profiles: []
    ),
    assessment: nil,
    files: []
  )

  /// A path and a header that attack whatever shows them.
  static let hostileName = "a\u{1B}]52;c;aGk=\u{7}\n::set-output x\"\\'<b>\u{202E}fdp\u{2028}\u{85}"

  /// Hostile names in every place that takes text from evidence.
  static let hostile: ScanResult = {
    var result = shop
    result.run.inputs[0].path = hostileName
    result.coverage.gaps[0].path = hostileName
    result.coverage.gaps[0].message = hostileName
    result.coverage.gaps[1].reason = GapReason(hostileName)
    result.coverage.notes[0] = Note(path: hostileName, kind: hostileName, message: hostileName)
    result.coverage.byFormat[hostileName] = 1
    result.persons?.byClass[hostileName] = PersonCount(1)
    result.persons?.byResidence[hostileName] = PersonCount(1)
    result.persons?.unread.basis = hostileName
    result.assessment?.packs[0].title = LocalizedText(ja: hostileName, en: hostileName)
    result.assessment?.packs[0].outcomes[0].cite = [hostileName]
    result.files[0].path = hostileName
    result.files[0].format = hostileName
    result.files[0].encoding = hostileName
    result.files[0].alsoAt = [hostileName]
    result.files[0].columns[0].name = hostileName
    result.files[0].columns[0].table = hostileName
    return result
  }()

  /// Three lines of a finding stream.
  static let rows = [
    FindingRow(
      type: .emailAddress,
      detector: "email",
      path: "dump.zip!/users.csv",
      line: 3,
      field: "メール",
      offset: 123,
      length: 17,
      record: 2,
      value: "t***@e***.jp",
      digest: "00112233445566778899aabbccddeeff",
      confidence: Confidence(rawValue: 98),
      evidence: ["column:メール", "tld"]
    ),
    FindingRow(
      type: .nationalID,
      subtype: "us_ssn",
      detector: "us-ssn",
      path: "report.pdf",
      place: "page 3",
      value: "***-**-****",
      digest: "00",
      confidence: Confidence(rawValue: 60),
      evidence: [],
      sample: true
    ),
    FindingRow(
      type: .personName,
      detector: "name",
      path: hostileName,
      line: 1,
      field: hostileName,
      offset: 0,
      length: 6,
      value: "山**",
      digest: "ff",
      confidence: Confidence(rawValue: 100),
      evidence: [hostileName]
    ),
  ]

  /// Rows brought together as a scan does it, for `hostile`.
  static var hostileContent: ReportContent {
    var found = IssueList()
    for row in rows { found.add(row, keepsValue: true) }
    var content = ReportContent(hostile, found: found)
    let persons = PersonCount(low: 3, likely: 4, high: 5)
    content.verdict = [Issue(.limit(persons, most: 4), .error, path: "dump.zip")]
    content.isGate = true
    return content
  }

  /// More leaves with findings than any format lists.
  static let flood: ScanResult = {
    var result = empty
    result.files = (0..<IssueList.most + 7).map { number in
      FileResult(
        path: "file\(number).csv",
        format: "csv",
        encoding: nil,
        bytes: 1,
        records: 1,
        persons: 0,
        findings: [number == 25_003 ? .myNumber : .emailAddress: 1],
        columns: [],
        alsoAt: []
      )
    }
    result.findings = [.emailAddress: found(count: 25_006, distinct: 1, files: 25_006, certain: 1)]
    return result
  }()

  private static func dated(_ name: String, _ from: Int, _ to: Int, table: String = "")
    -> DatedColumn
  {
    DatedColumn(
      table: table,
      name: name,
      period: Period(from: CivilDate(dayNumber: from), to: CivilDate(dayNumber: to))
    )
  }

  private static func found(
    count: Int,
    distinct: Int,
    files: Int,
    certain: Int,
    likely: Int = 0,
    sample: Int = 0,
    chance: Double = 0
  ) -> TypeFindings {
    var found = TypeFindings()
    found.count = count
    found.distinct = distinct
    found.files = files
    found.sample = sample
    found.expectedByChance = chance
    found.certain = certain
    found.likely = likely
    found.possible = count - certain - likely
    return found
  }

  private static let persons: PersonsResult = {
    var funnel = Funnel()
    funnel.rows = 1_320
    funnel.afterExactDuplicates = 1_210
    funnel.entities = 1_028
    funnel.organisations = 3
    funnel.sample = 2
    funnel.extraInRows = 1
    funnel.persons = 1_024
    let all = PersonCount(low: 990, likely: 1_024, high: 1_060)
    var persons = PersonsResult(
      count: all,
      unread: .init(
        bytes: 34,
        couldAdd: 40,
        basis: "persons per byte of the files that were read"
      ),
      funnel: funnel,
      byType: [
        .personName: PersonCount(low: 980, likely: 1_020, high: 1_050), .emailAddress: all,
        .phoneNumber: PersonCount(900), .cardNumber: PersonCount(11),
        .address: PersonCount(low: 600, likely: 610, high: 615),
      ],
      byCombination: [
        .init(
          types: [.init(.personName), .init(.emailAddress)],
          count: PersonCount(low: 980, likely: 1_020, high: 1_050)
        ),
        .init(
          types: [.init(.personName), .init(.address), .init(.cardNumber)],
          count: PersonCount(low: 10, likely: 11, high: 11)
        ),
      ],
      byClass: ["customer": all, "employee": PersonCount(12), "unspecified": PersonCount(1)],
      byClassAndType: [
        "customer": [.personName: all, .cardNumber: PersonCount(11)],
        "employee": [.emailAddress: PersonCount(12)],
      ],
      byResidence: Dictionary(
        uniqueKeysWithValues: (1...12).map {
          ("JP-\($0 < 10 ? "0" : "")\($0)", PersonCount($0 * 3))
        } + [("JP-13", PersonCount(low: 400, likely: 410, high: 420)), ("unknown", PersonCount(5))]
      ),
      profiles: [
        PersonProfile(
          types: [.init(.personName), .init(.emailAddress)],
          certain: .init(.emailAddress),
          count: PersonCount(low: 970, likely: 1_009, high: 1_039)
        ),
        PersonProfile(
          types: [.init(.personName), .init(.address), .init(.cardNumber)],
          certain: [.init(.personName), .init(.cardNumber)],
          count: PersonCount(11)
        ),
      ]
    )
    persons.byAge = [
      "14-15": PersonCount(3), "16-17": PersonCount(low: 4, likely: 4, high: 5),
      "20-29": PersonCount(low: 300, likely: 310, high: 320), "90-": PersonCount(2),
      "unknown": PersonCount(low: 681, likely: 705, high: 730),
    ]
    persons.agesOn = CivilDate("2026-11-20").map { Period(from: $0, to: $0) }
    return persons
  }()

  private static let appi = PackAssessment(
    id: "jp-appi-private",
    version: "2026.11.0",
    title: LocalizedText(ja: "個人情報保護法（民間）", en: "APPI, private sector"),
    outcomes: [
      CriterionOutcome(
        criterion: "appi.7.ii",
        title: LocalizedText(ja: "財産的被害のおそれ", en: "Property damage possible"),
        outcome: .met,
        confidence: "certain",
        because: LocalizedText(ja: "カード番号が11人分あります。", en: "Card numbers of 11 persons."),
        cite: ["施行規則7条2号"]
      ),
      CriterionOutcome(
        criterion: "appi.7.iii",
        title: LocalizedText(ja: "不正の目的", en: "Wrongful purpose"),
        outcome: .undetermined,
        confidence: "",
        because: LocalizedText(ja: "原因が分かりません。", en: "The cause is not known."),
        cite: ["施行規則7条3号"]
      ),
      CriterionOutcome(
        criterion: "appi.7.iv",
        title: LocalizedText(ja: "千人を超える本人", en: "More than 1,000 persons"),
        outcome: .met,
        confidence: "by_maximum",
        because: LocalizedText(
          ja: "最大1,060人は1,000人を超えます。最小は990人なので、数を確かめると結果が変わることがあります。",
          en: "At most 1,060 is more than 1,000; at least 990 is not, so a closer count may change "
            + "this."
        ),
        cite: ["施行規則7条4号", "https://laws.e-gov.go.jp/law/428M60020000003"]
      ),
    ],
    duties: [
      Duty(
        id: "jp.notice_persons",
        title: LocalizedText(ja: "本人への通知", en: "Notice to the persons"),
        authority: LocalizedText(ja: "本人", en: "the persons"),
        due: nil,
        from: nil,
        dueText: LocalizedText(ja: "速やかに", en: "promptly"),
        basis: "statute",
        firedBy: ["appi.7.ii", "appi.7.iv"],
        cite: ["法26条2項"]
      ),
      Duty(
        id: "jp.report_preliminary",
        title: LocalizedText(ja: "速報", en: "Preliminary report"),
        authority: LocalizedText(
          ja: "個人情報保護委員会",
          en: "Personal Information Protection Commission"
        ),
        due: "2026-11-24",
        from: "2026-11-22",
        dueText: LocalizedText(ja: "知った日を1日目として3日目から5日目", en: "day 3 to day 5"),
        basis: "guideline",
        firedBy: ["appi.7.ii", "appi.7.iv"],
        cite: ["GL 3-5-3-3"]
      ),
      Duty(
        id: "jp.report_final",
        title: LocalizedText(ja: "確報", en: "Final report"),
        authority: LocalizedText(
          ja: "個人情報保護委員会",
          en: "Personal Information Protection Commission"
        ),
        due: "2026-12-21",
        from: nil,
        dueText: LocalizedText(
          ja: "30日目の2026-12-19は土曜日のため次の開庁日",
          en: "day 30 is a Saturday; next open day"
        ),
        basis: "rule",
        firedBy: ["appi.7.ii", "appi.7.iv"],
        cite: ["施行規則8条2項"]
      ),
    ],
    decisions: [
      Decision(
        id: "wrongful_purpose",
        question: LocalizedText(
          ja: "不正の目的をもって行われたおそれがありますか。",
          en: "May it have been done for a wrongful purpose?"
        ),
        ifYes: LocalizedText(
          ja: "7条3号にも該当し、確報は60日以内になります。",
          en: "7(iii) is met as well; the final report is due on day 60."
        ),
        ifNo: LocalizedText(ja: "変わりません。", en: "Nothing changes.")
      )
    ],
    advice: [LocalizedText(ja: "カード会社に知らせてください。", en: "Tell the card acquirer.")],
    warnings: [
      LocalizedText(ja: "祝日表は2027年までです。", en: "Holidays are known up to 2027.")
    ]
  )

  private static let founding = PackAssessment(
    id: "jp-founding-guideline",
    version: "2014.12.0",
    title: LocalizedText(ja: "初動調査の項目", en: "Initial investigation"),
    outcomes: [
      CriterionOutcome(
        criterion: "founding.f6",
        title: LocalizedText(ja: "紙媒体の紛失", en: "Paper lost"),
        outcome: .notMet,
        confidence: "certain",
        because: LocalizedText(ja: "紙の様式はありません。", en: "No paper layout was seen."),
        cite: []
      )
    ],
    duties: [],
    decisions: [],
    advice: [],
    warnings: []
  )

  private static let files = [
    FileResult(
      path: "shop-leak.tar.gz!/会員.csv",
      format: "csv",
      encoding: "cp932",
      bytes: 90_000,
      records: 1_000,
      persons: 960,
      findings: [.personName: 1_000, .emailAddress: 998],
      columns: [
        .init(table: "", name: "氏名", type: .personName, values: 1_000),
        .init(table: "", name: "メール", type: .emailAddress, values: 998),
      ],
      dates: [dated("登録日", 18_353, 19_723)],
      alsoAt: ["shop-leak.tar.gz!/backup/会員.csv"]
    ),
    FileResult(
      path: "shop-leak.tar.gz!/orders.sql",
      format: "sql",
      encoding: "utf-8",
      bytes: 1_100_000,
      records: 320,
      persons: 300,
      findings: [.cardNumber: 12, .emailAddress: 206],
      columns: [.init(table: "orders", name: "card_no", type: .cardNumber, values: 12)],
      dates: [dated("created_at", 19_000, 19_800, table: "orders")],
      alsoAt: []
    ),
    FileResult(
      path: "shop-leak.tar.gz!/logo.png",
      format: "png",
      encoding: nil,
      bytes: 4_000,
      records: 0,
      persons: 0,
      findings: [:],
      columns: [],
      alsoAt: []
    ),
  ]
}

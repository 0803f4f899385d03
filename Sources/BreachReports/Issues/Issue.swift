package import BreachModel

/// How much an issue matters, the worst first.
package enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
  case error, warning, note

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One thing to look at, as formats for machines list them: at most one a leaf × field × type.
package struct Issue: Sendable, Hashable {
  /// What there is to look at.
  package enum Kind: Sendable, Hashable {
    case found(DataType)
    case notRead(GapReason)
    /// The run ended early.
    case unfinished
    /// More persons than a policy allows.
    case limit(PersonCount, most: Int)
  }

  package var kind: Kind
  package var severity: Severity
  /// `OUTER!/INNER` inside containers; empty where there is no place.
  package var path: String
  /// Column header, key path or label; nil in prose.
  package var field: String?
  /// Findings, samples included.
  package var count = 0
  package var sample = 0
  /// 1-based, of the first finding; nil when it is not known.
  package var line: Int?
  /// The first value, masked; nil when rows were not seen.
  package var example: String?
  /// What the reader of a gap or of a broken policy has to know besides; nil when that is all.
  package var detail: LocalizedText?

  package init(_ kind: Kind, _ severity: Severity, path: String, field: String? = nil) {
    self.kind = kind
    self.severity = severity
    self.path = path
    self.field = field
  }

  /// Stable id of what was found, for rules and suppressions.
  package var rule: String {
    switch kind {
    case .found(let type): type.id
    case .notRead: "not_read"
    case .unfinished: "unfinished"
    case .limit: "persons"
    }
  }

  /// The sentence of formats for machines, the same in all languages.
  package var message: String { displaySafe(words.en) }

  /// One sentence; holds no value, and no more than 256 bytes of a name.
  package var words: LocalizedText {
    var parts: [LocalizedText] = []
    switch kind {
    case .found(let type):
      parts.append(Messages.issue(count: count, of: Names.type(type)))
      if let field { parts.append(Messages.issueField(Self.shortened(displaySafe(field)))) }
      if sample > 0 { parts.append(Messages.issueSample(sample, of: count)) }
    case .notRead(let reason): parts.append(Messages.issueGap(Names.reason(reason)))
    case .unfinished: parts.append(Messages.unfinished)
    case .limit(let count, let most): parts.append(Messages.issueLimit(count, most: most))
    }
    if let detail { parts.append(Messages.issueDetail(detail)) }
    return LocalizedText(ja: parts.map(\.ja).joined(), en: parts.map(\.en).joined())
  }

  /// The same from run to run, wherever in the file and however often it is found; 32 hex digits.
  ///
  /// Made of rule, path and field (of a gap: its reason) alone; no value goes into it.
  package var fingerprint: String {
    var hash = SHA256()
    let place = FilePlace(path)
    var what = field ?? ""
    if case .notRead(let reason) = kind { what = reason.rawValue }
    for part in ["breachscope/1", rule, place.file + place.member, what] {
      hash.update(part.utf8)
      hash.update([0])
    }
    return String(hash.finalizeHex().prefix(32))
  }

  /// As much of a text as fits in 256 bytes, whole characters.
  static func shortened(_ text: String) -> String {
    guard text.utf8.count > 256 else { return text }
    var short = ""
    for scalar in text.unicodeScalars {
      if short.utf8.count + String(scalar).utf8.count > 253 { break }
      short.unicodeScalars.append(scalar)
    }
    return short + "…"
  }

  /// The worst first, then in the order of the paths.
  static func precedes(_ left: Issue, _ right: Issue) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    if left.path != right.path { return ResultEncoder.precedes(left.path, right.path) }
    if left.rule != right.rule { return ResultEncoder.precedes(left.rule, right.rule) }
    return ResultEncoder.precedes(left.field ?? "", right.field ?? "")
  }
}

/// The findings of a scan by leaf, field and type; the worst are kept, the others counted.
package struct IssueList: Sendable, Hashable {
  /// What a code host takes in one run (GitHub, "SARIF support for code scanning"), 2026.
  package static let most = 25_000

  /// The worst first.
  package private(set) var issues: [Issue] = []
  /// How many more there were.
  package private(set) var omitted = 0

  private struct Key: Hashable {
    var type: DataType
    var field: String?
  }

  private struct Group: Hashable {
    var issue: Issue
    /// At least one of its findings is `likely` or above.
    var isFirm: Bool

    mutating func add(_ row: FindingRow, keepsValue: Bool) {
      if issue.count == 0 {
        issue.line = row.line
        if keepsValue { issue.example = row.value }
      }
      issue.count += 1
      if row.sample { issue.sample += 1 }
      if row.confidence.level >= .likely { isFirm = true }
    }
  }

  private let most: Int
  private var leaf: [Key: Group] = [:]
  private var path = ""

  /// An empty list that keeps no more than `most`.
  package init(most: Int = IssueList.most) { self.most = most }

  /// What the leaves of a result hold, without lines; for results that come without rows.
  package init(_ result: ScanResult, most: Int = IssueList.most) {
    self.init(most: most)
    for file in result.files {
      path = file.path
      var rest = file.findings
      for column in file.columns where column.values > 0 {
        let count = min(column.values, rest[column.type] ?? 0)
        rest[column.type, default: 0] -= count
        add(count, Key(type: column.type, field: column.name))
      }
      for (type, count) in rest { add(count, Key(type: type, field: nil)) }
      flush()
    }
  }

  private mutating func add(_ count: Int, _ key: Key) {
    guard count > 0 else { return }
    let path = path
    leaf[key, default: Self.group(key, path)].issue.count += count
    leaf[key]?.isFirm = true
  }

  private static func group(_ key: Key, _ path: String) -> Group {
    Group(issue: Issue(.found(key.type), .note, path: path, field: key.field), isFirm: false)
  }

  /// Takes the next finding, in the order of the leaves; `keepsValue` only for masked rows.
  package mutating func add(_ row: FindingRow, keepsValue: Bool) {
    if row.path != path {
      flush()
      path = row.path
    }
    let key = Key(type: row.type, field: row.field)
    let path = path
    leaf[key, default: Self.group(key, path)].add(row, keepsValue: keepsValue)
  }

  /// Ends the list: the worst first.
  package mutating func finish() {
    flush()
    cut(to: most)
  }

  /// Keeps what a policy forbids, each as an error with the reason that `why` gives; nil drops it.
  package mutating func keep(why: (DataType) -> LocalizedText?) {
    finish()
    issues = issues.compactMap { issue in
      guard case .found(let type) = issue.kind, let reason = why(type) else { return nil }
      var issue = issue
      issue.severity = .error
      issue.detail = reason
      return issue
    }
    issues.sort(by: Issue.precedes)
  }

  private mutating func flush() {
    for (key, group) in leaf {
      var issue = group.issue
      let isSample = issue.sample == issue.count
      if group.isFirm, !isSample, key.type.isPersonal {
        issue.severity = TypeSet.gravest.contains(key.type) ? .error : .warning
      }
      issues.append(issue)
    }
    leaf.removeAll(keepingCapacity: true)
    if issues.count > 2 * most { cut(to: most) }
  }

  private mutating func cut(to number: Int) {
    issues.sort(by: Issue.precedes)
    omitted += max(0, issues.count - number)
    issues.removeLast(max(0, issues.count - number))
  }
}

extension TypeSet {
  /// What one finding of is too many: forbidden by `check` unless a policy says otherwise.
  package static let gravest = TypeSet(
    [.myNumber, .cardNumber, .password] + DataType.allCases.filter(\.isSensitive)
  )
}

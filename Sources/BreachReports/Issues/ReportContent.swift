package import BreachModel

/// What a report is made of: the result, and what rows and policies add to it.
package struct ReportContent: Sendable {
  package var result: ScanResult
  /// Findings by leaf, field and type; nil when the rows were not seen.
  package var found: IssueList?
  /// What a policy says of the whole, such as too many persons.
  package var verdict: [Issue] = []
  /// True when a policy chose the issues: everything that is listed violates it.
  package var isGate = false
  /// Values come in clear, and go so into the stream of findings alone.
  package var isRevealed = false
  /// Gap reasons that the user accepts.
  package var accepted: Set<String> = []
  /// What damages may cost; nil unless asked for.
  package var damage: DamageEstimate?
  /// Templates of what is to be filed; only the format of drafts asks for them.
  package var drafts = DraftLibrary()

  /// A result by itself, or with its rows brought together.
  package init(_ result: ScanResult, found: IssueList? = nil) {
    self.result = result
    self.found = found
  }

  /// That something was not read and was not accepted, in English; nil otherwise.
  var incomplete: String? {
    let isAccepted = !result.coverage.gaps.isEmpty && acceptsGaps
    return isAccepted ? nil : MachineView(result: result).incomplete
  }

  /// True when the user accepts the reason of every gap.
  package var acceptsGaps: Bool {
    result.coverage.gaps.allSatisfy { accepted.contains($0.reason.rawValue) }
  }

  /// What was not read, the verdict, then what was found, the worst first; and how many were left
  /// out because no format lists more than `IssueList.most`.
  package var issues: (list: [Issue], omitted: Int) {
    var found = found ?? IssueList(result)
    found.finish()
    var list: [Issue] = []
    var omitted = found.omitted
    let gaps = result.coverage.gaps
    if !result.run.complete, gaps.isEmpty {
      list.append(Issue(.unfinished, .error, path: result.run.inputs.first?.path ?? ""))
    }
    for gap in gaps.prefix(IssueList.most / 5) {
      let isAccepted = accepted.contains(gap.reason.rawValue)
      var issue = Issue(.notRead(gap.reason), isAccepted ? .note : .error, path: gap.path)
      issue.detail = Messages.gapDetail(
        gap.bytes.map { Messages.byteCount(group($0)) } ?? Messages.unknownSize,
        MachineView(result: result).told(gap)
      )
      list.append(issue)
    }
    omitted += max(0, gaps.count - IssueList.most / 5)
    list += verdict
    let room = IssueList.most - list.count
    omitted += max(0, found.issues.count - room)
    list += found.issues.prefix(room)
    return (list, omitted)
  }
}

/// A path as machines want it: the file that is there, and what stands inside it.
struct FilePlace {
  /// Without a leading `./`.
  let file: String
  /// Everything behind the file, as `!/inner.csv`; empty for a plain file.
  let member: String

  /// Splits `OUTER!/INNER`.
  init(_ path: String) {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    let bytes = Array(path.utf8)
    let mark = bytes.indices.dropLast().first {
      $0 > 0 && bytes[$0] == UInt8(ascii: "!") && bytes[$0 + 1] == UInt8(ascii: "/")
    }
    file = String(decoding: bytes[..<(mark ?? bytes.count)], as: UTF8.self)
    member = String(decoding: bytes[(mark ?? bytes.count)...], as: UTF8.self)
  }

  /// The file without the slash of an absolute path.
  var relative: String { file.hasPrefix("/") ? String(file.drop { $0 == "/" }) : file }

  /// The relative file as a URI reference (RFC 3986, 4.2): every other byte as `%hh`.
  var uri: String {
    var uri = ""
    let plain = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    for byte in relative.utf8 {
      if plain.contains(byte) {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri.isEmpty ? "." : uri
  }
}

extension ByteSink {
  /// Hands over what has gathered, once it is worth a write.
  mutating func drain(_ bytes: inout [UInt8], above limit: Int = 1 << 16) throws(Failure) {
    guard bytes.count > limit else { return }
    try append(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}

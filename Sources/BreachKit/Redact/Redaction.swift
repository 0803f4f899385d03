internal import BreachBytes
internal import BreachModel
internal import BreachReaders
internal import BreachReports

/// Copies files with what is found in them replaced, and shows that nothing is found in the copies.
///
/// All is written beside the folder that is asked for and moved there at the end, so that nothing
/// half done is ever found under its name.
final class Redaction {
  private let request: ScanRequest
  private let mark: RedactionMark
  private let progress: ((ScanProgress) -> Void)?
  private let stage: [UInt8]
  private var tree: RedactionTree
  /// Folders made so far, by their names.
  private var made: Set<[UInt8]> = []
  /// Numbers of the files whose copies are not yet known to hold nothing.
  private var open: [Int] = []
  private var done: [Int] = []
  /// Numbers of the files that are mail.
  private var mails: Set<Int> = []
  private var patternsSHA256 = ""
  /// The signal that ended the work.
  private(set) var stoppedBy: Int32?

  /// How often a copy is made again because something was found in it.
  private static let passes = 3

  /// - Parameters:
  ///   - request: what is read, and how.
  ///   - mark: what stands in place of values.
  ///   - stage: the folder to write in; it is made, and is the caller's to move or remove.
  ///   - progress: told while a pass runs.
  /// - Throws: `CommandError` where nothing of what was asked for is there.
  init(
    _ request: ScanRequest,
    _ mark: RedactionMark,
    stage: [UInt8],
    _ progress: ((ScanProgress) -> Void)?
  ) throws(CommandError) {
    self.request = request
    self.mark = mark
    self.stage = stage
    self.progress = progress
    tree = try RedactionTree(request)
  }

  /// Makes the copies; nil when a signal came first.
  func run(output: String) throws(CommandError) -> RedactionReport? {
    do throws(SystemError) { try Folder.makeNew(stage) } catch { throw notWritten(error) }
    try hideNames()
    guard stoppedBy == nil else { return nil }
    for (number, file) in tree.files.enumerated() where file.twin == nil {
      if file.isStream {
        leave(number, "special", "a stream can be read only once")
      } else {
        try unfoldMail(number)
        open.append(number)
      }
    }
    for pass in 0...Self.passes where !open.isEmpty {
      let output = try scan(open.map { tree.files[$0].source })
      guard stoppedBy == nil else { return nil }
      try take(output, pass)
      guard stoppedBy == nil else { return nil }
    }
    try verifyMail()
    guard stoppedBy == nil else { return nil }
    try copyTwins()
    var report = RedactionReport(output: output)
    report.patternsSHA256 = patternsSHA256
    report.usesTokens = if case .token = mark { true } else { false }
    report.found = tree.files.count
    report.copied = done.count
    report.renamed = tree.renamed
    for number in done { report.values.merge(tree.files[number].values) { $0 + $1 } }
    report.left = tree.left.sorted { ($0.path, $0.reason) < ($1.path, $1.reason) }
    return report
  }

  /// Mail was looked at as it stands: its copies are read once more as mail.
  private func verifyMail() throws(CommandError) {
    let numbers = done.filter { mails.contains($0) }
    guard !numbers.isEmpty else { return }
    let output = try scan(numbers.map { tree.files[$0].source }, opensMail: true)
    var bad: [[UInt8]: Gap?] = [:]
    for leaf in output.leaves where bad[leaf.file] == nil {
      if !leaf.entries.allSatisfy(\.findings.isEmpty) {
        bad[leaf.file] = .some(nil)
      } else if let gap = leaf.entries.lazy.flatMap(\.report.gaps).first {
        bad[leaf.file] = gap
      }
    }
    for number in numbers {
      guard let gap = bad[tree.files[number].source] else { continue }
      giveUp(number, gap?.reason.rawValue ?? "finding_remains", gap?.message ?? "")
    }
    done.removeAll { mails.contains($0) && bad[tree.files[$0].source] != nil }
  }

  // MARK: one pass

  private func scan(
    _ paths: [[UInt8]],
    _ asked: ScanRequest? = nil,
    opensMail: Bool = false
  ) throws(CommandError) -> Scan.Output {
    var request = asked ?? request
    request.paths = paths
    request.include = []
    request.exclude = []
    request.wantsFindings = true
    request.wantsParts = true
    request.wantsPersons = false
    // What is replaced is told by offsets in the file itself.
    request.opensMail = opensMail
    // Containers are not opened: what is in them is not copied.
    request.limits.depth = opensMail ? 1 : 0
    do {
      let output = try Scan(request).run(progress)
      stoppedBy = output.stoppedBy
      patternsSHA256 = output.result.tool.patternsSHA256
      if let loss = output.loss {
        throw CommandError(ExitCode.notWritten, "findings were lost: \(loss); free some disk space")
      }
      return output
    } catch let error as CommandError {
      throw error
    } catch {
      throw .usage("\(error)")
    }
  }

  /// Looks at what was found in each open file: its copy is made, or is done, or is given up.
  private func take(_ output: Scan.Output, _ pass: Int) throws(CommandError) {
    var gaps: [String: Gap] = [:]
    for gap in output.result.coverage.gaps where gaps[gap.path] == nil { gaps[gap.path] = gap }
    var leaves: [[UInt8]: Scan.Leaf] = [:]
    for leaf in output.leaves { leaves[leaf.file] = leaf }
    let numbers = open
    open = []
    for number in numbers {
      if let signal = StopRequest.signal {
        stoppedBy = signal
        return
      }
      let file = tree.files[number]
      let leaf = leaves[file.source]
      if let gap = gaps[PathText.text(of: file.source)] {
        giveUp(number, gap.reason == .depthLimit ? "container" : gap.reason.rawValue, gap.message)
      } else if let leaf, let first = leaf.entries.first?.report {
        if first.isNotText {
          giveUp(number, "not_text", first.format)
        } else if pass == 0 {
          try copy(number, leaf, output)
        } else {
          try verify(number, leaf, output, pass)
        }
      } else {
        giveUp(number, GapReason.readError.rawValue, "not read")
      }
    }
  }

  /// The second and later passes read copies: they are to be what the file was, with nothing in them.
  private func verify(_ number: Int, _ leaf: Scan.Leaf, _ output: Scan.Output, _ pass: Int)
    throws(CommandError)
  {
    let file = tree.files[number]
    let isSame =
      Assembly.format(leaf) == file.format
      ? leaf.records == file.records || ["text", "form", "vcard", "ldif"].contains(file.format)
      : ["csv", "tsv", "text", "form", "empty"].contains(file.format)
    if !isSame {
      giveUp(number, "structure", "")
    } else if leaf.entries.allSatisfy(\.findings.isEmpty) {
      done.append(number)
    } else if pass < Self.passes {
      try copy(number, leaf, output)
    } else {
      giveUp(number, "finding_remains", "")
    }
  }

  private func copy(_ number: Int, _ leaf: Scan.Leaf, _ output: Scan.Output) throws(CommandError) {
    let file = tree.files[number]
    let target = try place(file)
    guard let source = open(number, isOriginal: file.source != target) else { return }
    let syntax = syntax(of: leaf, file, source)
    var values: [DataType: Int] = [:]
    do throws(SystemError) {
      var copy = LeafCopy(source, to: try OutputFile(path: target), syntax, mark)
      for entry in leaf.entries {
        var spans: [RedactedSpan] = []
        output.forEachFinding(in: entry) { finding in
          values[finding.type, default: 0] += 1
          spans.append(
            RedactedSpan(
              offset: finding.offset,
              length: finding.length,
              digest: finding.digest.0
            )
          )
        }
        RedactedSpan.merge(&spans)
        for span in spans { try copy.replace(span) }
      }
      try copy.finish()
    } catch {
      throw notWritten(error)
    }
    if file.format.isEmpty {
      tree.files[number].format = Assembly.format(leaf)
      tree.files[number].records = leaf.records
    }
    tree.files[number].source = target
    tree.files[number].values.merge(values) { $0 + $1 }
    open.append(number)
  }

  /// The file's source, an original only as it was when it was found; else the file is given up.
  private func open(_ number: Int, isOriginal: Bool) -> File? {
    let file = tree.files[number]
    do throws(SystemError) {
      let source = try File.open(file.source, following: true)
      let status = try source.status()
      if !isOriginal || (status.size == file.size && status.modified == file.modified) {
        return source
      }
      giveUp(number, GapReason.changed.rawValue, "changed while it was read; try again")
    } catch {
      giveUp(number, GapReason.readError.rawValue, "cannot be opened: \(error)")
    }
    return nil
  }

  private func syntax(of leaf: Scan.Leaf, _ file: RedactedFile, _ source: borrowing File)
    -> LeafSyntax
  {
    let charset =
      leaf.entries.first?.report.encoding.flatMap { Charset(id: $0) } ?? .utf8
    let name = (file.target.last ?? []).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let isYAML = name.suffix(5) == Array(".yaml".utf8) || name.suffix(4) == Array(".yml".utf8)
    switch Assembly.format(leaf) {
    case "json", "jsonl": return LeafSyntax(.json, charset)
    case "xml", "html": return LeafSyntax(.markup, charset)
    case "vcard", "ldif": return LeafSyntax(.entries, charset)
    case "sql": return LeafSyntax(.sql(dialect(source, charset)), charset)
    default: return LeafSyntax(isYAML ? .yaml : .plain, charset)
    }
  }

  /// How a dump writes strings, by its first megabyte.
  private func dialect(_ source: borrowing File, _ charset: Charset) -> SQLDialect {
    var head: [UInt8] = []
    while head.count < 1 << 20,
      let got = try? source.read(into: &head, at: head.count, upTo: 1 << 20), got > 0
    {}
    var decoder = CharsetDecoder(charset: charset)
    var text: [UInt8] = []
    _ = decoder.decode(head.span, final: true, into: &text)
    if case .sql(let dialect) = FormatSniffer.sniff(text, isWhole: false) { return dialect }
    return SQLDialect(backslashEscapes: true)
  }

  // MARK: what is not copied

  private func leave(_ number: Int, _ reason: String, _ message: String) {
    tree.leave(tree.files[number].text, reason, message)
  }

  /// The file is told, and what there was of a copy is removed.
  private func giveUp(_ number: Int, _ reason: String, _ message: String) {
    leave(number, reason, message)
    try? Folder.removeFile(path(tree.files[number]))
  }

  /// Hard links become copies of the copy.
  private func copyTwins() throws(CommandError) {
    let isDone = Set(done)
    for (number, file) in tree.files.enumerated() {
      guard let twin = file.twin else { continue }
      guard isDone.contains(twin) else {
        leave(number, "link", "another name of '\(tree.files[twin].text)', which was not copied")
        continue
      }
      let target = try place(file)
      do throws(SystemError) {
        let source = try File.open(path(tree.files[twin]))
        let syntax = LeafSyntax(.plain, .utf8)
        var copy = LeafCopy(source, to: try OutputFile(path: target), syntax, mark)
        try copy.finish()
      } catch {
        throw notWritten(error)
      }
      tree.files[number].values = tree.files[twin].values
      done.append(number)
    }
  }

  // MARK: names and places

  private func path(_ file: RedactedFile) -> [UInt8] {
    stage + [0x2F] + Array(file.target.joined(separator: [0x2F]))
  }

  /// Where the file's copy goes; the folders above are made.
  private func place(_ file: RedactedFile) throws(CommandError) -> [UInt8] {
    var folder = stage
    for name in file.target.dropLast() {
      folder += [0x2F] + name
      guard made.insert(folder).inserted else { continue }
      do throws(SystemError) { try Folder.makeNew(folder) } catch { throw notWritten(error) }
    }
    return path(file)
  }

  private func notWritten(_ error: SystemError) -> CommandError {
    CommandError(ExitCode.notWritten, "the copy cannot be written: \(error)")
  }

  /// Names that hold a finding, or a person's name, are not taken over.
  ///
  /// Each is looked at as running text, and each of its words as a name behind a label.
  private func hideNames() throws(CommandError) {
    let names = tree.names
    var lines: [(name: Int, isWord: Bool)] = []
    var text: [UInt8] = []
    for (number, name) in names.enumerated() {
      let (whole, words) = Self.readings(of: PathText.text(of: name))
      for line in whole + words.map({ "氏名：\($0)" }) {
        text += Array((line + "\n\n").utf8)
      }
      lines += Array(repeating: (number, false), count: 2 * whole.count)
      lines += Array(repeating: (number, true), count: 2 * words.count)
    }
    let list = stage + Array("/.names".utf8)
    do throws(SystemError) {
      let file = try OutputFile(path: list)
      try file.write(text)
      try file.finish()
    } catch {
      throw notWritten(error)
    }
    defer { try? Folder.removeFile(list) }
    var plain = request
    plain.encoding = .utf8
    plain.delimiter = nil
    let output = try scan([list], plain)
    var hidden: Set<[UInt8]> = []
    for entry in output.leaves.flatMap(\.entries) {
      output.forEachFinding(in: entry) { finding in
        guard lines.indices.contains(finding.line - 1) else { return }
        let line = lines[finding.line - 1]
        // Behind a label every word is a possible name.
        if !line.isWord || finding.confidence.level >= .likely { hidden.insert(names[line.name]) }
      }
    }
    tree.rename(hidden)
  }

  /// A name as it is and with its blanks, and what of it may be a person's name.
  private static func readings(of name: String) -> (whole: [String], words: [String]) {
    let spaced = String(name.map { "_+%".contains($0) ? " " : $0 })
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    let words = stem.split { !$0.isLetter }.filter { $0.count > 1 }.map(String.init)
    let latin = words.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
    return (
      [name, spaced],
      words.filter { $0.unicodeScalars.contains { $0.value > 0x7F } }
        + zip(latin, latin.dropFirst()).map { "\($0) \($1)" }
    )
  }
}

extension Scan.Leaf {
  var records: Int { entries.reduce(0) { $0 + $1.report.records } }
}

// MARK: mail

extension Redaction {
  /// Mail is read with its encoded text decoded, from a copy that takes the file's place.
  private func unfoldMail(_ number: Int) throws(CommandError) {
    let file = tree.files[number]
    guard let source = try? File.open(file.path, following: true) else { return }
    var head: [UInt8] = []
    _ = try? source.read(into: &head, at: 0, upTo: MailUnfolding.headSize)
    guard var mail = MailUnfolding(head: head) else { return }
    mails.insert(number)
    let target = try place(file)
    do throws(SystemError) {
      let output = try OutputFile(path: target)
      var (at, rest): (Int, [UInt8]) = (0, [])
      while true {
        let got = try source.read(into: &rest, at: at, upTo: 256 << 10)
        at += got
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: 0x0A) {
          try output.write(mail.take(rest[start...end]))
          start = end + 1
        }
        rest.removeSubrange(..<start)
        if got == 0 { break }
      }
      if !rest.isEmpty { try output.write(mail.take(rest[...])) }
      try output.write(mail.finish())
      try output.finish()
    } catch {
      throw notWritten(error)
    }
    tree.files[number].source = target
    for (part, type) in mail.left.enumerated() {
      tree.leave("\(file.text) (part \(part + 1), \(displaySafe(type)))", "mail_part", "")
    }
  }
}

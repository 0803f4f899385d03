internal import BreachBytes
internal import BreachModel

/// What was done in a case, a line for each command; each line carries the SHA-256 of the one before.
///
/// A changed, added or removed line breaks the chain, but for lines cut off at the end: the digest of
/// the last line, which `case status` shows, has to be kept elsewhere to show that.
struct CaseLog {
  let path: String
  /// The file whose digest the first line carries.
  let marker: String

  /// A file or a folder that a command read or wrote.
  struct Item {
    var path: String
    var bytes: Int?
    var sha256: String?

    fileprivate var json: JSONValue {
      .object([
        ("path", .string(path)), ("bytes", bytes.map { .integer($0) } ?? .null),
        ("sha256", .string(orNull: sha256)),
      ])
    }
  }

  /// A line.
  struct Entry {
    var time: String
    /// The words behind the program's name.
    var command: [String]
    var patternsSHA256: String?
    var inputs: [Item] = []
    var outputs: [Item] = []
    var exit: Int

    fileprivate func json(previous: String) -> [UInt8] {
      JSONWriter.bytes(
        .object([
          ("previous", .string(previous)), ("time", .string(time)),
          ("command", .strings(command)), ("version", .string(Version.current)),
          ("patterns_sha256", .string(orNull: patternsSHA256)),
          ("inputs", .array(inputs.map(\.json))), ("outputs", .array(outputs.map(\.json))),
          ("exit", .integer(exit)),
        ])
      )
    }

    fileprivate init?(_ line: ArraySlice<UInt8>) {
      guard let value = try? JSONParser.parse(Array(line)), case .object(let fields) = value,
        case .string(let time)? = fields["time"], case .array(let words)? = fields["command"],
        case .integer(let exit)? = fields["exit"]
      else { return nil }
      self.time = time
      self.exit = exit
      command = words.compactMap { if case .string(let word) = $0 { word } else { nil } }
      outputs = Self.items(fields["outputs"])
      inputs = Self.items(fields["inputs"])
    }

    private static func items(_ value: JSONValue?) -> [Item] {
      guard case .array(let items)? = value else { return [] }
      return items.compactMap { item in
        guard case .object(let fields) = item, case .string(let path)? = fields["path"] else {
          return nil
        }
        return Item(path: path)
      }
    }

    init(time: String, command: [String], exit: Int) {
      self.time = time
      self.command = command
      self.exit = exit
    }
  }

  private var lines: [ArraySlice<UInt8>] {
    let bytes = (try? readSmallFile(Array(path.utf8))) ?? nil
    return (bytes ?? []).split(separator: 0x0A)
  }

  /// In the order in which they were written; lines that cannot be read are left out.
  func entries() -> [Entry] { lines.compactMap { Entry($0) } }

  private var start: String {
    let bytes = (try? readSmallFile(Array(marker.utf8))) ?? nil
    return SHA256.hex(bytes ?? [])
  }

  /// The number of the first line that does not follow from what stands before, from 1; nil when all
  /// do.
  func broken() -> Int? {
    var previous = start
    for (number, line) in lines.enumerated() {
      let head = Array(#"{"previous":"\#(previous)","#.utf8)
      guard line.starts(with: head), Entry(line) != nil else { return number + 1 }
      previous = SHA256.hex(line)
    }
    return nil
  }

  /// The digest of the last line; of the marker while there is none.
  var last: String { lines.last.map { SHA256.hex($0) } ?? start }

  /// Appends a line, after those of other processes.
  func append(_ entry: Entry) throws(SystemError) {
    try appendLine(to: Array(path.utf8)) { last in
      entry.json(previous: last.map { SHA256.hex($0) } ?? start)
    }
  }
}

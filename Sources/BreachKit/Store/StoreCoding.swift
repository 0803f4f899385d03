internal import BreachBytes
internal import BreachModel

// What a store keeps of a scan in the form in which workers tell it.

extension Reading {
  /// All but the leaves.
  var encoded: [UInt8] {
    var writer = WireWriter()
    writer.put(gaps) { $0.put($1) }
    writer.put(notes) { $0.put($1) }
    writer.put(unread) { writer, entry in
      writer.put(entry.path)
      writer.put(entry.files)
      writer.put(entry.bytes)
    }
    writer.put(inputs) { writer, input in
      writer.put(input.path)
      writer.put(input.bytes)
      writer.put(input.sha256)
    }
    writer.put(isInterrupted)
    if let ageDays { writer.put(ageDays) }
    return writer.bytes
  }

  init(_ reader: inout WireReader, leaves: [Scan.Leaf], store: BlobStore) throws(WireError) {
    self.init(
      leaves: leaves,
      gaps: try reader.list { (reader) throws(WireError) in try reader.gap() },
      notes: try reader.list { (reader) throws(WireError) in try reader.note() },
      unread: try reader.list { (reader) throws(WireError) in
        Unread(path: try reader.string(), files: try reader.number(), bytes: try reader.size())
      },
      inputs: try reader.list { (reader) throws(WireError) in
        Run.Input(
          path: try reader.string(),
          bytes: try reader.size(),
          sha256: try reader.optionalString()
        )
      },
      isInterrupted: try reader.bool(),
      store: store
    )
    if !reader.isAtEnd { ageDays = try reader.period() }
  }
}

extension Scan.Leaf {
  /// All but its own paths, its place and its records.
  var encoded: [UInt8] {
    var writer = WireWriter()
    writer.put(aliases) { $0.put($1) }
    writer.put(entries) { $0.put($1.report) }
    return writer.bytes
  }

  init(_ reader: inout WireReader, file: [UInt8], path: String, place: Int) throws(WireError) {
    let aliases = try reader.list { (reader) throws(WireError) in try reader.string() }
    self.init(
      file: file,
      path: path,
      place: place,
      entries: [],
      aliases: aliases,
      links: aliases.count
    )
    entries = try reader.list { (reader) throws(WireError) in
      LeafEntry(report: try reader.report(), identities: [], findings: [])
    }
  }
}

extension IdentityChunk {
  /// The shapes alone; words are kept beside them as they are.
  var encodedShapes: [UInt8] {
    var writer = WireWriter()
    writer.put(shapes: shapes)
    return writer.bytes
  }

  /// Checked: every word belongs to a record of one of the shapes.
  init(shapes: [UInt8], words: [UInt64]) throws(WireError) {
    var reader = WireReader(shapes)
    self = try IdentityChunk(shapes: try reader.shapes(), words: words)
    guard reader.isAtEnd else { throw WireError() }
  }

  /// Lines from the first record's predecessor to the last record.
  var lines: Int {
    var (at, lines) = (0, 0)
    while at < words.count {
      lines += Self.linesSkipped(words[at])
      at += 2 + shapes[Int(words[at] & 0xFFFF_FFFF)].kinds.count
    }
    return lines
  }

  /// By how many lines a record stands behind the one before it, as its head word tells.
  static func linesSkipped(_ head: UInt64) -> Int { Int(head >> 48) }
}

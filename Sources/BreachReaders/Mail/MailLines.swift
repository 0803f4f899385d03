internal import BreachBytes

/// The lines of a mail, in runs between those at which something ends.
struct MailLines {
  /// What a line ends.
  enum Stop: Equatable {
    /// The next message of a mailbox begins.
    case separator
    /// A part of the multipart at this depth begins; or, at its end, none does any more.
    case boundary(depth: Int, isLast: Bool)
    /// `begin 644 name` in running text.
    case embedded(name: [UInt8])
    /// `-----BEGIN PGP MESSAGE-----` in running text.
    case locked
    /// The last line of either; it belongs to it.
    case embeddedEnd
    case end
  }

  /// What is looked for beside boundaries and separators.
  enum Inside { case nothing, text, embedded, locked }

  private let source: any ByteSource
  private let isMailbox: Bool
  /// Lone carriage returns end lines.
  private let hasOldLines: Bool
  private(set) var block: [UInt8] = []
  private var head = 0
  private var feeds: [Int] = []
  private var feed = 0
  private var atEnd = false
  private var atLineStart = true
  /// Bytes taken from the source and given.
  private(set) var offset: Int
  /// Line ends passed.
  private(set) var lines = 0
  var inside = Inside.nothing
  /// The boundaries that are open, outermost first, and the depths of each.
  private(set) var boundaries: [[UInt8]] = []
  private var depths: [[UInt8]: [Int]] = [:]

  static let blockSize = 256 << 10

  init(_ source: any ByteSource, isMailbox: Bool, hasOldLines: Bool, offset: Int) {
    self.source = source
    self.isMailbox = isMailbox
    self.hasOldLines = hasOldLines
    self.offset = offset
  }

  mutating func resetLines(to count: Int) { lines = count }

  mutating func push(_ boundary: [UInt8]) {
    depths[boundary, default: []].append(boundaries.count)
    boundaries.append(boundary)
  }

  /// Closes all boundaries from this depth on.
  mutating func pop(to depth: Int) {
    while boundaries.count > depth {
      let last = boundaries.removeLast()
      depths[last]?.removeLast()
      if depths[last]?.isEmpty ?? false { depths[last] = nil }
    }
  }

  /// A byte-order mark, passed over.
  mutating func skipMark() throws(ReadFailure) {
    try refill()
    if block[head...].starts(with: [0xEF, 0xBB, 0xBF]) {
      head += 3
      offset += 3
    }
  }

  private mutating func refill() throws(ReadFailure) {
    if head > 0 {
      block.removeSubrange(..<head)
      head = 0
    }
    while !atEnd, block.count < Self.blockSize {
      let start = block.count
      if try source.read(into: &block, upTo: Self.blockSize - start) == 0 { atEnd = true }
      if hasOldLines { for at in start..<block.count where block[at] == 0x0D { block[at] = 0x0A } }
    }
    feeds.removeAll(keepingCapacity: true)
    feed = 0
    var index = LineFeeds()
    var at = 0
    while true {
      at = index.next(from: at, in: block)
      if at >= block.count { break }
      feeds.append(at)
      at += 1
    }
  }

  /// Behind the line that begins at `head`; nil when more has to be read to know.
  private mutating func lineEnd() -> Int? {
    while feed < feeds.count, feeds[feed] < head { feed += 1 }
    return feed < feeds.count ? feeds[feed] + 1 : nil
  }

  /// The next lines up to one that stops, at least one; nil where the next one stops.
  ///
  /// A line that is longer than a block comes in pieces.
  mutating func run(atMost most: Int = .max) throws(ReadFailure) -> Range<Int>? {
    while true {
      if head == block.count {
        if atEnd { return nil }
        try refill()
        continue
      }
      guard let first = lineEnd() else {
        if !atEnd, block.count - head < Self.blockSize {
          try refill()
          continue
        }
        if atLineStart, mayStop(head), stop(head..<block.count) != nil { return nil }
        let run = head..<block.count
        head = block.count
        atLineStart = false
        offset += run.count
        return run
      }
      let start = head
      if atLineStart, mayStop(head), stop(head..<first) != nil { return nil }
      var (end, next, count) = (first, feed + 1, 1)
      while count < most, end < block.count, next < feeds.count {
        let lineEnd = feeds[next] + 1
        if mayStop(end), stop(end..<lineEnd) != nil { break }
        end = lineEnd
        next += 1
        count += 1
      }
      head = end
      feed = next
      atLineStart = true
      offset += end - start
      lines += count
      return start..<end
    }
  }

  /// What the next line ends; that line is taken, but for a separator.
  mutating func takeStop() throws(ReadFailure) -> (stop: Stop, bytes: Range<Int>) {
    if head == block.count, !atEnd { try refill() }
    if head == block.count { return (.end, head..<head) }
    let end = lineEnd() ?? block.count
    let found = stop(head..<end) ?? .end
    let range = head..<end
    head = end
    offset += range.count
    lines += 1
    atLineStart = true
    return (found, range)
  }

  private func mayStop(_ at: Int) -> Bool {
    switch block[at] {
    case 0x2D: !boundaries.isEmpty || inside != .nothing
    case 0x46: isMailbox
    case 0x62: inside == .text
    case 0x65: inside == .embedded
    default: false
    }
  }

  private func stop(_ range: Range<Int>) -> Stop? {
    var line = block[range]
    while let last = line.last, last <= 0x20 { line.removeLast() }
    guard let first = line.first, line.count < 600 else { return nil }
    if first == 0x46 { return isMailbox && MailSniffer.isSeparator(line) ? .separator : nil }
    if first == 0x62, inside == .text { return UULine.name(line).map { .embedded(name: $0) } }
    if first == 0x65 {
      return inside == .embedded && line.elementsEqual(Self.end) ? .embeddedEnd : nil
    }
    guard line.count > 2, line[line.startIndex + 1] == 0x2D else { return nil }
    let word = line.dropFirst(2)
    if let depth = depths[Array(word)]?.last { return .boundary(depth: depth, isLast: false) }
    if word.count > 2, word.suffix(2).elementsEqual([0x2D, 0x2D]),
      let depth = depths[Array(word.dropLast(2))]?.last
    {
      return .boundary(depth: depth, isLast: true)
    }
    if inside == .text, line.elementsEqual(Self.beginLocked) { return .locked }
    if inside == .locked, line.elementsEqual(Self.endLocked) { return .embeddedEnd }
    return nil
  }

  private static let end = Array("end".utf8)
  private static let beginLocked = Array("-----BEGIN PGP MESSAGE-----".utf8)
  private static let endLocked = Array("-----END PGP MESSAGE-----".utf8)
}

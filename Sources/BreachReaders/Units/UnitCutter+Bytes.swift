internal import BreachBytes
internal import BreachModel

/// Cutting delimited text by its bytes: only quotes are looked at, and the line ends around cuts.
extension UnitCutter {
  /// Cuts without decoding; nil where bytes alone do not tell what `CSVFramer` makes of the text.
  ///
  /// Bytes below 40 stand for themselves in these charsets, whatever stands before them, but for
  /// digits in GB 18030; escape sequences change that. A record of nearly 1 MiB, or a quote that
  /// stays open, is the framer's.
  static func cutBytes(
    _ source: any ByteSource,
    _ plan: LeafPlan,
    _ dialect: CSVDialect,
    _ fresh: Cuts
  ) -> Cuts? {
    guard plan.charset.unitWidth == 1, plan.charset != .iso2022JP else { return nil }
    guard dialect.delimiter < 0x40, source.seek(to: plan.bomLength) else { return nil }
    var cuts = fresh
    var walk = QuoteWalk(dialect, from: plan.bomLength)
    var block: [UInt8] = []
    while true {
      block.removeAll(keepingCapacity: true)
      while block.count < QuoteWalk.block {
        let got = (try? source.read(into: &block, upTo: QuoteWalk.block - block.count)) ?? 0
        if got == 0 { break }
      }
      if block.isEmpty { return walk.isOpen ? nil : cuts }
      guard count(0x1B, in: block.span, 0..<block.count) == 0,
        walk.take(block.span, &cuts)
      else { return nil }
    }
  }

  /// The quotes of delimited text, followed as `CSVFramer` follows them.
  private struct QuoteWalk: ~Copyable {
    /// Bytes taken at a time.
    static let block = 256 << 10
    /// A record that is longer may be one whose quotes the framer takes for plain characters.
    private static let longest = ReaderLimits.longestRecord - block

    private let dialect: CSVDialect
    private var index = ByteIndex()
    /// Leaf offset of the next block, and of the record that stands open there.
    private var offset: Int
    private var recordStart: Int
    private var previous: UInt8
    /// Inside quotes.
    private(set) var isOpen = false
    /// Leaf offset of the last quote that closed a field; right behind it a quote is one of a pair.
    private var closed = -2

    init(_ dialect: CSVDialect, from offset: Int) {
      self.dialect = dialect
      self.offset = offset
      recordStart = offset
      previous = dialect.newline
    }

    /// Takes the next bytes and offers cuts; false when the framer has to decide.
    mutating func take(_ text: Span<UInt8>, _ cuts: inout Cuts) -> Bool {
      let quote = dialect.quote
      var plainStart = 0
      var from = 0
      while from < text.count {
        from = index.fill(text, from: from, to: text.count, of: ByteMarks(quote))
        for number in 0..<index.count {
          let at = index[number]
          if isOpen {
            isOpen = false
            closed = offset + at
            plainStart = at + 1
          } else if offset + at == closed + 1 {
            isOpen = true
          } else {
            let before = at > 0 ? text[at - 1] : previous
            guard before == dialect.delimiter || before == dialect.newline else { continue }
            pass(text, plainStart..<at, &cuts)
            isOpen = true
          }
          if offset + at - recordStart > Self.longest { return false }
        }
      }
      if !isOpen { pass(text, plainStart..<text.count, &cuts) }
      if let last = text.indices.last { previous = text[last] }
      offset += text.count
      return offset - recordStart <= Self.longest
    }

    /// Goes over text outside quotes: its line ends end records.
    private mutating func pass(_ text: Span<UInt8>, _ range: Range<Int>, _ cuts: inout Cuts) {
      while cuts.nominal <= offset + range.upperBound {
        var at = max(range.lowerBound, cuts.nominal - 1 - offset)
        while at < range.upperBound && text[at] != dialect.newline { at += 1 }
        guard at < range.upperBound else { break }
        let nominal = cuts.nominal
        cuts.offer(offset + at + 1)
        if cuts.nominal == nominal { break }
      }
      var at = range.upperBound
      while at > range.lowerBound && text[at - 1] != dialect.newline { at -= 1 }
      if at > range.lowerBound { recordStart = offset + at }
    }
  }
}

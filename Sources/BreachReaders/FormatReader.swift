package import BreachModel

/// Turns decoded text into batches of records.
///
/// Readers never fail on content: what cannot be framed is given as free text.
package protocol FormatReader: AnyObject {
  /// Fills `batch`; false when there is nothing more.
  func next(into batch: inout RecordBatch) -> Bool
  /// Tables and columns seen so far, by the numbers that records and fields carry.
  var catalogue: [CatalogueEntry] { get }
  /// What was said of keys so far.
  var keys: SQLKeys { get }
  /// Lines begun so far in the unit.
  var lines: Int { get }
  /// Worth telling: records too long, quotes never closed.
  var remarks: [String] { get }
}

extension FormatReader {
  package var keys: SQLKeys { SQLKeys() }
}

/// Sizes that decide how bytes are cut; part of what makes results independent of units.
package enum ReaderLimits {
  /// A record that is longer, in decoded bytes, is given in pieces.
  package static let longestRecord = 1 << 20
  /// Text given at a time.
  package static let batch = 256 << 10
  /// Lines longer than this are pieces for themselves when findings are grouped.
  package static let linePiece = 64 << 10
  /// Context behind a piece of a line.
  package static let margin = 1_024
}

extension Field {
  /// Appends what the value stands for to `plain`, which comes behind `text`.
  ///
  /// `form` appends it.
  mutating func unescape(
    _ text: [UInt8],
    _ plain: inout [UInt8],
    _ form: (Span<UInt8>, Range<Int>, inout [UInt8]) -> Void
  ) {
    let before = plain.count
    let raw = Int(rawStart)..<Int(rawStart + rawLength)
    form(text.span, raw, &plain)
    start = Int32(text.count + before)
    length = Int32(plain.count - before)
  }
}

/// Where to cut what is too long to be held: never inside a value if that can be helped.
enum Seam {
  private static let lookBack = 1_024

  /// A position of `floor + 1 ... limit`: behind a mark that separates values, else behind a blank,
  /// else between two characters.
  static func find(_ text: Span<UInt8>, floor: Int, limit: Int) -> Int {
    let low = max(floor + 1, limit - lookBack)
    for rank in 0..<2 {
      var at = limit
      while at > low {
        if separates(text[at - 1], rank) { return at }
        at -= 1
      }
    }
    var at = limit
    while at > floor + 1 && at > limit - 4 && at < text.count && text[at] & 0xC0 == 0x80 { at -= 1 }
    return at
  }

  private static func separates(_ byte: UInt8, _ rank: Int) -> Bool {
    switch byte {
    case 0x0A, 0x0D, 0x09, 0x2C, 0x3B, 0x3C, 0x3E, 0x7B, 0x7D, 0x7C: true
    case 0x20: rank == 1
    default: false
    }
  }
}

/// The readers by format; a new format adds a file under `Formats` and a case here.
///
/// `catalogue` and `copyTable` are what a unit in the middle of a leaf is told of what came before.
package func makeReader(
  _ format: LeafFormat,
  _ stream: TextStream,
  catalogue: [CatalogueEntry],
  copyTable: Int? = nil
) -> any FormatReader {
  switch format {
  case .text: TextReader(stream)
  case .csv(let dialect): CSVReader(stream, dialect)
  case .json, .jsonLines:
    FramedReader(
      stream,
      JSONFramer(linewise: format == .jsonLines, columns: catalogue.first?.columns ?? [])
    )
  case .sql(let dialect): SQLReader(stream, dialect, catalogue, copyTable: copyTable)
  case .xml(let dialect):
    FramedReader(stream, XMLFramer(dialect, columns: catalogue.first?.columns ?? []))
  case .html: FramedReader(stream, HTMLFramer())
  case .form: FramedReader(stream, FormFramer())
  case .entries(let dialect): FramedReader(stream, EntryFramer(dialect))
  }
}

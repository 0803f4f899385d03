package import BreachModel

/// Turns decoded text into batches of records.
///
/// Readers never fail on content: what cannot be framed is given as free text.
package protocol FormatReader: AnyObject {
  /// Fills `batch`; false when there is nothing more.
  func next(into batch: inout RecordBatch) -> Bool
  /// Tables and columns seen so far, by the numbers that records and fields carry.
  var catalogue: [CatalogueEntry] { get }
  /// Lines begun so far in the unit.
  var lines: Int { get }
  /// Worth telling: records too long, quotes never closed.
  var remarks: [String] { get }
}

/// Sizes that decide how bytes are cut; part of what makes results independent of units.
package enum ReaderLimits {
  /// A record that is longer is given up: its text is searched, its structure is lost.
  package static let longestRecord = 1 << 20
  /// Text given at a time.
  package static let batch = 256 << 10
  /// Lines longer than this are pieces for themselves when findings are grouped.
  package static let linePiece = 64 << 10
  /// Context behind a piece of a line.
  package static let margin = 1_024
}

/// The readers by format; a new format adds a file under `Formats` and a case here.
///
/// `catalogue` and `copyTable` are what a unit in the middle of a leaf is told of what came before.
package func makeReader(
  _ format: LeafFormat, _ stream: TextStream, catalogue: [CatalogueEntry], copyTable: Int? = nil
) -> any FormatReader {
  switch format {
  case .text: TextReader(stream)
  case .csv(let dialect): CSVReader(stream, dialect)
  case .json, .jsonLines: JSONReader(stream, linewise: format == .jsonLines, catalogue)
  case .sql(let dialect): SQLReader(stream, dialect, catalogue, copyTable: copyTable)
  }
}

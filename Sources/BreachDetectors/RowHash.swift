internal import BreachBytes

/// Rows as they stand in the text, for telling exact duplicates.
enum BreachRowHash {
  static func hash(_ bytes: Span<UInt8>, _ key: UInt64) -> UInt64 { rowHash(bytes, key: key) }
}

/// Why a source stopped giving bytes before its end.
package enum ReadFailure: Error, Sendable, Equatable {
  /// The kernel refused.
  case system(SystemError)
  /// The container's data is damaged; the text is the library's, free of content.
  case corrupt(String)
  case needsPassword
}

/// Bytes in order, given in pieces.
package protocol ByteSource: AnyObject {
  /// Appends up to `count` bytes; 0 means the end.
  func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int
  /// Bytes in all, where that is known beforehand.
  var size: Int? { get }
  /// Goes to a byte offset; false where the source cannot.
  func seek(to offset: Int) -> Bool
}

/// A range of an open file.
package final class FileSource: ByteSource {
  private let file: File
  private let range: Range<Int>
  private var position: Int

  /// Reads `range` of the file, which is closed with the source.
  package init(_ file: consuming File, range: Range<Int>) {
    self.file = file
    self.range = range
    position = range.lowerBound
  }

  package var size: Int? { range.count }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    let wanted = min(count, range.upperBound - position)
    guard wanted > 0 else { return 0 }
    do {
      let got = try file.read(into: &buffer, at: position, upTo: wanted)
      position += got
      return got
    } catch {
      throw .system(error)
    }
  }

  package func seek(to offset: Int) -> Bool {
    guard offset >= 0 && offset <= range.count else { return false }
    position = range.lowerBound + offset
    return true
  }
}

/// Bytes that were read ahead, then the rest of their source.
package final class ReplaySource: ByteSource {
  private let head: [UInt8]
  private let rest: any ByteSource
  private var position = 0

  package init(_ head: [UInt8], then rest: any ByteSource) {
    self.head = head
    self.rest = rest
  }

  package var size: Int? { rest.size }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    guard position < head.count else { return try rest.read(into: &buffer, upTo: count) }
    let got = min(count, head.count - position)
    buffer.append(contentsOf: head[position..<position + got])
    position += got
    return got
  }

  /// Goes back through the source itself; the head is then no longer wanted.
  package func seek(to offset: Int) -> Bool {
    guard rest.seek(to: offset) else { return false }
    position = head.count
    return true
  }
}

/// No bytes at all; behind a `ReplaySource` it makes bytes in memory a source.
package final class EmptySource: ByteSource {
  package init() {}
  package var size: Int? { 0 }
  package func seek(to offset: Int) -> Bool { false }
  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int { 0 }
}

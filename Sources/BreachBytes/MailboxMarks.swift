internal import CScan

/// Where the parts of a short text stand that may be an e-mail address: a bit for each byte, the
/// first byte's lowest.
@frozen
public struct MailboxMarks: Sendable {
  /// ASCII letters and digits.
  public let words: UInt64
  /// Dots.
  public let dots: UInt64
  /// `@`.
  public let ats: UInt64
  /// `-` and `_`.
  public let dashes: UInt64
  /// `+`.
  public let pluses: UInt64
}

extension Buffer where Element == UInt8 {
  /// Writes a text of 8…64 bytes with its ASCII letters in lower case, in place of what is written.
  package mutating func write(lowerCased text: Span<UInt8>) -> MailboxMarks {
    precondition(text.count >= 8 && text.count <= 64)
    if room < 64 { grow(to: 64) }
    var marks = cs_mailbox()
    unsafe text.withUnsafeBufferPointer { text in
      // SAFETY: the kernel reads `text.count` bytes and writes at most 64, for which there is room.
      unsafe cs_mark_mailbox(text.baseAddress, text.count, base, &marks)
    }
    length = text.count
    return MailboxMarks(
      words: marks.words,
      dots: marks.dots,
      ats: marks.ats,
      dashes: marks.dashes,
      pluses: marks.pluses
    )
  }
}

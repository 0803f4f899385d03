/// Why some bytes were not read; the id is stable and can be accepted by name.
package struct GapReason: RawRepresentable, Sendable, Hashable {
  package var rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ rawValue: String) { self.rawValue = rawValue }

  package static let needsPassword = GapReason("needs_password")
  package static let corrupt = GapReason("corrupt")
  package static let unsupportedFormat = GapReason("unsupported_format")
  package static let permission = GapReason("permission")
  package static let readError = GapReason("read_error")
  package static let changed = GapReason("changed")
  package static let missing = GapReason("missing")
  package static let depthLimit = GapReason("limit.depth")
  package static let byteLimit = GapReason("limit.bytes")
  package static let entryLimit = GapReason("limit.entries")
  package static let timeLimit = GapReason("limit.time")
  package static let patternLimit = GapReason("limit.regex")
  package static let workerCrash = GapReason("worker_crash")
  package static let excluded = GapReason("excluded")
  package static let interrupted = GapReason("interrupted")
  package static let needsOCR = GapReason("needs_ocr")

  /// Those that a user may accept by name.
  package static let all = [
    needsPassword, corrupt, unsupportedFormat, permission, readError, changed, missing, depthLimit,
    byteLimit, entryLimit, timeLimit, patternLimit, workerCrash, excluded, interrupted, needsOCR,
  ]
}

/// Bytes, or a number of files, that were not read.
package struct Gap: Sendable, Hashable {
  /// As the user gave it, `OUTER!/INNER` inside containers; escaped for display.
  package var path: String
  package var reason: GapReason
  /// Bytes not read; nil when nobody can know (an unreadable folder).
  package var bytes: Int?
  /// One English sentence: the place and what to do.
  package var message: String

  package init(path: String, reason: GapReason, bytes: Int?, message: String) {
    self.path = path
    self.reason = reason
    self.bytes = bytes
    self.message = message
  }
}

extension Int {
  /// The sum, or the largest number where it is more: sizes that files claim need not be true.
  package func clampedSum(_ other: Int) -> Int {
    let (sum, isOver) = addingReportingOverflow(other)
    return isOver ? .max : sum
  }
}

extension Sequence<Gap> {
  /// Bytes of those whose size is known.
  package var knownBytes: Int { reduce(0) { $0.clampedSum($1.bytes ?? 0) } }
}

/// The ledger: bytes seen = bytes read + gaps + not text.
package struct Coverage: Sendable, Hashable {
  /// Leaves: plain files, archive members.
  package var files = 0
  /// Leaf bytes after decompression, before charset decoding.
  package var bytes = 0
  package var readBytes = 0
  /// Archive bytes that are not a leaf's.
  package var containerBytes = 0
  package var byFormat: [String: Int] = [:]
  /// Leaves of a kind that holds no text by nature.
  package var notText = 0
  package var gaps: [Gap] = []
  /// Things seen that lost nothing (symbolic links not followed, a size that did not match …).
  package var notes: [Note] = []

  package init() {}
}

/// Something worth telling that lost no bytes; the exit code stays as it is.
package struct Note: Sendable, Hashable {
  package var path: String
  package var kind: String
  package var message: String

  package init(path: String, kind: String, message: String) {
    self.path = path
    self.kind = kind
    self.message = message
  }
}

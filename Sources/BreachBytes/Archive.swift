internal import CArchive
internal import Glibc

/// What kind of container a magic number announces.
package enum ArchiveKind: Sendable, Equatable {
  case zip, tar, sevenZip
  /// gz, bz2, xz, zst: one stream, or a tar inside.
  case compressed
}

/// A member of a container; its data is read from the archive it came from.
package struct ArchiveMember: Sendable {
  /// As stored; empty for a bare compressed stream without a name.
  package var name: [UInt8]
  /// As announced, not to be trusted; nil where the format does not say.
  package var size: Int?
  package var isRegular: Bool
  package var isDirectory: Bool
  package var isEncrypted: Bool
}

/// A container read forward through libarchive; nothing is ever written to disk.
@safe package final class Archive: ByteSource {
  private let handle: OpaquePointer
  private let feed: Feed
  /// What libarchive last unpacked and nobody has taken yet; valid until the next call on the handle.
  private var block: UnsafeRawBufferPointer?
  /// Zeros that stand before the block: a hole of a sparse member.
  private var hole = 0
  /// Bytes of the member given or waiting.
  private var position = 0
  private var isAtEnd = false
  private var memberFailure: ReadFailure?
  /// What does not add up in the member, though all its bytes were given: a size, a checksum.
  package private(set) var warning: String?

  /// Opens `source` as `kind`; `passwords` are tried on encrypted members.
  package init(_ source: any ByteSource, kind: ArchiveKind, passwords: [String])
    throws(ReadFailure)
  {
    Self.readUnicodeNames
    guard let handle = unsafe archive_read_new() else {
      throw .corrupt("libarchive cannot be loaded")
    }
    unsafe self.handle = handle
    feed = Feed(source)
    switch kind {
    case .zip:
      if source.size != nil && source.seek(to: 0) {
        unsafe archive_read_support_format_zip_seekable(handle)
      }
      unsafe archive_read_support_format_zip_streamable(handle)
    case .tar:
      unsafe archive_read_support_format_tar(handle)
      unsafe archive_read_support_format_gnutar(handle)
      // Behind the end mark of one archive another may follow.
      unsafe archive_read_set_format_option(handle, "tar", "read_concatenated_archives", "1")
    case .sevenZip:
      unsafe archive_read_support_format_7zip(handle)
    case .compressed:
      unsafe archive_read_support_filter_gzip(handle)
      unsafe archive_read_support_filter_bzip2(handle)
      unsafe archive_read_support_filter_xz(handle)
      unsafe archive_read_support_filter_zstd(handle)
      // Whether a tar is inside is the caller's to find: libarchive takes zeros for an empty one.
      unsafe archive_read_support_format_raw(handle)
    }
    for password in passwords { unsafe archive_read_add_passphrase(handle, password) }
    // SAFETY: the feed is kept alive by this object, and libarchive calls back only inside calls
    // made on the handle, which this object owns.
    let context = unsafe Unmanaged.passUnretained(feed).toOpaque()
    unsafe archive_read_set_callback_data(handle, context)
    unsafe archive_read_set_read_callback(handle) { _, context, out in
      guard let context = unsafe context, let out = unsafe out else { return -1 }
      return unsafe Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().next(out)
    }
    if source.size != nil && source.seek(to: 0) {
      unsafe archive_read_set_seek_callback(handle) { _, context, offset, whence in
        guard let context = unsafe context else { return -30 }
        return unsafe Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().seek(
          offset,
          whence
        )
      }
    }
    guard unsafe archive_read_open1(handle) == ARCHIVE_OK else { throw failure() }
  }

  deinit { unsafe archive_read_free(handle) }

  /// Names that an archive says are UTF-8 go through the locale; in the C locale they are lost.
  private static let readUnicodeNames: Void = {
    // SAFETY: set once, before any call that depends on it; the string is static.
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] where unsafe setlocale(LC_CTYPE, name) != nil {
      return
    }
  }()

  /// What a member claims of its size, where that can be: no file is larger than 1 PiB.
  private static func believed(_ size: Int) -> Int? { (0...1 << 50).contains(size) ? size : nil }

  /// The next member; nil at the end.
  ///
  /// After a failure the rest of the container is lost.
  package func next() throws(ReadFailure) -> ArchiveMember? {
    unsafe block = nil
    hole = 0
    position = 0
    isAtEnd = false
    memberFailure = nil
    warning = nil
    var entry: OpaquePointer?
    let result = unsafe archive_read_next_header(handle, &entry)
    if result == ARCHIVE_EOF { return nil }
    guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry = unsafe entry else {
      throw failure()
    }
    let name = unsafe archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
    let kind = unsafe archive_entry_filetype(entry) & 0o170000
    return unsafe ArchiveMember(
      name: name.map { unsafe [UInt8]($0) } ?? [],
      size: archive_entry_size_is_set(entry) != 0
        ? Self.believed(Int(archive_entry_size(entry))) : nil,
      isRegular: kind == 0o100000 && archive_entry_hardlink(entry) == nil,
      isDirectory: kind == 0o040000,
      isEncrypted: archive_entry_is_data_encrypted(entry) != 0
    )
  }

  /// True when the whole stream is one unnamed member (a bare gz, bz2, xz or zst).
  package var isRaw: Bool {
    unsafe archive_format(handle) == ARCHIVE_FORMAT_RAW
  }

  package var size: Int? { nil }
  package func seek(to offset: Int) -> Bool { false }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    if let memberFailure { throw memberFailure }
    while unsafe block == nil && hole == 0 {
      if isAtEnd { return 0 }
      do throws(ReadFailure) { try unpack() } catch {
        memberFailure = error
        throw error
      }
    }
    if hole > 0 {
      let zeros = min(hole, count)
      buffer.append(contentsOf: repeatElement(0, count: zeros))
      hole -= zeros
      return zeros
    }
    guard let bytes = unsafe block else { return 0 }
    // SAFETY: the block is libarchive's and holds until the next call on the handle.
    let taken = unsafe bytes.prefix(count)
    unsafe buffer.append(contentsOf: taken)
    let rest = unsafe bytes.dropFirst(count)
    unsafe block = unsafe rest.isEmpty ? nil : UnsafeRawBufferPointer(rebasing: rest)
    return unsafe taken.count
  }

  /// Gets the next block.
  ///
  /// A wrong size or checksum comes together with the last bytes, which
  /// `archive_read_data` would drop.
  private func unpack() throws(ReadFailure) {
    var start: UnsafeRawPointer?
    var size = 0
    var offset: Int64 = 0
    let result = unsafe archive_read_data_block(handle, &start, &size, &offset)
    switch result {
    case ARCHIVE_EOF: isAtEnd = true
    case ARCHIVE_OK, ARCHIVE_WARN:
      if result == ARCHIVE_WARN {
        warning = unsafe archive_error_string(handle).map { unsafe String(cString: $0) }
      }
      hole = max(0, Int(offset) - position)
      position += hole + size
      if size > 0, let start = unsafe start {
        unsafe block = UnsafeRawBufferPointer(start: start, count: size)
      }
    case ARCHIVE_RETRY: return
    default: throw failure()
    }
  }

  private func failure() -> ReadFailure {
    if let cause = feed.failure { return cause }
    guard let text = unsafe archive_error_string(handle) else { return .corrupt("unknown damage") }
    let message = unsafe String(cString: text)
    if message.contains("assphrase") || message.contains("ncrypted") { return .needsPassword }
    return .corrupt(message)
  }
}

extension [UInt8] {
  /// The bytes of a C string.
  fileprivate init(_ cString: UnsafePointer<CChar>) {
    self = []
    var at = unsafe cString
    while unsafe at.pointee != 0 {
      append(unsafe UInt8(bitPattern: at.pointee))
      unsafe at += 1
    }
  }
}

/// Hands a source's bytes to libarchive, one block at a time.
@safe private final class Feed {
  private let source: any ByteSource
  private var block: UnsafeMutablePointer<UInt8>
  private var bytes: [UInt8] = []
  private var position = 0
  private(set) var failure: ReadFailure?
  private static let blockSize = 64 << 10

  init(_ source: any ByteSource) {
    self.source = source
    unsafe block = .allocate(capacity: Self.blockSize)
  }

  deinit { unsafe block.deallocate() }

  func next(_ out: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    bytes.removeAll(keepingCapacity: true)
    do throws(ReadFailure) {
      let count = try source.read(into: &bytes, upTo: Self.blockSize)
      for index in 0..<count { unsafe block[index] = bytes[index] }
      position += count
      unsafe out.pointee = UnsafeRawPointer(block)
      return count
    } catch {
      failure = error
      return -30
    }
  }

  func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    let base: Int? =
      switch whence {
      case 0: 0
      case 1: position
      default: source.size
      }
    guard let base, source.seek(to: base + Int(offset)) else { return -30 }
    position = base + Int(offset)
    return Int64(position)
  }
}

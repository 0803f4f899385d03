internal import CArchive

/// A zip that is written member by member and taken piece by piece: nothing goes to disk, and no
/// more than a piece is held.
///
/// The bytes depend on the names and the data alone: members have one fixed time and no owner.
@safe package final class ZipWriter {
  private let handle: OpaquePointer
  private let entry: OpaquePointer
  private let drain = Drain()
  private var isFailed = false

  /// An empty archive; nil when there is no memory for it, or no libarchive.
  package init?() {
    guard let handle = unsafe archive_write_new() else { return nil }
    guard let entry = unsafe archive_entry_new() else {
      unsafe archive_write_free(handle)
      return nil
    }
    unsafe self.handle = handle
    unsafe self.entry = entry
    unsafe archive_write_set_format_zip(handle)
    // Spreadsheets read the plain form everywhere; no member is as large as 4 GiB.
    unsafe archive_write_set_format_option(handle, "zip", "zip64", nil)
    unsafe archive_write_set_bytes_per_block(handle, 0)
    // SAFETY: the drain is kept alive by this object, and libarchive calls back only inside calls
    // made on the handle, which this object owns.
    let context = unsafe Unmanaged.passUnretained(drain).toOpaque()
    let opened = unsafe archive_write_open(
      handle,
      context,
      nil,
      { _, context, bytes, count in
        guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
        let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
        unsafe Unmanaged<Drain>.fromOpaque(context).takeUnretainedValue().bytes
          .append(contentsOf: piece)
        return count
      },
      nil
    )
    if opened != ARCHIVE_OK { isFailed = true }
  }

  deinit {
    unsafe archive_entry_free(entry)
    unsafe archive_write_free(handle)
  }

  /// Begins the next member; the one before it ends.
  package func begin(_ name: String) {
    unsafe archive_entry_clear(entry)
    unsafe archive_entry_set_pathname(entry, name)
    unsafe archive_entry_set_filetype(entry, 0o100000)
    unsafe archive_entry_set_perm(entry, 0o600)
    // 1980-01-01T12:00Z: the first year that a zip can name, in every time zone.
    unsafe archive_entry_set_mtime(entry, 315_576_000, 0)
    if unsafe archive_write_header(handle, entry) != ARCHIVE_OK { isFailed = true }
  }

  /// Adds data to the member.
  package func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let written = unsafe bytes.withUnsafeBytes { raw in
      unsafe archive_write_data(handle, raw.baseAddress, raw.count)
    }
    if written != bytes.count { isFailed = true }
  }

  /// Ends the archive; false when any of it could not be made.
  package func finish() -> Bool {
    if unsafe archive_write_close(handle) != ARCHIVE_OK { isFailed = true }
    return !isFailed
  }

  /// What has been packed since this was last asked.
  package func take() -> [UInt8] {
    defer { drain.bytes.removeAll(keepingCapacity: true) }
    return drain.bytes
  }

  /// Where libarchive puts what it packed.
  private final class Drain {
    var bytes: [UInt8] = []
  }
}

/// A dictionary blob: static, read-only bytes with checked little-endian loads.
@safe
struct Blob {
  /// The first byte.
  private let base: UnsafeRawPointer

  /// The size in bytes.
  let count: Int

  /// A view of `count` bytes at `base`, which must live as long as the process.
  @unsafe
  init(base: UnsafeRawPointer, count: Int) {
    unsafe self.base = unsafe base
    self.count = count
  }

  /// The byte at `offset`.
  func byte(at offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count)
    // SAFETY: the offset was checked against the size of the blob.
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// The 16-bit number at `offset`.
  func uint16(at offset: Int) -> Int {
    precondition(offset >= 0 && offset <= count - 2)
    // SAFETY: the offset was checked against the size of the blob.
    let value = unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
    return Int(UInt16(littleEndian: value))
  }

  /// The 32-bit number at `offset`.
  func uint32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset <= count - 4)
    // SAFETY: the offset was checked against the size of the blob.
    let value = unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return UInt32(littleEndian: value)
  }

  /// The 64-bit number at `offset`.
  func uint64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset <= count - 8)
    // SAFETY: the offset was checked against the size of the blob.
    let value = unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return UInt64(littleEndian: value)
  }
}

internal import Glibc

/// A value for each of many records, read and written at any place.
///
/// It lies in memory or, when its `ColumnRoom` has no memory left, in a file whose pages the kernel
/// brings in and writes back; who uses it sees no difference but time. Copies are the same column.
/// Public, though the module is none of the package's products, because only public bodies are inlined
/// across modules.
@safe
public final class Column<Element: BitwiseCopyable> {
  // SAFETY: `base` begins a mapping of at least `room` elements that only this column unmaps; every
  // bit pattern that was not written is zero, which is a value of all types that are kept here.
  @usableFromInline internal let base: UnsafeMutablePointer<Element>
  /// Elements that there is room for.
  public let room: Int
  private let bytes: Int
  private let owner: ColumnRoom?
  private let isFile: Bool

  fileprivate init(
    _ base: UnsafeMutableRawPointer,
    room: Int,
    bytes: Int,
    _ owner: ColumnRoom?,
    isFile: Bool
  ) {
    unsafe self.base = base.bindMemory(to: Element.self, capacity: room)
    self.room = room
    self.bytes = bytes
    self.owner = owner
    self.isFile = isFile
  }

  deinit {
    unsafe _ = munmap(base, bytes)
    unsafe owner?.gaveBack(base, bytes, isFile: isFile)
  }

  /// The element at `index`, which lies below `room`; zero until it is written.
  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: room))
      return unsafe base[index]
    }
    @inline(__always) set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: room))
      unsafe base[index] = newValue
    }
    @inline(__always) _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: room))
      yield unsafe &base[index]
    }
  }

  /// All elements there is room for, to be read.
  @inlinable public var span: Span<Element> {
    @_lifetime(borrow self) @inline(__always)
    get {
      let span = unsafe Span(
        _unsafeElements: UnsafeBufferPointer(start: UnsafePointer(base), count: room)
      )
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// All elements there is room for, to be written.
  @inlinable public var mutableSpan: MutableSpan<Element> {
    @_lifetime(borrow self) @inline(__always)
    get {
      let span = unsafe MutableSpan(
        _unsafeElements: UnsafeMutableBufferPointer(start: base, count: room)
      )
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Puts values in place of as many elements from `start` on, all of which lie below `room`.
  public func write(_ values: borrowing Span<Element>, at start: Int) {
    precondition(start >= 0 && start <= room - values.count)
    // SAFETY: there is room for all values from `start` on, and a span of others is no part of a column.
    unsafe values.withUnsafeBytes { bytes in
      guard let from = bytes.baseAddress else { return }
      unsafe _ = memmove(base + start, from, bytes.count)
    }
  }

  /// Makes the first `count` elements zero again.
  public func clear(_ count: Int) {
    precondition(count <= room)
    unsafe _ = memset(base, 0, count * MemoryLayout<Element>.stride)
  }
}

/// Where columns lie: in memory up to a budget, and beyond it in unlinked files that only this process
/// can reach.
///
/// Which of the two a column gets depends on sizes alone. When the disk refuses, columns lie in memory
/// in spite of the budget and `failure` says why: whoever counts has to look before filling them.
public final class ColumnRoom {
  private let budget: Int
  private let directory: [UInt8]
  private let mostMapped: Int
  private var inMemory = 0
  private var files: [(start: UInt, bytes: Int)] = []
  /// What the disk said when it had no room.
  package private(set) var failure: SystemError?

  /// Room for `budget` bytes in memory; files come into `directory`, and at most about `mostMapped`
  /// bytes of them are in memory at a time.
  package init(budget: Int, directory: [UInt8], mostMapped: Int) {
    self.budget = budget
    self.directory = directory
    self.mostMapped = mostMapped
  }

  /// How a column is read and written.
  package enum Touch {
    /// At any place.
    case anywhere
    /// From the beginning to the end, or in pieces of many elements. Such a column leaves an eighth of the
    /// budget to the others.
    case inOrder
  }

  /// Bytes of memory that columns may still take.
  package func left(_ touch: Touch) -> Int {
    max(0, budget - inMemory - (touch == .inOrder ? budget / 8 : 0))
  }

  /// Room in memory alone, without a bound.
  package convenience init() { self.init(budget: .max, directory: [], mostMapped: .max) }

  /// A column of zeros with room for `count` elements.
  package func column<Element: BitwiseCopyable>(
    _ count: Int,
    _ touch: Touch = .anywhere
  ) -> Column<Element> {
    let bytes = (max(1, count) * MemoryLayout<Element>.stride + 4_095) & ~4_095
    if bytes > left(touch) && failure == nil {
      do throws(SystemError) {
        let base = try unsafe mapped(bytes)
        files.append((UInt(bitPattern: base), bytes))
        return unsafe Column(base, room: count, bytes: bytes, self, isFile: true)
      } catch {
        failure = error
      }
    }
    guard
      let base = unsafe mmap(
        nil,
        bytes,
        PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS,
        -1,
        0
      ),
      unsafe base != MAP_FAILED
    else { fatalError("no memory for \(bytes) bytes") }
    // What is touched at any place is found sooner in large pages.
    if bytes >= 8 << 20 { unsafe _ = madvise(base, bytes, MADV_HUGEPAGE) }
    inMemory += bytes
    return unsafe Column(base, room: count, bytes: bytes, self, isFile: false)
  }

  /// A file of zeros with room for `count` values; nil, and `failure` says why, when the disk has none.
  package func file<Element: BitwiseCopyable>(_ count: Int) -> RecordFile<Element>? {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    do throws(SystemError) { return RecordFile(try allocated(bytes)) } catch {
      failure = failure ?? error
      return nil
    }
  }

  /// An unlinked file of `bytes` zeros.
  private func allocated(_ bytes: Int) throws(SystemError) -> Int32 {
    let descriptor = try Spool.unnamed(in: directory)
    // All of it now: a write to a page that finds no room later would end the process.
    let refused = posix_fallocate(descriptor, 0, off_t(bytes))
    guard refused == 0 else {
      close(descriptor)
      throw SystemError(code: refused)
    }
    return descriptor
  }

  private func mapped(_ bytes: Int) throws(SystemError) -> UnsafeMutableRawPointer {
    let descriptor = try allocated(bytes)
    defer { close(descriptor) }
    guard
      let base = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      unsafe base != MAP_FAILED
    else { throw .last }
    return unsafe base
  }

  fileprivate func gaveBack(_ base: UnsafeMutableRawPointer, _ bytes: Int, isFile: Bool) {
    if isFile {
      let start = UInt(bitPattern: base)
      files.removeAll { $0.start == start }
    } else {
      inMemory -= bytes
    }
  }

  /// Lets go of pages of files when too many of them are in memory; to be called now and then.
  package func relax() {
    guard !files.isEmpty else { return }
    guard OwnProcess.mappedBytes > mostMapped else { return }
    for file in files {
      // SAFETY: what is written stays in the file; the next touch brings the page in again.
      unsafe _ = madvise(UnsafeMutableRawPointer(bitPattern: file.start), file.bytes, MADV_DONTNEED)
    }
  }
}

/// Values in an unlinked file that are read and written a few at a time, at any place: there a call of the
/// system costs a tenth of what a page costs that is brought in and let go of again.
package final class RecordFile<Element: BitwiseCopyable> {
  private let descriptor: Int32

  fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Puts `count` values from `start` on in place of what `values` holds; fewer where the file has no more.
  ///
  /// Memory is taken only where `values` does not hold as many.
  package func read(_ start: Int, _ count: Int, into values: inout [Element]) {
    let stride = MemoryLayout<Element>.stride
    let descriptor = descriptor
    guard values.count == count else {
      // SAFETY: the buffer has room for `count` values, and as many as were read become elements.
      unsafe values = Array(unsafeUninitializedCapacity: count) { buffer, filled in
        let bytes = UnsafeMutableRawPointer(buffer.baseAddress)
        let got = unsafe pread(descriptor, bytes, count * stride, off_t(start * stride))
        filled = max(0, got) / stride
      }
      return
    }
    let got = unsafe values.withUnsafeMutableBytes {
      unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(start * stride))
    }
    values.removeLast(count - max(0, got) / stride)
  }

  /// The values from `start` on, as many as eight of which `count` are wanted; zero behind them and where
  /// the file has no more.
  package func few(_ start: Int, _ count: Int) -> SIMD8<Element>
  where Element: SIMDScalar & FixedWidthInteger {
    let stride = MemoryLayout<Element>.stride
    var values = SIMD8<Element>(repeating: 0)
    unsafe withUnsafeMutableBytes(of: &values) {
      unsafe _ = pread(descriptor, $0.baseAddress, min(8, count) * stride, off_t(start * stride))
    }
    return values
  }

  /// Writes values from `start` on, in room that the disk has given already.
  package func write(_ start: Int, _ values: [Element]) {
    let offset = start * MemoryLayout<Element>.stride
    unsafe values.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count, let base = bytes.baseAddress {
        let place = off_t(offset + done)
        let result = unsafe pwrite(descriptor, base + done, bytes.count - done, place)
        if result < 0 && errno == EINTR { continue }
        guard result > 0 else { return }
        done += result
      }
    }
  }
}

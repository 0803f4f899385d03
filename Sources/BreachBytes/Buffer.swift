/// A growing run of plain values with one owner: written and read without reference counting.
///
/// An array asks at every write whether it is shared; here that cannot be. Public, though the module
/// is none of the package's products, because only public bodies are inlined across modules.
@safe @frozen
public struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  // SAFETY: `base` is this buffer's own allocation of `room` elements, of which `length` are written;
  // nil only while `room` is 0.
  @usableFromInline internal var base: UnsafeMutablePointer<Element>?
  @usableFromInline internal var room: Int
  @usableFromInline internal var length: Int

  /// An empty buffer that has allocated nothing.
  @inlinable @inline(__always)
  public init() {
    unsafe base = nil
    room = 0
    length = 0
  }

  /// An empty buffer with room for `capacity` elements.
  public init(capacity: Int) {
    self.init()
    grow(to: capacity)
  }

  deinit { unsafe base?.deallocate() }

  /// Elements written.
  @inlinable public var count: Int {
    @inline(__always) get { length }
  }

  /// True when nothing is written.
  @inlinable public var isEmpty: Bool {
    @inline(__always) get { length == 0 }
  }

  /// The element at `index`, which lies below `count`.
  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: length))
      return unsafe base.unsafelyUnwrapped[index]
    }
    // Changed where it stands: an element may be many words long.
    @inline(__always) _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: length))
      yield unsafe &base.unsafelyUnwrapped[index]
    }
  }

  /// The elements written, as long as the buffer is not changed.
  @inlinable public var span: Span<Element> {
    @_lifetime(borrow self) @inline(__always)
    get {
      let span = unsafe Span(
        _unsafeElements: UnsafeBufferPointer(start: UnsafePointer(base), count: length)
      )
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of the elements, for those who keep them.
  public var array: [Element] {
    unsafe Array(UnsafeBufferPointer(start: UnsafePointer(base), count: length))
  }

  /// Forgets what is written; the room stays.
  @inlinable @inline(__always)
  public mutating func clear() { length = 0 }

  /// Forgets what is written behind `count` elements.
  @inlinable @inline(__always)
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= length)
    length = count
  }

  /// Appends one element.
  @inlinable @inline(__always)
  public mutating func append(_ element: Element) {
    if length == room { grow(to: length + 1) }
    unsafe base.unsafelyUnwrapped[length] = element
    length &+= 1
  }

  /// Appends a run of elements.
  @inlinable @inline(__always)
  public mutating func append(_ elements: Span<Element>) {
    let count = elements.count
    if count == 0 { return }
    if room - length < count { grow(to: length + count) }
    unsafe elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress {
        unsafe (base.unsafelyUnwrapped + length).update(from: start, count: count)
      }
    }
    length &+= count
  }

  /// Puts elements before what is written.
  public mutating func prepend(_ elements: Span<Element>) {
    let (before, count) = (length, elements.count)
    append(elements)
    guard count > 0, before > 0, let base = unsafe base else { return }
    // SAFETY: both ranges lie inside the `before + count` elements written; `update` may overlap.
    unsafe (base + count).update(from: base, count: before)
    unsafe elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe base.update(from: start, count: count) }
    }
  }

  @usableFromInline
  internal mutating func grow(to wanted: Int) {
    var size = max(64, room * 2)
    while size < wanted { size *= 2 }
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: size)
    if let base = unsafe base {
      unsafe larger.update(from: base, count: length)
      unsafe base.deallocate()
    }
    unsafe base = larger
    room = size
  }
}

/// A run of bytes: text, folded or in normal form.
public typealias ByteBuffer = Buffer<UInt8>

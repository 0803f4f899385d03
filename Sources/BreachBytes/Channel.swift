internal import Glibc

/// One end of the socket between supervisor and worker: framed messages that can carry descriptors.
package struct Channel: ~Copyable, Sendable {
  package let descriptor: Int32

  package init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Two connected descriptors; whoever takes one wraps it in a channel.
  package static func pair() throws(SystemError) -> (Int32, Int32) {
    var ends: [2 of Int32] = [-1, -1]
    var span = ends.mutableSpan
    let result = unsafe span.withUnsafeMutableBufferPointer { ends -> Int32 in
      guard let base = ends.baseAddress else { return -1 }
      return unsafe socketpair(
        AF_UNIX,
        Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
        0,
        base
      )
    }
    guard result == 0 else { throw .last }
    var size: Int32 = 1 << 20
    for end in [ends[0], ends[1]] {
      unsafe setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, 4)
      unsafe setsockopt(end, SOL_SOCKET, SO_RCVBUF, &size, 4)
    }
    return (ends[0], ends[1])
  }

  /// One message: bytes that say what it is, and words that are taken over as they come.
  package struct Message {
    package var bytes: [UInt8]
    package var words: [UInt64]
    package var descriptors: [Int32]
  }

  /// The longest message accepted: a peer that announces more is broken.
  package static let largestMessage = 1 << 28

  /// Lengths of bytes and words, four bytes each, and the number of descriptors.
  private static let headerLength = 9

  /// Sends one message; descriptors are duplicated into the peer.
  package func send(
    _ bytes: [UInt8],
    words: [UInt64] = [],
    descriptors: [Int32] = []
  ) throws(SystemError) {
    precondition(bytes.count + words.count * 8 <= Self.largestMessage && descriptors.count <= 250)
    let lengths = UInt64(bytes.count) | UInt64(words.count) << 32
    var header = (0..<8).map { UInt8(truncatingIfNeeded: lengths >> UInt64(8 * $0)) }
    header.append(UInt8(descriptors.count))
    let size = header.count + bytes.count + words.count * 8
    var sent = 0
    while sent < size {
      let attached = sent == 0 ? descriptors : []
      let result = unsafe header.withUnsafeBytes { header in
        unsafe bytes.withUnsafeBytes { bytes in
          unsafe words.withUnsafeBytes { words in
            let parts = unsafe Self.parts(of: [header, bytes, words], from: sent)
            return unsafe Self.sendmsg(descriptor, parts, attached)
          }
        }
      }
      if result < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      sent += result
    }
  }

  /// The next message; nil when the peer has gone.
  package func receive() throws(SystemError) -> Message? {
    var message = Message(bytes: [], words: [], descriptors: [])
    guard let (header, _) = try receive(bytes: Self.headerLength, words: 0, &message.descriptors)
    else { return nil }
    func length(at start: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(header[start + $1]) << (8 * $1) }
    }
    let (bytes, words) = (length(at: 0), length(at: 4))
    guard bytes + words * 8 <= Self.largestMessage, message.descriptors.count == Int(header[8])
    else { throw SystemError(code: EBADMSG) }
    if bytes + words == 0 { return message }
    guard let body = try receive(bytes: bytes, words: words, &message.descriptors) else {
      return nil
    }
    (message.bytes, message.words) = body
    return message
  }

  /// Reads so many bytes, then so many words, into memory that nobody has touched before.
  private func receive(
    bytes: Int,
    words: Int,
    _ descriptors: inout [Int32]
  ) throws(SystemError) -> (bytes: [UInt8], words: [UInt64])? {
    let size = bytes + words * 8
    var got = 0
    var failure: SystemError?
    var wordArray: [UInt64] = []
    // SAFETY: what counts as initialized was filled by recvmsg to the last byte, or is nothing.
    let byteArray = unsafe [UInt8](unsafeUninitializedCapacity: bytes) { byteBuffer, byteCount in
      unsafe wordArray = [UInt64](unsafeUninitializedCapacity: words) { wordBuffer, wordCount in
        unsafe Self.populate(UnsafeMutableRawBufferPointer(wordBuffer))
        while got < size {
          let parts = unsafe Self.parts(
            of: [
              UnsafeRawBufferPointer(start: byteBuffer.baseAddress, count: bytes),
              UnsafeRawBufferPointer(start: wordBuffer.baseAddress, count: words * 8),
            ],
            from: got
          )
          let result = unsafe Self.recvmsg(descriptor, parts, &descriptors)
          if result > 0 {
            got += result
          } else if result == 0 || errno != EINTR {
            if result < 0 && errno != ECONNRESET { failure = .last }
            break
          }
        }
        wordCount = got == size ? words : 0
      }
      byteCount = got == size ? bytes : 0
    }
    if let failure { throw failure }
    return got == size ? (byteArray, wordArray) : nil
  }

  /// Asks for the pages of a large buffer at once, which costs less than one fault for each.
  private static func populate(_ buffer: UnsafeMutableRawBufferPointer) {
    let page = 4_096
    guard buffer.count >= 16 * page, let start = buffer.baseAddress else { return }
    let skipped = (page - Int(bitPattern: start) % page) % page
    let length = (buffer.count - skipped) / page * page
    // SAFETY: whole pages inside the buffer, which is written and not read; MADV_POPULATE_WRITE (23)
    // keeps what is there. Kernels before 5.14 refuse, and nothing is lost.
    unsafe madvise(start + skipped, length, 23)
  }

  /// What is left of some buffers behind their first `done` bytes, as the system takes it.
  private static func parts(of buffers: [UnsafeRawBufferPointer], from done: Int) -> [iovec] {
    var done = done
    var parts: [iovec] = unsafe []
    for index in unsafe buffers.indices {
      let buffer = unsafe buffers[index]
      let skipped = min(done, buffer.count)
      done -= skipped
      let rest = unsafe UnsafeMutableRawBufferPointer(
        mutating: UnsafeRawBufferPointer(rebasing: buffer[skipped...])
      )
      if unsafe !rest.isEmpty {
        unsafe parts.append(iovec(iov_base: rest.baseAddress, iov_len: rest.count))
      }
    }
    return unsafe parts
  }

  // SAFETY (both): control data is laid out by hand as the Linux ABI has it on 64-bit machines: a
  // cmsghdr of 16 bytes (length, level, type), then descriptors of 4 bytes each.
  private static func sendmsg(
    _ socket: Int32,
    _ parts: [iovec],
    _ descriptors: [Int32]
  ) -> Int {
    var parts = unsafe parts
    var control = [UInt64](repeating: 0, count: 2 + (descriptors.count + 1) / 2)
    control[0] = UInt64(16 + 4 * descriptors.count)
    control[1] = UInt64(UInt32(bitPattern: SOL_SOCKET)) | UInt64(UInt32(SCM_RIGHTS)) << 32
    for (index, descriptor) in descriptors.enumerated() {
      control[2 + index / 2] |= UInt64(UInt32(bitPattern: descriptor)) << UInt64(32 * (index & 1))
    }
    let used = descriptors.isEmpty ? 0 : control.count * 8
    return unsafe control.withUnsafeMutableBytes { control in
      unsafe parts.withUnsafeMutableBufferPointer { parts in
        var message = unsafe msghdr()
        unsafe message.msg_iov = parts.baseAddress
        unsafe message.msg_iovlen = parts.count
        if used > 0 {
          unsafe message.msg_control = control.baseAddress
          unsafe message.msg_controllen = used
        }
        return unsafe Glibc.sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
      }
    }
  }

  private static func recvmsg(
    _ socket: Int32,
    _ parts: [iovec],
    _ descriptors: inout [Int32]
  ) -> Int {
    var parts = unsafe parts
    var control = [UInt64](repeating: 0, count: 2 + 126)
    var used = 0
    let result = unsafe control.withUnsafeMutableBytes { control -> Int in
      unsafe parts.withUnsafeMutableBufferPointer { parts in
        var message = unsafe msghdr()
        unsafe message.msg_iov = parts.baseAddress
        unsafe message.msg_iovlen = parts.count
        unsafe message.msg_control = control.baseAddress
        unsafe message.msg_controllen = control.count
        let got = unsafe Glibc.recvmsg(socket, &message, Int32(MSG_CMSG_CLOEXEC))
        unsafe used = message.msg_controllen
        return got
      }
    }
    if result > 0 && used >= 20 {
      let count = (Int(control[0]) - 16) / 4
      for index in 0..<max(0, min(count, 250)) {
        let word = control[2 + index / 2] >> UInt64(32 * (index & 1))
        descriptors.append(Int32(bitPattern: UInt32(truncatingIfNeeded: word)))
      }
    }
    return result
  }
}

/// Waits until one of the descriptors can be read or was hung up.
///
/// - Returns: positions in `descriptors`; empty after `milliseconds` (-1 waits for ever) or a signal.
package func waitReadable(_ descriptors: [Int32], milliseconds: Int32) -> [Int] {
  var polls = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let result = unsafe polls.withUnsafeMutableBufferPointer { polls in
    unsafe poll(polls.baseAddress, nfds_t(polls.count), milliseconds)
  }
  guard result > 0 else { return [] }
  return polls.indices.filter { polls[$0].revents != 0 }
}

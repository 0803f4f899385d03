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

  /// The longest message accepted: a peer that announces more is broken.
  package static let largestMessage = 1 << 28

  /// Sends one message; descriptors are duplicated into the peer.
  package func send(_ message: [UInt8], descriptors: [Int32] = []) throws(SystemError) {
    precondition(message.count <= Self.largestMessage && descriptors.count <= 250)
    let length = UInt32(message.count)
    let header = (0..<4).map { UInt8(truncatingIfNeeded: length >> UInt32(8 * $0)) }
    try sendAll(header + [UInt8(descriptors.count)], descriptors: descriptors)
    if !message.isEmpty { try sendAll(message, descriptors: []) }
  }

  /// The next message; nil when the peer has gone.
  package func receive() throws(SystemError) -> (message: [UInt8], descriptors: [Int32])? {
    var descriptors: [Int32] = []
    guard let header = try receive(exactly: 5, descriptors: &descriptors) else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(header[$1]) << (8 * $1) }
    guard length <= Self.largestMessage, descriptors.count == Int(header[4]) else {
      throw SystemError(code: EBADMSG)
    }
    if length == 0 { return ([], descriptors) }
    guard let message = try receive(exactly: length, descriptors: &descriptors) else { return nil }
    return (message, descriptors)
  }

  private func sendAll(_ bytes: [UInt8], descriptors: [Int32]) throws(SystemError) {
    var sent = 0
    while sent < bytes.count {
      let attached = sent == 0 ? descriptors : []
      let result = unsafe bytes.withUnsafeBytes { raw in
        unsafe Self.sendmsg(descriptor, UnsafeRawBufferPointer(rebasing: raw[sent...]), attached)
      }
      if result < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      sent += result
    }
  }

  private func receive(exactly count: Int, descriptors: inout [Int32]) throws(SystemError)
    -> [UInt8]?
  {
    var buffer = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let result = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe Self.recvmsg(
          descriptor,
          UnsafeMutableRawBufferPointer(rebasing: raw[got...]),
          &descriptors
        )
      }
      if result < 0 {
        if errno == EINTR { continue }
        if errno == ECONNRESET { return nil }
        throw .last
      }
      if result == 0 { return nil }
      got += result
    }
    return buffer
  }

  // SAFETY (both): control data is laid out by hand as the Linux ABI has it on 64-bit machines: a
  // cmsghdr of 16 bytes (length, level, type), then descriptors of 4 bytes each.
  private static func sendmsg(
    _ socket: Int32,
    _ bytes: UnsafeRawBufferPointer,
    _ descriptors: [Int32]
  ) -> Int {
    var control = [UInt64](repeating: 0, count: 2 + (descriptors.count + 1) / 2)
    control[0] = UInt64(16 + 4 * descriptors.count)
    control[1] = UInt64(UInt32(bitPattern: SOL_SOCKET)) | UInt64(UInt32(SCM_RIGHTS)) << 32
    for (index, descriptor) in descriptors.enumerated() {
      control[2 + index / 2] |= UInt64(UInt32(bitPattern: descriptor)) << UInt64(32 * (index & 1))
    }
    let used = descriptors.isEmpty ? 0 : control.count * 8
    return unsafe control.withUnsafeMutableBytes { control in
      var part = unsafe iovec(
        iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress),
        iov_len: bytes.count
      )
      return unsafe withUnsafeMutablePointer(to: &part) { part in
        var message = unsafe msghdr()
        unsafe message.msg_iov = part
        unsafe message.msg_iovlen = 1
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
    _ bytes: UnsafeMutableRawBufferPointer,
    _ descriptors: inout [Int32]
  ) -> Int {
    var control = [UInt64](repeating: 0, count: 2 + 126)
    var used = 0
    let result = unsafe control.withUnsafeMutableBytes { control -> Int in
      var part = unsafe iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
      return unsafe withUnsafeMutablePointer(to: &part) { part in
        var message = unsafe msghdr()
        unsafe message.msg_iov = part
        unsafe message.msg_iovlen = 1
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

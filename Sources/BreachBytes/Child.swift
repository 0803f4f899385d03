internal import Glibc

/// A child process of our own program, connected by a channel that it finds as descriptor 3.
package struct Child: ~Copyable, Sendable {
  package let identifier: Int32
  package let channel: Channel

  /// The descriptor under which a worker finds its channel.
  package static let channelDescriptor: Int32 = 3

  /// How a child ended.
  package enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// What we are ourselves, though the file we were started from may be another by now.
  package static let ownProgram = "/proc/self/exe"

  /// Starts `program` with `arguments` and a bare environment: the crash handler is silent there,
  /// since its dump prints memory, and memory holds personal data.
  package static func start(_ program: String = ownProgram, arguments: [String])
    throws(SystemError) -> Child
  {
    let (ours, theirs) = try Channel.pair()
    let channel = Channel(owning: ours)
    let worker = Channel(owning: theirs)
    let environment = ["SWIFT_BACKTRACE=enable=no", "LC_ALL=C"]
    var identifier: pid_t = 0
    let result = unsafe withCStrings(["breachscope"] + arguments) { arguments in
      unsafe withCStrings(environment) { environment -> Int32 in
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, worker.descriptor, channelDescriptor)
        // A worker says everything over the channel; what the runtime prints when it traps, and a
        // stream of ours that it would hold open, help nobody.
        for stream: Int32 in 0...2 {
          unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
        }
        // A terminal sends its signal to all of us; what it means only the supervisor decides.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var mask = StopRequest.mask
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        return unsafe posix_spawn(
          &identifier,
          program,
          &actions,
          &attributes,
          arguments,
          environment
        )
      }
    }
    guard result == 0 else { throw SystemError(code: result) }
    return Child(identifier: identifier, channel: channel)
  }

  /// Ends the child at once.
  package func kill() { Glibc.kill(identifier, SIGKILL) }

  /// Waits for the end; call once.
  package func wait() -> End {
    var status: Int32 = 0
    while unsafe waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
  }
}

private func withCStrings<Result>(
  _ strings: [String],
  _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe strings.map { unsafe strdup($0) }
  unsafe pointers.append(nil)
  defer {
    var index = 0
    while unsafe index < pointers.count {
      unsafe free(pointers[index])
      index += 1
    }
  }
  // SAFETY: the array holds a terminating nil and outlives the call; strdup does not return nil
  // short of memory exhaustion, where posix_spawn would see an early end of the list.
  return unsafe pointers.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { fatalError("an array with an element is empty") }
    return unsafe body(base)
  }
}

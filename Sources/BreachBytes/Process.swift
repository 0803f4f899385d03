internal import CScan
internal import Glibc

/// The process we are: its limits, signals, clocks and terminal.
package enum OwnProcess {
  /// No core files from here on, in children too: a core holds everything that was in memory.
  package static func forbidCoreFiles() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(4), &limit)
  }

  /// A full pipe reader that goes away, or a file size limit, becomes an error instead of a death.
  package static func ignoreWriteSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Fills the standard descriptors that whoever started us had closed, so that no file of ours takes
  /// their place; reading or writing there fails as it would have.
  package static func fillStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD, 0) < 0 {
      // The lowest free number is taken; the way it is opened refuses what the stream is for.
      _ = unsafe open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Freed memory is kept for the next buffer: giving it back and taking it again for each small file
  /// costs more than the file.
  package static func keepFreedMemory() { cs_keep_freed(4 << 20, 32 << 20) }

  /// Seconds since an arbitrary point; never jumps.
  package static var monotonicSeconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Processor seconds that the calling thread has used.
  package static var threadSeconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Processor seconds of all children that ended, and of theirs.
  package static var childrenSeconds: Double {
    var usage = rusage()
    guard unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage) == 0 else { return 0 }
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }

  /// Bytes of files that are in this process's memory now; 0 when the system does not tell.
  package static var mappedBytes: Int {
    guard let text = try? readSmallFile(Array("/proc/self/statm".utf8)) else { return 0 }
    let fields = text.split(separator: 0x20)
    guard fields.count > 2, let pages = Int(String(decoding: fields[2], as: UTF8.self)) else {
      return 0
    }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Seconds since 1970 UTC.
  package static var wallSeconds: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec
  }

  package static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Our number among the processes.
  package static var id: Int32 { getpid() }

  package static var isRoot: Bool { geteuid() == 0 }

  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal behind `descriptor`; nil when there is none.
  package static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard isTerminal(descriptor),
      unsafe withUnsafeMutablePointer(to: &size, { unsafe ioctl(descriptor, UInt(TIOCGWINSZ), $0) })
        == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Ends at once without running anything else.
  package static func exit(_ code: Int32) -> Never { Glibc.exit(code) }
}

/// Asks for an orderly stop: SIGINT, SIGTERM and SIGHUP set a flag; the second one ends the process.
package enum StopRequest {
  // SAFETY: a sig_atomic_t written by the handler only and read elsewhere; no other state.
  private nonisolated(unsafe) static var received: sig_atomic_t = 0

  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  package static func listen() {
    // Whoever started us may have blocked them, and a mask is inherited.
    var mask = mask
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    for number in signals {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        if unsafe StopRequest.received != 0 { _exit(128 + number) }
        unsafe StopRequest.received = number
      }
      unsafe sigaction(number, &action, nil)
    }
  }

  /// The signals that ask, as a set.
  static var mask: sigset_t {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for number in signals { unsafe sigaddset(&mask, number) }
    return mask
  }

  /// The signal that asked; nil as long as none did.
  package static var signal: Int32? { unsafe received == 0 ? nil : received }
}

extension OwnProcess {
  /// The command line as bytes, without the program's name; paths need not be UTF-8.
  package static var rawArguments: [[UInt8]] {
    var arguments: [[UInt8]] = []
    let values = unsafe CommandLine.unsafeArgv
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let text = unsafe values[index] else { continue }
      // SAFETY: argv strings are NUL-terminated and live as long as the process.
      unsafe arguments.append(
        Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
      )
    }
    return arguments
  }
}

extension OwnProcess {
  /// How many descriptors we may have open at once.
  package static var descriptorLimit: Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(7), &limit) == 0 else { return 256 }
    return Int(clamping: limit.rlim_cur)
  }
}

/// Reads a small file whole, or a pipe: an incident, a policy, a key; nil above `limit` bytes.
package func readSmallFile(_ path: [UInt8], limit: Int = 64 << 20) throws(SystemError) -> [UInt8]? {
  let isInput = path == [0x2D]
  guard
    let file = isInput
      ? File(duplicating: 0) : try File.open(path, following: true, waiting: true)
  else { throw .notFound }
  let source = StreamSource(file)
  var bytes: [UInt8] = []
  do throws(ReadFailure) {
    while try source.read(into: &bytes, upTo: 256 << 10) > 0 {
      if bytes.count > limit { return nil }
    }
  } catch {
    if case .system(let cause) = error { throw cause }
  }
  return bytes
}

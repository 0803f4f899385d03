import BreachBytes
import Foundation

/// What one run of a program took.
struct Sample {
  /// Seconds on the clock, and of processor time of the program and what it started.
  var wall: Double
  var cpu: Double
  var output: String
  var code: Int32
}

/// A program with its arguments.
struct Invocation {
  var program: String
  var arguments: [String]

  /// Runs it to its end; what it says on standard error is dropped.
  func run() throws -> Sample {
    let process = try start(FileHandle.nullDevice)
    let pipe = Pipe()
    process.standardOutput = pipe
    let before = (OwnProcess.monotonicSeconds, OwnProcess.childrenSeconds)
    try process.run()
    // The output ends with the program; waiting for it takes until some timer of ours comes round.
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    let wall = OwnProcess.monotonicSeconds - before.0
    process.waitUntilExit()
    return Sample(
      wall: wall,
      cpu: OwnProcess.childrenSeconds - before.1,
      output: String(decoding: output, as: UTF8.self),
      code: process.terminationStatus
    )
  }

  /// Runs it watched; gives the most bytes of memory that it and what it started held at a time.
  ///
  /// Pages that several of them share are counted once (PSS).
  func peakMemory() throws -> Int {
    let process = try start(FileHandle.nullDevice)
    try process.run()
    var peak = 0
    while process.isRunning {
      peak = max(peak, Self.memory(ofTree: process.processIdentifier))
      Thread.sleep(forTimeInterval: 0.005)
    }
    return peak
  }

  private func start(_ output: FileHandle) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Bytes of memory that a process and what it started hold, pages that they share counted once (PSS).
  static func memory(ofTree root: Int32) -> Int {
    tree(root).reduce(0) { total, process in
      let path = "/proc/\(process)/smaps_rollup"
      let rollup = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let line = rollup.split(separator: "\n").first { $0.hasPrefix("Pss:") }
      let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      return total + kilobytes * 1_024
    }
  }

  /// Bytes of files without a name that a process has open or mapped.
  static func spool(of process: Int32) -> Int {
    let folder = "/proc/\(process)/"
    let mark = "/.breachscope-"
    var bytes = 0
    var counted: Set<UInt64> = []
    for number in (try? FileManager.default.contentsOfDirectory(atPath: folder + "fd")) ?? [] {
      let path = folder + "fd/" + number
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
      var status = stat()
      guard target?.contains(mark) ?? false, unsafe stat(path, &status) == 0 else { continue }
      bytes += Int(status.st_blocks) * 512
      counted.insert(UInt64(status.st_ino))
    }
    let maps = (try? String(contentsOfFile: folder + "maps", encoding: .utf8)) ?? ""
    for line in maps.split(separator: "\n") where line.contains(mark) {
      let cells = line.split(separator: " ")
      let range = cells[0].split(separator: "-").compactMap { Int($0, radix: 16) }
      guard range.count == 2, let inode = UInt64(cells[4]), !counted.contains(inode) else {
        continue
      }
      bytes += range[1] - range[0]
    }
    return bytes
  }

  private static func tree(_ root: Int32) -> [Int32] {
    var found: [Int32] = []
    var open = [root]
    while let process = open.popLast() {
      found.append(process)
      let children = try? String(
        contentsOfFile: "/proc/\(process)/task/\(process)/children",
        encoding: .utf8
      )
      open += (children ?? "").split(separator: " ").compactMap { Int32($0) }
    }
    return found
  }
}

extension Sequence<Double> {
  /// The middle value; of an even number the lower of the two.
  var median: Double {
    let sorted = self.sorted()
    return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) / 2]
  }
}

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

  private static func memory(ofTree root: Int32) -> Int {
    var total = 0
    var open = [root]
    while let process = open.popLast() {
      let folder = "/proc/\(process)/"
      let rollup = (try? String(contentsOfFile: folder + "smaps_rollup", encoding: .utf8)) ?? ""
      for line in rollup.split(separator: "\n") where line.hasPrefix("Pss:") {
        total += (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
      }
      let children = try? String(
        contentsOfFile: folder + "task/\(process)/children",
        encoding: .utf8
      )
      open += (children ?? "").split(separator: " ").compactMap { Int32($0) }
    }
    return total
  }
}

extension Sequence<Double> {
  /// The middle value; of an even number the lower of the two.
  var median: Double {
    let sorted = self.sorted()
    return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) / 2]
  }
}

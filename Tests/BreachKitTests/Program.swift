import Foundation

/// What one run of the program gave.
struct Ran {
  var code: Int32
  var out: Data
  var err: Data

  var stdout: String { String(decoding: out, as: UTF8.self) }
  var stderr: String { String(decoding: err, as: UTF8.self) }
}

/// The program as a user has it: the built binary, started as a process of its own.
enum Program {
  /// Beside the test binary; else where a debug build puts it.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = (own as NSString).deletingLastPathComponent + "/breachscope"
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return packageRoot + "/.build/debug/breachscope"
  }()

  static let packageRoot: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  /// Runs the program in `folder` with `args`; English and without colour unless `env` says so.
  static func run(
    _ args: [String], in folder: Folder, env: [String: String] = [:], stdin: Data? = nil
  ) throws -> Ran {
    try run(path, args, in: folder, env: env, stdin: stdin)
  }

  /// Runs any program; streams go through files, so that nothing can block on a full pipe.
  static func run(
    _ tool: String, _ args: [String], in folder: Folder, env: [String: String] = [:],
    stdin: Data? = nil
  ) throws -> Ran {
    let streams = try Folder()
    defer { streams.remove() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = args
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let basics = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
    process.environment = basics.merging(env) { $1 }
    let input = try streams.write("in", stdin ?? Data())
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
    let out = try streams.write("out", Data())
    let err = try streams.write("err", Data())
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
    try process.run()
    process.waitUntilExit()
    return Ran(
      code: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      out: try Data(contentsOf: URL(fileURLWithPath: out)),
      err: try Data(contentsOf: URL(fileURLWithPath: err)))
  }

  /// Runs a shell script in `folder`; `$B` is the program.
  static func shell(
    _ script: String, in folder: Folder, env: [String: String] = [:]
  ) throws -> Ran {
    try run("/bin/bash", ["-c", script], in: folder, env: env.merging(["B": path]) { $1 })
  }

  /// Runs a Python script in `folder`; fails the test's set-up when it does.
  static func python(_ script: String, _ args: [String] = [], in folder: Folder) throws {
    let ran = try run("/usr/bin/env", ["python3", "-W", "ignore", "-c", script] + args, in: folder)
    guard ran.code == 0 else { throw SetUpFailed(what: ran.stderr) }
  }

  /// Scans `args` to JSON and reads it back.
  static func scan(
    _ args: [String], in folder: Folder, env: [String: String] = [:], stdin: Data? = nil
  ) throws -> Report {
    let ran = try run(
      ["scan", "--format", "json"] + args, in: folder, env: env, stdin: stdin)
    return Report(code: ran.code, err: ran.stderr, json: try JSON.parse(ran.out))
  }

  /// Scans `args` to the finding stream.
  static func stream(
    _ args: [String], in folder: Folder, env: [String: String] = [:]
  ) throws -> [JSON] {
    let ran = try run(["scan", "--format", "ndjson"] + args, in: folder, env: env)
    return try JSON.lines(ran.out)
  }
}

/// What a test needs before it starts could not be made.
struct SetUpFailed: Error, CustomStringConvertible {
  var what: String
  var description: String { what }
}

/// A fresh folder.
struct Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/breachscope-test-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ data: Data) throws -> String {
    let file = path + "/" + name
    let parent = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  func read(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + name)
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
}

/// Makes a folder for one test and takes it away after.
func withFolder<Result>(_ body: (Folder) throws -> Result) throws -> Result {
  let folder = try Folder()
  defer { folder.remove() }
  return try body(folder)
}

internal import BreachBytes
internal import BreachDetectors

/// Where the time of a scan went: seconds of all processes together, so more than the clock shows.
///
/// The clock is read once a batch and nowhere else; without timings it is not read at all.
struct Timings: Sendable {
  /// What a process is busy with; what is read inside another stage is not counted there again.
  enum Stage: UInt8, CaseIterable {
    case walk, plan, read, decode, frame, detect, send, link, report
  }

  /// Time spent on bytes: of the leaf up to `decode`, of decoded text behind.
  struct Entry: Sendable {
    var seconds = 0.0
    var bytes = 0

    static func += (left: inout Entry, right: Entry) {
      left.seconds += right.seconds
      left.bytes += right.bytes
    }
  }

  /// What a detector's checks took, and how many values were checked and kept.
  struct Checks: Sendable {
    var time = Entry()
    var checked = 0
    var kept = 0

    static func += (left: inout Checks, right: Checks) {
      left.time += right.time
      left.checked += right.checked
      left.kept += right.kept
    }
  }

  private(set) var stages: [Stage: Entry] = [:]
  /// By the format's id; all stages of the worker together.
  private(set) var formats: [String: Entry] = [:]

  /// By the detector's id; part of the stage `detect`, reckoned from one check in 32.
  private(set) var detectors: [String: Checks] = [:]

  mutating func add(_ checks: Checks, detector: String) {
    detectors[detector, default: Checks()] += checks
  }

  mutating func add(_ seconds: Double, bytes: Int = 0, to stage: Stage) {
    stages[stage, default: Entry()] += Entry(seconds: seconds, bytes: bytes)
  }

  mutating func add(_ seconds: Double, bytes: Int, format: String) {
    formats[format, default: Entry()] += Entry(seconds: seconds, bytes: bytes)
  }

  static func += (left: inout Timings, right: Timings) {
    for (stage, entry) in right.stages { left.stages[stage, default: Entry()] += entry }
    for (format, entry) in right.formats { left.formats[format, default: Entry()] += entry }
    for (detector, checks) in right.detectors { left.add(checks, detector: detector) }
  }

  /// One line a stage, then one a format, then one a detector.
  var lines: [String] {
    let named =
      Stage.allCases.compactMap { stage in stages[stage].map { ("\(stage)", $0) } }
      + formats.sorted { $0.key < $1.key }
    return named.map(Self.line)
      + detectors.sorted { $0.key < $1.key }.map { name, checks in
        Self.line(name, checks.time) + Self.padded("\(checks.checked) checked", to: 18)
          + Self.padded("\(checks.kept) kept", to: 15)
      }
  }

  private static func line(_ name: String, _ entry: Entry) -> String {
    let time = padded("\(Int((entry.seconds * 1_000).rounded()))", to: 9) + " ms"
    let start = "  " + name + padded(time, to: 30 - name.utf8.count)
    if entry.bytes == 0 { return start }
    return start + padded("\(entry.bytes / 1_000_000)", to: 9) + " MB"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.utf8.count)) + text
  }
}

/// Takes the time of a worker's stages, when that is wanted.
final class StageClock {
  private(set) var timings = Timings()

  /// Runs `body` as one step of `stage`.
  func time<Result>(_ stage: Timings.Stage, bytes: Int = 0, _ body: () -> Result) -> Result {
    let start = OwnProcess.monotonicSeconds
    defer { timings.add(OwnProcess.monotonicSeconds - start, bytes: bytes, to: stage) }
    return body()
  }

  func add(_ seconds: Double, bytes: Int = 0, to stage: Timings.Stage) {
    timings.add(seconds, bytes: bytes, to: stage)
  }

  func add(_ seconds: Double, bytes: Int, format: String) {
    timings.add(seconds, bytes: bytes, format: format)
  }

  func add(_ cost: DetectorCost) {
    let time = Timings.Entry(seconds: cost.seconds, bytes: cost.bytes)
    let checks = Timings.Checks(time: time, checked: cost.checked, kept: cost.kept)
    timings.add(checks, detector: cost.id)
  }

  /// What was gathered since the last time.
  func take() -> Timings {
    defer { timings = Timings() }
    return timings
  }
}

/// A source whose reading is timed.
final class TimedSource: ByteSource {
  private let source: any ByteSource
  /// Seconds spent in reading.
  private(set) var seconds = 0.0

  init(_ source: any ByteSource) { self.source = source }

  var size: Int? { source.size }
  func seek(to offset: Int) -> Bool { source.seek(to: offset) }

  func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    let start = OwnProcess.monotonicSeconds
    defer { seconds += OwnProcess.monotonicSeconds - start }
    return try source.read(into: &buffer, upTo: count)
  }
}

/// What the rounds of one tool on one corpus gave.
struct Measurement: Encodable {
  var corpus: String
  var tool: String
  var jobs: Int
  var bytes: Int
  var files: Int
  /// Medians, in seconds.
  var wall: Double
  var cpu: Double
  var peakBytes: Int
  var hits: [String: Int]
  var truth: [String: Int]
  /// The time of the reference (ripgrep with the set) over ours, processor time for one job and the
  /// clock's for several; nil without a reference.
  var ratio: Double?

  /// Seconds that count: of the processor for one job, of the clock for several.
  var seconds: Double { jobs == 1 ? cpu : wall }
  var megabytesPerSecond: Double { seconds > 0 ? Double(bytes) / 1e6 / seconds : 0 }
}

/// Everything that was measured.
struct Outcome: Encodable {
  var rounds: Int
  var missing: [String]
  var corpora: [Measurement] = []
  /// Median milliseconds on the clock to print the version, and to scan one small file.
  var startMilliseconds: [String: Double] = [:]
}

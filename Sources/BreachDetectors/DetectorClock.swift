internal import BreachBytes

/// What a detector's values cost: how many were checked, how many of them were kept, their bytes, and
/// the seconds that their checks took.
package struct DetectorCost: Sendable {
  /// The detector's id.
  package var id: String
  package var checked: Int
  package var kept: Int
  package var bytes: Int
  package var seconds: Double
}

/// Counts what detectors check, and times one check in so many; nothing of it when nobody asks.
struct DetectorClock: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var checked = 0
    var kept = 0
    var bytes = 0
    var timed = 0
    var seconds = 0.0
  }

  /// Reading the clock costs as much as a check.
  private static var interval: Int { 32 }

  /// By the number of the detector; none when nobody asks.
  private var entries = Buffer<Entry>()
  private var started = 0.0

  /// Counts for so many detectors from now on.
  mutating func begin(detectors count: Int) {
    for _ in 0..<count { entries.append(Entry()) }
  }

  /// Somebody asks.
  var isOn: Bool {
    @inline(__always) get { !entries.isEmpty }
  }

  /// A check begins.
  mutating func start(_ detector: Int) {
    started = entries[detector].checked % Self.interval == 0 ? OwnProcess.monotonicSeconds : 0
  }

  /// The check of so many bytes that was begun last is over.
  mutating func stop(_ detector: Int, bytes: Int, isKept: Bool) {
    if started > 0 {
      entries[detector].seconds += OwnProcess.monotonicSeconds - started
      entries[detector].timed += 1
    }
    entries[detector].checked += 1
    entries[detector].kept += isKept ? 1 : 0
    entries[detector].bytes += bytes
  }

  /// What was counted since the last time, of those that checked anything.
  mutating func take(_ set: DetectorSet) -> [DetectorCost] {
    var costs: [DetectorCost] = []
    for number in 0..<entries.count where entries[number].checked > 0 {
      let entry = entries[number]
      costs.append(
        DetectorCost(
          id: set.detectors[number].id,
          checked: entry.checked,
          kept: entry.kept,
          bytes: entry.bytes,
          seconds: entry.seconds / Double(max(1, entry.timed)) * Double(entry.checked)
        )
      )
      entries[number] = Entry()
    }
    return costs
  }
}

internal import BreachBytes
internal import BreachModel

/// A rule without an anchor: its pattern is searched for.
struct FreeRule: Sendable {
  var rule: SearchRule
  var pattern: Pattern
}

/// What the rules without an anchor have cost in the leaf at hand, in processor seconds.
struct SearchClock {
  private let budget: SearchBudget
  private var spent: [Double]
  private var allowed: Double
  private var mark = 0.0
  /// Bytes searched since the clock was read.
  private var unread = 0
  /// Short stretches are timed one in many: how much text the one at hand stands for, 0 when it is
  /// not timed.
  private var weight = 0.0
  /// Where the budget was spent, in bytes of the leaf: from here on nothing is searched.
  private(set) var end: Int?

  /// Reading the clock costs as much as searching some hundred bytes.
  private static let readBytes = 4_096

  init(_ budget: SearchBudget, rules: Int) {
    self.budget = budget
    spent = [Double](repeating: 0, count: rules)
    allowed = budget.seconds
  }

  /// The rule that cost most, the first of equals.
  var costliest: Int { spent.indices.max { (spent[$0], $1) < (spent[$1], $0) } ?? 0 }

  /// A new leaf.
  mutating func reset() {
    for rule in spent.indices { spent[rule] = 0 }
    allowed = budget.seconds
    unread = 0
    end = nil
  }

  /// A stretch of text is to be searched; false when all time is spent.
  mutating func start(bytes: Int) -> Bool {
    allowed += Double(bytes) / 1e6 * budget.secondsPerMegabyte
    unread += bytes
    weight = 0
    if unread >= Self.readBytes {
      // Chosen in proportion to their bytes, the stretches that are timed stand for all.
      weight = bytes >= Self.readBytes ? 1 : Double(unread) / Double(bytes)
      unread = 0
      mark = OwnProcess.threadSeconds
    }
    return isLeft
  }

  /// Puts the time since the last reading down to a rule; false when all time is spent.
  mutating func charge(_ rule: Int) -> Bool {
    guard weight > 0 else { return true }
    let now = OwnProcess.threadSeconds
    spent[rule] += (now - mark) * weight
    mark = now
    return isLeft
  }

  /// Nothing more is searched of the leaf.
  mutating func stop(at offset: Int) { end = offset }

  private var isLeft: Bool { spent.reduce(0, +) < allowed }
}

/// Rules without an anchor. A pattern sees one line at a time, so that what it finds does not depend
/// on where a text is cut.
extension Engine {
  /// Lines up to this long are seen whole.
  private static let longestLine = 4_096
  /// Of longer lines, a window holds the matches that begin in so many bytes; pieces of very long
  /// lines are multiples of it.
  private static let step = 2_048
  /// What a window shows on both sides besides; no match that is longer is found over its border.
  private static let overlap = 512
  /// The clock is read after so many bytes.
  private static let clockBytes = 4_096

  /// All that the body holds when there are rules without an anchor; of two hits that overlap the
  /// better one counts, else the first.
  func searchAll(
    _ batch: borrowing RecordBatch,
    _ context: TextContext,
    _ handler: HitHandler
  ) {
    var hits: [TextHit] = []
    searchAnchors(batch, context) { _, _, hit in hits.append(hit) }
    searchFree(batch, context, &hits)
    hits.sort {
      ($0.range.lowerBound, $1.confidence.rawValue, $1.range.upperBound, $0.detector)
        < ($1.range.lowerBound, $0.confidence.rawValue, $0.range.upperBound, $1.detector)
    }
    let body = context.body
    let taken = context.lineOffset > 0 ? body.lowerBound + textState.overhang : Int.min
    var kept: [TextHit] = []
    for hit in hits where hit.range.lowerBound >= taken {
      if let last = kept.last, hit.range.lowerBound < last.range.upperBound {
        guard hit.confidence > last.confidence else { continue }
        kept.removeLast()
      }
      kept.append(hit)
    }
    for hit in kept {
      restoreNormalForm(of: hit, batch)
      handler(self, batch, hit)
    }
    textState.overhang = max(0, (kept.last?.range.upperBound ?? 0) - body.upperBound)
  }

  private func searchFree(
    _ batch: borrowing RecordBatch,
    _ context: TextContext,
    _ hits: inout [TextHit]
  ) {
    guard searchClock.end == nil else { return }
    var isLeft = searchClock.start(bytes: context.body.count)
    for number in freeRules.indices where isLeft {
      isLeft = searchLines(batch, context, number, &hits) && searchClock.charge(number)
    }
    if !isLeft { searchClock.stop(at: batch.leafOffset(of: context.body.lowerBound)) }
  }

  /// Searches every line of the body for one rule; false when the time is spent.
  private func searchLines(
    _ batch: borrowing RecordBatch,
    _ context: TextContext,
    _ number: Int,
    _ hits: inout [TextHit]
  ) -> Bool {
    let (body, bounds) = (context.body, context.bounds)
    var line = body.lowerBound
    var offset = context.lineOffset
    var unclocked = 0
    while line < body.upperBound {
      var next = line
      while next < bounds.upperBound, batch.text[next] != 0x0A { next += 1 }
      let end = next > line && batch.text[next - 1] == 0x0D ? next - 1 : next
      let isWhole = offset == 0 && end - line <= Self.longestLine
      let step = isWhole ? Self.longestLine : Self.step
      let floor = offset == 0 ? line : bounds.lowerBound
      // Windows are counted from the start of the line, which may lie before the text.
      var window = line - offset + offset / step * step
      while window < min(end, body.upperBound) {
        let seen = max(floor, window - Self.overlap)..<min(end, window + step + Self.overlap)
        searchWindow(
          batch,
          context,
          freeRules[number],
          seen: seen,
          starts: max(line, window)..<min(end, window + step, body.upperBound),
          lineEnd: end,
          &hits
        )
        window += step
        unclocked += seen.count
        if unclocked >= Self.clockBytes {
          unclocked = 0
          guard searchClock.charge(number) else { return false }
        }
      }
      line = next + 1
      offset = 0
    }
    return true
  }

  /// Judges the matches in a window that begin in `starts`.
  private func searchWindow(
    _ batch: borrowing RecordBatch,
    _ context: TextContext,
    _ free: FreeRule,
    seen: Range<Int>,
    starts: Range<Int>,
    lineEnd: Int,
    _ hits: inout [TextHit]
  ) {
    let low = seen.lowerBound
    var at = 0
    while at < seen.count {
      let window = batch.text.span.extracting(seen)
      let (outcome, whole) = free.pattern.search(window, from: at, scratch)
      switch outcome {
      case .none: return
      case .limit:
        limitedWindows += 1
        return
      case .match(let found):
        let start = whole.lowerBound + low
        if start >= starts.upperBound || whole.upperBound <= at { return }
        at = whole.upperBound
        if start < starts.lowerBound { continue }
        if at == seen.count && seen.upperBound < lineEnd {
          // It may go on behind the window.
          limitedWindows += 1
          return
        }
        let range = found.lowerBound + low..<found.upperBound + low
        let label = labelBefore(batch, range.lowerBound, context)
        if let hit = judge(batch, free.rule, range, label), hit.confidence.level > .unreported {
          hits.append(hit)
        }
      }
    }
  }
}

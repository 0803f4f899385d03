import BreachCriteria
import BreachModel
import BreachPatterns
import Testing

/// Laws that hold for every pack, whatever the facts; a failure prints its seed.
///
/// Every pack is asked by name, so that none is left out for want of a place or a sector.
@Suite struct PropertyTests {
  private static let loaded = Result { try CriteriaLibrary(PatternLibrary(), cases: false) }

  private let library: CriteriaLibrary
  private let all: [String]

  init() throws {
    library = try Self.loaded.get()
    all = library.heads.map(\.id)
  }

  private static let batches = 50
  private static let size = 200

  /// 10,000 fact sets; each is judged by every fifth pack, so that a pack sees 2,000 of them.
  @Test(arguments: 0..<batches) func moreEvidenceRemovesNothingAndAnswersKeepTheirWord(
    batch: Int
  ) {
    for seed in batch * Self.size..<(batch + 1) * Self.size {
      var random = SeededGenerator(seed: UInt64(seed))
      let packs = library.packs.indices.filter { $0 % 5 == seed % 5 }.map { library.packs[$0] }
      let ids = packs.map(\.id)
      let facts = ScanFacts.random(&random)
      let more = facts.withMoreEvidence(&random)
      let incident = IncidentFacts.random(&random, questions: library.questionIDs)
      let before = library.assess(facts, incident: incident, only: ids)
      moreEvidence(before, library.assess(more, incident: incident, only: ids), "seed \(seed)")
      for head in library.heads where head.reach(facts, incident, asOf: nil).isOpen {
        #expect(head.reach(more, incident, asOf: nil).isOpen, "seed \(seed), \(head.id)")
      }
      let steps = incident.nextSteps(questions: library.questionIDs)
      guard let step = steps.randomElement(using: &random) else { continue }
      let after = library.assess(facts, incident: step.incident, only: ids)
      compare(packs, incident, before, after, step, "seed \(seed), \(step.name) = \(step.value)")
    }
  }

  /// Adding evidence never removes a duty, nor what is met.
  private func moreEvidence(_ before: Assessment, _ after: Assessment, _ context: String) {
    for (old, new) in zip(before.packs, after.packs) {
      let lost = Set(old.duties.map(\.id)).subtracting(new.duties.map(\.id))
      #expect(lost.isEmpty, "\(context), pack \(old.id)")
      let met = Set(old.outcomes.filter { $0.outcome == .met }.map(\.criterion))
      let stillMet = Set(new.outcomes.filter { $0.outcome == .met }.map(\.criterion))
      #expect(met.isSubset(of: stillMet), "\(context), pack \(old.id)")
    }
  }

  /// An answer changes something only if its question was asked, and only in the foretold direction.
  private func compare(
    _ packs: [Pack],
    _ incident: IncidentFacts,
    _ before: Assessment,
    _ after: Assessment,
    _ step: NextStep,
    _ context: String
  ) {
    for (index, pack) in packs.enumerated() {
      let (old, new) = (before.packs[index], after.packs[index])
      let context = "\(context), pack \(pack.id)"
      let asked = pack.questions.filter { question in
        old.decisions.contains { $0.id == question.id }
          && [question.fact?.rawValue, question.id].contains(step.name)
      }
      // Whoever answered a question about a key has said what the key would say.
      let isSaid = pack.questions.contains {
        $0.fact?.rawValue == step.name && incident.answers[$0.id, default: .unknown] != .unknown
      }
      // The day on which it became known also says which law was in force.
      if asked.isEmpty, !isSaid, step.name != "known_at" {
        #expect(old.outcomes.map(\.outcome) == new.outcomes.map(\.outcome), "\(context)")
        #expect(old.duties.map(\.id) == new.duties.map(\.id), "\(context)")
        #expect(old.duties.map(\.due) == new.duties.map(\.due), "\(context)")
      }
      for question in asked {
        guard let yesRaises = question.yesRaises, let yes = step.isYes else { continue }
        for (was, is_) in zip(old.outcomes, new.outcomes) {
          let climb = is_.outcome.rank - was.outcome.rank
          #expect(yes == yesRaises ? climb >= 0 : climb <= 0, "\(context), \(was.criterion)")
        }
      }
    }
  }

  @Test(arguments: 0..<20) func packsDependNeitherOnEachOtherNorOnTheirOrder(seed: Int) {
    var random = SeededGenerator(seed: 7_000 + UInt64(seed))
    let facts = ScanFacts.random(&random)
    let incident = IncidentFacts.random(&random, questions: library.questionIDs)
    let together = library.assess(facts, incident: incident, only: all.reversed())
    #expect(together.packs.map(\.id) == all)
    for pack in together.packs {
      #expect(library.assess(facts, incident: incident, only: [pack.id]).packs == [pack])
    }
  }

  @Test(arguments: 0..<100) func whatNoTextConfirmsNamesNoDay(seed: Int) {
    var random = SeededGenerator(seed: 9_000 + UInt64(seed))
    let facts = ScanFacts.random(&random)
    let incident = IncidentFacts.random(&random, questions: library.questionIDs)
    for (pack, result) in zip(
      library.packs,
      library.assess(facts, incident: incident, only: all).packs
    ) {
      let open = Set(pack.criteria.filter(\.isUnconfirmed).map(\.id))
      for outcome in result.outcomes {
        #expect(outcome.isUnconfirmed == open.contains(outcome.criterion))
      }
      for duty in result.duties where open.isSuperset(of: duty.firedBy) {
        #expect(duty.due == nil && duty.from == nil, "seed \(seed), \(duty.id)")
      }
    }
  }
}

extension Outcome {
  /// Not met, undetermined, met.
  fileprivate var rank: Int {
    switch self {
    case .notMet: 0
    case .undetermined: 1
    case .met: 2
    }
  }
}

/// SplitMix64: the same sequence for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

/// One unknown made known.
struct NextStep {
  var name: String
  var value: String
  /// Nil when the value is no yes or no.
  var isYes: Bool?
  var incident: IncidentFacts
}

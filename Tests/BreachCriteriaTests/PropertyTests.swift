import BreachCriteria
import BreachModel
import BreachPatterns
import Testing

/// Laws that hold for every pack, whatever the facts; a failure prints its seed.
@Suite struct PropertyTests {
  private let library: CriteriaLibrary

  init() throws { library = try CriteriaLibrary(PatternLibrary()) }

  @Test(arguments: 0..<20) func moreEvidenceNeverRemovesADuty(batch: Int) {
    for seed in batch * 50..<batch * 50 + 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      let facts = ScanFacts.random(&random)
      let more = facts.withMoreEvidence(&random)
      let incident = IncidentFacts.random(&random, questions: library.questionIDs)
      let before = library.assess(facts, incident: incident)
      let after = library.assess(more, incident: incident)
      for (old, new) in zip(before.packs, after.packs) {
        let lost = Set(old.duties.map(\.id)).subtracting(new.duties.map(\.id))
        #expect(lost.isEmpty, "seed \(seed), pack \(old.id)")
        let met = Set(old.outcomes.filter { $0.outcome == .met }.map(\.criterion))
        let stillMet = Set(new.outcomes.filter { $0.outcome == .met }.map(\.criterion))
        #expect(met.isSubset(of: stillMet), "seed \(seed), pack \(old.id)")
      }
    }
  }

  /// An answer changes something only if its question was asked, and only in the foretold direction.
  @Test(arguments: 0..<20) func answersKeepWhatTheirQuestionsForetold(batch: Int) {
    for seed in batch * 10..<batch * 10 + 10 {
      var random = SeededGenerator(seed: 1_000_000 + UInt64(seed))
      let facts = ScanFacts.random(&random)
      let incident = IncidentFacts.random(&random, questions: library.questionIDs)
      let before = library.assess(facts, incident: incident)
      for step in incident.nextSteps(questions: library.questionIDs) {
        let after = library.assess(facts, incident: step.incident)
        for (index, pack) in library.packs.enumerated() {
          let (old, new) = (before.packs[index], after.packs[index])
          let asked = pack.questions.filter { question in
            old.decisions.contains { $0.id == question.id }
              && (question.fact?.rawValue ?? question.id) == step.name
          }
          let context = "seed \(seed), \(step.name) = \(step.value), pack \(pack.id)"
          if asked.isEmpty {
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
    }
  }

  @Test func packsDoNotDependOnEachOther() {
    var random = SeededGenerator(seed: 7)
    let facts = ScanFacts.random(&random)
    let incident = IncidentFacts.random(&random, questions: library.questionIDs)
    let all = library.assess(facts, incident: incident)
    for pack in all.packs {
      #expect(library.assess(facts, incident: incident, only: [pack.id]).packs == [pack])
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

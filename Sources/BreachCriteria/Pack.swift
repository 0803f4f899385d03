package import BreachModel

/// One regime: its criteria, exclusions, duties, questions and cases, as read from its file.
package struct Pack: Sendable {
  package var head: PackHead
  package var criteria: [Criterion]
  package var questions: [Question]
  /// What no primary text confirmed; shown to whoever reads the pack.
  package var unconfirmed: [LocalizedText]
  /// Every source that the pack cites, in the order written.
  package var citations: [Citation]
  var calendar: OpenCalendar?
  var exclusions: [Exclusion]
  var duties: [DutyRule]
  var advice: [Advice]
  var nothingMet: LocalizedText
  var cases: [PackCase]

  package var id: String { head.id }
  package var path: String { head.path }

  /// A source of the pack.
  package struct Citation: Sendable, Hashable {
    /// Its name with its address, as outcomes cite it.
    package var text: String
    /// The day on which it was read; nil when nobody read it.
    package var read: CivilDate?
    /// Read as others quote it, not at its own place.
    package var isQuotation: Bool
  }

  /// A criterion of the pack.
  package struct Criterion: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var cite: [String]
    /// True when no primary text confirms it: it may be met, but emits no dated duty.
    package var isUnconfirmed: Bool
    var valid: ClosedDays
    var when: Condition
    /// Days until the final report.
    var days: Int?
    /// Duty ids.
    var duties: [String]
    var notes: [Note]
  }

  /// A sentence that is added to a criterion's reasons when its condition holds.
  struct Note: Sendable, Hashable {
    var when: Condition
    var text: LocalizedText
    var cite: [String]
  }

  /// What takes an event out of some criteria, once it is proven.
  struct Exclusion: Sendable, Hashable {
    var id: String
    var title: LocalizedText
    var removes: [String]
    var when: Condition
    var valid: ClosedDays
    var cite: [String]
  }

  /// A question for people.
  package struct Question: Sendable, Hashable {
    package var id: String
    package var text: LocalizedText
    package var ifYes: LocalizedText
    package var ifNo: LocalizedText
    /// The key of the incident file that answers it; nil when `answers:` does.
    package var fact: IncidentKey?
    /// Whether a yes can only bring outcomes nearer to met (true), farther (false), or either (nil).
    package var yesRaises: Bool?
    /// The criteria whose row of the investigation sheet lacks its answer.
    package var completes: [String] = []

    var decision: Decision {
      Decision(id: id, question: text, ifYes: ifYes, ifNo: ifNo, completes: completes)
    }

    /// The question with what the data hints at: who may live where.
    func hinted(_ facts: ScanFacts) -> Question {
      guard fact == .residents, !facts.residenceHints.isEmpty else { return self }
      var question = self
      let hints = facts.residenceHints.sorted {
        ($1.value.likely, $0.key) < ($0.value.likely, $1.key)
      }
      let list = Names.list(
        hints.map { code, count in
          let place = Names.place(code)
          let range = Evaluator.range(count)
          return LocalizedText(ja: "\(place.ja) \(range.ja)", en: "\(place.en) \(range.en)")
        }
      )
      question.text.ja += "電話番号・公的番号・住所の手掛かり: \(list.ja)。"
      question.text.en += " Phone numbers, official numbers and addresses hint at: \(list.en)."
      return question
    }

    /// Whether a person read the text that the pack's writers could not reach.
    static func aboutText(of criterion: Criterion) -> Question {
      Question(
        id: lawText + criterion.id,
        text: LocalizedText(
          ja: "\(criterion.id)「\(criterion.title.ja)」は一次資料で確認していない。条文の本文で確認したか。",
          en: "No primary text confirms \(criterion.id) (\(criterion.title.en)). "
            + "Has counsel read the law's own text, and does it say so?"
        ),
        ifYes: LocalizedText(
          ja: "該当の判断を維持する。期日は確認した条文から人が計算する。",
          en: "The outcome stands; people reckon the day from the text that they read."
        ),
        ifNo: LocalizedText(ja: "この要件には該当しない。", en: "This criterion is not met."),
        fact: nil,
        yesRaises: true
      )
    }

    static let lawText = "law_text."
  }

  /// A duty, its clock and its condition.
  struct DutyRule: Sendable {
    var id: String
    var title: LocalizedText
    var authority: LocalizedText
    /// Another authority where a condition holds; the first that does.
    var authorities: [(when: Condition, name: LocalizedText)]
    var basis: String
    var time: Time
    /// What the clock counts from.
    var from: IncidentKey
    /// True when no primary text confirms the days: none is named.
    var isUnconfirmed: Bool
    var text: LocalizedText
    var when: Condition?
    var unless: Condition?
    /// Only its questions matter.
    var confirm: Condition?
    var valid: ClosedDays
    var cite: [String]

    /// When a duty is due.
    enum Time: Sendable, Hashable {
      /// The law names no day.
      case none
      /// From day `first` to day `last`, no roll over closed days.
      case window(first: Int, last: Int)
      /// A number of days, nil for the criterion's own; rolled to the next open day when asked.
      case days(Int?, rolls: Bool)
      /// Hours from an instant; nothing moves them.
      case hours(Int)
      /// Days after the end of the calendar year.
      case daysAfterYear(Int)
    }
  }

  /// A next step.
  struct Advice: Sendable, Hashable {
    var when: Condition
    var text: LocalizedText
    var valid: ClosedDays
    var cite: [String]
  }
}

/// A test of a pack that its own file carries.
struct PackCase: Sendable {
  var name: String
  var place: PatternNode.Place
  var facts: ScanFacts
  var incident: IncidentFacts
  var asOf: CivilDate?
  var outcomes: [String: String]
  var confidence: [String: String]
  /// Duty id → `none`, a day, or `first..last`; nil when the case says nothing about duties.
  var duties: [String: String]?
  var decisions: [String]
  var notDecisions: [String]
  /// Parts of sentences that the advice must hold, in either language.
  var advice: [String]
}

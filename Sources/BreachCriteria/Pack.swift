package import BreachModel

/// One regime: its criteria, exclusions, duties, questions and cases, as read from its file.
package struct Pack: Sendable {
  package var id: String
  package var version: String
  package var title: LocalizedText
  package var status: Status
  /// First day in force; nil when the pack names none.
  package var validFrom: CivilDate?
  /// Last day in force; nil while it is.
  package var validTo: CivilDate?
  /// The day on which a person last compared the pack with its sources.
  package var checkedOn: CivilDate
  package var path: String
  package var criteria: [Criterion]
  package var questions: [Question]
  /// What no primary text confirmed; shown to whoever reads the pack.
  package var unconfirmed: [LocalizedText]
  var calendar: OpenCalendar?
  var exclusions: [Exclusion]
  var duties: [DutyRule]
  var advice: [Advice]
  var nothingMet: LocalizedText
  var cases: [PackCase]

  /// Whether a pack can bind anybody.
  package enum Status: String, Sendable, Hashable, CaseIterable {
    case inForce = "in_force"
    /// Passed, but not yet in force: judged only when asked for by name, and emits no duty.
    case enactedNotInForce = "enacted_not_in_force"
    /// Not law: emits duties without dates.
    case guidance
  }

  /// A criterion of the pack.
  package struct Criterion: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var cite: [String]
    /// True when no primary text confirms it: it may be met, but emits no dated duty.
    package var isUnconfirmed: Bool
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

    var decision: Decision { Decision(id: id, question: text, ifYes: ifYes, ifNo: ifNo) }
  }

  /// A duty, its clock and its condition.
  struct DutyRule: Sendable, Hashable {
    var id: String
    var title: LocalizedText
    var authority: LocalizedText
    var basis: String
    var time: Time
    var text: LocalizedText
    var when: Condition?
    var unless: Condition?
    /// Only its questions matter.
    var confirm: Condition?
    var cite: [String]

    /// When a duty is due.
    enum Time: Sendable, Hashable {
      /// The law names no day.
      case none
      /// From day `first` to day `last`, no roll over closed days.
      case window(first: Int, last: Int)
      /// The day of the criterion's own number of days; rolled to the next open day when asked.
      case criterionDays(rolls: Bool)
      /// A fixed number of days.
      case days(Int, rolls: Bool)
    }
  }

  /// A next step.
  struct Advice: Sendable, Hashable {
    var when: Condition
    var text: LocalizedText
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
}

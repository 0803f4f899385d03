internal import BreachModel

/// A three-valued statement about the scan and the incident, as a pack writes it.
indirect enum Condition: Sendable, Hashable {
  /// Yes when every part is, no as soon as one part is no.
  case all([Condition])
  /// Yes as soon as one part is, no when every part is no.
  case any([Condition])
  /// Like `all`, but what follows a part that is not yes is neither judged nor asked.
  case steps([Condition])
  case not(Condition)
  /// The same truth, but a yes is only likely: it rests on an inference.
  case likely(Condition)
  case found(Found)
  case persons(Persons)
  case stated(Stated)
  /// Yes while nobody stated the key; asks for it, because stating it may turn the answer.
  case unstated(IncidentKey)
  /// A time was stated that is at most so many days after another, counting that one's day as day 1.
  case within(Within)
  /// Text that was not understood may hold such data; only people can tell.
  case unexplained(Unexplained)
  case ask(Ask)
  case outcome(criterion: String?, is: Outcome)

  /// Data of some types is there, all groups in one person.
  struct Found: Sendable, Hashable {
    var groups: [TypeGroup]
    var label: LocalizedText
    /// The weakest level that decides; nil when findings only ever ask.
    var decides: ConfidenceLevel?
    /// Whether findings that belong to no counted person decide, too.
    var alone: Bool
    /// Whether the reasons list the types that were found.
    var lists: Bool
    var question: String
  }

  /// Some types, of which official numbers may be asked for by subtype.
  struct TypeGroup: Sendable, Hashable {
    var types: TypeSet
    /// `us_ssn` and the like; empty means any official number that `types` asks for.
    var subtypes: Set<String> = []
  }

  /// A time within days of another.
  struct Within: Sendable, Hashable {
    var key: IncidentKey
    var of: IncidentKey
    var days: Int
    /// What is told of the days.
    var label: LocalizedText
  }

  /// Text in which something could stand unseen.
  struct Unexplained: Sendable, Hashable {
    var label: LocalizedText
    var question: String
  }

  /// More than a number of persons.
  struct Persons: Sendable, Hashable {
    var moreThan: Int
    /// Written as `at_least`, one above `moreThan`.
    var isAtLeast: Bool
    var having: [TypeSet]
    /// Only those who live in these places; empty means everybody.
    var residents: [String]
    /// Where the maximum decides: asked when only the upper bound is over the threshold.
    var refine: String?
    /// Where it does not: asked when the threshold lies inside the range.
    var ask: String?
  }

  /// A key of the incident file has one of these values.
  struct Stated: Sendable, Hashable {
    var key: IncidentKey
    /// `stated` stands for any value of a time.
    var values: [String]
    /// Texts only: values that are known to be none of `values`.
    var excluded: [String]
    /// Texts only: words that may stand beside one of `values` or `excluded`.
    var beside: [String]
    /// What holds while nobody stated the key; the question is asked all the same.
    var presume: Truth
    var question: String
  }

  /// A question that only people can answer.
  struct Ask: Sendable, Hashable {
    var question: String
    var presume: Truth
  }
}

/// How firm an outcome is.
enum Firmness: Int, Sendable, Comparable {
  case likely, byMaximum, certain

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The word of the outputs.
  var id: String {
    switch self {
    case .likely: "likely"
    case .byMaximum: "by_maximum"
    case .certain: "certain"
    }
  }
}

/// What a condition turned out to be, and why.
struct Verdict: Sendable {
  var truth: Truth
  var firmness = Firmness.certain
  /// Ids of the questions whose answers can change the truth, in the order met.
  var questions: [String] = []
  var reasons: [LocalizedText] = []
  /// The number of persons that decided; nil when none did.
  var persons: PersonCount?

  init(
    _ truth: Truth,
    firmness: Firmness = .certain,
    questions: [String] = [],
    because reasons: [LocalizedText] = []
  ) {
    self.truth = truth
    self.firmness = firmness
    self.questions = questions
    self.reasons = reasons
  }

  init(
    _ truth: Truth,
    firmness: Firmness = .certain,
    questions: [String] = [],
    ja: String,
    en: String
  ) {
    self.init(
      truth,
      firmness: firmness,
      questions: questions,
      because: [LocalizedText(ja: ja, en: en)]
    )
  }

  /// One truth out of the parts that led to it; the other parts can no longer change it.
  init(_ truth: Truth, from parts: [Verdict], reasonsOnly unknown: Bool = false) {
    self.truth = truth
    firmness = parts.map(\.firmness).min() ?? .certain
    for part in parts {
      if let count = part.persons, count.high >= persons?.high ?? 0 { persons = count }
      for question in part.questions where !questions.contains(question) {
        questions.append(question)
      }
      for reason in part.reasons
      where (!unknown || part.truth == .unknown) && !reasons.contains(reason) {
        reasons.append(reason)
      }
    }
  }
}

/// Yes, no or not known; unknown never silently means no.
package enum Truth: Sendable, Hashable {
  case yes, no, unknown
}

/// What all packs in force say of one scan and its incident facts.
package struct Assessment: Sendable, Hashable {
  package var packs: [PackAssessment]
  /// Packs that were left out, because nothing said that their law may apply.
  package var notApplied: [NotApplied]
  /// ISO 3166 codes of places that were named or hinted at, and whose law no pack states; `unknown` for
  /// an address abroad that names no country.
  package var uncovered: [String]
  /// What is stated and cannot be, or hardly.
  package var warnings: [LocalizedText]
  /// What the incident file stated, in the order of its keys; what is unknown is left out.
  package var stated: [Stated]

  package init(
    packs: [PackAssessment],
    notApplied: [NotApplied] = [],
    uncovered: [String] = [],
    warnings: [LocalizedText] = [],
    stated: [Stated] = []
  ) {
    self.packs = packs
    self.notApplied = notApplied
    self.uncovered = uncovered
    self.warnings = warnings
    self.stated = stated
  }

  /// One fact that people stated.
  package struct Stated: Sendable, Hashable {
    /// As in the incident file: `cause`, `encrypted.at_leak`, `answers.published`.
    package var key: String
    /// As it may be written behind the key.
    package var value: String
    /// How it reads.
    package var words: LocalizedText

    package init(key: String, value: String, words: LocalizedText) {
      self.key = key
      self.value = value
      self.words = words
    }
  }

  /// One pack that was left out, and why.
  package struct NotApplied: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var because: LocalizedText

    package init(id: String, title: LocalizedText, because: LocalizedText) {
      self.id = id
      self.title = title
      self.because = because
    }
  }
}

/// What one regime says.
package struct PackAssessment: Sendable, Hashable {
  package var id: String
  package var version: String
  package var title: LocalizedText
  /// `in_force`, `enacted_not_in_force`, `guidance` or `contract`.
  package var status: String
  package var outcomes: [CriterionOutcome]
  package var duties: [Duty]
  package var decisions: [Decision]
  /// Next steps that follow from the cause and the facts.
  package var advice: [LocalizedText]
  /// What limits this judgement: the pack is not in force then, holidays are not covered.
  package var warnings: [LocalizedText]

  package init(
    id: String,
    version: String,
    title: LocalizedText,
    status: String = "in_force",
    outcomes: [CriterionOutcome],
    duties: [Duty],
    decisions: [Decision],
    advice: [LocalizedText],
    warnings: [LocalizedText]
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.status = status
    self.outcomes = outcomes
    self.duties = duties
    self.decisions = decisions
    self.advice = advice
    self.warnings = warnings
  }

  /// Law that is in force; guidance and contracts are told apart from it.
  package var isLaw: Bool { status == "in_force" }
}

/// A text in both languages of the product.
package struct LocalizedText: Sendable, Hashable {
  package var ja: String
  package var en: String

  package init(ja: String, en: String) {
    self.ja = ja
    self.en = en
  }
}

/// Met, not met, or undetermined.
package enum Outcome: String, Sendable, Hashable {
  case met
  case notMet = "not_met"
  case undetermined
}

/// One criterion's outcome with its reason and source.
package struct CriterionOutcome: Sendable, Hashable {
  /// The criterion's stable id, such as `appi.7.iv` or `founding.f9`.
  package var criterion: String
  package var title: LocalizedText
  package var outcome: Outcome
  /// Certain, by the maximum (the upper bound decides), or likely.
  package var confidence: String
  package var because: LocalizedText
  package var cite: [String]
  /// The number of persons that it was judged by; nil when no number decided.
  package var persons: PersonCount?
  /// True when no primary text confirms the criterion: it names no day.
  package var isUnconfirmed: Bool

  package init(
    criterion: String,
    title: LocalizedText,
    outcome: Outcome,
    confidence: String,
    because: LocalizedText,
    cite: [String],
    persons: PersonCount? = nil,
    isUnconfirmed: Bool = false
  ) {
    self.criterion = criterion
    self.title = title
    self.outcome = outcome
    self.confidence = confidence
    self.because = because
    self.cite = cite
    self.persons = persons
    self.isUnconfirmed = isUnconfirmed
  }
}

/// What has to be done, toward whom, by when.
package struct Duty: Sendable, Hashable {
  /// The duty's stable id, such as `jp.report_final`.
  package var id: String
  package var title: LocalizedText
  package var authority: LocalizedText
  /// `YYYY-MM-DD`, or an RFC 3339 instant; nil when the law names no day, or `known_at` is unknown.
  package var due: String?
  /// First day of a window by guideline; nil when there is only a due day.
  package var from: String?
  /// The words of the law where no day is named, or how the day was reckoned.
  package var dueText: LocalizedText
  /// statute, rule, guideline or contract.
  package var basis: String
  /// Criterion ids, in pack order.
  package var firedBy: [String]
  package var cite: [String]

  package init(
    id: String,
    title: LocalizedText,
    authority: LocalizedText,
    due: String?,
    from: String?,
    dueText: LocalizedText,
    basis: String,
    firedBy: [String],
    cite: [String]
  ) {
    self.id = id
    self.title = title
    self.authority = authority
    self.due = due
    self.from = from
    self.dueText = dueText
    self.basis = basis
    self.firedBy = firedBy
    self.cite = cite
  }
}

/// A question that only people can answer, and what each answer would change.
package struct Decision: Sendable, Hashable {
  package var id: String
  package var question: LocalizedText
  package var ifYes: LocalizedText
  package var ifNo: LocalizedText
  /// Ids of the criteria whose row of the investigation sheet lacks the answer.
  package var completes: [String]

  package init(
    id: String,
    question: LocalizedText,
    ifYes: LocalizedText,
    ifNo: LocalizedText,
    completes: [String] = []
  ) {
    self.id = id
    self.question = question
    self.ifYes = ifYes
    self.ifNo = ifNo
    self.completes = completes
  }
}

extension Assessment {
  /// The duties of law whose last day, or hour, lies before a moment, in the order of the packs.
  ///
  /// `now` is in seconds since 1970. Days of Japan's laws end at midnight in Japan, all others 12 hours
  /// after midnight UTC, when the day is over everywhere.
  package func passed(at now: Int) -> [Duty] {
    packs.filter(\.isLaw).flatMap { pack in
      let east = pack.id.hasPrefix("jp-") ? 9 * 3_600 : -12 * 3_600
      return pack.duties.filter { duty in
        guard let due = duty.due.flatMap({ Moment($0) }) else { return false }
        guard due.secondOfDay == nil else { return due.secondsSince1970 < now }
        return due.day.dayNumber < (now + east) / 86_400
      }
    }
  }

  /// What limits the judgement: packs out of their time, holidays that are not known, contradictions.
  package var isWarned: Bool {
    !warnings.isEmpty || packs.contains { !$0.warnings.isEmpty }
  }
}

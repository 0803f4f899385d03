/// What content can never tell, as people stated it; everything left out is unknown.
package struct IncidentFacts: Sendable, Hashable {
  /// When any department of the organisation learned of the event, unless `knownAtByCriterion` says
  /// otherwise.
  package var knownAt: Moment?
  /// Criterion id → when that criterion's event became known (a count may pass its threshold later).
  package var knownAtByCriterion: [String: Moment] = [:]
  /// When the organisation finished judging the event; some regimes count from there.
  package var assessedAt: Moment?
  package var cause: Cause?
  package var wrongfulPurpose = Truth.unknown
  package var dataScope: DataScope?
  package var role: Role?
  /// When a processor told its client; nil when it did not, or nobody knows.
  package var clientNotifiedAt: Moment?
  /// When the persons concerned were told; some regimes count a second step from there.
  package var personsNotifiedAt: Moment?
  package var recoveredUnread = Truth.unknown
  package var encrypted = Encryption()
  package var pseudonymisedByLaw = Truth.unknown
  package var dumpIsWholeIncident = Truth.unknown
  package var publiclyViewable = Truth.unknown
  package var serviceHasPayment = Truth.unknown
  package var sourceWasDatabase = Truth.unknown
  package var sector: Sector?
  package var personsClass: PersonsClass?
  /// ISO 3166 codes of the places whose law is asked for; nil when unknown.
  package var jurisdictions: [String]?
  /// ISO 3166 code → how many of the persons live there; a place left out is unknown.
  package var residents: [String: PersonCount] = [:]
  /// Decision id → the answer that people gave to a question that has no key of its own.
  package var answers: [String: Truth] = [:]

  package init() {}

  /// How the data got out; the closed list of the founding document's causes.
  package enum Cause: String, Sendable, Hashable, CaseIterable {
    case paperLoss = "paper_loss"
    case misSentPaper = "mis_sent_paper"
    case misSentMail = "mis_sent_mail"
    case theft, virus
    case unauthorizedAccess = "unauthorized_access"
    case insiderTakeout = "insider_takeout"
    case misconfigurationPublic = "misconfiguration_public"
    case webSkimming = "web_skimming"
    case processorIncident = "processor_incident"
    case other
  }

  /// Data that the organisation held, or data that was being collected when it was taken.
  package enum DataScope: String, Sendable, Hashable, CaseIterable {
    case held
    case beingAcquired = "being_acquired"
  }

  /// Whose data it is: one's own, or a client's.
  package enum Role: String, Sendable, Hashable, CaseIterable {
    case owner, processor
  }

  /// The business whose special rules may apply.
  package enum Sector: String, Sendable, Hashable, CaseIterable {
    case general, telecom, finance, medical
    case `public`
    case coveredEntity = "covered_entity"
    case myNumberSystem = "my_number_system"
  }

  /// Who the persons are to the organisation.
  package enum PersonsClass: String, Sendable, Hashable, CaseIterable {
    case customer, employee, family, patient, student, applicant, partner, mixed

    /// What a person of several classes is: the first of these.
    ///
    /// Who is a customer anywhere is a customer.
    package static let order: [Self] = [
      .customer, .patient, .student, .employee, .applicant, .partner, .family,
    ]

    /// Whether a person of both classes is of `one`; classes are ids, empty for none, and those without a place
    /// in the order come last.
    package static func goes(_ one: String, before other: String) -> Bool {
      func rank(_ id: String) -> Int {
        id.isEmpty ? order.count + 1 : order.firstIndex { $0.rawValue == id } ?? order.count
      }
      return rank(one) < rank(other)
    }
  }

  /// Whether the data was unreadable to whoever has it now.
  package struct Encryption: Sendable, Hashable {
    package var atLeak = Truth.unknown
    /// As written: `AES-256-GCM`.
    package var algorithm: String?
    package var keyLeaked = Truth.unknown

    package init() {}
  }
}

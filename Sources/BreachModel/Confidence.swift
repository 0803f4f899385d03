/// How sure a finding is, in hundredths (0…100); printed as 0…1.
package struct Confidence: RawRepresentable, Sendable, Hashable, Comparable {
  package var rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = min(rawValue, 100) }

  /// From hundredths of any size; below 0 and above 100 are clipped.
  package init(hundredths: Int) { rawValue = UInt8(max(0, min(100, hundredths))) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package var level: ConfidenceLevel {
    switch rawValue {
    case 90...: .certain
    case 60..<90: .likely
    case 30..<60: .possible
    default: .unreported
    }
  }
}

/// The three reported levels: ≥ 0.9, ≥ 0.6, ≥ 0.3; below that nothing is reported.
package enum ConfidenceLevel: UInt8, Sendable, Comparable, CaseIterable {
  case unreported, possible, likely, certain

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package var id: String {
    switch self {
    case .unreported: "unreported"
    case .possible: "possible"
    case .likely: "likely"
    case .certain: "certain"
    }
  }
}

/// What a check can say of a value: unknown is an answer, and never counts as a failure.
package enum CheckResult: Sendable, Hashable {
  case pass, fail, unknown
}

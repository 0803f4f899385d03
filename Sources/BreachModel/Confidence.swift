/// How sure a finding is, in hundredths (0…100); printed as 0…1.
public struct Confidence: RawRepresentable, Sendable, Hashable, Comparable {
  /// Hundredths.
  public var rawValue: UInt8

  /// From hundredths; above 100 is clipped.
  public init(rawValue: UInt8) { self.rawValue = min(rawValue, 100) }

  /// From hundredths of any size; below 0 and above 100 are clipped.
  public init(hundredths: Int) { rawValue = UInt8(max(0, min(100, hundredths))) }

  /// By hundredths.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The reported level that these hundredths are of.
  @inlinable public var level: ConfidenceLevel {
    switch rawValue {
    case 90...: .certain
    case 60..<90: .likely
    case 30..<60: .possible
    default: .unreported
    }
  }
}

/// The three reported levels: ≥ 0.9, ≥ 0.6, ≥ 0.3; below that nothing is reported.
public enum ConfidenceLevel: UInt8, Sendable, Comparable, CaseIterable {
  case unreported, possible, likely, certain

  /// From the weakest to the strongest.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The name in every output.
  public var id: String {
    switch self {
    case .unreported: "unreported"
    case .possible: "possible"
    case .likely: "likely"
    case .certain: "certain"
    }
  }
}

/// What a check can say of a value: unknown is an answer, and never counts as a failure.
public enum CheckResult: Sendable, Hashable, BitwiseCopyable {
  case pass, fail, unknown
}

import Foundation

/// The pattern set that every peer gets: what can be said of our types in patterns alone.
///
/// `patterns.txt` holds a name and a pattern a line, where `\b` is a boundary between ASCII words.
struct PatternSet {
  let names: [String]
  private let patterns: [String]

  init() throws {
    let text = try String(contentsOfFile: Bench.folder + "/patterns.txt", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t", maxSplits: 1) }
    names = lines.map { String($0[0]) }
    patterns = lines.map { String($0[1]) }
  }

  /// For ripgrep's own engine, which takes `\b` for Unicode and then gives up its fast path.
  var ripgrep: [String] { patterns.map { $0.replacing(#"\b"#, with: #"(?-u:\b)"#) } }

  /// For engines of bytes: a class with a character in it is written as the alternatives it means.
  var bytes: [String] {
    patterns.map { pattern in
      pattern.replacing("[-/.年]", with: "(?:[-/.]|年)").replacing("[-/.月]", with: "(?:[-/.]|月)")
        .replacing("日?", with: "(?:日)?")
    }
  }

  /// For Hyperscan, which finds the start of a match only where its length is not counted that far.
  var hyperscan: [String] { bytes.map { $0.replacing("{2,120}", with: "{2,}") } }

  /// One alternation, for engines that take one pattern.
  var alternation: String { bytes.map { "(?:\($0))" }.joined(separator: "|") }

  /// Writes `patterns` one a line to a file of `folder`; returns its path.
  static func write(_ patterns: [String], to name: String, in folder: String) throws -> String {
    let path = folder + "/" + name
    try Data((patterns.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    return path
  }
}

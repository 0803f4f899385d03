import Foundation

/// A program that is measured: how it is called on a corpus, and what it found there.
struct Tool {
  var name: String
  var jobs = 1
  /// Bytes it gets at most, where it would not end otherwise; nil for all.
  var limit: Int?
  var invocation: (Corpus) -> Invocation
  /// Hits by name from what it printed; empty for a tool that finds nothing.
  var hits: (Corpus, Sample) -> [String: Int] = { _, _ in [:] }
}

/// The tools that are installed here.
struct Tools {
  private(set) var all: [Tool] = []
  /// Why others are not measured.
  private(set) var missing: [String] = []
  private let patterns: PatternSet
  private let cache: String

  init(binary: String, cache: String, jobs: [Int]) throws {
    patterns = try PatternSet()
    self.cache = cache
    for count in jobs { all.append(Self.own(binary, count, cache)) }
    all.append(
      Tool(name: "wc -l") { Invocation(program: "/usr/bin/wc", arguments: ["-l", $0.path]) }
    )
    try addRipgrep()
    try addHyperscan()
    addBulkExtractor()
    addPython()
  }

  private static func own(_ binary: String, _ jobs: Int, _ cache: String) -> Tool {
    let result = cache + "/result.json"
    return Tool(
      name: "breachscope",
      jobs: jobs,
      invocation: { corpus in
        Invocation(
          program: binary,
          arguments: [
            "scan", corpus.path, "--jobs", "\(jobs)", "--format", "json", "--output", result,
            "--no-progress",
          ]
        )
      },
      hits: { _, _ in
        struct Result: Decodable {
          struct Found: Decodable { var count: Int }
          struct Persons: Decodable { var likely: Int }
          var findings: [String: Found]
          var persons: Persons?
        }
        guard let data = FileManager.default.contents(atPath: result),
          let read = try? JSONDecoder().decode(Result.self, from: data)
        else { return [:] }
        return read.findings.mapValues(\.count).merging(["persons": read.persons?.likely ?? 0]) {
          $1
        }
      }
    )
  }

  private static func path(of program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
      .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private mutating func addRipgrep() throws {
    guard let program = Self.path(of: "rg") else {
      missing.append("ripgrep: no rg on the path")
      return
    }
    let list = try PatternSet.write(patterns.ripgrep, to: "ripgrep.txt", in: cache)
    let total: (Corpus, Sample) -> [String: Int] = { _, sample in
      [
        "matches": sample.output.split(whereSeparator: \.isNewline).reduce(0) { sum, line in
          sum + (Int(line.split(separator: ":").last ?? "") ?? 0)
        }
      ]
    }
    all.append(
      Tool(
        name: "rg, the set",
        invocation: {
          Invocation(program: program, arguments: ["-j1", "--count-matches", "-f", list, $0.path])
        },
        hits: total
      )
    )
    let alternation = patterns.alternation
    all.append(
      Tool(
        name: "rg -P --no-unicode",
        invocation: {
          Invocation(
            program: program,
            arguments: ["-j1", "--count-matches", "-P", "--no-unicode", "-e", alternation, $0.path]
          )
        },
        hits: total
      )
    )
  }

  private mutating func addHyperscan() throws {
    let program = cache + "/hyperscan"
    guard FileManager.default.fileExists(atPath: "/usr/include/hs/hs.h"),
      let cc = Self.path(of: "cc")
    else {
      missing.append("Hyperscan: no libhyperscan-dev, or no cc")
      return
    }
    let source = Bench.folder + "/hyperscan.c"
    let built = try Invocation(
      program: cc,
      arguments: ["-O2", "-I/usr/include/hs", "-o", program, source, "-lhs"]
    ).run()
    guard built.code == 0 else {
      missing.append("Hyperscan: hyperscan.c does not compile here")
      return
    }
    let list = try PatternSet.write(patterns.hyperscan, to: "hyperscan.txt", in: cache)
    let names = patterns.names
    for way in ["end", "som"] {
      all.append(
        Tool(
          name: way == "som" ? "Hyperscan, spans" : "Hyperscan, ends",
          invocation: { Invocation(program: program, arguments: [list, $0.path, way]) },
          hits: { _, sample in
            Self.pairs(sample.output).reduce(into: [:]) { hits, pair in
              if let id = Int(pair.0), names.indices.contains(id) { hits[names[id]] = pair.1 }
            }
          }
        )
      )
    }
  }

  private mutating func addBulkExtractor() {
    guard let program = Self.path(of: "bulk_extractor") else {
      missing.append("bulk_extractor: not on the path")
      return
    }
    let output = cache + "/bulk_extractor"
    all.append(
      Tool(
        name: "bulk_extractor",
        limit: 10_000_000,
        invocation: {
          try? FileManager.default.removeItem(atPath: output)
          return Invocation(
            program: program,
            arguments: [
              "-j", "1", "-x", "all", "-e", "email", "-e", "accts", "-o", output, $0.path,
            ]
          )
        },
        hits: { _, _ in
          ["email": "email", "phone": "telephone", "card": "ccn"].compactMapValues { name in
            FileManager.default.contents(atPath: "\(output)/\(name).txt").map { data in
              data.split(separator: 0x0A).count { $0.first != 0x23 }
            }
          }
        }
      )
    )
  }

  private mutating func addPython() {
    for name in ["presidio", "datafog"] {
      let script = Bench.folder + "/peers.py"
      func call(_ path: String) -> Invocation {
        Invocation(program: "/usr/bin/env", arguments: ["python3", script, name, path])
      }
      guard let tried = try? call("/dev/null").run(), tried.code == 0 else {
        missing.append("\(name): the Python package is not installed")
        continue
      }
      all.append(
        Tool(
          name: name,
          limit: 300_000,
          invocation: { call($0.path) },
          hits: { _, sample in
            Dictionary(Self.pairs(sample.output).map { (String($0.0), $0.1) }) { $1 }
          }
        )
      )
    }
  }

  /// `NAME COUNT` a line.
  private static func pairs(_ output: String) -> [(Substring, Int)] {
    output.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 2, let count = Int(words[1]) else { return nil }
      return (words[0], count)
    }
  }
}

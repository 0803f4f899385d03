import ArgumentParser
import Foundation

/// Measures breachscope and its peers side by side: speed, memory and what was found.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breachscope-bench",
    abstract: "Measure breachscope and its peers side by side on generated corpora.",
    discussion: """
      Every round runs every tool once, so that what else the machine does hits all alike; medians
      are shown. A speed without its hits says nothing, so both stand in one line.
      """
  )

  @Option(help: "Where corpora are kept; made when missing.")
  var corpora = "/tmp/breachscope-corpora"

  @Option(help: "Bytes of each corpus: 100M, 10M.")
  var size = "100M"

  @Option(help: "Rounds of each corpus.")
  var rounds = 5

  @Option(
    help: "Corpora: log, clean, csv_ja, csv_ja.cp932, csv_ja.euc_jp, sql, jsonl, small.",
    transform: { $0.split(separator: ",").map(String.init) }
  )
  var kinds = ["log", "clean", "csv_ja", "csv_ja.cp932", "csv_ja.euc_jp", "sql", "jsonl", "small"]

  @Option(help: "Files of the corpus of small files.")
  var files = 20_000

  @Option(
    help: "Numbers of workers.",
    transform: { $0.split(separator: ",").compactMap { Int($0) } }
  )
  var jobs = [1, 2]

  @Option(
    help: "Count the persons of so many records instead, made while they are read: 1M,10M.",
    transform: { try $0.split(separator: ",").map { try Self.count(String($0)) } }
  )
  var persons: [Int] = []

  @Option(help: "What breachscope may have of memory when it counts persons.")
  var memory = "1G"

  @Option(help: "The program to be measured.")
  var binary = Self.packageRoot + "/.build/release/breachscope"

  @Option(help: "Write everything to this file, too.")
  var json: String?

  /// This folder, and the package it lies in.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
  static let packageRoot = URL(fileURLWithPath: folder).deletingLastPathComponent()
    .deletingLastPathComponent().path

  func run() throws {
    guard FileManager.default.isExecutableFile(atPath: binary) else {
      throw BenchError("\(binary) is missing: swift build -c release --static-swift-stdlib")
    }
    try FileManager.default.createDirectory(atPath: corpora, withIntermediateDirectories: true)
    if !persons.isEmpty {
      let curve = try persons.map {
        try Growth.measure($0, binary: binary, memory: memory, in: corpora)
      }
      print(Table.text(curve), terminator: "")
      try write(curve)
      return
    }
    let tools = try Tools(binary: binary, cache: corpora, jobs: jobs)
    var outcome = Outcome(rounds: rounds, missing: tools.missing)
    for kind in kinds {
      outcome.corpora += try measure(corpus(kind), tools.all)
    }
    outcome.startMilliseconds = try starts()
    print(Table.text(outcome), terminator: "")
    try write(outcome)
  }

  private func write(_ outcome: some Encodable) throws {
    guard let json else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(outcome).write(to: URL(fileURLWithPath: json))
  }

  /// A number of records, with K or M for thousands and millions.
  private static func count(_ text: String) throws -> Int {
    let unit = ["K": 1_000, "M": 1_000_000][text.suffix(1)] ?? 1
    guard let number = Int(unit == 1 ? text : String(text.dropLast())), number > 0 else {
      throw ValidationError("'\(text)' is no number of records such as 500K or 10M")
    }
    return number * unit
  }

  private func corpus(_ kind: String) throws -> Corpus {
    if kind == "small" {
      var small = try Corpus.make("log", size: "10K", files: files, in: corpora)
      small.name = "small"
      return small
    }
    let parts = kind.split(separator: ".", maxSplits: 1)
    return try Corpus.make(
      String(parts[0]),
      encoding: parts.count > 1 ? String(parts[1]) : "utf-8",
      size: size,
      in: corpora
    )
  }

  private func measure(_ corpus: Corpus, _ tools: [Tool]) throws -> [Measurement] {
    // Tools that take one file only have nothing to say of a folder.
    let tools = tools.filter {
      corpus.files == 1 || $0.name.hasPrefix("breach") || $0.name.hasPrefix("rg")
    }
    let inputs = try tools.map { tool in try tool.limit.map(corpus.head) ?? corpus }
    var samples = [[Sample]](repeating: [], count: tools.count)
    var hits = [[String: Int]](repeating: [:], count: tools.count)
    var peaks = [Int](repeating: 0, count: tools.count)
    // The watched run also brings everything into the page cache.
    for (index, tool) in tools.enumerated() {
      peaks[index] = try tool.invocation(inputs[index]).peakMemory()
    }
    for _ in 0..<max(1, rounds) {
      for (index, tool) in tools.enumerated() {
        let sample = try tool.invocation(inputs[index]).run()
        // A grep that finds nothing ends with 1.
        guard sample.code <= 1 else {
          throw BenchError("\(tool.name) failed with \(sample.code) on \(corpus.name)")
        }
        samples[index].append(sample)
        hits[index] = tool.hits(inputs[index], sample)
      }
    }
    var measured = tools.indices.map { index in
      Measurement(
        corpus: corpus.name,
        tool: tools[index].name,
        jobs: tools[index].jobs,
        bytes: inputs[index].bytes,
        files: inputs[index].files,
        wall: samples[index].map(\.wall).median,
        cpu: samples[index].map(\.cpu).median,
        peakBytes: peaks[index],
        hits: hits[index],
        truth: inputs[index].truth
      )
    }
    guard let reference = measured.first(where: { $0.tool == "rg, the set" }) else {
      return measured
    }
    for index in measured.indices where measured[index].seconds > 0 {
      let own = measured[index]
      let base = own.jobs == 1 ? reference.cpu : reference.wall
      let share = Double(own.bytes) / Double(reference.bytes)
      measured[index].ratio = base * share / own.seconds
    }
    return measured
  }

  private func starts() throws -> [String: Double] {
    let file = corpora + "/one.csv"
    try Data("氏名,メール\n山田 花子,hanako@example.jp\n".utf8).write(to: URL(fileURLWithPath: file))
    let calls = ["--version": ["--version"], "one small file": ["scan", file, "--no-progress"]]
    return try calls.mapValues { arguments in
      let call = Invocation(program: binary, arguments: arguments)
      return try (0..<max(9, rounds)).map { _ in try call.run().wall * 1_000 }.median
    }
  }
}

import Foundation

/// A generated corpus and what is in it.
struct Corpus {
  var name: String
  var path: String
  var bytes: Int
  /// Files in it.
  var files: Int
  /// How many values of each type were written.
  var truth: [String: Int]

  private struct Truth: Decodable {
    var bytes: Int
    var files: Int
    var truth: [String: Int]
  }

  /// The generator's names for our types.
  static let types = [
    "email": "email_address", "phone": "phone_number", "card": "card_number",
    "birth_date": "birth_date", "postal": "postal_code", "address": "address", "ip": "ip_address",
    "name": "person_name", "kana": "person_name_kana",
  ]

  /// Takes the corpus from `folder`, made there when it is missing.
  static func make(
    _ kind: String,
    encoding: String = "utf-8",
    size: String,
    files: Int? = nil,
    in folder: String
  ) throws -> Corpus {
    let name = kind + (encoding == "utf-8" ? "" : "." + encoding)
    let path = "\(folder)/\(name).\(files.map { "\($0)x" } ?? "")\(size)"
    if !FileManager.default.fileExists(atPath: path + ".truth.json") {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let generator = Bench.packageRoot + "/Tests/Corpora/gen_corpus.py"
      let made = try Invocation(
        program: "/usr/bin/env",
        arguments: [
          "python3", generator, "--kind", kind, "--size", size, "--encoding", encoding, "--out",
          path,
        ] + (files.map { ["--files", "\($0)"] } ?? [])
      ).run()
      guard made.code == 0 else { throw BenchError("cannot generate \(path)") }
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: path + ".truth.json"))
    let truth = try JSONDecoder().decode(Truth.self, from: data)
    return Corpus(
      name: name,
      path: path,
      bytes: truth.bytes,
      files: truth.files,
      truth: truth.truth
    )
  }

  /// The first `bytes` bytes as a corpus of their own, for tools that would not end otherwise.
  func head(_ bytes: Int) throws -> Corpus {
    let target = path + ".head"
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let data = try file.read(upToCount: bytes) ?? Data()
    try data.write(to: URL(fileURLWithPath: target))
    return Corpus(name: name, path: target, bytes: data.count, files: 1, truth: [:])
  }
}

/// Why nothing can be measured.
struct BenchError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

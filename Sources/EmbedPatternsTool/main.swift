// Packs pattern files into one Swift file at build time.
//
// Foundation is used for file access here alone: the tool runs on the build machine and is no part
// of the program.

import BreachModel
import BreachYAML
import Foundation

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: EmbedPatternsTool OUTPUT PATTERNS-FOLDER [FILE below the folder]…")
  exit(2)
}
let output = arguments[1]
let folder = arguments[2]

var generated = """
  // Generated from the files under Patterns; every change there makes it anew.

  /// The pattern files that are part of the program, in path order.
  let embeddedPatterns: [EmbeddedPattern] = [

  """
var failed = false
var digests: [(path: String, sha256: String)] = []
let paths = arguments.dropFirst(3).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
for path in paths {
  let file = folder + "/" + path
  do {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let root = try YAMLReader.read(text, path: file)
    let (packed, examples) = PatternPacking.pack(root, apart: ["matches", "misses", "cases"])
    let digest = SHA256.hex(text.utf8)
    digests.append((path, digest))
    generated += """
        EmbeddedPattern(
          path: \(literal(path)), sha256: "\(digest)",
          packed: \(literal(packed)),
          examples: \(examples.map(literal) ?? "nil")),

      """
  } catch let error as PatternError {
    let place = error.place ?? PatternNode.Place(line: 1, column: 1)
    complain("\(error.path):\(place.line):\(place.column): error: \(error.message)")
    failed = true
  } catch {
    complain("\(file):1:1: error: \(error)")
    failed = true
  }
}
generated += """
  ]

  /// As `PatternLibrary.sha256` has it.
  let embeddedPatternsSHA256 = "\(PatternPacking.sha256(digests))"

  """
if failed { exit(1) }
try generated.write(toFile: output, atomically: true, encoding: .utf8)

/// A complaint in the form that compilers use, so that build logs and editors can jump to it.
func complain(_ message: String) {
  FileHandle.standardError.write(Data((message + "\n").utf8))
}

/// A Swift string literal of a text.
func literal(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20 || scalar.value == 0x7f:
      result += "\\u{\(String(scalar.value, radix: 16))}"
    // Characters that change how a source line looks or where it ends stay visible as escapes.
    case _
    where scalar.properties.generalCategory == .format
      || scalar.properties.generalCategory == .lineSeparator
      || scalar.properties.generalCategory == .paragraphSeparator:
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

package import BreachBytes
package import BreachModel

/// Everything a scan is asked for.
package struct ScanRequest: Sendable {
  /// Paths as bytes; `-` is standard input.
  package var paths: [[UInt8]]
  package var types: TypeSet = TypeSet(DataType.allCases)
  package var minConfidence = Confidence(rawValue: 30)
  package var jobs = OwnProcess.cores
  /// Bytes for the whole process tree; the rest after workers is the person index's.
  package var memory = 1 << 30
  package var include: [String] = []
  package var exclude: [String] = []
  package var encoding: Charset?
  package var delimiter: UInt8?
  package var hasHeader: Bool?
  package var passwords: [String] = []
  /// Pattern files beside the embedded ones.
  package var patterns: [(path: String, text: String)] = []
  package var wantsFindings = false
  package var reveals = false
  package var wantsPersons = true
  /// Times of stages and formats are wanted.
  package var wantsTimings = false
  package var key = DigestKey.random()
  package var limits = ScanLimits()
  /// Bytes per unit of a file that can be cut, for tests; nil: by the file's size.
  package var unitSize: Int?
  /// Where overflow goes when memory is short.
  package var spoolDirectory: [UInt8] = Array("/tmp".utf8)
  /// Our own output files, which may lie inside a scanned tree: device and inode.
  package var ownFiles: [(device: UInt64, inode: UInt64)] = []
  /// Test hook: a leaf whose path ends so ends its worker.
  package var trapAt: String?
  /// Test hook: the program that workers run, since under an instrument our own name is its name.
  package var program = Child.ownProgram
  /// A worker that says nothing for so long is ended.
  package var silenceSeconds = 120.0

  package init(paths: [[UInt8]]) { self.paths = paths }
}

/// What is told while a scan runs.
package struct ScanProgress: Sendable {
  package var bytes: Int
  package var totalBytes: Int
  package var filesDone: Int
  package var files: Int
  package var seconds: Double
}

/// Why a scan could not be done at all.
package struct ScanError: Error, Sendable, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}

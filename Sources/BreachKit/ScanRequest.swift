package import BreachBytes
package import BreachDetectors
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
  /// Tables whose persons count, or do not, whatever they look like.
  package var tables = TableChoice()
  /// False: a mail is read as it stands, as text.
  var opensMail = true
  /// Pattern files beside the embedded ones.
  package var patterns: [(path: String, text: String)] = []
  package var wantsFindings = false
  /// A value spread over columns is a finding in each of them.
  package var wantsParts = false
  package var values = ValueForm.masked
  package var wantsPersons = true
  /// Records and persons are kept for a result store.
  package var wantsStore = false
  /// Times of stages and formats are wanted.
  package var wantsTimings = false
  package var key = DigestKey.random()
  /// The day on which ages are reckoned from dates of birth; nil tells no ages.
  package var ageDay: CivilDate?
  package var limits = ScanLimits()
  /// Bytes per unit of a file that can be cut, for tests; nil: by the file's size.
  package var unitSize: Int?
  /// Where overflow goes when memory is short.
  package var spoolDirectory = Array((OwnProcess.environment("TMPDIR") ?? "/tmp").utf8)
  /// Our own output files, which may lie inside a scanned tree: device and inode.
  package var ownFiles: [(device: UInt64, inode: UInt64)] = []
  /// Test hook: a leaf whose path ends so ends its worker.
  package var trapAt: String?
  /// Test hook: the program that workers run, since under an instrument our own name is its name.
  package var program = Child.ownProgram
  /// A worker that says nothing for so long is ended.
  package var silenceSeconds = 120.0

  package init(paths: [[UInt8]]) { self.paths = paths }

  /// What of `memory` is left beside the workers while files are read.
  var indexMemory: Int { max(0, memory - (128 << 20) * (jobs + 1)) }

  /// Of that, what is read may take this much before it goes to disk.
  private var blobMemory: Int { max(16 << 20, indexMemory / 8) }

  /// A new store for what is read.
  var blobStore: BlobStore {
    BlobStore(budget: blobMemory, directory: spoolDirectory)
  }

  /// A new room for what is reckoned of each record when no worker is left: what remains of `memory`
  /// but 192 MiB, a third of which is for pages of files.
  var columnRoom: ColumnRoom {
    ColumnRoom(
      budget: max(0, memory - blobMemory - (192 << 20)),
      directory: spoolDirectory,
      mostMapped: 64 << 20
    )
  }
}

/// What is told while a scan runs.
package struct ScanProgress: Sendable {
  package var bytes: Int
  package var totalBytes: Int
  package var filesDone: Int
  package var files: Int
  /// Records that identify a person, before they are linked.
  package var persons: Int
  package var seconds: Double
  /// How much of the linking is done, 0…1; nil while files are read.
  package var linked: Double?
}

extension ScanProgress {
  /// Everything is read, and so much is linked.
  init(linked: Double) {
    self.init(bytes: 0, totalBytes: 0, filesDone: 0, files: 0, persons: 0, seconds: 0)
    self.linked = linked
  }
}

/// Why a scan could not be done at all.
package struct ScanError: Error, Sendable, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}

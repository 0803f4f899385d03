internal import BreachBytes
internal import BreachModel
internal import BreachReports

/// What is asked about two stores.
public struct DiffArguments: Sendable {
  /// The older store and the newer one.
  public var old: String
  /// The newer store.
  public var new: String
  /// text, json, html or md, on standard output.
  public var format: String?
  /// Files to write; the format follows the name.
  public var outputs: [String] = []
  /// Most persons of each list in text, HTML and Markdown; JSON lists all.
  public var limit = 50

  /// All that is different between two stores.
  public init(old: String, new: String) {
    self.old = old
    self.new = new
  }
}

/// `breachscope diff OLD NEW`: who and what is new, gone or changed.
public enum DiffCommand {
  /// Runs the command; returns the exit code, which tells nothing of whether there is a difference.
  public static func run(_ asked: DiffArguments, _ arguments: ScanArguments) -> Int32 {
    Console.run(arguments) { (console) throws(CommandError) in
      guard asked.limit > 0 else { throw .usage("--limit takes a number above 0") }
      let answers = try Answers(
        format: asked.format,
        paths: asked.outputs,
        allowed: [.text, .json, .html, .markdown]
      )
      for path in [asked.old, asked.new] { try CaseFolder.refuseClosed(path) }
      let (old, new) = (try StoreReader(asked.old), try StoreReader(asked.new))
      try new.requireSameKind(as: old)
      let library = try arguments.patternLibrary()
      try new.requirePatterns(library)
      let linker = Linker(
        try arguments.request(linking: true),
        library,
        console,
        showsProgress: !arguments.noProgress
      )
      let difference = try Difference(try Comparison(old, new, linker))
      let page = DifferencePage(
        difference,
        old: try old.result(),
        new: try new.result(),
        files: try FileDifference(old, new),
        paths: (asked.old, asked.new),
        limit: asked.limit
      )
      try answers.write(console) { page.bytes($0, $1) }
      return page.isComplete ? ExitCode.done : ExitCode.incomplete
    }
  }
}

/// Which files are different; the same content under another path is not.
struct FileDifference {
  private(set) var new: [String] = []
  private(set) var gone: [String] = []
  /// Other content under the same path.
  private(set) var changed: [String] = []

  /// A leaf by what is in it, or by its path where that is not known.
  private struct Name: Hashable {
    var content: LeafContent?
    var path: String
  }

  init(_ old: StoreReader, _ new: StoreReader) throws(CommandError) {
    let (before, after) = (try Self.leaves(old), try Self.leaves(new))
    func names(_ leaves: [(path: String, content: LeafContent?)]) -> Set<Name> {
      Set(leaves.map { Name(content: $0.content, path: $0.content == nil ? $0.path : "") })
    }
    func missing(
      _ leaves: [(path: String, content: LeafContent?)],
      in others: Set<Name>
    ) -> [String] {
      leaves.filter {
        !others.contains(Name(content: $0.content, path: $0.content == nil ? $0.path : ""))
      }.map(\.path)
    }
    let (added, removed) = (
      missing(after, in: names(before)), missing(before, in: names(after))
    )
    let both = Set(added).intersection(removed)
    self.new = added.filter { !both.contains($0) }
    gone = removed.filter { !both.contains($0) }
    changed = removed.filter(both.contains)
  }

  /// The leaves that are no containers, in path order.
  private static func leaves(_ store: StoreReader) throws(CommandError)
    -> [(path: String, content: LeafContent?)]
  {
    try store.leaves().filter { $0.entries.first?.report.isContainer == false }
      .map { ($0.path, LeafContent($0)) }
  }
}

@testable import BreachKit
import BreachBytes
import BreachModel
import BreachPatterns
import BreachPersons
import Foundation
import Testing

/// What waits until all is read, and what of it turns out not to count.
@Suite struct BlobStoreTests {
  private static func chunk(_ records: Int) -> IdentityChunk {
    var chunk = IdentityChunk()
    chunk.shapes = [
      IdentityShape(
        kinds: [AttributeKind(.emailAddress)],
        types: TypeSet([.emailAddress]),
        certain: TypeSet([.emailAddress]),
        flags: [],
        personClass: ""
      )
    ]
    for number in 0..<records {
      chunk.append(shape: 0, residence: 0, row: UInt64(number), digests: [UInt64(number)])
    }
    return chunk
  }

  /// Bytes on disk of each open file that has lost its name in the folder.
  private static func spools(in folder: Folder) throws -> [Int] {
    let files = FileManager.default
    let own = "/" + (folder.path as NSString).lastPathComponent + "/.breachscope-"
    return try files.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { number in
      let path = "/proc/self/fd/" + number
      let name = try? files.destinationOfSymbolicLink(atPath: path)
      guard name?.contains(own) ?? false else { return nil }
      let ran = try Program.shell("stat -Lc %b /proc/\(getpid())/fd/\(number)", in: folder)
      return Int(ran.stdout.trimmingCharacters(in: .whitespacesAndNewlines)).map { $0 * 512 }
    }
  }

  /// Three words a record: 24 bytes.
  @Test(arguments: [0, 2_400, .max]) func whatIsDroppedIsKeptNowhere(_ budget: Int) throws {
    try withFolder { folder in
      let store = BlobStore(budget: budget, directory: Array(folder.path.utf8))
      let first = store.append(Self.chunk(100))
      let second = store.append(Self.chunk(10_000))
      let third = store.append([1, 2, 3, 4, 5, 6, 7, 8, 9])
      #expect(store.bytes == 2_400 + 240_000 + 24)
      store.drop([second, first])
      store.drop([second])
      #expect(store.bytes == 24)
      #expect(store.count(second) == 0 && store.shapes(second).isEmpty)
      #expect(throws: SystemError.self) { try store.chunk(second) }
      #expect(try store.bytes(third) == [1, 2, 3, 4, 5, 6, 7, 8, 9])
      // Memory that is free again is used again.
      let last = store.append(Self.chunk(100))
      // Of the spool itself a page at either end may stay.
      let spools = try Self.spools(in: folder)
      #expect(spools.count == (budget == .max ? 0 : 1))
      #expect(spools.allSatisfy { $0 <= 16 << 10 })
      #expect(try store.chunk(last).words == Self.chunk(100).words)
      #expect(store.bytes == 2_424)
    }
  }

  /// A leaf of two stores, and two leaves of equal content: each is kept once.
  @Test func leavesThatAreThereTwiceAreKeptOnce() throws {
    try withFolder { folder in
      try folder.write("k", "00112233445566778899aabbccddeeff\n")
      try folder.write("a/list.csv", people(300))
      try folder.write("b/copy.csv", people(300))
      for name in ["a", "b"] {
        let args = ["scan", name, "-o", "\(name).breach", "--seed-key", "k", "-q"]
        #expect(try Program.run(args, in: folder).code == 0)
      }
      let (a, b) = (
        try StoreReader(folder.path + "/a.breach"), try StoreReader(folder.path + "/b.breach")
      )
      let request = ScanRequest(paths: [])
      let kept = request.blobStore
      var union = ReadingUnion()
      union.add(try a.evidence(kept))
      let once = kept.bytes
      #expect(once > 300 * 24)
      for _ in 0..<3 { union.add(try a.evidence(kept)) }
      #expect(kept.bytes == once)
      union.add(try b.evidence(kept))
      #expect(kept.bytes == 2 * once)
      let library = try PatternLibrary()
      let assembly = Assembly(
        request: request,
        rules: try LinkRules(library),
        patternsSHA256: library.sha256
      )
      let result = try assembly.result(union.reading(kept)).result
      #expect(kept.bytes == once)
      #expect(result.persons?.funnel.rows == 300 && result.persons?.count.likely == 300)
      #expect(result.files.map(\.path) == ["a/list.csv"])
      #expect(result.files.map(\.alsoAt) == [["b/copy.csv"]])
    }
  }
}

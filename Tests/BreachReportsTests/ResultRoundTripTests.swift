import BreachModel
import BreachReports
import Testing

@Suite struct ResultRoundTripTests {
  @Test(arguments: [SampleResults.shop, SampleResults.empty, SampleResults.hostile])
  func samplesReadBack(result: ScanResult) throws {
    let bytes = render(.json, result)
    let read = try ScanResult(json: bytes)
    #expect(read == result)
    // Equal texts may be canonically equal only; equal bytes are the same.
    #expect(render(.json, read) == bytes)
  }

  @Test func randomResultsReadBack() throws {
    for seed in UInt64(1)...150 {
      var random = SeededGenerator(seed: seed)
      let result = RandomResult.make(&random)
      let bytes = render(.json, result)
      let read = try ScanResult(json: bytes)
      #expect(read == result, "seed \(seed)")
      #expect(render(.json, read) == bytes, "seed \(seed)")
    }
  }

  @Test func theStreamedDocumentIsTheWholeValue() throws {
    #expect(
      try JSONParser.parse(render(.json, SampleResults.shop))
        == ResultEncoder.value(SampleResults.shop)
    )
  }

  @Test func unknownMembersArePassedOver() throws {
    guard case .object(var object) = ResultEncoder.value(SampleResults.shop) else { return }
    object.members.append(.init(key: "later", value: .array([])))
    #expect(try ScanResult(json: .object(object)) == SampleResults.shop)
  }

  @Test func errorsSayWhatAndWhere() {
    #expect(message { $0["schema"] = nil } == "not a result: there is no \"schema\"")
    #expect(
      message { $0["schema"] = .string("breachscope.result/9") }
        == "schema \"breachscope.result/9\" is not read by this version; it reads "
        + "\"breachscope.result/1\""
    )
    #expect(message { $0["coverage"] = nil } == "coverage is missing")
    #expect(message { $0["files"] = .null } == "files should be an array, and is null")
    #expect(
      message { $0["findings"] = .object([("shoe_size", .null)]) } == "findings.shoe_size should "
        + "be an object, and is null"
    )
    #expect(
      message { $0["run"] = .object([("started", .string("x")), ("seconds", .bool(true))]) }
        == "run.seconds should be a number, and is a boolean"
    )
    #expect(
      message { $0["assessment"] = .object([("packs", .array([.object([])]))]) }
        == "assessment.packs[0].id is missing"
    )
    #expect(
      (#expect(throws: ResultReadError.self) { try ScanResult(json: Array("{".utf8)) })?
        .description == "not a JSON document: byte 1: the document ends too early"
    )
  }

  @Test func typesOfALaterVersionAreRefusedByName() throws {
    var bytes = render(.json, SampleResults.shop)
    let text = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\"company_name\"", omittingEmptySubsequences: false)
      .joined(separator: "\"shoe_size\"")
    bytes = Array(text.utf8)
    let error = #expect(throws: ResultReadError.self) { try ScanResult(json: bytes) }
    #expect(error == .unknown(at: "findings", "shoe_size"))
  }

  private func message(_ change: (inout [String: JSONValue]) -> Void) -> String? {
    guard case .object(let object) = ResultEncoder.value(SampleResults.shop) else { return nil }
    var members: [String: JSONValue] = [:]
    for member in object.members { members[member.key] = member.value }
    change(&members)
    let changed = object.members.compactMap { old in members[old.key].map { (old.key, $0) } }
    return
      (#expect(throws: ResultReadError.self) { try ScanResult(json: .object(changed)) })?
      .description
  }
}

import BreachBytes
import Testing

/// Messages arrive whole and in order, with all that belongs to them.
///
/// One at a time: receiving blocks a thread that the sender may need.
@Suite(.serialized) struct ChannelTests {
  @Test func bytesWordsAndDescriptorsArriveTogether() throws {
    let (near, far) = try Channel.pair()
    let sender = Channel(owning: near)
    let receiver = Channel(owning: far)
    let (inner, outer) = try Channel.pair()
    try sender.send([1, 2, 3], words: [7, .max], descriptors: [inner])
    try sender.send([], words: [9])
    try sender.send([5])
    try sender.send([])
    let first = try receiver.receive()
    #expect(first?.bytes == [1, 2, 3])
    #expect(first?.words == [7, .max])
    let passed = try #require(first?.descriptors.first)
    // What is sent into the copy comes out at the other end of the pair it was made of.
    let copy = Channel(owning: passed)
    let end = Channel(owning: outer)
    _ = Channel(owning: inner)
    try copy.send([42])
    let through = try end.receive()
    #expect(through?.bytes == [42])
    let rest = [try receiver.receive(), try receiver.receive(), try receiver.receive()]
    #expect(rest.map { $0?.bytes } == [[], [5], []])
    #expect(rest.map { $0?.words } == [[9], [], []])
    #expect(rest.allSatisfy { $0?.descriptors.isEmpty == true })
  }

  @Test(arguments: [(0, 300_000), (1_000_000, 0), (333_333, 200_001)])
  func moreThanTheSocketHoldsArrivesWhole(_ bytes: Int, _ words: Int) async throws {
    let (near, far) = try Channel.pair()
    let content = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let numbers = (0..<words).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let sending = Task.detached {
      let sender = Channel(owning: near)
      try sender.send(content, words: numbers)
    }
    let receiver = Channel(owning: far)
    let message = try receiver.receive()
    #expect(message?.bytes == content)
    #expect(message?.words == numbers)
    try await sending.value
    let end = try receiver.receive()
    #expect(end?.bytes == nil)
  }
}

internal import BreachBytes

/// Gathers what a worker says, since a message for each small leaf costs more than reading the leaf.
///
/// The supervisor is told of a leaf before it is looked at when it is large or its size unknown, and
/// of all leaves in a careful unit. So a leaf that it knows to be under way is the one under way; when
/// a worker ends and it knows of none, it was some small one, and the unit goes on carefully.
struct Outbox {
  /// Leaves up to this size need not be told of beforehand.
  private static let smallLeaf = 256 << 10
  private static let mostBytes = 64 << 10

  var isCareful = false
  private var gathered = WireWriter()
  /// The supervisor knows which leaf is under way.
  private var isKnown = false

  /// Sends `reply` now, or with those that follow.
  mutating func put(_ reply: WorkerReply, to channel: borrowing Channel) throws(SystemError) {
    gathered.put(reply)
    switch reply {
    case .leafBegun(_, _, let bytes):
      isKnown = isCareful || (bytes ?? .max) > Self.smallLeaf
      if !isKnown { return }
    case .identities, .findings, .progress:
      if !isKnown && gathered.size < Self.mostBytes { return }
      isKnown = true
    case .leafDone:
      if !isKnown && gathered.size < Self.mostBytes { return }
      isKnown = false
    case .fileDone, .timings: return
    case .ready, .refused, .unitDone, .planned: break
    }
    try channel.send(gathered.bytes, words: gathered.words)
    gathered.removeAll()
  }
}

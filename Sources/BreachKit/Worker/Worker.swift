internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns
internal import BreachReaders

/// The worker's side of the channel: one setup, then units until the supervisor goes away.
package enum Worker {
  /// The hidden argument that makes the program a worker.
  package static let argument = "__worker"

  /// Serves until the channel closes; never prints anything.
  package static func run() {
    let channel = Channel(owning: Child.channelDescriptor)
    guard let first = try? channel.receive() else { return }
    var reader = WireReader(first.bytes)
    guard reader.kind == WorkerSetup.kind, let setup = try? WorkerSetup(&reader) else { return }
    let send: (WorkerReply) -> Void = { reply in
      // The supervisor is gone: nobody waits for anything.
      do { try channel.send(reply.message, words: reply.words) } catch { OwnProcess.exit(0) }
    }
    let engine: Engine
    do throws(PatternError) {
      let set = try DetectorSet(try PatternLibrary(adding: setup.patterns))
      engine = Engine(
        set,
        DetectionOptions(
          types: setup.types,
          minConfidence: setup.minConfidence,
          wantsFindings: setup.wantsFindings,
          reveals: setup.reveals,
          wantsPersons: setup.wantsPersons,
          key: setup.key
        )
      )
    } catch {
      send(.refused("\(error)"))
      return
    }
    send(.ready)
    let scanner = UnitScanner(setup, engine, send)
    while let message = try? channel.receive() {
      let descriptors = message.descriptors
      var reader = WireReader(message.bytes)
      switch reader.kind {
      case UnitTask.kind:
        guard let task = try? UnitTask(&reader), task.files.count == descriptors.count else {
          return
        }
        scanner.scan(task, descriptors)
        send(.unitDone)
      case PlanTask.kind:
        guard let task = try? PlanTask(&reader), let descriptor = descriptors.first else { return }
        let (plan, cuts) = Planner(setup, engine, send).plan(task, File(owning: descriptor))
        send(.planned(plan, cuts))
      default: return
      }
    }
  }
}

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
    guard (try? reader.byte()) == WorkerSetup.kind, let setup = try? WorkerSetup(&reader) else {
      return
    }
    var outbox = Outbox()
    let clock = setup.wantsTimings ? StageClock() : nil
    let put: (WorkerReply) -> Void = { reply in
      // The supervisor is gone: nobody waits for anything.
      do { try outbox.put(reply, to: channel) } catch { OwnProcess.exit(0) }
    }
    let send: (WorkerReply) -> Void =
      clock.map { clock in { reply in clock.time(.send) { put(reply) } } } ?? put
    let engine: Engine
    do throws(PatternError) {
      let set = try DetectorSet(try PatternLibrary(adding: setup.patterns))
      var options = DetectionOptions(
        types: setup.types,
        minConfidence: setup.minConfidence,
        wantsFindings: setup.wantsFindings,
        values: setup.values,
        wantsPersons: setup.wantsPersons,
        key: setup.key
      )
      options.wantsParts = setup.wantsParts
      options.ageDay = setup.ageDay
      engine = Engine(set, options)
    } catch {
      send(.refused("\(error)"))
      return
    }
    if clock != nil { engine.timeDetectors() }
    send(.ready)
    let leafScanner = LeafScanner(setup, engine, clock, send)
    let scanner = UnitScanner(setup, leafScanner, send)
    let planner = Planner(setup, leafScanner, clock)
    while let message = try? channel.receive() {
      let descriptors = message.descriptors
      var reader = WireReader(message.bytes)
      switch try? reader.byte() {
      case UnitTask.kind:
        guard let task = try? UnitTask(&reader), task.files.count == descriptors.count else {
          return
        }
        outbox.isCareful = task.isCareful
        scanner.scan(task, descriptors)
        if let clock {
          for cost in engine.takeCosts() { clock.add(cost) }
          put(.timings(clock.take()))
        }
        send(.unitDone)
      case PlanTask.kind:
        guard let task = try? PlanTask(&reader), let descriptor = descriptors.first else { return }
        let (plan, cuts) = planner.plan(task, File(owning: descriptor))
        if let clock { put(.timings(clock.take())) }
        send(.planned(plan, cuts))
      default: return
      }
    }
  }
}

internal import BreachBytes
internal import BreachModel

/// What happens when a worker ends before its work does, or when everything has to stop.
extension Supervisor {
  func endSilent() throws(ScanError) {
    let now = OwnProcess.monotonicSeconds
    for slot in slots where slot.unit != nil && now - slot.lastHeard > request.silenceSeconds {
      if case .scan(let planned)? = slot.unit?.work,
        planned.contains(where: { files[$0.file].isStream })
      {
        continue
      }
      slot.wasSilent = true
      slot.lastHeard = now
      slot.child.kill()
    }
  }

  /// A worker is gone: what it had of the leaf under way is dropped, the leaf tried again alone.
  func bury(_ index: Int) throws(ScanError) {
    let slot = slots[index]
    _ = slot.child.wait()
    if StopRequest.signal != nil { return }
    if !slot.isReady { throw ScanError("a worker ended before it was ready") }
    store.drop(slot.identities + slot.findings)
    slots[index] = try start()
    guard let unit = slot.unit else { return }
    switch unit.work {
    case .plan(let file, _): pending.append(whole(file))
    case .scan(let planned):
      guard slot.position < planned.count else {
        finishUnit(slot)
        return
      }
      let rest = Array(planned[slot.position...])
      if slot.leaf == nil && !unit.isCareful && !files[rest[0].file].isStream {
        pending.append(
          Unit(work: .scan(rest), skip: slot.done, isCareful: true, then: unit.then)
        )
        return
      }
      // What stays to be done when the leaf under way is left out.
      var next = Unit(work: .scan(rest), skip: slot.done + 1, then: unit.then)
      if unit.isRetry, let after = unit.then.first { next = after }
      if unit.isRetry || slot.wasSilent || files[rest[0].file].isStream {
        lose(slot, rest[0], next)
      } else {
        pending.append(
          Unit(
            work: .scan([rest[0]]),
            skip: slot.done,
            limit: 1,
            isCareful: true,
            isRetry: true,
            then: [next]
          )
        )
      }
    }
  }

  /// Gives up the leaf that a worker ended in, and goes on behind it where that is possible.
  func lose(_ slot: Slot, _ item: PlannedFile, _ next: Unit) {
    let isMember = !(slot.leaf?.path ?? "").isEmpty
    var report = LeafReport()
    report.innerPath = slot.leaf?.path ?? ""
    report.format = "unread"
    // Behind a file's own leaf, or between two leaves, there is nothing to go on: what is left is lost.
    let bytes = isMember ? slot.leaf?.bytes : slot.done == 0 ? item.range.count : nil
    let isStream = files[item.file].isStream
    report.bytes = isStream ? 0 : bytes ?? 0
    report.gaps = [
      Gap(
        path: "",
        reason: slot.wasSilent ? .timeLimit : .workerCrash,
        bytes: isStream ? nil : bytes,
        message: slot.wasSilent
          ? "reading it took too long and was stopped; look at this file by itself"
          : "reading it ended a worker \(isStream ? "" : "twice"); please report the kind of file as a defect"
      )
    ]
    entries[item.file][item.part, default: []].append(
      LeafEntry(report: report, identities: [], findings: [])
    )
    guard isMember, !isStream else {
      // A container that fails between its members leaves nothing to skip to.
      finish(next)
      return
    }
    lostMembers[item.file, default: 0] += 1
    guard lostMembers[item.file, default: 0] > Self.mostLost else {
      pending.append(next)
      return
    }
    gaps.append(
      Gap(
        path: files[item.file].text,
        reason: .workerCrash,
        bytes: nil,
        message: "more than \(Self.mostLost) members ended a worker; the rest was not read"
      )
    )
    finish(next)
  }

  /// Goes on with the files behind the first of `unit`.
  func finish(_ unit: Unit) {
    filesDone += 1
    guard case .scan(let planned) = unit.work, planned.count > 1 else {
      for next in unit.then.reversed() { pending.append(next) }
      return
    }
    pending.append(Unit(work: .scan(Array(planned.dropFirst())), then: unit.then))
  }

  func interrupt() {
    interrupted = true
    for slot in slots { slot.child.kill() }
    for slot in slots { _ = slot.child.wait() }
    var left: [Int: Int] = [:]
    func leave(_ unit: Unit) {
      switch unit.work {
      case .plan(let file, _): left[file, default: 0] += files[file].size
      case .scan(let planned):
        for item in planned { left[item.file, default: 0] += item.range.count }
      }
    }
    for unit in pending { leave(unit) }
    for slot in slots {
      guard let unit = slot.unit else { continue }
      switch unit.work {
      case .plan: leave(unit)
      case .scan(let planned):
        leave(Unit(work: .scan(Array(planned[min(slot.position, planned.count)...]))))
        // A second try holds what comes behind it; its own file is there already.
        for next in unit.then { leave(unit.isRetry ? behindFirst(next) : next) }
      }
    }
    tellUnread(left.sorted { $0.key < $1.key })
  }

  func behindFirst(_ unit: Unit) -> Unit {
    guard case .scan(let planned) = unit.work else { return unit }
    return Unit(work: .scan(Array(planned.dropFirst())))
  }

  /// Names what a stop left unread; beyond a number of files only how many there are.
  func tellUnread(_ left: [(key: Int, value: Int)]) {
    for (file, bytes) in left.prefix(NoteList.mostPerKind) {
      let isPartial = files[file].isStream || !entries[file].isEmpty
      gaps.append(
        Gap(
          path: files[file].text,
          reason: .interrupted,
          bytes: isPartial ? nil : bytes,
          message: "the scan was stopped before this was read"
        )
      )
      unread.append(
        Unread(
          path: files[file].text,
          files: entries[file].isEmpty ? 1 : 0,
          bytes: isPartial ? 0 : bytes
        )
      )
    }
    let rest = left.dropFirst(NoteList.mostPerKind)
    guard let first = rest.first else { return }
    let bytes = rest.reduce(0) { $0.clampedSum($1.value) }
    gaps.append(
      Gap(
        path: files[first.key].text,
        reason: .interrupted,
        bytes: bytes,
        message: "the scan was stopped before this and \(rest.count - 1) further files were read"
      )
    )
    unread.append(Unread(path: files[first.key].text, files: rest.count, bytes: bytes))
  }
}

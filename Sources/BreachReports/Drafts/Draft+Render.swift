internal import BreachModel

extension Draft {
  /// The text to copy from: head with the state of the duty, items, sources.
  var text: String {
    var lines = [title, ""]
    if let incomplete = facts.incomplete { lines += [incomplete, ""] }
    lines.append(facts.say(Messages.draftOnly))
    for (label, text) in head { lines.append(label + facts.say(Messages.colon) + text) }
    for item in items { lines += ["", "■ " + item.title] + item.lines.map { "  " + $0 } }
    let missing = missing
    if !missing.isEmpty {
      lines += ["", "■ " + facts.say(Messages.draftMissingHeading)]
      lines += missing.enumerated().map { position, gap in
        "  \(position + 1). " + gap.ask + facts.say(Messages.draftWho(gap.who))
      }
    }
    if !facts.template.cite.isEmpty {
      lines += ["", "■ " + facts.say(Messages.sourceColumn)]
      lines += facts.template.cite.map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What stands above the items.
  private var head: [(String, String)] {
    var head = [(facts.say(Messages.towardColumn), to)]
    if let outcome = facts.outcome {
      head.append((facts.say(Messages.dutiesLabel), facts.say(Messages.draftState(outcome))))
    }
    if let duty = facts.duty { head.append((facts.say(Messages.dueColumn), facts.due(duty))) }
    head.append((facts.say(Messages.draftHow), facts.say(facts.template.note)))
    head.append((facts.say(Messages.draftOpen), facts.say(Messages.places(missing.count))))
    return head
  }

  /// The same for programs and forms that are filled by them.
  var json: [UInt8] {
    func missing(_ gaps: [Missing]) -> JSONValue {
      .array(
        gaps.map {
          .object([
            ("fact", .string(orNull: $0.fact)), ("ask", .string($0.ask)), ("who", .string($0.who)),
          ])
        }
      )
    }
    var bytes: [UInt8] = []
    let duty = facts.duty.map { duty in
      JSONValue.object([
        ("id", .string(duty.id)), ("due", .string(orNull: duty.due)),
        ("from", .string(orNull: duty.from)), ("basis", .string(duty.basis)),
      ])
    }
    let value = JSONValue.object([
      ("schema", .string("breachscope.draft/1")),
      ("id", .string(facts.template.id)),
      ("language", .string(facts.language.rawValue)),
      ("title", .string(title)),
      ("to", .string(to)),
      ("complete", .bool(!facts.isIncomplete)),
      ("outcome", .string(orNull: facts.outcome?.rawValue)),
      ("duty", duty ?? .null),
      (
        "items",
        .array(
          items.map {
            .object([
              ("id", .string($0.id)), ("title", .string($0.title)),
              ("text", .string($0.lines.joined(separator: "\n"))),
              ("missing", missing($0.missing)),
            ])
          }
        )
      ),
      ("missing", missing(self.missing)),
      ("cite", .strings(facts.template.cite)),
    ])
    JSONWriter.append(value, to: &bytes, style: .pretty)
    return bytes + [0x0A]
  }
}

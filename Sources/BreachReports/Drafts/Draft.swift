internal import BreachModel

/// A template with its facts filled in and its gaps named.
struct Draft {
  let facts: DraftFacts
  let title: String
  let to: String
  let items: [Item]

  /// One part as it is to be pasted.
  struct Item {
    var id: String
    var title: String
    /// Lines; a fact that is missing stands as a marked prompt.
    var lines: [String]
    var missing: [Missing]
  }

  /// A fact that somebody has to fill in.
  struct Missing: Hashable {
    /// The key of the incident file, or the name of the fact; nil where nothing but the draft asks.
    var fact: String?
    var ask: String
    var who: String
  }

  /// Fills a template from a result.
  init(_ facts: DraftFacts) {
    self.facts = facts
    title = facts.say(facts.template.title)
    var missing: [Missing] = []
    to = Self.fill(facts.say(facts.template.to)[...], facts, &missing).joined(separator: " ")
    let found = TypeSet(facts.result.findings.keys.filter { facts.result.findings[$0] != nil })
    items = facts.template.items.compactMap { item in
      if let types = item.found, types.isDisjoint(with: found) { return nil }
      if let types = item.absent, !types.isDisjoint(with: found) { return nil }
      var missing: [Missing] = []
      var lines: [String] = []
      for line in DraftText.lines(facts.say(item.text)) {
        lines += Self.fill(line, facts, &missing)
      }
      for ask in item.asks {
        let gap = Missing(fact: nil, ask: facts.say(ask.ask), who: facts.say(ask.who))
        missing.append(gap)
        lines.append(facts.say(Messages.draftAsk(gap.ask, who: gap.who)))
      }
      return Item(id: item.id, title: facts.say(item.title), lines: lines, missing: missing)
    }
  }

  /// Everything that is to be filled in, each fact once.
  var missing: [Missing] {
    var seen: Set<Missing> = []
    return items.flatMap(\.missing).filter { $0.fact == nil || seen.insert($0).inserted }
  }

  /// A line of a template with its facts; one that ends with a list is repeated for each element.
  private static func fill(
    _ line: Substring,
    _ facts: DraftFacts,
    _ missing: inout [Missing]
  ) -> [String] {
    var texts = [""]
    let parts = DraftText.parts(line)
    for (position, part) in parts.enumerated() {
      switch part {
      case .words(let words): for index in texts.indices { texts[index] += words }
      case .fact(let name):
        switch facts.value(name) {
        case .unknown:
          let asked = DraftFact(rawValue: name)?.asked ?? name
          guard let ask = facts.drafts.asks[asked] else { continue }
          let gap = Missing(fact: asked, ask: facts.say(ask.ask), who: facts.say(ask.who))
          if !missing.contains(gap) { missing.append(gap) }
          let prompt = facts.say(Messages.draftAsk(gap.ask, who: gap.who))
          for index in texts.indices { texts[index] += prompt }
        case .lines(let lines):
          let isList = position == parts.count - 1 && line.hasPrefix("- ")
          if isList, lines.count > 1, texts.count == 1 {
            texts = lines.map { texts[0] + $0 }
          } else {
            let text =
              lines.isEmpty
              ? facts.say(Messages.none) : lines.joined(separator: facts.say(Messages.comma))
            for index in texts.indices { texts[index] += text }
          }
        }
      }
    }
    return texts
  }
}

extension ReportContent {
  /// The drafts that a result calls for, in the order of their files.
  func filled(_ language: ReportLanguage) -> [Draft] {
    let applied = result.assessment.map { Set($0.packs.map(\.id)) }
    return drafts.templates.filter { template in
      guard let applied, !template.packs.isEmpty else { return true }
      return template.packs.contains(where: applied.contains)
    }.map {
      Draft(DraftFacts(result: result, language: language, drafts: drafts, template: $0))
    }
  }
}

internal import BreachCriteria
internal import BreachModel
internal import BreachReports

/// Questions on standard error, answers on standard input, one line each.
struct Dialogue {
  private let interview: Interview
  private(set) var incident: IncidentFacts
  private let console: Console
  private var skipped: Set<String> = []

  init(interview: Interview, incident: IncidentFacts, console: Console) {
    self.interview = interview
    self.incident = incident
    self.console = console
  }

  /// Asks until nothing is left that would change an outcome, or the answers end.
  mutating func run() {
    while let item = interview.questions(incident, except: skipped).first {
      show(item)
      guard let line = readLine(), line != "q" else { break }
      if line.allSatisfy(\.isWhitespace) {
        skipped.insert(item.name)
        continue
      }
      do throws(PatternError) {
        incident = try IncidentFile.answer(item, Self.word(line, item), incident)
        // What was answered is not asked again, even where the answer leaves it open.
        skipped.insert(item.name)
      } catch {
        console.say(
          ja: "答えとして読めません。下の書き方で答えてください。",
          en: error.message
        )
      }
    }
    summarise()
  }

  private func show(_ item: Interview.Item) {
    let rest = say(
      LocalizedText(ja: " | 空行 = まだ不明 | q = 終わる", en: " | empty: not known yet | q: stop")
    )
    console.say("")
    console.say("\(say(item.text)) (\(item.name))")
    switch item.fact?.kind {
    case nil, .yesNo:
      console.say(ja: "  はい: \(item.ifYes.ja)", en: "  if yes: \(item.ifYes.en)")
      console.say(ja: "  いいえ: \(item.ifNo.ja)", en: "  if no: \(item.ifNo.en)")
      console.say(say(LocalizedText(ja: "  はい | いいえ", en: "  yes | no")) + rest)
    case .choice(let words):
      let list = words.enumerated().map { "\($0.offset + 1) \(name($0.element, item))" }
      console.say("  " + list.joined(separator: " | ") + rest)
    case .moment: console.say("  YYYY-MM-DD | 2026-11-20T18:00:00+09:00" + rest)
    case .text: console.say("  AES-256-GCM …" + rest)
    case .codes: console.say("  JP, US-CA, KR …" + rest)
    case .counts: console.say("  JP: 1200, US-CA: 501 …" + rest)
    }
  }

  /// A choice in the language of the dialogue, with the word of the file where that is another.
  private func name(_ word: String, _ item: Interview.Item) -> String {
    guard console.language == .ja, let fact = item.fact else { return word }
    return "\(Names.stated(word, as: fact).ja)(\(word))"
  }

  /// `y`, `はい`, the number of a choice and its name are words, too.
  private static func word(_ line: String, _ item: Interview.Item) -> String {
    let text = line.lowercased()
    switch item.fact?.kind {
    case nil, .yesNo:
      return ["y": "yes", "n": "no", "はい": "yes", "いいえ": "no"][text] ?? text
    case .choice(let words):
      guard let number = Int(text), words.indices.contains(number - 1) else {
        guard let fact = item.fact else { return text }
        return words.first { Names.stated($0, as: fact).ja == line } ?? text
      }
      return words[number - 1]
    default: return line
    }
  }

  /// What holds now, in a line a pack.
  private func summarise() {
    console.say("")
    for pack in interview.assess(incident).packs where pack.isLaw {
      let met = pack.outcomes.filter { $0.outcome == .met }.map(\.criterion)
      let open = pack.outcomes.filter { $0.outcome == .undetermined }.map(\.criterion)
      let days = pack.duties.compactMap { duty in duty.due.map { "\(duty.id) \($0)" } }
      func list(_ ids: [String]) -> String { ids.isEmpty ? "–" : ids.joined(separator: ", ") }
      console.say(
        ja: "\(pack.title.ja)(\(pack.id)): 該当 \(list(met))。未確定 \(list(open))。期限 \(list(days))",
        en: "\(pack.id): met \(list(met)); undetermined \(list(open)); due \(list(days))"
      )
    }
  }

  private func say(_ text: LocalizedText) -> String {
    console.language == .ja ? text.ja : text.en
  }
}

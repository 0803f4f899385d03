internal import BreachModel

extension IncidentFacts {
  /// Everything that was stated, key by key, then the answers by their ids.
  var told: [Assessment.Stated] {
    let keys = IncidentKey.allCases.compactMap { key -> Assessment.Stated? in
      let stated = stated(key)
      guard stated != .unknown else { return nil }
      return Assessment.Stated(
        key: key.rawValue,
        value: stated.written,
        words: stated.shown(as: key)
      )
    }
    return keys
      + answers.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap {
        id,
        answer in
        guard answer != .unknown else { return nil }
        let stated = Stated.truth(answer == .yes)
        return Assessment.Stated(
          key: "answers.\(id)",
          value: stated.written,
          words: stated.shown(as: .recoveredUnread)
        )
      }
  }
}

extension IncidentFacts.Stated {
  /// As it may be written into an incident file.
  fileprivate var written: String {
    switch self {
    case .unknown: "unknown"
    case .truth(let isTrue): isTrue ? "yes" : "no"
    case .word(let word): word
    case .words(let words): "[\(words.joined(separator: ", "))]"
    case .moment(let moment): "\(moment)"
    }
  }
}

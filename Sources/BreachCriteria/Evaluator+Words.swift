internal import BreachModel

/// How a count and its threshold read in a reason.
struct ThresholdWords {
  var over: LocalizedText
  var under: LocalizedText
  var byMaximum: LocalizedText
  var straddles: LocalizedText
  var toldOver: LocalizedText
  var toldUnder: LocalizedText
}

extension Evaluator {
  /// `本人の数 1,001 人は 1,000 人を超える`, and its counterparts.
  static func words(_ persons: Condition.Persons, _ count: PersonCount) -> ThresholdWords {
    let shown = range(count)
    let places = Names.list(
      persons.residents.count > 4
        ? [LocalizedText(ja: "…", en: "…")] : persons.residents.map(Names.place)
    )
    let who =
      persons.residents.isEmpty
      ? LocalizedText(ja: "本人の数", en: "")
      : LocalizedText(
        ja: "\(places.ja) に居住する本人の数",
        en: " in \(places.en)"
      )
    if persons.moreThan == 0 { return someOrNone(who, shown) }
    let limit = persons.isAtLeast ? persons.moreThan + 1 : persons.moreThan
    let over = LocalizedText(
      ja: "\(number(limit)) 人" + (persons.isAtLeast ? "以上である" : "を超える"),
      en: "\(persons.isAtLeast ? "at least" : "more than") \(number(limit))"
    )
    let under = LocalizedText(
      ja: "\(number(limit)) 人" + (persons.isAtLeast ? "以上ではない" : "を超えない"),
      en: "not \(over.en)"
    )
    return ThresholdWords(
      over: LocalizedText(
        ja: "\(who.ja) \(shown.ja)は \(over.ja)",
        en: "\(shown.en)\(who.en) is \(over.en)"
      ),
      under: LocalizedText(
        ja: "\(who.ja) \(shown.ja)は \(under.ja)",
        en: "\(shown.en)\(who.en) is \(under.en)"
      ),
      byMaximum: LocalizedText(
        ja: "\(who.ja) \(shown.ja)は確定できず、最大値が \(over.ja)",
        en: "\(shown.en)\(who.en) cannot be fixed, and its maximum is \(over.en)"
      ),
      straddles: LocalizedText(
        ja: "\(who.ja) \(shown.ja)が \(number(limit)) 人をまたぎ、確定できない",
        en: "\(shown.en)\(who.en): the threshold of \(number(limit)) lies inside the range"
      ),
      toldOver: LocalizedText(
        ja: "\(who.ja) \(shown.ja)。人の確認では \(over.ja)",
        en: "\(shown.en)\(who.en); people say that it is \(over.en)"
      ),
      toldUnder: LocalizedText(
        ja: "\(who.ja) \(shown.ja)。人の確認では \(under.ja)",
        en: "\(shown.en)\(who.en); people say that it is \(under.en)"
      )
    )
  }

  /// That there is anybody at all needs no threshold in words.
  private static func someOrNone(_ who: LocalizedText, _ shown: LocalizedText) -> ThresholdWords {
    let some = LocalizedText(ja: "\(who.ja) \(shown.ja)", en: shown.en + who.en)
    let open = LocalizedText(
      ja: "\(some.ja)(いるかどうか確定できない)",
      en: "\(some.en) (whether there is any is open)"
    )
    return ThresholdWords(
      over: some,
      under: some,
      byMaximum: some,
      straddles: open,
      toldOver: LocalizedText(ja: "\(who.ja): 人の確認ではいる", en: "people say that there are\(who.en)"),
      toldUnder: LocalizedText(
        ja: "\(who.ja): 人の確認ではいない",
        en: "people say that there are none\(who.en)"
      )
    )
  }

  /// `950〜1,040 人(推定 990)`, or one number when all three agree.
  static func range(_ count: PersonCount) -> LocalizedText {
    if count.low == count.high {
      let persons = count.high == 1 ? "person" : "persons"
      return LocalizedText(
        ja: "\(number(count.high)) 人",
        en: "\(number(count.high)) \(persons)"
      )
    }
    return LocalizedText(
      ja: "\(number(count.low))〜\(number(count.high)) 人(推定 \(number(count.likely)) 人)",
      en: "\(number(count.low)) to \(number(count.high)) persons (likely \(number(count.likely)))"
    )
  }

  /// Decimal digits in groups of three.
  static func number(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = String(digits.dropLast(3))
    }
    groups.insert(digits[...], at: 0)
    return (value < 0 ? "-" : "") + groups.joined(separator: ",")
  }
}

internal import BreachModel

/// The words of the damage line.
extension Messages {
  static func yen(_ amount: String) -> LocalizedText {
    LocalizedText(ja: "\(amount)円", en: "JPY \(amount)")
  }

  static func yen(_ low: String, _ high: String) -> LocalizedText {
    LocalizedText(ja: "\(low)円から\(high)円", en: "JPY \(low) to \(high)")
  }

  static let damageLevels = LocalizedText(
    ja: "精神的苦痛・経済的損失の段階",
    en: "levels of pain and loss"
  )

  static func levels(_ mental: Int, _ economic: Int) -> LocalizedText {
    LocalizedText(ja: "\(mental)・\(economic)", en: "\(mental), \(economic)")
  }

  static let damageIdentifiability = LocalizedText(ja: "本人特定容易度", en: "identifiability")

  static let damageEach = LocalizedText(ja: "1人分の価値", en: "value of one person")

  static func damageFactors(
    base: Int,
    responsibility: ClosedRange<Int>,
    response: ClosedRange<Int>
  ) -> LocalizedText {
    LocalizedText(
      ja: "基礎情報価値\(group(base))円 × 機微情報度(10^(精神−1)+5^(経済−1)) × 本人特定容易度 × 社会的責任度 "
        + "\(shown(responsibility, "から")) × 事後対応 \(shown(response, "から"))を、本人ごとに合計",
      en:
        "base value of JPY \(group(base)) × sensitivity (10^(pain - 1) + 5^(loss - 1)) × identifiability × "
        + "social responsibility \(shown(responsibility, " to ")) × response \(shown(response, " to ")), summed "
        + "over the persons"
    )
  }

  private static func shown(_ range: ClosedRange<Int>, _ to: String) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)\(to)\(range.upperBound)"
  }

  static let damageOurs = LocalizedText(
    ja: "* 公表された図にない項目を含み、段階は本ツールが近いものから当てた",
    en:
      "* holds items that are not on the published chart; their levels were set here by comparison"
  )

  static let damageIsAModel = LocalizedText(
    ja: "モデルによる目安で、請求額や判決の予測ではない。全員が請求したと仮定している。当局への報告には使わない",
    en:
      "A model, no forecast of claims or judgments; it supposes that everybody sues. Not for filings"
  )
}

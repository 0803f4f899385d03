extension Names {
  /// Countries and states by ISO 3166 code; those that are not listed are called by their code.
  static func country(_ code: String) -> LocalizedText? { countries[code] }

  private static let countries: [String: LocalizedText] = Dictionary(
    uniqueKeysWithValues: [
      ("JP", "日本", "Japan"), ("US", "米国", "United States"), ("US-CA", "米国カリフォルニア州", "California"),
      ("CA", "カナダ", "Canada"), ("MX", "メキシコ", "Mexico"), ("BR", "ブラジル", "Brazil"),
      ("AR", "アルゼンチン", "Argentina"), ("CL", "チリ", "Chile"), ("CO", "コロンビア", "Colombia"),
      ("PE", "ペルー", "Peru"), ("VE", "ベネズエラ", "Venezuela"), ("KR", "韓国", "Korea"),
      ("CN", "中国", "China"),
      ("TW", "台湾", "Taiwan"), ("HK", "香港", "Hong Kong"), ("MO", "マカオ", "Macao"),
      ("SG", "シンガポール", "Singapore"), ("MY", "マレーシア", "Malaysia"), ("TH", "タイ", "Thailand"),
      ("VN", "ベトナム", "Viet Nam"), ("ID", "インドネシア", "Indonesia"), ("PH", "フィリピン", "Philippines"),
      ("IN", "インド", "India"), ("PK", "パキスタン", "Pakistan"), ("BD", "バングラデシュ", "Bangladesh"),
      ("LK", "スリランカ", "Sri Lanka"), ("NP", "ネパール", "Nepal"), ("MM", "ミャンマー", "Myanmar"),
      ("KH", "カンボジア", "Cambodia"), ("MN", "モンゴル", "Mongolia"), ("AU", "オーストラリア", "Australia"),
      ("NZ", "ニュージーランド", "New Zealand"), ("GB", "英国", "United Kingdom"),
      ("IE", "アイルランド", "Ireland"),
      ("EU", "EU", "European Union"), ("DE", "ドイツ", "Germany"), ("FR", "フランス", "France"),
      ("IT", "イタリア", "Italy"), ("ES", "スペイン", "Spain"), ("PT", "ポルトガル", "Portugal"),
      ("NL", "オランダ", "Netherlands"), ("BE", "ベルギー", "Belgium"), ("LU", "ルクセンブルク", "Luxembourg"),
      ("AT", "オーストリア", "Austria"), ("CH", "スイス", "Switzerland"),
      ("LI", "リヒテンシュタイン", "Liechtenstein"),
      ("DK", "デンマーク", "Denmark"), ("SE", "スウェーデン", "Sweden"), ("NO", "ノルウェー", "Norway"),
      ("FI", "フィンランド", "Finland"), ("IS", "アイスランド", "Iceland"), ("PL", "ポーランド", "Poland"),
      ("CZ", "チェコ", "Czechia"), ("SK", "スロバキア", "Slovakia"), ("HU", "ハンガリー", "Hungary"),
      ("RO", "ルーマニア", "Romania"), ("BG", "ブルガリア", "Bulgaria"), ("GR", "ギリシャ", "Greece"),
      ("HR", "クロアチア", "Croatia"), ("SI", "スロベニア", "Slovenia"), ("EE", "エストニア", "Estonia"),
      ("LV", "ラトビア", "Latvia"), ("LT", "リトアニア", "Lithuania"), ("CY", "キプロス", "Cyprus"),
      ("MT", "マルタ", "Malta"), ("RS", "セルビア", "Serbia"), ("UA", "ウクライナ", "Ukraine"),
      ("RU", "ロシア", "Russia"), ("KZ", "カザフスタン", "Kazakhstan"), ("TR", "トルコ", "Turkey"),
      ("IL", "イスラエル", "Israel"), ("SA", "サウジアラビア", "Saudi Arabia"),
      ("AE", "アラブ首長国連邦", "United Arab Emirates"), ("EG", "エジプト", "Egypt"),
      ("ZA", "南アフリカ", "South Africa"), ("NG", "ナイジェリア", "Nigeria"), ("KE", "ケニア", "Kenya"),
    ].map { ($0.0, LocalizedText(ja: $0.1, en: $0.2)) }
  )
}

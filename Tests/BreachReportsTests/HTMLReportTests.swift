import BreachModel
import BreachReports
import Testing

/// What the page has to itself: one file that asks for nothing, and markup that is only ours.
@Suite struct HTMLReportTests {
  static let tags: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "p", "bdi",
    "br", "main", "section", "div", "ul", "li", "nav", "table", "caption", "thead", "tbody", "tr",
    "th", "td", "span", "figure", "figcaption", "svg", "rect", "text", "dl", "dt", "dd", "footer",
  ]

  @Test(arguments: ReportLanguage.allCases, ["shop", "empty", "hostile"])
  func everyTagIsOurs(language: ReportLanguage, name: String) throws {
    let content = try #require(ReportContractTests.contents.first { $0.name == name }?.content)
    let page = text(content, language)
    let body = try #require(page.firstRange(of: "</style>")).upperBound
    var open = ["html", "head"]
    for part in page[body...].split(separator: "<").dropFirst() {
      let end = try #require(part.firstIndex(of: ">"))
      let tag = part[..<end]
      let word = String(tag.prefix { $0 != " " && $0 != "/" })
      if tag.hasPrefix("/") {
        #expect(open.popLast() == String(tag.dropFirst()))
      } else {
        #expect(Self.tags.contains(word))
        let isVoid = tag.hasSuffix("/") || ["meta", "br"].contains(word)
        if !isVoid { open.append(word) }
        // Links stay in the page, and nothing is fetched.
        for attribute in tag.split(separator: " ").dropFirst() {
          let key = attribute.prefix { $0 != "=" }
          #expect(!key.hasPrefix("on") && key != "src" && key != "style")
          if key == "href" { #expect(attribute.hasPrefix("href=\"#")) }
        }
      }
    }
    #expect(open.isEmpty)
    #expect(!page.contains("<script") && !page.contains("url(") && !page.contains("@import"))
    #expect(page.contains("default-src 'none'; style-src 'sha256-"))
    #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
  }

  @Test func theFirstScreenAnswersTheQuestions() throws {
    let page = text(ReportContent(SampleResults.shop), .en)
    let start = try #require(page.firstRange(of: "<main")).lowerBound
    let end = try #require(page.firstRange(of: "<nav")).lowerBound
    let screen = page[start..<end]
    for part in [
      "INCOMPLETE: 2 items (34 bytes or more)", "about 1,024", "at least 990, at most 1,060",
      "could add about 40 persons", "2 criteria of law met, 1 open, 3 duties",
      "1 question that only people",
      "needs a password: 1", "no permission to read: 1",
    ] { #expect(screen.contains(part)) }
  }

  @Test func whatWasNotFoundIsSaidWithHowItWasSearched() {
    let page = text(ReportContent(SampleResults.shop), .en)
    guard let from = page.firstRange(of: "id=\"not-found\""),
      let to = page.firstRange(of: "id=\"criteria\"")
    else {
      Issue.record("no such section")
      return
    }
    let section = page[from.upperBound..<to.lowerBound]
    #expect(section.contains("whether they are in the rest"))
    #expect(section.contains("Postal code, IBAN, IP address</th>"))
    #expect(section.contains("Bank account, Credit information"))
    // Found, or nothing that anybody would ask for.
    for word in ["Card number,", "Email address", "Company name"] {
      #expect(!section.contains(word))
    }
  }

  @Test func whatWasNotLookedForIsNotCalledNotFound() {
    var result = SampleResults.empty
    #expect(!text(ReportContent(result), .en).contains("not searched"))
    result.run.types = TypeSet([.cardNumber, .password])
    let page = text(ReportContent(result), .en)
    #expect(page.contains("<th scope=\"row\">Card number</th><td>in all text"))
    #expect(page.contains("<th scope=\"row\">Password</th><td>in columns"))
    #expect(page.contains("Device id</th><td>not searched"))
    #expect(page.components("Card number") == 1)
  }

  @Test func classesAreShownWithTheirItems() {
    let page = text(ReportContent(SampleResults.shop), .en)
    #expect(
      page.contains(
        "<th scope=\"row\">Customers</th><td class=\"n\">1,024</td><td class=\"n\">990-1,060</td>"
          + "<td>Name 1,024, Card number 11</td>"
      )
    )
  }

  @Test func harmIsCountedByCombination() {
    let page = text(ReportContent(SampleResults.shop), .en)
    let card = "<th scope=\"row\">Card number</th><td class=\"n\">11</td>"
    #expect(page.contains(card))
    let mail =
      "<th scope=\"row\">Email address</th><td class=\"n\">1,009</td>"
      + "<td class=\"n\">970-1,039</td>"
    #expect(page.contains(mail))
    #expect(!page.contains("Logins here and at other services"))
  }

  @Test func theSheetTellsWhatIsAnsweredAndWhatIsAsked() throws {
    var result = SampleResults.shop
    let ask = { (id: String) in
      Decision(
        id: id,
        question: LocalizedText(ja: "問\(id)", en: "Q \(id)"),
        ifYes: LocalizedText(ja: "", en: ""),
        ifNo: LocalizedText(ja: "", en: ""),
        completes: ["founding.f3"]
      )
    }
    let outcome = { (number: Int, outcome: Outcome) in
      CriterionOutcome(
        criterion: "founding.f\(number)",
        title: LocalizedText(ja: "題\(number)", en: "T\(number)"),
        outcome: outcome,
        confidence: "certain",
        because: LocalizedText(ja: "", en: ""),
        cite: []
      )
    }
    result.assessment?.packs[1].outcomes = [
      outcome(3, .met), outcome(4, .undetermined), outcome(13, .notMet),
    ]
    result.assessment?.packs[1].decisions = [ask("rest_sized")]
    let page = text(ReportContent(result), .en)
    #expect(page.contains("F3</th><td>T3</td><td><span class=\"mark partly\">answered in part"))
    #expect(page.contains("<td>Q rest_sized</td>"))
    #expect(page.contains("F4</th><td>T4</td><td><span class=\"mark asking\">asking"))
    #expect(page.contains("F13</th><td>T13</td><td><span class=\"mark answered\">answered<"))
  }

  private func text(_ content: ReportContent, _ language: ReportLanguage) -> String {
    String(decoding: render(.html, content, language), as: UTF8.self)
  }
}

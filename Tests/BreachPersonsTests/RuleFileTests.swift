import BreachModel
import BreachPatterns
import BreachPersons
import Testing

/// Rules are data; their mistakes are told with line and column.
@Suite struct RuleFileTests {
  private func problem(_ yaml: String) -> String? {
    do {
      _ = try LinkRules(try PatternLibrary(only: [("linking/rules.yaml", yaml)]))
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func rule(_ text: String) -> String? {
    problem("schema: breachscope.linking/1\nrules:\n  - \(text)\n")
  }

  @Test func theBuiltInRulesAreRead() throws {
    let rules = try LinkRules(try PatternLibrary()).rules
    #expect(rules.contains { $0.id == "name_birth" && $0.strength == .primary })
    #expect(rules.filter { $0.despite == .all }.allSatisfy { $0.strength == .primary })
    #expect(rules.filter { $0.despite == .names }.allSatisfy { $0.strength == .tertiary })
  }

  @Test func mistakesAreNamedByPlace() {
    #expect(rule("{id: a, strength: primary, equal: [email]}") == nil)
    #expect(rule("{id: a, strength: strong, equal: [email]}")?.contains(":3:") == true)
    #expect(rule("{id: a, strength: primary, equal: [e-mail]}")?.contains(":3:") == true)
    #expect(rule("{id: a, strength: primary, equal: []}")?.contains(":3:") == true)
    #expect(rule("{id: a, strength: primary, equal: [email, email]}")?.contains(":3:") == true)
    #expect(rule("{id: a, strength: primary}")?.contains("equal") == true)
    #expect(rule("{strength: primary, equal: [email]}")?.contains("id") == true)
    #expect(rule("{id: a, strength: primary, equal: [email], largest_group: 1}") != nil)
    #expect(rule("{id: a, strength: primary, equal: [email], largest: 3}") != nil)
    #expect(rule("{id: a, strength: primary, equal: [email], despite: names}") == nil)
    #expect(rule("{id: a, strength: primary, equal: [email], despite: x}")?.contains(":3:") == true)
    #expect(rule("{id: a, strength: primary, equal: [email], most_differing: 0}") == nil)
    #expect(rule("{id: a, strength: primary, equal: [email], despite: slips}") == nil)
    #expect(rule("{id: a, strength: primary, equal: [email], across: tables}") == nil)
    #expect(rule("{id: a, strength: primary, equal: [email], across: x}")?.contains(":3:") == true)
    #expect(problem("schema: breachscope.linking/2\nrules: []\n")?.contains(":1:") == true)
    #expect(problem("rules: []\n")?.contains("schema") == true)
    let twice = "{id: a, strength: primary, equal: [email]}"
    #expect(rule(twice + "\n  - " + twice)?.contains(":4:") == true)
  }
}

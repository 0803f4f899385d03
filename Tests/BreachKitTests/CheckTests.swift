import Foundation
import Testing

/// The gate: what a policy forbids, limits and allows.
@Suite struct CheckTests {
  private func check(
    _ policy: String?,
    _ options: [String] = [],
    in folder: Folder
  ) throws -> Ran {
    if let policy { try folder.write("policy.yaml", policy) }
    return try Program.run(
      ["check", "t"] + (policy == nil ? [] : ["--policy", "policy.yaml"]) + options,
      in: folder
    )
  }

  @Test func withoutAPolicyCardsAreForbiddenAndMailIsNot() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(3))
      let clean = try check(nil, in: folder)
      #expect(clean.code == 0)
      #expect(clean.stdout.contains("nothing the policy forbids"))
      try folder.write("t/b.csv", Canary.csv)
      let violated = try check(nil, in: folder)
      #expect(violated.code == 1)
      #expect(violated.stdout.contains("t/b.csv:2: card_number ×1 (forbidden)"))
      #expect(!Canary.leaks(in: violated.stdout + violated.stderr))
    }
  }

  @Test func limitsHoldToTheNumber() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(5))
      #expect(try check("limit: {email_address: 5, persons: 5}\n", in: folder).code == 0)
      #expect(try check("limit: {email_address: 4}\n", in: folder).code == 1)
      let persons = try check("limit: {persons: 4}\n", in: folder)
      #expect(persons.code == 1)
      #expect(persons.stdout.contains("persons"))
    }
  }

  @Test func allowancesByValueAndPathUntilTheyExpire() throws {
    try withFolder { folder in
      try folder.write("t/docs/a.csv", people(2))
      try folder.write("t/b.csv", people(1, from: 7))
      let forbid = "forbid: [email_address]\nallow:\n"
      func code(_ allow: String) throws -> Ran {
        try check(forbid + "  - " + allow + "\n", in: folder)
      }
      #expect(try code("{type: email_address, value: \"*@example-mail.jp\"}").code == 0)
      #expect(try code("{type: email_address, value: \"user7@*\"}").code == 1)
      #expect(try code("{path: \"t/**\"}").code == 0)
      #expect(try code("{path: \"docs/**\"}").code == 1)
      #expect(try code("{path: \"**/*.csv\", until: 2999-01-01}").code == 0)
      let expired = try code("{path: \"t/**\", until: 2020-01-01}")
      #expect(expired.code == 1)
      #expect(expired.stderr.contains("line 3: expired on 2020-01-01"))
      let unused = try code("{type: card_number, path: \"t/**\"}")
      #expect(unused.code == 1)
      #expect(unused.stderr.contains("line 3: matches nothing"))
    }
  }

  @Test func gapsFailUnlessTheyAreAccepted() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(2))
      try folder.write("t/b.pdf", "%PDF-1.7 ")
      let open = try check(nil, in: folder)
      #expect(open.code == 3)
      #expect(open.stdout.contains("t/b.pdf: not read (unsupported_format, 9 bytes)"))
      #expect(try check("accept_gaps: [unsupported_format]\n", in: folder).code == 0)
      #expect(try check("accept_gaps: [corrupt]\n", in: folder).code == 3)
      #expect(try check(nil, ["--accept-gaps", "unsupported_format"], in: folder).code == 0)
      #expect(try check("forbid: [email_address]\n", in: folder).code == 1)
    }
  }

  @Test func violationsAreTheIssuesOfEveryFormat() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(3))
      try folder.write("t/b.csv", Canary.csv)
      try folder.write("t/c.pdf", "%PDF-1.7 ")
      let policy = "forbid: [card_number]\nlimit: {email_address: 3, persons: 2}\n"
      let github = try check(policy, ["-f", "github", "-o", "r.sarif"], in: folder)
      #expect(github.code == 1)
      let annotations = github.stdout.split(separator: "\n").map(String.init)
      #expect(annotations[0].hasPrefix("::error title=breachscope::INCOMPLETE: 1 item (9 bytes)"))
      #expect(annotations[1].hasPrefix("::error file=t/c.pdf,title=not_read::not read: "))
      #expect(annotations[2] == "::error file=t,title=persons::persons: 3–3 (more than 2)")
      #expect(annotations[3].hasPrefix("::error file=t/a.csv,line=2,title=email_address::"))
      #expect(annotations[3].hasSuffix("(more than 3)"))
      #expect(annotations.count == 7)
      let bytes = try folder.read("r.sarif")
      let sarif = try JSON.parse(bytes)["runs"].list[0]
      #expect(
        sarif["results"].list.map { $0["ruleId"].string } == [
          "not_read", "persons", "email_address", "card_number", "email_address",
        ]
      )
      #expect(String(decoding: bytes, as: UTF8.self).contains("\"executionSuccessful\": false"))
      let allowed = "accept_gaps: [unsupported_format]\nforbid: [iban]\n"
      let accepted = try check(allowed, ["-f", "junit"], in: folder)
      #expect(accepted.code == 0)
      #expect(accepted.stdout.contains("tests=\"4\" failures=\"0\" errors=\"0\""))
    }
  }

  @Test(arguments: ["json", "ndjson", "csv", "nosuch"]) func formatsOfAScanAreRefused(
    _ format: String
  ) throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(1))
      #expect(try check(nil, ["-f", format], in: folder).code == 2)
      #expect(try check(nil, ["-o", "r." + format], in: folder).code == 2)
    }
  }

  @Test func confidenceBelowTheLimitDoesNotCount() throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(2))
      #expect(try check("forbid: [email_address]\nmin_confidence: 1.0\n", in: folder).code == 0)
      #expect(try check("forbid: [email_address]\nmin_confidence: 0.5\n", in: folder).code == 1)
    }
  }

  @Test func theFolderOfGitIsLeftAlone() throws {
    try withFolder { folder in
      try folder.write("t/.git/x", Canary.csv)
      try folder.write("t/a.csv", people(1))
      #expect(try check(nil, in: folder).code == 0)
    }
  }

  @Test(arguments: [
    ("forbid: [emails]\n", ":1:10:"), ("forbid: [email_address]\nlimits: {}\n", ":2:1:"),
    ("limit: {email_address: many}\n", ":1:24:"), ("min_confidence: 7\n", ":1:17:"),
    ("allow:\n  - {type: email_address, until: soon}\n", ":2:34:"),
    ("baseline: x.json\n", ":1:11:"), ("forbid: [\n", "policy.yaml"),
  ]) func mistakesAreNamedByLineAndColumn(_ policy: String, _ place: String) throws {
    try withFolder { folder in
      try folder.write("t/a.csv", people(1))
      let ran = try check(policy, in: folder)
      #expect(ran.code == 2)
      #expect(ran.stderr.contains("policy.yaml"))
      #expect(ran.stderr.contains(place))
    }
  }
}

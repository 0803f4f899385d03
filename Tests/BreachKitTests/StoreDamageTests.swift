import BreachModel
import Foundation
import Testing

/// Stores that are damaged, or made to do harm: an error in words, never a trap and never a hang.
@Suite struct StoreDamageTests {
  /// Sets each column of each table to what does not belong there, and asks who reads it.
  private static let damage = #"""
    import json, os, shutil, sqlite3, subprocess
    PERSONS, LOOKUP, MERGE = ["persons"], ["lookup"], ["merge", "-f", "csv"]
    READS = {
        "about": [PERSONS, LOOKUP, MERGE], "leaves": [PERSONS, MERGE],
        "records": [PERSONS, LOOKUP, MERGE], "entities": [PERSONS, LOOKUP], "persons": [PERSONS],
        "digests": [LOOKUP], "decisions": [MERGE],
    }
    NUMBERS = [("?", v) for v in (0, -1, 2**63 - 1, -(2**63))] + [("{} + 1", None)]
    BLOBS = [(f"CAST({text} AS BLOB)", None) for text in (
        "x''", "substr({}, 2)", "substr({}, 1, length({}) - 8)", "zeroblob(length({}))",
        "{} || x'ffffffffffffffff'")] + [("?", b"\xff" * 64), ("?", -1)]

    def run(args):
        try:
            ran = subprocess.run(
                [os.environ["B"], args[0], "x.breach"] + args[1:], capture_output=True, timeout=60,
                input=b"user3@example-mail.jp\n")
            return ran.returncode, ran.stdout, ran.stderr
        except subprocess.TimeoutExpired:
            return "hangs", b"", b""

    def columns():
        base = sqlite3.connect("s.breach")
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for column in base.execute(f"PRAGMA table_info({table})").fetchall():
                if table != "about":
                    yield table, column[1], column[2], "1"
        for name in ("schema", "key_check", "reading_sha256", "result", "coverage", "bits.9"):
            yield "about", "value", "BLOB", f"name = '{name}'"

    shutil.copy("s.key", "x.key")
    shutil.copy("s.breach", "x.breach")
    whole = {args[0]: run(args) for args in (PERSONS, LOOKUP, MERGE)}
    for name, ran in whole.items():
        print(json.dumps({"place": name, "code": ran[0], "said": False, "same": True, "column": "", "reader": name, "change": "",
                          "number": ""}))
    for table, column, kind, where in columns():
        for change, value in NUMBERS if kind == "INTEGER" else BLOBS:
            shutil.copy("s.breach", "x.breach")
            base = sqlite3.connect("x.breach")
            change = change.format(column, column)
            base.execute(f"UPDATE OR IGNORE {table} SET {column} = {change} WHERE {where}",
                         () if value is None else (value,))
            base.commit()
            base.close()
            for args in READS[table]:
                code, out, err = run(args)
                print(json.dumps({
                    "place": f"{args[0]}: {table}.{column} = {change} {value!r}", "code": code,
                    "column": f"{table}.{column}", "reader": args[0], "change": change,
                    "number": str(value),
                    "said": code == 2 and b"x.breach" in err and not out,
                    "same": (code, out) == whole[args[0]][:2],}))
    """#

  private struct Outcome {
    var place: String
    var column: String
    var reader: String
    var code: Int?
    /// Exit code 2, the store is named, and nothing is answered.
    var isRefused: Bool
    /// The answer is that of the whole store.
    var isSame: Bool
    /// It cannot be what somebody wrote.
    var isPlain: Bool

    init(_ json: JSON) {
      place = json["place"].string ?? ""
      column = json["column"].string ?? ""
      reader = json["reader"].string ?? ""
      code = json["code"].int
      isRefused = json["said"].value == .bool(true)
      isSame = json["same"].value == .bool(true)
      let (change, number) = (json["change"].string ?? "", json["number"].string ?? "")
      isPlain =
        change == "?" && number != "0" || change.contains("substr(") && !change.contains("- 8")
    }
  }

  /// Columns that are checked against others, by who reads them.
  private static let checked: [String: [String]] = [
    "leaves.number": ["persons", "merge"], "leaves.about": ["merge"], "leaves.place": [],
    "records.number": ["persons", "lookup", "merge"],
    "records.leaf": ["persons", "lookup", "merge"], "records.part": ["merge"],
    "records.first": ["persons", "lookup", "merge"],
    "records.ordinal": ["persons", "lookup", "merge"],
    "records.line": ["persons", "lookup", "merge"],
    "records.shapes": ["persons", "lookup", "merge"],
    "records.words": ["persons", "lookup", "merge"],
    "entities.block": ["persons", "lookup"], "entities.records": ["persons", "lookup"],
    "entities.high": ["persons", "lookup"], "entities.likely": ["persons", "lookup"],
    "entities.low": ["persons", "lookup"], "entities.next": ["persons", "lookup"],
    "persons.block": ["persons"], "persons.before": ["persons"], "persons.bits": ["persons"],
    "digests.digests": ["lookup"], "digests.records": ["lookup"],
  ]

  @Test func noColumnCanTrapOrHang() throws {
    try withFolder { folder in
      try folder.write("d/a.csv", people(9))
      try folder.write("d/b.csv", people(9, from: 5))
      try folder.write("d.yaml", "decisions: [{different: [R1, R2]}, {same: [R3, R4]}]")
      let decide = ["persons", "s.breach", "--decisions", "d.yaml"]
      for args in [["scan", "d", "-o", "s.breach"], decide] {
        #expect(try Program.run(args, in: folder).code == 0)
      }
      let ran = try Program.run(
        "/usr/bin/env",
        ["python3", "-c", Self.damage],
        in: folder,
        env: ["B": Program.path]
      )
      #expect(ran.code == 0)
      let outcomes = try JSON.lines(ran.out).map(Outcome.init)
      #expect(outcomes.prefix(3).map(\.code) == [0, 0, 0])
      #expect(outcomes.count > 400)
      for outcome in outcomes {
        // A store that says something else that could be is believed: 0, or 1 for a value that is gone.
        let isHarmless = outcome.code == 0 || outcome.code == 1 && outcome.reader == "lookup"
        let isContradiction = outcome.column.hasPrefix("decisions.") && outcome.code == 2
        #expect(isHarmless || outcome.isRefused || isContradiction, "\(outcome.place)")
        if outcome.isPlain, Self.checked[outcome.column]?.contains(outcome.reader) ?? false {
          #expect(outcome.isRefused, "\(outcome.place)")
        }
      }
    }
  }

  @Test func digestsThatNameNoRecordAreRefused() throws {
    try withFolder { folder in
      try folder.write("a.csv", people(3))
      _ = try Program.run(["scan", "a.csv", "-o", "s.breach", "-q"], in: folder)
      try Program.python(
        """
        import sqlite3
        base = sqlite3.connect("s.breach")
        for place, records in base.execute("SELECT place, records FROM digests").fetchall():
            beyond = b"\\x03\\0\\0\\0" * (len(records) // 4)
            base.execute("UPDATE digests SET records = ? WHERE place = ?", (beyond, place))
        base.commit()
        """,
        in: folder
      )
      let ran = try Program.run(
        ["lookup", "s.breach"],
        in: folder,
        stdin: Data("user1@example-mail.jp\n".utf8)
      )
      #expect(ran.code == 2 && ran.out.isEmpty)
      #expect(ran.stderr.contains("'s.breach' is damaged: digests without records"))
    }
  }
}

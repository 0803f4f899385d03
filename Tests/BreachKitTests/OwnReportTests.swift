import Foundation
import Testing

/// Every report of a case, scanned in its turn: what is masked or counted is no value any more.
@Suite struct OwnReportTests {
  @Test(arguments: ["ja", "en"])
  func noReportSaysAnythingOfItself(_ language: String) throws {
    try withFolder { folder in
      let shop = Program.packageRoot + "/Fixtures/cases/shop-leak/"
      let names = [
        "r.json", "r.ndjson", "r.txt", "r.md", "r.html", "r.csv", "r.sarif", "r.junit.xml",
      ]
      try folder.write("out/none.txt", "")
      let scan = try Program.run(
        ["scan", shop + "dump", "--incident", shop + "incident.yaml", "--as-of", "2026-11-26"]
          + ["--lang", language, "--quiet"] + names.flatMap { ["-o", "out/" + $0] },
        in: folder
      )
      #expect(scan.code == 0)
      let others = try Program.shell(
        """
        for f in github gitlab; do "$B" report out/r.json -f $f > out/$f.txt; done
        "$B" report out/r.json -f filing -o out/drafts --lang \(language)
        "$B" report out/r.json --damage -f md -o out/damage.md --lang \(language)
        "$B" report out/r.json --calendar out/duties.ics --quiet --lang \(language)
        find out -type f | wc -l
        """,
        in: folder
      )
      // An empty file, eight reports, two, five drafts twice, the damage and the calendar.
      #expect(others.stdout.split(whereSeparator: \.isNewline).last == "23")
      let again = try Program.scan(["out"], in: folder)
      #expect(again.json["findings"].keys == [])
      #expect(again.json["coverage", "gaps"].list.isEmpty)
      #expect(again.json["persons", "high"].int == 0)
    }
  }
}

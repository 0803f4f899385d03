import Foundation
import Testing

/// Every format of a report about hostile files: what stands in it commands no terminal, browser,
/// spreadsheet or build, and tells no value.
@Suite struct HostileReportTests {
  /// Escapes, markup, formulas, bad UTF-8, line separators and commands of builds, in texts, cells and
  /// the name of a file.
  private static let make = #"""
    import os
    os.mkdir("in")
    def write(name, data):
        open(os.path.join(b"in", name), "wb").write(data)
    write(b"t.txt", b"x\033]52;c;aGk=\007\033[2J taro@sakura-kikaku.jp\xc2\x9b31m \xe2\x80\xaetaro2@sakura-kikaku.jp\n")
    write(b"h.txt", b"<img src=x onerror=alert(1)>taro@sakura-kikaku.jp\n")
    write(b"f.csv", b"=cmd|calc!A1,taro@sakura-kikaku.jp\n+1\n-1\n@x\n")
    write(b"j.txt", b"a\377\342\200\250taro@sakura-kikaku.jp\n")
    write(b"c.txt", b"::set-output name=x::y taro@sakura-kikaku.jp\n##vso[task]\n")
    write("n\033[31m=1+1\u202e<b>.csv".encode(), "メール,=HYPERLINK(\"http://x\")\nhana@sakura-kikaku.jp,1\n".encode())
    write(b"p.csv", "氏名,メール,電話\n佐藤健一,kenichi.sato@sakura-kikaku.jp,090-8812-4471\n".encode())
    """#

  /// Prints what is wrong with the files under `out`.
  private static let check = #"""
    import csv, io, json, os, re, zipfile
    import xml.dom.minidom
    control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    values = ["kenichi.sato", "健一", "佐藤", "-8812", "2-4471", "8124471", "taro@", "taro2", "hana@", "sakura-kikaku"]
    seen = 0
    for folder, _, names in os.walk("out"):
        for name in names:
            seen += 1
            data = open(os.path.join(folder, name), "rb").read()
            if name.endswith(".xlsx"):
                book = zipfile.ZipFile(io.BytesIO(data))
                text = "".join(book.read(part).decode("utf-8") for part in book.namelist())
                if "<f>" in text: print(name, "formula")
            else:
                text = data.decode("utf-8")
            if control.search(text): print(name, "control", ascii(control.search(text).group()))
            for value in values:
                if value in text: print(name, "value", values.index(value))
            if name.endswith(".html"):
                if "<img" in text or "<script" in text: print(name, "markup")
                if "default-src 'none'" not in text: print(name, "no policy")
                if re.search(r'(?:src|href)="(?!#)', text): print(name, "reference")
            if name.endswith((".json", ".sarif")): json.loads(text)
            if name.endswith(".ndjson"): [json.loads(line) for line in text.splitlines() if line]
            if name.endswith(".xml"): xml.dom.minidom.parseString(data)
            if name.endswith(".csv"):
                for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
                    for cell in row:
                        if cell[:1] in tuple("=+-@\t\r＝＋－＠") and not re.fullmatch(r"-?[\d.,]+", cell):
                            print(name, "formula")
            for line in text.split("\n"):
                if line.startswith(("::set-output", "##vso", "=cmd")): print(name, "command")
            if os.stat(os.path.join(folder, name)).st_mode & 0o77 and not name.startswith("s."):
                print(name, "mode")
    print(seen)
    """#

  @Test(arguments: ["ja", "en"])
  func noFormatCommandsOrTells(_ language: String) throws {
    try withFolder { folder in
      try Program.python(Self.make, in: folder)
      let formats = [
        "text", "json", "ndjson", "md", "html", "csv", "sarif", "junit", "github", "gitlab", "xlsx",
      ]
      let endings = [
        "txt", "json", "ndjson", "md", "html", "csv", "sarif", "xml", "gh", "json", "xlsx",
      ]
      try folder.write("out/s.none.txt", "")
      for (format, ending) in zip(formats, endings) {
        let ran = try Program.shell(
          "umask 0; \"$B\" scan in -f \(format) -o out/r.\(format).\(ending) --lang \(language) -q; "
            + "\"$B\" scan in -f \(format) --lang \(language) --no-progress "
            + "> out/s.\(format).\(ending) 2> out/s.\(format).err",
          in: folder
        )
        #expect(ran.code == 0, "\(format)")
      }
      try folder.write("check.py", Self.check)
      let checked = try Program.shell("python3 check.py", in: folder)
      #expect(checked.stdout == "34\n")
    }
  }

  /// What lies in the scanned tree configures nothing, whether it is scanned from outside or inside.
  @Test func whatIsPlantedConfiguresNothing() throws {
    try withFolder { folder in
      try folder.write("in/a.csv", people(3))
      let plain = try Program.scan(["in"], in: folder)
      for name in ["breachscope.yaml", ".breachscope.yml", ".breachscope.yaml"] {
        try folder.write("in/" + name, "exclude: [\"**\"]\n")
      }
      try folder.write("in/.gitignore", "*\n")
      let outside = try Program.scan(["in"], in: folder)
      let inside = try Program.shell("cd in && \"$B\" scan . -f json", in: folder)
      let persons = try JSON.parse(Data(inside.stdout.utf8))["persons", "likely"]
      #expect(plain.json["persons", "likely"].int == 3)
      #expect(outside.json["persons"] == plain.json["persons"])
      #expect(persons.int == 3)
      #expect(outside.json["coverage", "files"].int == 5)
    }
  }

  /// Values in clear never go to standard output, where builds keep them.
  @Test(arguments: ["text", "json", "ndjson"])
  func revealNeedsAFileInABuild(_ format: String) throws {
    try withFolder { folder in
      try folder.write("a.csv", people(2))
      let ran = try Program.run(
        ["scan", "a.csv", "--reveal", "-f", format],
        in: folder,
        env: ["CI": "1"]
      )
      #expect(ran.code == 2)
      #expect(ran.stdout == "")
      #expect(ran.stderr.contains("--output"))
    }
  }
}

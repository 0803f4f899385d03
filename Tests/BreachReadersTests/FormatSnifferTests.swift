import BreachModel
import BreachReaders
import TestKit
import Testing

/// What users' files are taken for.
@Suite struct FormatSnifferTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var format: String
    var text: String
    var isWhole = true
    var testDescription: String { name }
  }

  private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { line($0) + "\n" }.joined()
  }

  static let cases: [Case] = [
    // Tables.
    Case(
      name: "Excel with titles and trailing columns",
      format: "csv",
      text: "顧客一覧,,,,\r\n2026年7月1日現在,,,,\r\n,,,,\r\nID,氏名,住所,電話,\r\n"
        + lines(30) { "\($0),山田太郎,\"東京都千代田区\n1-1\",03-1234-5678,\r" }
    ),
    Case(
      name: "titles without delimiters",
      format: "csv",
      text: "顧客一覧\n作成: 営業部\n\n" + lines(30) { "\($0),山田,x@example.jp" }
    ),
    Case(name: "tabs", format: "tsv", text: lines(20) { "\($0)\t山田 太郎\ta, b; c" }),
    Case(name: "semicolons", format: "csv", text: lines(20) { "Müller;Hans;\($0),50;x@y.de" }),
    Case(
      name: "semicolons and decimal commas",
      format: "csv",
      text: "a;b\n" + lines(20) { "\($0),5;1,25" }
    ),
    Case(name: "bars", format: "csv", text: lines(20) { "\($0)|Taro|x@y.jp" }),
    Case(name: "two rows", format: "csv", text: "name,mail\nTaro,taro@example.jp\n"),
    Case(name: "one row", format: "csv", text: "Taro,taro@example.jp,090-0000-0000"),
    Case(
      name: "ragged rows",
      format: "csv",
      text: lines(50) { $0 % 6 == 0 ? "\($0),a,b,c" : "\($0),a,b,c,d" }
    ),
    Case(
      name: "quoted sentences",
      format: "csv",
      text: lines(20) { "\($0),\"Hello, you, all\",x" }
    ),
    Case(
      name: "blank behind commas",
      format: "csv",
      text: lines(20) { "\($0), Taro, Tokyo, x@y.jp" }
    ),
    Case(name: "Macintosh line ends", format: "csv", text: "a,b,c\rd,e,f\rg,h,i\r"),
    // Text.
    Case(name: "empty", format: "text", text: ""),
    Case(name: "one column", format: "text", text: lines(50) { "user\($0)@example.jp" }),
    Case(
      name: "prose",
      format: "text",
      text: "It was late, and cold, when he came.\nNobody, she said, had seen him.\nThe end.\n"
    ),
    Case(name: "Japanese prose", format: "text", text: lines(20) { "第\($0)条、甲は、乙に対し、通知する。" }),
    Case(
      name: "C",
      format: "text",
      text: "#include <stdio.h>\nint main(void) {\n\tint a, b;\n\tfor (a = 0; a < 9; a++)\n"
        + "\t\tprintf(\"%d, %d\\n\", a, b);\n\treturn 0;\n}\n"
    ),
    Case(
      name: "Python",
      format: "text",
      text: "import os, sys\n\ndef f(a, b):\n\treturn a\n\nclass C:\n\tdef g(self):\n\t\tpass\n"
    ),
    Case(name: "tabs before every line", format: "text", text: lines(20) { "\tint x\($0) = 1;" }),
    Case(
      name: "Apache",
      format: "text",
      text: lines(20) {
        "10.0.0.\($0) - - [01/Jul/2026:10:00:00 +0900] \"GET /a?x=1&mail=t@y.jp HTTP/1.1\" 200 12 "
          + "\"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko\""
      }
    ),
    Case(
      name: "times with commas",
      format: "text",
      text: lines(20) { "2026-07-01 10:00:\(10 + $0),123 INFO user x@y.jp logged in" }
    ),
    Case(
      name: "times before numbers",
      format: "csv",
      text: lines(20) { "2026-07-01 10:00:\(10 + $0),277028768\(100 + $0),x,y@y.jp" }
    ),
    Case(
      name: "times before short numbers",
      format: "csv",
      text: lines(20) { "2026-07-01 10:00:\(10 + $0),\(100 + $0),x,y@y.jp" }
    ),
    Case(
      name: "times between semicolons",
      format: "csv",
      text: lines(20) { "2026-07-01 10:00:\(10 + $0);277 x;y@y.jp" }
    ),
    Case(
      name: "pairs",
      format: "text",
      text: lines(20) { "INFO login user=\($0), mail=x@y.jp, ip=10.0.0.1, ok=1" }
    ),
    Case(
      name: "log in brackets",
      format: "text",
      text: lines(9) { "[2026-07-0\($0)] ERROR x@y.jp" }
    ),
    Case(name: "log with times in brackets", format: "text", text: lines(9) { "[10:0\($0)] x, y" }),
    Case(name: "INI", format: "text", text: "[network]\nname = a\n[true]\n"),
    Case(
      name: "markdown",
      format: "text",
      text: "# Title\n\nSome words, here.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n"
        + "INSERT INTO t VALUES (1);\n```\n\nMore words.\n"
    ),
    Case(name: "braces", format: "text", text: "{not json} at all\n{nor this}\n"),
    // JSON.
    Case(name: "one document", format: "json", text: "{\"a\": 1}"),
    Case(name: "one document, one line", format: "json", text: "{\"a\": [1, 2]}\n"),
    Case(name: "pretty", format: "json", text: "{\n  \"a\": [\n    1\n  ]\n}\n"),
    Case(name: "array", format: "json", text: "[{\"a\": 1}, {\"a\": 2}]\n"),
    Case(name: "array of lines", format: "json", text: "[\n{\"a\": 1},\n{\"a\": 2}\n]\n"),
    Case(name: "pretty documents", format: "json", text: "{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n"),
    Case(name: "documents on one line", format: "json", text: "{\"a\":1}{\"a\":2}{\"a\":3}"),
    Case(
      name: "longer than the probe",
      format: "json",
      text: "{\"a\": [{\"b\": \"c\"}, {\"b\":",
      isWhole: false
    ),
    Case(name: "nothing in it", format: "json", text: "[]\n"),
    Case(
      name: "array of lines, broken",
      format: "jsonl",
      text: "[" + lines(60) { "{\"mail\": \"x\($0)@y.jp\"}," } + "{oops\n"
    ),
    Case(
      name: "broken far behind",
      format: "json",
      text: "[" + (0..<60).map { "{\"mail\": \"x\($0)@y.jp\"}," }.joined() + "{oops\n"
    ),
    Case(name: "lines", format: "jsonl", text: lines(9) { "{\"a\": \($0)}" }),
    Case(
      name: "lines, some broken",
      format: "jsonl",
      text: lines(20) { $0 % 5 == 1 ? "{\"a\": \"cut o" : "{\"a\": \($0)}" }
    ),
    Case(
      name: "lines behind a banner",
      format: "jsonl",
      text: "starting up\n" + lines(20) { "{\"level\": \"info\", \"n\": \($0)}" }
    ),
    Case(name: "first of many lines", format: "jsonl", text: "{\"a\": 1}\n{\"a\"", isWhole: false),
    // SQL.
    Case(
      name: "mysqldump",
      format: "sql",
      text: "-- MySQL dump\n\nCREATE TABLE `a` (\n  `id` int\n);\nINSERT INTO `a` VALUES (1),(2);\n"
    ),
    Case(
      name: "pg_dump",
      format: "sql",
      text:
        "--\n-- PostgreSQL database dump\n--\n\nSET x = 1;\nCOPY public.a (id) FROM stdin;\n1\n\\.\n"
    ),
    Case(
      name: "inserts only",
      format: "sql",
      text: lines(9) { "INSERT INTO t VALUES (\($0), 'a');" }
    ),
    Case(
      name: "rows on lines",
      format: "sql",
      text: "insert into t (a, b) values\n" + lines(30) { "(\($0), 'x')," }
    ),
    Case(
      name: "cut at the head",
      format: "sql",
      text: "aro','x@y.jp'),(2,'b','c');\n" + lines(4) { "INSERT INTO `t` VALUES (\($0),'b');" }
    ),
    Case(
      name: "cut in the rows of COPY",
      format: "sql",
      text: lines(20) { "\($0)\tTaro\tx@y.jp" } + "\\.\n\nCOPY b (c) FROM stdin;\n1\n\\.\n"
    ),
    Case(name: "only the schema", format: "sql", text: "CREATE TABLE a (id int, name text);\n"),
    // XML and HTML.
    Case(name: "declared", format: "xml", text: "<?xml version=\"1.0\"?>\n<a><b>1</b></a>\n"),
    Case(name: "not declared", format: "xml", text: "\n<list>\n<b>1</b>\n</list>\n"),
    Case(name: "an element a line", format: "xml", text: lines(9) { "<u><n>\($0)</n></u>" }),
    Case(
      name: "declared and broken",
      format: "xml",
      text: "<?xml version='1.0'?><r>" + lines(20) { $0 == 9 ? "<a>9</b>" : "<a>\($0)</a>" }
        + "</r>"
    ),
    Case(
      name: "longer XML than the probe",
      format: "xml",
      text: "<r>" + lines(20) { "<a>\($0)</a>" } + "<a><b",
      isWhole: false
    ),
    Case(name: "doctype", format: "html", text: "<!DOCTYPE HTML>\n<p>x"),
    Case(name: "comment before HTML", format: "html", text: "<!-- x -->\n<HTML><BODY>x</BODY>"),
    Case(name: "XHTML", format: "html", text: "<?xml version='1.0'?><html><p>x</p></html>"),
    Case(
      name: "a table without a head",
      format: "html",
      text: "<table>\n" + lines(9) { "<tr><td>\($0)<td>x</tr>" } + "</table>\n"
    ),
    Case(
      name: "XML that begins as HTML might",
      format: "xml",
      text: "<article><author>x</author><body_text>y</body_text></article>"
    ),
    Case(
      name: "Markdown that begins with a tag",
      format: "text",
      text: "<p align=\"center\">\n<img src=\"x.png\">\n</p>\n\n"
        + lines(20) { "Words \($0) here.\n" }
    ),
    Case(name: "PHP", format: "text", text: "<?php\necho '<b>x</b>';\n?>\n<p>x</p>\n"),
    Case(name: "template", format: "text", text: "<% x %>\n<p>y</p>\n"),
    Case(name: "syslog", format: "text", text: lines(20) { "<34>Oct 11 22:14:\($0) host su: x" }),
    Case(name: "chat", format: "text", text: lines(20) { "<nick\($0)> hello there x@y.jp" }),
    Case(
      name: "XML in a log",
      format: "text",
      text: lines(20) { "2026-07-01 10:00:00 INFO <user><mail>x\($0)@y.jp</mail></user>" }
    ),
    Case(name: "addresses in brackets", format: "text", text: lines(20) { "<u\($0)@example.jp>" }),
    Case(
      name: "tags in cells",
      format: "csv",
      text: lines(20) { "<b>name\($0)</b>,x\($0)@y.jp,<i>z</i>" }
    ),
    Case(name: "C++ templates", format: "text", text: "<T> struct A {\n  B<C> d;\n};\n"),
    Case(
      name: "Vue",
      format: "text",
      text: "<template>\n<p>{{ x }}</p>\n</template>\n<script>\n"
        + "if (a < b && c) { d() }\nfor (;;) {}\n</script>\n"
    ),
    // Forms.
    Case(name: "one body", format: "form", text: "name=a&mail=x%40y.jp&tel="),
    Case(name: "bodies", format: "form", text: lines(20) { "id=\($0)&mail=x%40y.jp" }),
    Case(name: "addresses and queries", format: "form", text: lines(20) { "/a/b?id=\($0)&x=1" }),
    Case(name: "one pair", format: "text", text: "name=a\n"),
    Case(name: "settings", format: "text", text: lines(20) { "key\($0)=value" }),
    Case(name: "pairs and words", format: "text", text: lines(20) { "a=\($0)&b=1 and more" }),
    Case(name: "addresses", format: "text", text: lines(20) { "https://x.jp/\($0)" }),
    Case(
      name: "words that look like SQL",
      format: "text",
      text: "Insert coin.\nCreate table service.\n"
    ),
  ]

  @Test(arguments: cases)
  func isTakenFor(_ sample: Case) {
    #expect(
      FormatSniffer.sniff(Array(sample.text.utf8), isWhole: sample.isWhole).id == sample.format
    )
  }

  @Test func delimiters() {
    func delimiter(_ text: String) -> UInt8? {
      guard case .csv(let dialect) = FormatSniffer.sniff(Array(text.utf8), isWhole: true) else {
        return nil
      }
      return dialect.delimiter
    }
    #expect(delimiter(Self.lines(20) { "Müller;Hans;\($0),50;x@y.de" }) == 0x3B)
    #expect(delimiter("a;b\n" + Self.lines(20) { "\($0),5;1,25" }) == 0x3B)
    #expect(delimiter(Self.lines(20) { "\($0)|Taro, Jr.|x@y.jp" }) == 0x7C)
    #expect(delimiter(Self.lines(20) { "\($0),Taro|Jiro,x@y.jp" }) == 0x2C)
  }

  @Test func backslashesOfDialects() {
    func escapes(_ text: String) -> Bool? {
      guard case .sql(let dialect) = FormatSniffer.sniff(Array(text.utf8), isWhole: true) else {
        return nil
      }
      return dialect.backslashEscapes
    }
    #expect(escapes("INSERT INTO `t` VALUES ('a');\n") == true)
    #expect(escapes("-- MariaDB dump\nINSERT INTO t VALUES ('a');\n") == true)
    #expect(escapes("INSERT INTO t VALUES ('it\\'s');\n") == true)
    #expect(escapes("INSERT INTO t VALUES ('C:\\','x');\n") == false)
    #expect(escapes("-- PostgreSQL database dump\nINSERT INTO t VALUES ('`');\n") == false)
  }

  /// Any beginning of any sample is taken for something, without a trap.
  @Test func everyLength() {
    for sample in Self.cases {
      let text = Array(sample.text.utf8)
      for length in stride(from: 0, through: text.count, by: text.count > 400 ? 37 : 1) {
        _ = FormatSniffer.sniff(Array(text[..<length]), isWhole: false)
        _ = FormatSniffer.sniff(Array(text[..<length]), isWhole: true)
      }
    }
  }
}

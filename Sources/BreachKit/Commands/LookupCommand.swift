internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns
internal import BreachReports
internal import BreachReaders

/// By what a person can be looked up.
public enum LookupKey: String, Sendable, CaseIterable {
  /// One value each.
  case email, phone
  case memberID = "member-id"
  /// A full name and a second value.
  case nameBirth = "name-birth"
  case nameAddress = "name-address"
}

/// `breachscope lookup STORE`: whether a person is in it, and with which items.
public enum LookupCommand {
  /// Looks for the person whose values come on standard input, a line each; returns the exit code.
  public static func run(
    _ store: String,
    by key: LookupKey,
    format: String?,
    _ arguments: ScanArguments
  )
    -> Int32
  {
    let console = Console(
      language: arguments.language,
      isQuiet: arguments.quiet,
      colour: arguments.colour
    )
    do throws(CommandError) {
      guard ["text", "json", nil].contains(format) else {
        throw .usage("--format of `lookup` is text or json")
      }
      OwnProcess.forbidCoreFiles()
      let reader = try StoreReader(store)
      let secret = try reader.key(arguments.seedKey)
      let library = try arguments.patternLibrary()
      try reader.requirePatterns(library)
      let values = try ask(key, console)
      let inquiry = try Inquiry(key, values, secret, library)
      let answer = try inquiry.answer(reader)
      Program.print(format == "json" ? answer.json : answer.text(console.language))
      return answer.exitCode
    } catch {
      console.fail(error.message)
      return error.code
    }
  }

  /// The values, a line each; asked for where somebody sits at a terminal.
  private static func ask(_ key: LookupKey, _ console: Console) throws(CommandError) -> [String] {
    let isTerminal = OwnProcess.isTerminal(0)
    var values: [String] = []
    for field in key.fields {
      if isTerminal { console.say(console.language == .ja ? field.ja + ":" : field.en + ":") }
      let line = readLine()?.filter { !$0.isNewline } ?? ""
      guard !line.allSatisfy(\.isWhitespace) else {
        throw .usage("no value came on standard input; `--by \(key.rawValue)` takes \(key.lines)")
      }
      values.append(line)
    }
    return values
  }
}

extension LookupKey {
  /// A value that is asked for: its column, its words, and the digests that it may have.
  struct Field {
    var header: String
    var ja: String
    var en: String
    var kinds: [AttributeKind]
  }

  var fields: [Field] {
    let name = Field(
      header: "氏名",
      ja: "氏名(漢字、カナ、またはローマ字)",
      en: "full name",
      kinds: [AttributeKind(.personName), AttributeKind(.personNameKana)]
    )
    switch self {
    case .email:
      return [
        Field(
          header: "メールアドレス",
          ja: "メールアドレス",
          en: "email address",
          kinds: [AttributeKind(.emailAddress), .roleEmail]
        )
      ]
    case .phone:
      return [
        Field(
          header: "電話番号",
          ja: "電話番号",
          en: "phone number",
          kinds: [.mobilePhone, AttributeKind(.phoneNumber), .businessPhone, .phoneTail]
        )
      ]
    case .memberID:
      return [
        Field(
          header: "会員番号",
          ja: "会員番号",
          en: "member id",
          kinds: [AttributeKind(.memberID)]
        )
      ]
    case .nameBirth:
      return [
        name,
        Field(
          header: "生年月日",
          ja: "生年月日",
          en: "birth date",
          kinds: [AttributeKind(.birthDate)]
        ),
      ]
    case .nameAddress:
      return [
        name, Field(header: "住所", ja: "住所", en: "address", kinds: [AttributeKind(.address)]),
      ]
    }
  }

  /// What comes on standard input.
  var lines: String {
    let names = fields.map(\.en)
    return names.count == 1
      ? "the \(names[0])" : "the \(names[0]), and on the next line the \(names[1])"
  }
}

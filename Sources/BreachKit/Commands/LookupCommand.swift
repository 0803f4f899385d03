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
    Console.run(arguments) { (console) throws(CommandError) in
      guard ["text", "json", nil].contains(format) else {
        throw .usage("--format of `lookup` is text or json")
      }
      OwnProcess.forbidCoreFiles()
      let reader = try StoreReader(store)
      let secret = try reader.key(arguments.seedKey)
      let library = try arguments.patternLibrary()
      try reader.requirePatterns(library)
      let values = try ask(key, console)
      let inquiry = try Inquiry(key, values, secret, library, console.language)
      let answer = try inquiry.answer(reader)
      Program.print(format == "json" ? answer.json : answer.text(console.language))
      return answer.exitCode
    }
  }

  /// The values, a line each; asked for where somebody sits at a terminal.
  private static func ask(_ key: LookupKey, _ console: Console) throws(CommandError) -> [String] {
    let isTerminal = OwnProcess.isTerminal(0)
    var values: [String] = []
    for field in key.fields {
      if isTerminal {
        console.say((console.language == .ja ? field.words.ja : field.words.en) + ":")
      }
      let line = readLine()?.filter { !$0.isNewline } ?? ""
      guard !line.allSatisfy(\.isWhitespace) else {
        let text = Messages.lookupMissing(key.fields.map { $0.types[0] })
        throw .usage(console.language == .ja ? text.ja : text.en)
      }
      values.append(line)
    }
    return values
  }
}

extension LookupKey {
  /// A value that is asked for.
  struct Field {
    /// The types that it may be a value of, the one that it is called by first.
    var types: [DataType]
    /// The digests that it may have.
    var kinds: [AttributeKind]

    /// Kinds that are no types come beside those that are.
    init(_ types: DataType..., or kinds: AttributeKind...) {
      self.types = types
      self.kinds = types.map(AttributeKind.init) + kinds
    }

    /// What it is called when it is asked for.
    var words: LocalizedText { Messages.lookup(types[0]) }
  }

  var fields: [Field] {
    let name = Field(.personName, .personNameKana)
    return switch self {
    case .email: [Field(.emailAddress, or: .roleEmail)]
    case .phone: [Field(.phoneNumber, or: .mobilePhone, .businessPhone, .phoneTail)]
    case .memberID: [Field(.memberID)]
    case .nameBirth: [name, Field(.birthDate)]
    case .nameAddress: [name, Field(.address, or: .town, .region)]
    }
  }
}

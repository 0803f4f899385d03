internal import BreachBytes
internal import BreachModel

/// Addresses of devices, and where they are.
enum NetworkChecks {
  // MARK: IP

  /// An IP address, version 4 or 6; a port or a prefix length may stand behind it.
  ///
  /// Loopback, unspecified, broadcast and multicast addresses are nobody's; private ones say less.
  static func address(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    normal.clear()
    guard text.count <= 64 else { return .fail }
    return version4(text, &normal) ?? version6(text, &normal) ?? .fail
  }

  private static func version4(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict? {
    var octets = [4 of Int](repeating: 0)
    var at = 0
    for number in 0..<4 {
      let start = at
      var value = 0
      while at < text.count, isDigit(text[at]), at - start < 4 {
        value = value * 10 + Int(text[at] - 0x30)
        at += 1
      }
      guard at > start, value <= 255, at - start == 1 || text[start] != 0x30 else { return nil }
      octets[number] = value
      if number < 3 {
        guard at < text.count, text[at] == 0x2E else { return nil }
        at += 1
      }
    }
    guard at == text.count || isPort(text, at) else { return nil }
    normal.append(text.extracting(0..<at))
    switch (octets[0], octets[1]) {
    case (0, _), (127, _), (224..., _), (169, 254): return .fail
    case (10, _), (192, 168), (172, 16...31), (100, 64...127):
      return Verdict(.unknown, evidence: .format, weight: -10)
    default:
      // Chapters are numbered so, too: 27.4.4.1.
      let isSmall = octets[0] < 40 && octets[1] < 40 && octets[2] < 40 && octets[3] < 40
      return isSmall || isObjectIdentifier(octets[0], octets[1], octets[2])
        ? Verdict(.unknown, evidence: .format, weight: -50) : Verdict(.pass, evidence: .format)
    }
  }

  /// The arcs of X.660 that programs and certificates are full of: attributes and extensions of X.500
  /// (2.5.4, 2.5.29), and of identified organizations the internet, OIW, TeleTrusT, Thawte and Certicom.
  private static func isObjectIdentifier(_ first: Int, _ second: Int, _ third: Int) -> Bool {
    switch (first, second) {
    case (2, 5): third == 4 || third == 29
    case (1, 3): third == 6 || third == 14 || third == 36 || third == 101 || third == 132
    default: false
    }
  }

  /// `:443`, `/32` to the end.
  private static func isPort(_ text: Span<UInt8>, _ mark: Int) -> Bool {
    guard text[mark] == 0x3A || text[mark] == 0x2F, mark + 1 < text.count, text.count - mark <= 6
    else { return false }
    for index in mark + 1..<text.count where !isDigit(text[index]) { return false }
    return true
  }

  /// RFC 4291: up to eight groups, `::` once, perhaps a version 4 address at the end.
  private static func version6(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict? {
    var (groups, digits, hasGap, at) = (0, 0, false, 0)
    let start = text[0] == 0x5B ? 1 : 0
    at = start
    scan: while at < text.count {
      let byte = text[at]
      switch byte {
      case 0x30...0x39, 0x41...0x46, 0x61...0x66:
        digits += 1
        guard digits <= 4 else { return nil }
        normal.append(lowercased(byte))
      case 0x3A:
        if at + 1 < text.count, text[at + 1] == 0x3A {
          guard !hasGap else { return nil }
          hasGap = true
          if digits > 0 { groups += 1 }
          normal.append(0x3A)
          normal.append(0x3A)
          at += 2
          digits = 0
          continue scan
        }
        guard digits > 0 else { return nil }
        groups += 1
        digits = 0
        normal.append(byte)
      // % begins a zone, / a length, ] ends it.
      case 0x25, 0x2F, 0x5D: break scan
      default: return nil
      }
      at += 1
    }
    if digits > 0 { groups += 1 }
    guard hasGap ? groups <= 7 : groups == 8, groups > 0 || hasGap else { return nil }
    let n = normal.span
    // ::, ::1, multicast
    guard n.count > 3, n[0] != 0x66 || n[1] != 0x66 else { return .fail }
    // fe80::, fc00::/7
    let isLocal =
      n[0] == 0x66 && (n[1] == 0x63 || n[1] == 0x64 || n[1] == 0x65 && (0x38...0x62).contains(n[2]))
    return isLocal
      ? Verdict(.unknown, evidence: .format, weight: -10) : Verdict(.pass, evidence: .format)
  }

  // MARK: devices

  /// A MAC address: `00:00:5E:00:53:01`, with hyphens, `0000.5e00.5301`, or twelve hexadecimal digits.
  static func hardware(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    normal.clear()
    guard let separators = hexadecimal(text, &normal), normal.count == 12 else { return .fail }
    let shape: Bool
    switch (text.count, separators) {
    case (12, 0): shape = false
    case (17, 5): shape = true
    // Three groups of digits are another number: of 280 addresses one has no letter.
    case (14, 2): shape = normal.span.indices.contains { normal[$0] >= 0x61 }
    default: return .fail
    }
    var same = true
    for index in 1..<12 where normal[index] != normal[0] { same = false }
    if same { return .fail }
    return shape ? Verdict(.pass, evidence: .format) : Verdict(.unknown, evidence: .format)
  }

  /// The id of a telephone or of the advertising on it.
  ///
  /// IMEI: fifteen digits, Luhn (3GPP TS 23.003); advertising ids: UUIDs, of zeros where tracking is
  /// off; other ids as their makers please.
  static func device(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists)
    -> Verdict
  {
    if words.isEmptyWord(text) { return .fail }
    if NumberChecks.digits(text, &normal) {
      guard normal.count >= 4, !isZero(normal.span) else { return .fail }
      let isIMEI = normal.count == 15 && CheckDigits.luhn(normal.span)
      return isIMEI ? NationalNumbers.passed : Verdict(.unknown)
    }
    normal.clear()
    if let separators = hexadecimal(text, &normal), separators == 4, normal.count == 32 {
      return isZero(normal.span) ? .fail : Verdict(.pass, evidence: .format)
    }
    normal.clear()
    guard text.count >= 4, text.count <= 128 else { return .fail }
    var hasBlank = false
    for index in text.indices {
      hasBlank = hasBlank || text[index] == 0x20
      normal.append(text[index])
    }
    return hasBlank ? Verdict(.unknown, weight: -40) : Verdict(.unknown)
  }

  private static func isZero(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] != 0x30 { return false }
    return true
  }

  /// The hexadecimal digits in lower case, and how many marks stand between them; nil when anything
  /// else is there.
  private static func hexadecimal(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Int? {
    var separators = 0
    for index in text.indices {
      switch text[index] {
      case 0x30...0x39, 0x61...0x66: normal.append(text[index])
      case 0x41...0x46: normal.append(text[index] | 0x20)
      case 0x2D, 0x2E, 0x3A: separators += 1
      default: return nil
      }
    }
    return separators
  }

  // MARK: places

  /// A latitude, a longitude, or both: decimal degrees, or degrees, minutes and seconds.
  ///
  /// Three decimals are some hundred metres; fewer name a town, none hardly a place.
  static func place(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    normal.clear()
    guard text.count <= 64 else { return .fail }
    var (numbers, decimals, whole, at) = (0, 0, 0, 0)
    var (isDegrees, isInRange) = (false, true)
    while at < text.count {
      let byte = text[at]
      if isDigit(byte) {
        let start = at
        var value = 0
        while at < text.count, isDigit(text[at]), at - start < 6 {
          value = value * 10 + Int(text[at] - 0x30)
          at += 1
        }
        whole = value
        isInRange = isInRange && value <= 180
        numbers += 1
        if at + 1 < text.count, text[at] == 0x2E, isDigit(text[at + 1]) {
          at += 1
          let point = at
          while at < text.count, isDigit(text[at]) { at += 1 }
          decimals = max(decimals, at - point)
        }
        continue
      }
      switch byte {
      // blank ( ) + , - / N E S W n e s w : ' "
      case 0x20, 0x22, 0x27...0x29, 0x2B...0x2D, 0x2F, 0x3A, 0x4E, 0x45, 0x53, 0x57, 0x5B, 0x5D,
        0x6E, 0x65, 0x73, 0x77:
        break
      // ° ′ ″ 度 分 秒 北 南 東 西 緯 経
      case 0x80...: isDegrees = isDegrees || byte == 0xC2 || byte == 0xE5
      default: return .fail
      }
      at += 1
    }
    guard numbers >= 1, numbers <= 8, isInRange else { return .fail }
    for index in text.indices where text[index] != 0x20 { normal.append(text[index]) }
    if decimals >= 3 || isDegrees && numbers >= 3 { return Verdict(.pass, evidence: .format) }
    if decimals > 0 { return Verdict(.unknown, evidence: .format, weight: whole == 0 ? -40 : -10) }
    return Verdict(.unknown, evidence: .format, weight: -45)
  }
}

/// How the bytes of a part are written in a mail.
package enum TransferEncoding: Sendable, Equatable {
  /// 7bit, 8bit, binary, and what nobody says.
  case identity
  case base64, quotedPrintable, uuencode
  /// A way that is not known here.
  case other(String)

  package init(name: String) {
    switch name {
    case "", "7bit", "8bit", "binary", "7-bit", "8-bit": self = .identity
    case "base64": self = .base64
    case "quoted-printable": self = .quotedPrintable
    case "x-uuencode", "uuencode", "x-uue", "uue": self = .uuencode
    default: self = .other(name)
    }
  }
}

/// Takes a part's lines and gives its bytes.
///
/// Nothing is an error: what cannot belong to the encoding is passed over and kept as `strange`.
package struct TransferDecoder {
  package let encoding: TransferEncoding
  /// Lines that are not written in the encoding, as they stand; no more than 1 MiB of them.
  package private(set) var strange: [UInt8] = []
  /// Bytes of further such lines.
  package private(set) var strangeLeft = 0
  private var bits: UInt32 = 0
  private var count = 0
  private var isEnded = false
  /// What a line's end may still belong to: `=`, `=3`, blanks.
  private var carried: [UInt8] = []
  private let digits: [256 of UInt8]

  private static let mostStrange = 1 << 20
  private static let blank: UInt8 = 64
  private static let pad: UInt8 = 65
  private static let none: UInt8 = 66

  package init(_ encoding: TransferEncoding) {
    self.encoding = encoding
    var digits = [256 of UInt8](repeating: Self.none)
    for (index, byte) in Base64.digits.enumerated() { digits[Int(byte)] = UInt8(index) }
    for byte in [0x20, 0x09, 0x0A, 0x0D] { digits[byte] = Self.blank }
    digits[0x3D] = Self.pad
    self.digits = digits
  }

  /// Appends what `lines` stand for to `output`; they end behind a line end, but for lines too long.
  package mutating func decode(_ lines: ArraySlice<UInt8>, into output: inout [UInt8]) {
    switch encoding {
    case .identity, .other: output += lines
    case .base64: decodeBase64(lines, &output)
    case .quotedPrintable: decodeQuoted(lines, &output)
    case .uuencode: decodeUU(lines, &output)
    }
  }

  /// Appends what was held back.
  package mutating func finish(into output: inout [UInt8]) {
    output += carried
    carried = []
  }

  // MARK: base64

  private mutating func decodeBase64(_ lines: ArraySlice<UInt8>, _ output: inout [UInt8]) {
    output.reserveCapacity(output.count + lines.count / 4 * 3 + 4)
    var at = lines.startIndex
    let end = lines.endIndex
    while at < end {
      if count == 0, !isEnded {
        while end - at >= 4 {
          let (a, b) = (digits[Int(lines[at])], digits[Int(lines[at + 1])])
          let (c, d) = (digits[Int(lines[at + 2])], digits[Int(lines[at + 3])])
          if a | b | c | d >= 64 { break }
          let word = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6 | UInt32(d)
          output.append(UInt8(truncatingIfNeeded: word >> 16))
          output.append(UInt8(truncatingIfNeeded: word >> 8))
          output.append(UInt8(truncatingIfNeeded: word))
          at += 4
        }
        if at == end { break }
      }
      let digit = digits[Int(lines[at])]
      if digit < 64 {
        if isEnded {
          // Behind the end another text may follow, or another block.
          let line = line(of: lines, at)
          guard lines[line].allSatisfy({ digits[Int($0)] < Self.none }) else {
            keep(lines[line])
            at = line.upperBound
            continue
          }
          isEnded = false
        }
        bits = bits << 6 | UInt32(digit)
        count += 6
        if count >= 8 {
          count -= 8
          output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        at += 1
        continue
      }
      if digit == Self.none {
        let line = line(of: lines, at)
        keep(lines[line])
        if isEnded {
          at = line.upperBound
          continue
        }
        // What there is of base64 in the line is taken all the same, but for sentences.
        let good = lines[line].count { digits[Int($0)] < 64 }
        let isSentence = lines[line].dropLast().contains(0x20) || good * 4 < line.count * 3
        for byte in lines[at..<line.upperBound] where !isSentence && digits[Int(byte)] < 64 {
          bits = bits << 6 | UInt32(digits[Int(byte)])
          count += 6
          if count >= 8 {
            count -= 8
            output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
          }
        }
        if isSentence || count % 8 != 0 { (bits, count) = (0, 0) }
        at = line.upperBound
        continue
      }
      if digit == Self.pad {
        bits = 0
        count = 0
        isEnded = true
      }
      at += 1
    }
  }

  private func line(of lines: ArraySlice<UInt8>, _ at: Int) -> Range<Int> {
    var (start, end) = (at, at)
    while start > lines.startIndex, lines[start - 1] != 0x0A { start -= 1 }
    while end < lines.endIndex, lines[end] != 0x0A { end += 1 }
    return start..<min(lines.endIndex, end + 1)
  }

  private mutating func keep(_ line: ArraySlice<UInt8>) {
    if strange.count + line.count > Self.mostStrange {
      strangeLeft += line.count
    } else {
      strange += line
    }
  }

  // MARK: quoted-printable

  private mutating func decodeQuoted(_ lines: ArraySlice<UInt8>, _ output: inout [UInt8]) {
    if !carried.isEmpty {
      let text = carried + lines
      carried = []
      decodeQuoted(text[...], &output)
      return
    }
    var at = lines.startIndex
    while at < lines.endIndex {
      guard let mark = lines[at...].firstIndex(of: 0x3D) else {
        output += lines[at...]
        return
      }
      output += lines[at..<mark]
      var end = mark + 1
      while end < lines.endIndex, [0x20, 0x09, 0x0D].contains(lines[end]) { end += 1 }
      if end == lines.endIndex, lines.endIndex - mark < 256 {
        carried = Array(lines[mark...])
        return
      }
      if end < lines.endIndex, lines[end] == 0x0A {
        // A soft line break.
        at = end + 1
        continue
      }
      if mark + 2 == lines.endIndex, Self.hex(lines[mark + 1]) != nil {
        carried = Array(lines[mark...])
        return
      }
      if mark + 2 < lines.endIndex, let high = Self.hex(lines[mark + 1]),
        let low = Self.hex(lines[mark + 2])
      {
        output.append(high << 4 | low)
        at = mark + 3
      } else {
        output.append(0x3D)
        at = mark + 1
      }
    }
  }

  static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  // MARK: uuencode

  private mutating func decodeUU(_ lines: ArraySlice<UInt8>, _ output: inout [UInt8]) {
    for line in lines.split(separator: 0x0A, omittingEmptySubsequences: true) {
      var line = line
      if line.last == 0x0D { line.removeLast() }
      guard let first = line.first else { continue }
      if line.starts(with: Array("begin ".utf8)) || line.elementsEqual(Array("end".utf8)) {
        continue
      }
      let length = Int((first &- 0x20) & 63)
      if length == 0 { continue }
      let body = Array(line.dropFirst())
      guard UULine.isPlausible(line) else {
        keep(Array(line)[...] + [0x0A])
        continue
      }
      var given = 0
      for start in stride(from: 0, to: (length + 2) / 3 * 4, by: 4) {
        var word: UInt32 = 0
        for place in start..<start + 4 {
          // Blanks at a line's end may be lost on the way.
          let byte = place < body.count ? body[place] : 0x20
          word = word << 6 | UInt32((byte &- 0x20) & 63)
        }
        for shift in [UInt32(16), 8, 0] where given < length {
          output.append(UInt8(truncatingIfNeeded: word >> shift))
          given += 1
        }
      }
    }
  }
}

/// A line of uuencoded data.
enum UULine {
  /// True when its length fits its first character.
  static func isPlausible(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, (0x20...0x60).contains(first),
      line.allSatisfy({ (0x20...0x60).contains($0) })
    else { return false }
    let wanted = (Int((first &- 0x20) & 63) + 2) / 3 * 4
    return (wanted - 4...wanted + 2).contains(line.count - 1)
  }

  /// `begin 644 name`: the name; nil where the line is none.
  static func name(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    let words = line.split(separator: 0x20, maxSplits: 2)
    guard words.count == 3, words[0].elementsEqual(Array("begin".utf8)),
      (3...4).contains(words[1].count), words[1].allSatisfy({ (0x30...0x37).contains($0) })
    else { return nil }
    return Array(words[2])
  }
}

/// RFC 4648, section 4.
package enum Base64 {
  static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let piece = bytes[start..<Swift.min(start + 3, bytes.count)]
      let bits = piece.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - piece.count))
      for place in 0..<4 {
        out.append(place <= piece.count ? digits[bits >> (18 - 6 * place) & 63] : 0x3D)
      }
    }
    return out
  }

  /// The bytes, other characters than its 64 passed over.
  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var decoder = TransferDecoder(.base64)
    var out: [UInt8] = []
    decoder.decode(text, into: &out)
    return out
  }
}

/// RFC 2045, section 6.7, and the `Q` of RFC 2047, which writes a blank as a low line.
package enum QuotedPrintable {
  package static func decode(_ text: ArraySlice<UInt8>, isWord: Bool = false) -> [UInt8] {
    var decoder = TransferDecoder(.quotedPrintable)
    var out: [UInt8] = []
    // A low line that is meant is written =5F.
    let text = isWord ? ArraySlice(text.map { $0 == 0x5F ? 0x20 : $0 }) : text
    decoder.decode(text, into: &out)
    decoder.finish(into: &out)
    return out
  }
}

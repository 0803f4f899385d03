/// The bytes of a hexadecimal literal; white space does not count.
func hex(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var high: UInt8?
  for digit in text.compactMap({ $0.hexDigitValue }) {
    if let first = high {
      bytes.append(first << 4 | UInt8(digit))
      high = nil
    } else {
      high = UInt8(digit)
    }
  }
  return bytes
}

/// Synthetic text in the charsets that a detector must tell; made with Python's codecs.
enum CharsetSample {
  /// One short line of CP932: a name.
  static let sjisLine = hex(
    """
    8e5293632091be98590d0a
    """
  )

  /// A name in CP932, no line end.
  static let sjisName = hex(
    """
    8db293a189d48e71
    """
  )

  /// Prose in CP932.
  static let sjisProse = hex(
    """
    82a88b71976c82cc8cc2906c8fee95f182aa81418a4f959482c9985282a682a282b582bd89c2945c90ab82aa
    82a082e882dc82b7814292539396814697e996d88169918d96b1816a0d0a
    """
  )

  /// CP932 with NEC and IBM characters.
  static let sjisIBM = hex(
    """
    eee08bb48740878a2ced958e520d0a
    """
  )

  /// Half-width kana in CP932.
  static let sjisHalfwidth = hex(
    """
    d4cfc0de20c0dbb32cbbc4b320cac5ba0d0a
    """
  )

  /// Half-width kana in CP932, every run of even length.
  static let sjisHalfwidthEven = hex(
    """
    bbc4b3cac5ba0d0ac0c5b620bcdedbb30d0a
    """
  )

  /// One short line of EUC-JP.
  static let eucLine = hex(
    """
    c5c4c3e620b2d6bbd22cc5ecb5fec5d4b9c1b6e80d0a
    """
  )

  /// Prose in EUC-JP.
  static let eucProse = hex(
    """
    a4aab5d2cdcda4ceb8c4bfcdbef0caf3a4aca1a2b3b0c9f4a4cbcfb3a4a8a4a4a4b7a4bfb2c4c7bdc0ada4ac
    a4a2a4eaa4dea4b9a1a30d0a
    """
  )

  /// Half-width kana in EUC-JP, which has 8E before each.
  static let eucHalfwidth = hex(
    """
    8ed48ecf8ec08ede208ec08edb8eb32c8ebb8ec48eb3208eca8ec58eba0d0a8ec08ec58eb6208ebc8ede8edb
    8eb30d0a
    """
  )

  /// Katakana in EUC-JP.
  static let eucKatakana = hex(
    """
    a5e4a5dea5c020a5bfa5eda5a60d0a
    """
  )

  /// Western names in ISO-8859-1.
  static let western = hex(
    """
    4dfc6c6c65723b4672616ee76f69733b5afc726963680d0a4a6f73e9204d75f16f7a3b4de16c6167613b4573
    7061f1610d0a
    """
  )

  /// One accented letter in ISO-8859-1.
  static let westernOne = hex(
    """
    6e616d652c636974790d0a4a6f73e92c4d61647269640d0a
    """
  )

  /// One accented capital in ISO-8859-1.
  static let westernCapital = hex(
    """
    69643b636f756e7472790d0a373bd67374657272656963680d0a
    """
  )

  /// Western symbols in Windows-1252.
  static let westernSymbols = hex(
    """
    323520b0432c20a3352096209366696e65940d0a
    """
  )

  /// ISO-2022-JP.
  static let jis = hex(
    """
    5375626a6563743a201b244238443f4d3e704a73244e376f1b28420d0a1b24423b33454442404f3a4d4d1b28
    420d0a
    """
  )

  /// Japanese UTF-16LE without any NUL.
  static let utf16Kana = hex(
    """
    55304f308930683072306a305f306e30fb96718a6f300130673093308f306130873046306b3042308a307e30
    59300230
    """
  )

  /// Japanese UTF-16BE without any NUL.
  static let utf16KanaBE = hex(
    """
    3055304f308930683072306a305f306e96fb8a71306f300130673093308f306130873046306b3042308a307e
    30593002
    """
  )

  /// Japanese UTF-16LE with few NUL, and with 一 and U+3000 that end in 00.
  static let utf16Rows = hex(
    """
    349228670030004ece900130216eba8f0030004e505b01307167ac4efd904353e34e30753a53004e6a753a75
    0130d89a4b6a00306550004e0d000a00
    """
  )

  /// The same in UTF-16BE.
  static let utf16RowsBE = hex(
    """
    9234672830004e0090ce30016e218fba30004e005b50300167714eac90fd53434ee37530533a4e00756a753a
    30019ad86a4b300050654e00000d000a
    """
  )

  /// UTF-16LE with surrogate pairs and ASCII.
  static let utf16Supplementary = hex(
    """
    690064002c000f6c0d540d000a0031002c0042d8b7df307542d8b7df505b0d000a00
    """
  )
}

import BreachDetectors
import BreachModel
import Testing

/// Accounts, documents, addresses of machines and short words: both sides of every check.
@Suite struct OtherCheckTests {
  private func result(_ check: CheckName, _ text: String) throws -> CheckResult {
    try Support.check(check, text).verdict.result
  }

  /// What fills a line says nothing; two marks, or two kinds of them, may say something.
  @Test func rulersAreEmpty() throws {
    for text in ["...", "----------", "___", "===", "~~~~"] {
      #expect(try result(.filled, text) == .fail, "\(text)")
    }
    for text in ["..", "-.-", "...a", "***a"] {
      #expect(try result(.filled, text) == .unknown, "\(text)")
    }
  }

  @Test(arguments: [
    "GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606",
    "GB82 WEST 1234 5698 7654 32", "NO9386011117947", "MT84MALT011000012345MTLCAST001S",
    "ＤＥ８９３７０４００４４０５３２０１３０００",
  ])
  func ibans(text: String) throws {
    let verdict = try Support.check(.iban, text).verdict
    #expect(verdict.result == .pass)
    #expect(verdict.evidence == [.checksum, .issuer])
  }

  /// A wrong digit, a length of another country, a country without IBANs.
  @Test(arguments: [
    "GB82WEST12345698765433", "DE8937040044053201300", "DE893704004405320130001", "DE", "",
    "1234567",
  ])
  func notIBANs(text: String) throws { #expect(try result(.iban, text) == .fail) }

  @Test func accounts() throws {
    #expect(try result(.account, "0001-123-1234567") == .pass)
    #expect(try result(.account, "4444-123-1234567") == .unknown)
    #expect(try result(.account, "12340-12345671") == .pass)
    #expect(try result(.account, "021000021 12345678") == .pass)
    #expect(try result(.account, "20-00-00 55779911") == .unknown)
    #expect(try Support.check(.account, "20-00-00 55779911").verdict.weight == 0)
    #expect(try Support.check(.account, "1234567").verdict.weight == 0)
    #expect(try Support.check(.account, "1234").verdict.weight < 0)
    for wrong in ["123", "みずほ銀行", "1234567a", "123456789012345678901234567"] {
      #expect(try result(.account, wrong) == .fail)
    }
    // The number alone is the normal form, however it was grouped.
    #expect(try Support.check(.account, "0001-123-1234567").normal == "00011231234567")
  }

  @Test(arguments: ["300512345680", "629876543211", "901000000150"])
  func licenses(text: String) throws { #expect(try result(.driversLicense, text) == .pass) }

  /// The formula is not official: a digit that does not fit rules nothing out.
  @Test func doubtfulLicenses() throws {
    for text in ["300512345690", "629876543291", "901000000100"] {
      let verdict = try Support.check(.driversLicense, text).verdict
      #expect(verdict.result == .unknown)
      #expect(verdict.weight < 0)
    }
    #expect(try Support.check(.driversLicense, "990512345680").verdict.weight == -40)
    #expect(try result(.driversLicense, "30051234568") == .fail)
  }

  @Test func residentCodes() throws {
    for text in ["12345678903", "87654321092", "31415926530"] {
      #expect(try result(.residentCode, text) == .pass)
    }
    for text in ["12345678904", "87654321093", "31415926535"] {
      #expect(try result(.residentCode, text) == .unknown)
    }
    #expect(try result(.residentCode, "1234567890") == .fail)
  }

  @Test func insurers() throws {
    for text in ["33120015", "01130012", "06270011", "138016", "270991", "010017"] {
      #expect(try result(.healthInsurance, text) == .pass)
    }
    for text in ["33120016", "01130014", "06270014", "138017", "270993", "010010", "1234-567"] {
      #expect(try result(.healthInsurance, text) == .unknown)
    }
    for text in ["協会けんぽ", "12", "なし"] {
      #expect(try result(.healthInsurance, text) == .fail)
    }
  }

  @Test func otherDocuments() throws {
    #expect(try result(.pensionNumber, "1234-567890") == .unknown)
    #expect(try result(.pensionNumber, "1234-56789") == .fail)
    #expect(try result(.employmentInsurance, "1234-567890-1") == .unknown)
    #expect(try Support.check(.employmentInsurance, "1234-567890").verdict.weight == -10)
    #expect(try result(.employmentInsurance, "1234-567890-12") == .fail)
    #expect(try result(.residenceCard, "AB12345678CD") == .unknown)
    #expect(try result(.residenceCard, "AB1234567CD") == .fail)
    #expect(try result(.residenceCard, "A112345678CD") == .fail)
  }

  @Test func passports() throws {
    for text in ["TR1234567", "E12345678", "912803456", "C01X00T47"] {
      #expect(try result(.passport, text) == .unknown)
    }
    for text in ["TR12", "valid until 2031", "申請中", "TR123456789"] {
      #expect(try result(.passport, text) == .fail)
    }
    // ICAO Doc 9303 part 4, the specimen of Utopia.
    let line = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    #expect(try result(.passport, line) == .pass)
    #expect(try Support.check(.passport, line).normal == "L898902C3")
    #expect(try result(.passport, "L898902C37UTO7408122F1204159ZE184226B<<<<<10") == .fail)
  }

  @Test(arguments: [
    "192.0.2.10", "8.8.44.8", "203.0.113.9:443", "255.0.0.1".replacing("255", with: "198"),
    "2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "[2001:db8::7]:8080".replacing(":8080", with: ""),
  ])
  func addresses(text: String) throws { #expect(try result(.ip, text) == .pass) }

  @Test(arguments: [
    "127.0.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "169.254.1.1", "256.1.1.1", "1.2.3",
    "1.2.3.4.5", "01.2.3.4", "::", "::1", "ff02::1", "2001:db8", "1:2:3:4:5:6:7:8:9", "10:00:00",
    "2001::db8::1", "なし",
  ])
  func notAddresses(text: String) throws { #expect(try result(.ip, text) == .fail) }

  @Test func privateAddresses() throws {
    for text in ["10.1.2.3", "192.168.0.4", "172.16.9.9", "fe80::1", "fd00::12"] {
      let verdict = try Support.check(.ip, text).verdict
      #expect(verdict.result == .unknown)
      #expect(verdict.weight == -10)
    }
    #expect(try result(.ip, "172.32.0.1") == .pass)
    // Chapters are numbered so, too.
    #expect(try Support.check(.ip, "27.4.4.1").verdict.weight == -50)
    #expect(try Support.check(.ip, "27.4.4.40").verdict.weight == 0)
    for (text, weight) in [
      ("2.5.29.46", -50), ("2.5.30.46", 0), ("1.3.101.112", -50), ("1.3.7.112", 0),
    ] {
      #expect(try Support.check(.ip, text).verdict.weight == weight)
    }
  }

  @Test func devices() throws {
    #expect(try result(.mac, "00:00:5E:00:53:01") == .pass)
    #expect(try result(.mac, "0000.5e00.5301") == .pass)
    #expect(try result(.mac, "00005E005301") == .unknown)
    #expect(try result(.mac, "1234-5678-9012") == .unknown)
    #expect(try result(.mac, "1234-5678-901a") == .pass)
    #expect(
      try Support.check(.mac, "00-00-5E-00-53-01").normal
        == Support.check(.mac, "0000.5e00.5301").normal
    )
    for text in ["00:00:5E:00:53", "ff:ff:ff:ff:ff:ff", "00:00:5E:00:53:0G", "00005E00530"] {
      #expect(try result(.mac, text) == .fail)
    }
    #expect(try result(.device, "490154203237518") == .pass)
    #expect(try result(.device, "490154203237519") == .unknown)
    #expect(try result(.device, "6D92078A-8246-4BA4-AE5B-76104861E7DC") == .pass)
    for text in ["00000000-0000-0000-0000-000000000000", "000000000000000", "abc", "不明"] {
      #expect(try result(.device, text) == .fail)
    }
  }

  @Test func places() throws {
    for text in ["35.68123", "-122.41942", "35.68123,139.76712", "35°40'52\"N"] {
      #expect(try result(.place, text) == .pass)
    }
    #expect(try Support.check(.place, "35.6").verdict.weight == -10)
    #expect(try Support.check(.place, "35").verdict.weight == -45)
    for text in ["200.123", "1234567", "ja", "東京駅"] {
      #expect(try result(.place, text) == .fail)
    }
  }

  @Test func cardDetails() throws {
    for text in ["12/29", "2029-12", "05 / 28", "2029/1", "12-2029"] {
      #expect(try result(.expiry, text) == .pass)
    }
    for text in ["7", "2031", "0330", "203012"] { #expect(try result(.expiry, text) == .unknown) }
    for text in ["13/45", "9999", "期限なし", "100"] { #expect(try result(.expiry, text) == .fail) }
    #expect(try result(.securityCode, "123") == .unknown)
    #expect(try result(.securityCode, "0417") == .unknown)
    for text in ["12", "12345", "12a", "***"] { #expect(try result(.securityCode, text) == .fail) }
  }

  @Test func secrets() throws {
    for text in ["********", "●●●●", "xxxxxx", "[FILTERED]", "REDACTED", "なし", "null"] {
      #expect(try result(.secret, text) == .fail)
    }
    for text in ["hunter2", "****a", "xx"] { #expect(try result(.secret, text) == .unknown) }
    for text in [
      "AKIAIOSFODNN7EXAMPLE", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.",
      "x;AccountKey=ZXhhbXBsZQ==", "-----BEGIN PRIVATE KEY----- MII",
    ] { #expect(try result(.token, text) == .pass) }
    for text in ["tok_9f8e7d6c", "9d3f0c77e1b24f0e"] {
      #expect(try result(.token, text) == .unknown)
    }
    for text in ["short", "not set yet", "****************", "[FILTERED]"] {
      #expect(try result(.token, text) == .fail)
    }
  }

  @Test func hashes() throws {
    for text in [
      "$2y$10$abcdefghijklmnopqrstuu", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
      "5f4dcc3b5aa765d61d8327deb882cf99", "{SSHA}MTIzNDU2Nzg5MGFiY2Q=",
      "pbkdf2_sha256$600000$salt$aGFzaGhhc2g=", "$P$B12345678abcdefghijklmnopqrstu",
      "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "$6$saltstring$svn8UoSVapNtMuq1",
    ] { #expect(try result(.passwordHash, text) == .pass) }
    for text in ["hunter2", "$2y$10$", "5f4dcc3b5aa765d61d8327deb882cf9g"] {
      #expect(try result(.passwordHash, text) == .unknown)
    }
    for text in ["********", "なし", "87", "1234567", "12 findings"] {
      #expect(try result(.passwordHash, text) == .fail)
    }
    #expect(try result(.passwordHash, "12345678") == .unknown)
  }

  /// A number, or how many there are, is no organisation's name.
  @Test func organisations() throws {
    for text in [
      "3", "1,204", "131〜163", "3社", "3 社", "約120社", "131〜163 人(推定 137 人)分", "about 12",
      "about 12 (at least 11)", "1 finding", "12 findings of it",
    ] { #expect(try result(.organisation, text) == .fail, "\(text)") }
    for text in ["3M", "7人の会", "3人組", "21 findings5", "about time", "約束社", "1-2-3の店"] {
      #expect(try result(.organisation, text) == .unknown, "\(text)")
    }
  }

  @Test func shortWords() throws {
    let bands: [(String, Int)] = [
      ("17", 17), ("17歳", 17), ("17才", 17), ("42세", 42), ("20代", 20), ("90代", 90),
    ]
    for (text, years) in bands {
      #expect(try Support.check(.age, text).verdict.age == AgeBand.number(years: years), "\(text)")
    }
    // Some age among several bands, or of something else.
    for text in ["10代", "25代", "18-24", "65+", "6月", "17歳以上", "123"] {
      #expect(try Support.check(.age, text).verdict.age == 0, "\(text)")
    }
    for text in ["0", "42", "129"] { #expect(try result(.age, text) == .pass) }
    for text in ["40代", "30-39", "42歳"] { #expect(try result(.age, text) == .unknown) }
    for text in ["130", "1980", "2020/01/02", "3600", "若い"] {
      #expect(try result(.age, text) == .fail)
    }
    for text in ["男", "Female", "non-binary", "여성", "M"] {
      #expect(try result(.gender, text) == .pass)
    }
    #expect(try result(.gender, "1") == .unknown)
    for text in ["1980", "不明"] { #expect(try result(.gender, text) == .fail) }
  }

  /// What a value says of itself; machines, goods and the weather are not meant.
  @Test func terms() throws {
    #expect(try result(.medicalHistory, "2型糖尿病") == .pass)
    #expect(try result(.medicalHistory, "Asthma") == .pass)
    #expect(try Support.check(.medicalHistory, "xyz").verdict.weight == 0)
    #expect(try Support.check(.medicalHistory, "陰性").verdict.weight == -45)
    for text in ["なし", "特になし", "none", "N/A"] {
      #expect(try result(.medicalHistory, text) == .fail)
    }
    #expect(try result(.disability, "聴覚障害") == .pass)
    #expect(try Support.check(.disability, "ネットワーク障害、復旧済").verdict.weight == -70)
    #expect(try Support.check(.crimeVictim, "台風による被害").verdict.weight == -70)
    #expect(try result(.crimeVictim, "詐欺被害") == .pass)
    #expect(try result(.healthCheck, "異常なし") == .pass)
    #expect(try result(.creed, "浄土真宗") == .pass)
  }
}

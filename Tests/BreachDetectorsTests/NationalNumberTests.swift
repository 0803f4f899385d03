import BreachDetectors
import BreachModel
import Testing

/// Official numbers of each country: both sides of every check, on generated numbers.
@Suite struct NationalNumberTests {
  struct Vectors: Sendable, CustomTestStringConvertible {
    var check: CheckName
    var valid: [String]
    var invalid: [String]
    var testDescription: String { check.rawValue }
  }

  static let vectors: [Vectors] = [
    Vectors(
      check: .usSSN,
      valid: ["607253614", "008106420", "415686603", "177389447"],
      invalid: ["932285821", "997655648", "922141075", "916692313"]
    ),
    Vectors(
      check: .usITIN,
      valid: ["976881779", "929801089", "996888781", "907944550"],
      invalid: ["924932671", "962931752", "923895227", "921934502"]
    ),
    Vectors(
      check: .caSIN,
      valid: ["644566143", "311757900", "395703739", "137125043"],
      invalid: ["649081190", "326423560", "784581150", "409232310"]
    ),
    Vectors(
      check: .brCPF,
      valid: ["27005767802", "96835369809", "05651763821", "06517133151"],
      invalid: ["79646785740", "42030394870", "76980021790", "80878774620"]
    ),
    Vectors(
      check: .mxCURP,
      valid: [
        "MEJH991012MDFNRG02", "FOJL550511MJCCBJ05", "GEKY680323HJCGCR08", "HEEE721124HJCWPK09",
      ],
      invalid: [
        "AARX470710MNLRDG00", "JODT560904HMCVVJ00", "FICF630315MJCPCH00", "JADJ980915HMCRGF01",
      ]
    ),
    Vectors(
      check: .clRUT,
      valid: ["237109031", "128344934", "256144999", "189211201"],
      invalid: ["5393272A", "67073560", "241629860", "105557380"]
    ),
    Vectors(
      check: .arCUIT,
      valid: ["24277583182", "23859112064", "27711802830", "20610124640"],
      invalid: ["27217922710", "20233067850", "24991162200", "24990722340"]
    ),
    Vectors(
      check: .gbNINO,
      valid: ["HB963662B", "RZ330785B", "MS561476C", "YJ683728A"],
      invalid: ["XD575567A", "SD566986C", "RD815062C", "BD221481C"]
    ),
    Vectors(
      check: .gbNHS,
      valid: ["6314917700", "6380329730", "6194305576", "6034002168"],
      invalid: ["6418066460", "4925006670", "6212929340", "6814669600"]
    ),
    Vectors(
      check: .iePPS,
      valid: ["0682306RA", "6112891CA", "0272242U", "4798548BA"],
      invalid: ["8847779A", "6303461WA", "5506202KB", "8378420A"]
    ),
    Vectors(
      check: .auTFN,
      valid: ["230905772", "721425170", "808204880", "216438148"],
      invalid: ["197212380", "674962930", "671822710", "537358760"]
    ),
    Vectors(
      check: .auMedicare,
      valid: ["2511818001", "3947886871", "4077596821", "6036464561"],
      invalid: ["5780455901", "2315048401", "5586843801", "4483468901"]
    ),
    Vectors(
      check: .nzIRD,
      valid: ["93273575", "125185835", "43295012", "121554755"],
      invalid: ["136589960", "108062530", "60659120", "68072970"]
    ),
    Vectors(
      check: .zaID,
      valid: ["9611077741085", "8201172119188", "7101179849186", "7611124218089"],
      invalid: ["0102059300080", "7803229424081", "4004079839180", "5906243970080"]
    ),
    Vectors(
      check: .cnRIC,
      valid: [
        "310104195511032247", "110105199207201648", "110105198005102751", "110105195207013614",
      ],
      invalid: [
        "310104199309251610", "510107200107072920", "11010519700125995A", "310104196112249570",
      ]
    ),
    Vectors(
      check: .krRRN,
      valid: ["4910132419486", "5406032421768", "6001061854116", "8204251023432"],
      invalid: []
    ),
    Vectors(
      check: .krFRN,
      valid: ["8507205666431", "8711116651762", "9001055389975", "9102055374536"],
      invalid: []
    ),
    Vectors(
      check: .twID,
      valid: ["W139506567", "L297676001", "R124897733", "V257120378"],
      invalid: ["R170700780", "W184976440", "B243156600", "S248155230"]
    ),
    Vectors(
      check: .hkHKID,
      valid: ["E9416149", "Z0891445", "C2452039", "B2851100"],
      invalid: ["E5125800", "A5295700", "D3943840", "Y4029080"]
    ),
    Vectors(
      check: .sgNRIC,
      valid: ["G7720784N", "G8312582P", "S3226487E", "S5678022Z"],
      invalid: ["T5456066A", "T0227816A", "S7420088A", "F2342768A"]
    ),
    Vectors(
      check: .myNRIC,
      valid: ["771216056289", "500320058759", "930903073753", "030102013788"],
      invalid: []
    ),
    Vectors(
      check: .thID,
      valid: ["4849297965089", "2645975632065", "5489957241831", "2248896161929"],
      invalid: ["4803113135510", "4577557876300", "4647551391970", "4071996886600"]
    ),
    Vectors(
      check: .idNIK,
      valid: ["3273015702840073", "1271015112920004", "1271015605620026", "5171016401530057"],
      invalid: []
    ),
    Vectors(
      check: .vnCCCD,
      valid: ["031056247274", "048186395349", "031004440538", "031045539284"],
      invalid: []
    ),
    Vectors(
      check: .inAadhaar,
      valid: ["289802616783", "375148603232", "964036185751", "248288431489"],
      invalid: ["401004662690", "854668406960", "228366811080", "936602939540"]
    ),
    Vectors(
      check: .inPAN,
      valid: ["ERHPR2154L", "PFZPY6877J", "PTBPF1377Z", "TWCPS2158E"],
      invalid: ["NSJDC3275L", "LRFDX1271L", "CJWDW0354C", "TZFDD6681N"]
    ),
    Vectors(
      check: .pkCNIC,
      valid: ["3600139396342", "3954823321064", "6566829610907", "6161445820576"],
      invalid: []
    ),
    Vectors(
      check: .ilID,
      valid: ["243654324", "337240147", "301338679", "035946102"],
      invalid: ["143804200", "348667470", "016028700", "150288380"]
    ),
    Vectors(
      check: .trTCKN,
      valid: ["60671741046", "97685926978", "92654271196", "65496125446"],
      invalid: ["24840155320", "27397759381", "62209913020", "17545615570"]
    ),
    Vectors(
      check: .aeID,
      valid: ["784195023078819", "784197626173567", "784196338223801", "784194986896101"],
      invalid: []
    ),
    Vectors(
      check: .saID,
      valid: ["1477272205", "2657420218", "2180190940", "2031774876"],
      invalid: ["2049355370", "1033004560", "2058409080", "2765466510"]
    ),
    Vectors(
      check: .deIDNr,
      valid: ["59608731453", "64183701594", "13488762598", "25497308764"],
      invalid: ["90693578421", "39241054680", "78503629100", "30859274630"]
    ),
    Vectors(
      check: .deSVNR,
      valid: ["65240144R347", "12161173E340", "15090773X009", "53150369N538"],
      invalid: ["65150675X520", "53201100C431", "65170504A660", "15060977G070"]
    ),
    Vectors(
      check: .frNIR,
      valid: ["148112B55703243", "293112A35949933", "283122B24432915", "163027545339096"],
      invalid: ["196022B34059500", "284127510842680", "189017525718930", "243127518754291"]
    ),
    Vectors(
      check: .esDNI,
      valid: ["84293737W", "X3144695C", "Z2707468M", "Z6253480S"],
      invalid: ["X7753998A", "96647899A", "21141958A", "61608412A"]
    ),
    Vectors(
      check: .itCF,
      valid: ["MBDZBZ60H48A944J", "MFTCMT94C47L219J", "NPLPLN98E51F205H", "BMFCCD68H09D612Q"],
      invalid: ["SVPZDS72M68A944B", "RRPPRT04S24F205A", "FVFDRC97E43H501A", "LNMLVN70R11A944A"]
    ),
    Vectors(
      check: .ptNIF,
      valid: ["140305971", "215423488", "307388166", "384547923"],
      invalid: ["214700630", "131190650", "350791630", "122413140"]
    ),
    Vectors(
      check: .nlBSN,
      valid: ["154111235", "178742971", "123358103", "009627121"],
      invalid: ["201073391", "274906990", "186390400", "289730410"]
    ),
    Vectors(
      check: .beRRN,
      valid: ["82072823517", "60072385951", "56061236607", "73121591459"],
      invalid: ["71020220570", "75080501210", "72120402790", "81012257680"]
    ),
    Vectors(
      check: .chAHV,
      valid: ["7567251761751", "7561128793821", "7565203971036", "7568333026546"],
      invalid: ["7565825104990", "7569762217730", "7568708215550", "7562390239150"]
    ),
    Vectors(
      check: .atSVNR,
      valid: ["2932070489", "8205130489", "7589091081", "6561151156"],
      invalid: ["5841040641", "6041080940", "5798090941", "1251061070"]
    ),
    Vectors(
      check: .grAMKA,
      valid: ["28078700326", "18085999532", "16104315458", "02038414815"],
      invalid: ["04070040910", "15026111220", "06046103430", "15048934730"]
    ),
    Vectors(
      check: .sePNR,
      valid: ["7501148485", "0311211668", "8212193273", "4205280979"],
      invalid: ["4804065650", "9811241590", "9611127650", "5006174250"]
    ),
    Vectors(
      check: .fiHETU,
      valid: ["030358A684C", "160153A3857", "081002-651R", "061293A813S"],
      invalid: ["181000A441A", "071167-589A", "281055-357A", "220274-335A"]
    ),
    Vectors(
      check: .noFNR,
      valid: ["08126851198", "12097538164", "18058556676", "23020216077"],
      invalid: ["06089491931", "07049439020", "02128610260", "12109870540"]
    ),
    Vectors(
      check: .dkCPR,
      valid: ["2311482270", "0803460407", "0903947634", "2010803504"],
      invalid: []
    ),
    Vectors(
      check: .isKT,
      valid: ["1709447719", "1004574669", "2604706559", "1407452519"],
      invalid: ["1412872491", "1003997331", "2502675411", "0312922631"]
    ),
    Vectors(
      check: .plPESEL,
      valid: ["59120859218", "90101049820", "65022266557", "91112534398"],
      invalid: ["86122098220", "68111019030", "51040272440", "44071434370"]
    ),
    Vectors(
      check: .czRC,
      valid: ["9160219365", "5806176431", "7212092624", "5604213329"],
      invalid: ["7806142680", "0304261480", "6961177110", "9809217260"]
    ),
    Vectors(
      check: .roCNP,
      valid: ["2850318404191", "2510806405947", "1400828221726", "1690215123013"],
      invalid: ["1630202220440", "2660318409910", "1680128223800", "2710205225090"]
    ),
    Vectors(
      check: .bgEGN,
      valid: ["4506078130", "4406273405", "6811143169", "9503043612"],
      invalid: ["7012058240", "9007014210", "5902119450", "8801046721"]
    ),
    Vectors(
      check: .hrOIB,
      valid: ["96046994089", "70006912273", "21098899039", "71453383000"],
      invalid: ["54698798861", "10639541560", "41532617220", "02674800350"]
    ),
    Vectors(
      check: .eeIK,
      valid: ["39303065486", "35905223245", "40006106965", "35409117781"],
      invalid: ["36201240971", "49109109990", "45809261461", "47410185551"]
    ),
    Vectors(
      check: .rsJMBG,
      valid: ["2305957728009", "1401971723600", "0508980502493", "0905995721727"],
      invalid: ["2303948722600", "2102978716960", "0809975727570", "0201988712870"]
    ),
    Vectors(
      check: .ruSNILS,
      valid: ["11537718859", "17527175889", "10872075552", "11258923553"],
      invalid: ["19369230101", "17400009011", "18887058740", "18716454501"]
    ),
    Vectors(
      check: .ruINN,
      valid: ["500985575731", "507149186236", "169969481536", "165829735180"],
      invalid: ["509462574760", "771665534090", "773568141831", "781277432920"]
    ),
    Vectors(
      check: .uaRNOKPP,
      valid: ["1729335672", "1957672921", "3670482860", "2389475449"],
      invalid: ["3030763261", "2036901421", "2237749170", "3602459551"]
    ),
    Vectors(
      check: .kzIIN,
      valid: ["510116365775", "500414368505", "570820432644", "691001343945"],
      invalid: ["631113380900", "570319447180", "790211322990", "400414330350"]
    ),
  ]

  @Test(arguments: vectors)
  func checkDigits(vectors: Vectors) throws {
    for text in vectors.valid {
      let verdict = try Support.check(vectors.check, text).verdict
      #expect(verdict.result != .fail, "\(text)")
      #expect(verdict.weight == 0 || vectors.check == .dkCPR, "\(text)")
      #expect(verdict.evidence == .checksum || verdict.evidence == .format)
    }
    for text in vectors.invalid {
      #expect(try Support.check(vectors.check, text).verdict.result == .fail, "\(text)")
    }
  }

  /// A digit more or less, a letter among digits, nothing, one digit over and over.
  @Test(arguments: vectors)
  func otherForms(vectors: Vectors) throws {
    guard let text = vectors.valid.first else { return }
    // Some numbers may have a letter or two digits of a year more.
    let exceptions: [CheckName] = [.gbNINO, .auMedicare, .iePPS, .nzIRD, .clRUT, .hkHKID, .auTFN]
    for wrong in ["", "なし", String(repeating: "0", count: text.count), text + "00", "\(text)#"] {
      #expect(try Support.check(vectors.check, wrong).verdict.result == .fail, "\(wrong)")
    }
    if !exceptions.contains(vectors.check) {
      #expect(try Support.check(vectors.check, String(text.dropLast())).verdict.result == .fail)
    }
  }

  /// Every check of a number is reached: none falls through to a check that knows nothing.
  @Test func allChecksHaveVectors() {
    let tested = Set(Self.vectors.map(\.check))
    let named = CheckName.allCases.filter {
      let parts = $0.rawValue.split(separator: "_")
      return parts.count == 2 && parts[0].count == 2 && $0 != .myNumber
    }
    #expect(tested == Set(named))
  }

  /// The published numbers of dictionaries and manuals.
  @Test(arguments: [
    (CheckName.brCPF, "11144477735"), (.brCPF, "52998224725"), (.cnRIC, "11010519491231002X"),
    (.cnRIC, "440308199901100018"), (.krRRN, "9710139019191"), (.krRRN, "8001011234560"),
    (.gbNHS, "9434765919"), (.gbNHS, "4010232137"), (.plPESEL, "44051401359"),
    (.trTCKN, "10000000146"), (.frNIR, "295091094115307"), (.frNIR, "180017511600146"),
    (.esDNI, "54362315K"), (.esDNI, "12345678Z"), (.nlBSN, "111222333"), (.nlBSN, "123456782"),
    (.inAadhaar, "234567890124"), (.inAadhaar, "999999990019"), (.ptNIF, "123456789"),
    (.deIDNr, "86095742719"), (.itCF, "RSSMRA85T10A562S"), (.chAHV, "756.1234.5678.97"),
    (.fiHETU, "131052-308T"),
  ])
  func published(check: CheckName, text: String) throws {
    let verdict = try Support.check(check, text).verdict
    #expect(verdict.result == .pass, "\(check) \(text)")
  }

  @Test(arguments: [
    (CheckName.brCPF, "11144477736"), (.cnRIC, "110105194912310021"), (.gbNHS, "9434765918"),
    (.plPESEL, "44051401358"), (.trTCKN, "10000000147"), (.frNIR, "295091094115308"),
    (.esDNI, "54362315L"), (.nlBSN, "111222334"), (.inAadhaar, "234567890125"),
    (.usSSN, "000-12-3456"), (.usSSN, "666-12-3456"), (.usSSN, "900-12-3456"),
    (.usSSN, "123-00-4567"), (.usSSN, "123-45-0000"), (.usITIN, "912-49-1234"),
    (.gbNINO, "QQ123456C"), (.gbNINO, "BG123456A"), (.gbNINO, "AB123456E"),
    (.sgNRIC, "A1234567D"), (.myNRIC, "801301-14-5566"), (.idNIK, "9971010101800001"),
  ])
  func publishedInvalid(check: CheckName, text: String) throws {
    #expect(try Support.check(check, text).verdict.result == .fail)
  }

  @Test(arguments: ["078-05-1120", "219-09-9999", "123-45-6789"])
  func sampleSocialSecurityNumbers(text: String) throws {
    #expect(try Support.check(.usSSN, text).verdict.isSample)
    #expect(try !Support.check(.usSSN, "219-09-9998").verdict.isSample)
  }

  /// Where the issuer has given the digit up, a digit that does not fit lowers the confidence only.
  @Test func lenientDigits() throws {
    let fits = try Support.check(.krRRN, "800101-1234560").verdict
    #expect(fits.result == .pass)
    let random = try Support.check(.krRRN, "800101-1234561").verdict
    #expect(random.result == .unknown)
    #expect(random.weight < 0)
    #expect(try Support.check(.krRRN, "801301-1234560").verdict.result == .fail)
    let denmark = try Support.check(.dkCPR, "070761-4285").verdict
    #expect(denmark.result == .pass)
    #expect(try Support.check(.dkCPR, "070761-4286").verdict.result == .unknown)
  }
}

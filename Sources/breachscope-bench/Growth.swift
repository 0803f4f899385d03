import BreachBytes
import Foundation

/// What counting the persons of many records takes: the curve from a million to a hundred.
///
/// Records are made while they are read; nothing but the program's spool is on disk.
struct Growth: Encodable {
  var records: Int
  /// Records times the values in each.
  var pairs: Int
  var bytes: Int
  var wall: Double
  var cpu: Double
  /// Of the whole process tree, twice a second.
  var peakBytes: Int
  var spoolBytes: Int
  /// Persons at least, likely, and at most; and as they are.
  var persons: [Int]
  var truth: Int

  var bytesPerPair: Double { Double(spoolBytes) / Double(max(1, pairs)) }

  private struct Result: Decodable {
    struct Persons: Decodable {
      var low, likely, high: Int
    }
    var persons: Persons
  }

  /// Scans a crowd of so many records.
  static func measure(_ records: Int, binary: String, memory: String, in folder: String) throws
    -> Growth
  {
    let crowd = Crowd(records: records)
    let path = "\(folder)/growth.json"
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: binary)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.arguments = [
      "scan", "-", "--output", path, "--memory", memory, "--no-progress", "--quiet",
    ]
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // Who reads no more is measured no more.
    signal(SIGPIPE, SIG_IGN)
    let before = (OwnProcess.monotonicSeconds, OwnProcess.childrenSeconds)
    try process.run()
    try pipe.fileHandleForReading.close()
    let writer = Thread {
      crowd.write(to: pipe.fileHandleForWriting.fileDescriptor)
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    var (peak, spool) = (0, 0)
    while process.isRunning {
      peak = max(peak, Invocation.memory(ofTree: process.processIdentifier))
      spool = max(spool, Invocation.spool(of: process.processIdentifier))
      Thread.sleep(forTimeInterval: 0.5)
    }
    let wall = OwnProcess.monotonicSeconds - before.0
    guard process.terminationStatus == 0 else {
      throw BenchError("breachscope failed with \(process.terminationStatus)")
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let found = try JSONDecoder().decode(Result.self, from: data).persons
    try? FileManager.default.removeItem(atPath: path)
    return Growth(
      records: records,
      pairs: crowd.pairs,
      bytes: crowd.bytes,
      wall: wall,
      cpu: OwnProcess.childrenSeconds - before.1,
      peakBytes: peak,
      spoolBytes: spool,
      persons: [found.low, found.likely, found.high],
      truth: crowd.persons
    )
  }
}

/// Invented members of a shop; every tenth record is one of them again, without number and phone.
final class Crowd: @unchecked Sendable {
  let records: Int
  /// Bytes that were written; to be read when all are.
  private(set) var bytes = 0

  init(records: Int) { self.records = records }

  var persons: Int { records - records / 10 }

  /// Six values in most records, four in those that come again.
  var pairs: Int { persons * 6 + records / 10 * 4 }

  private static func words(_ text: String) -> [[UInt8]] {
    text.split(separator: " ").map { Array($0.utf8) }
  }

  private static let families = [
    words("佐 鈴 高 田 伊 渡 山 中 小 加 吉 松 井 木 斎 清 石 前 藤 岡 後 近 村 遠 青"),
    words("藤 木 橋 中 東 辺 本 村 林 田 川 野 上 原 島 崎 口 井 谷 沢"),
  ]
  private static let givens = [
    words("健 和 直 正 明 美 由 真 裕 智 恵 洋 幸 陽 隆 浩 優 大 愛 千 久 茂 博 光 春"),
    words("一 子 樹 彦 美 太 也 代 香 介 人 夫 江 奈 之 男 里 志 郎 乃"),
  ]
  private static let cities = words(
    "北海道札幌市中央区 宮城県仙台市青葉区 埼玉県さいたま市大宮区 千葉県千葉市中央区 東京都千代田区 "
      + "神奈川県横浜市西区 新潟県新潟市中央区 愛知県名古屋市中区 京都府京都市中京区 大阪府大阪市北区"
  )
  private static let towns = words("本 栄 緑 旭 幸 春日 若葉 東雲 朝日 大手 中央 末広 千歳 桜 弥生 寿 元 曙 錦 泉")

  /// Writes a list of all to a descriptor; ends early when nobody reads any more.
  func write(to descriptor: Int32) {
    var text = Array("会員番号,氏名,生年月日,電話番号,メールアドレス,住所\n".utf8)
    for record in 0..<records {
      let isAgain = record % 10 == 9
      let person = isAgain ? record / 2 - (record / 2 % 10 == 9 ? 1 : 0) : record
      Self.append(person, isAgain, to: &text)
      guard text.count > 1 << 20 || record == records - 1 else { continue }
      guard Self.write(text, to: descriptor) else { return }
      bytes += text.count
      text.removeAll(keepingCapacity: true)
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, let base = buffer.baseAddress {
        let written = unsafe Foundation.write(descriptor, base + done, buffer.count - done)
        if written <= 0 { return false }
        done += written
      }
      return true
    }
  }

  /// No two persons have the same name and day of birth, phone number, mailbox or house.
  private static func append(_ person: Int, _ isAgain: Bool, to text: inout [UInt8]) {
    let name = person % 250_000
    let day = (person / 250_000 + name * 7_919) % 15_000
    let house = person / 10
    if !isAgain { number(person + 100_000_000, 9, to: &text) }
    text.append(0x2C)
    text += families[0][name % 25]
    text += families[1][name / 25 % 20]
    text.append(0x20)
    text += givens[0][name / 500 % 25]
    text += givens[1][name / 12_500]
    text.append(0x2C)
    number(1_945 + day / 300, 4, to: &text)
    text.append(0x2D)
    number(day / 25 % 12 + 1, 2, to: &text)
    text.append(0x2D)
    number(day % 25 + 1, 2, to: &text)
    text.append(0x2C)
    if !isAgain {
      number(70 + person % 3 * 10, 3, to: &text)
      text.append(0x2D)
      number(person / 3 / 10_000 % 10_000, 4, to: &text)
      text.append(0x2D)
      number(person / 3 % 10_000, 4, to: &text)
    }
    text += [0x2C, 0x75]
    number(person, 1, to: &text)
    text += Array("@example-mail.jp,".utf8)
    text += cities[person % 10]
    text += towns[house % 20]
    text += Array("町".utf8)
    number(house / 20 % 30 + 1, 1, to: &text)
    text.append(0x2D)
    number(house / 600 % 100 + 1, 1, to: &text)
    text.append(0x2D)
    number(house / 60_000 + 1, 1, to: &text)
    text.append(0x0A)
  }

  /// Appends a number with at least so many digits.
  private static func number(_ number: Int, _ width: Int, to text: inout [UInt8]) {
    let start = text.count
    var (rest, digits) = (number, 0)
    while rest > 0 || digits < width {
      text.append(UInt8(0x30 + rest % 10))
      rest /= 10
      digits += 1
    }
    text[start...].reverse()
  }
}

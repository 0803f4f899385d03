internal import BreachModel
internal import BreachReports

extension CaseStatus {
  /// Gaps, questions and steps that are shown; the rest is counted.
  private static let most = 20

  func text(_ language: ReportLanguage) -> String {
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    var lines = [
      say("\(title)（\(created.prefix(10)) 開始）", "\(title) (begun \(created.prefix(10)))")
    ]
    if let closed {
      lines.append(
        say(
          "  終了  \(closed.prefix(10)) に鍵を破棄しました",
          "  Closed    on \(closed.prefix(10)); its key was destroyed"
        )
      )
    }
    if let brokenLine {
      lines.append(
        say(
          "  注意: log.ndjson の\(brokenLine)行目が前の行とつながりません。記録が書き換えられています",
          "  WARNING: line \(brokenLine) of log.ndjson does not follow from what stands before: the log was changed"
        )
      )
    }
    if let resultPath {
      lines.append(say("  結果  \(resultPath)", "  Result    \(resultPath)"))
    } else {
      lines.append(
        say("  結果  まだありません。scan で調べてください", "  Result    none yet; begin with `scan`")
      )
    }
    if let count = result?.persons?.count {
      lines.append(
        say(
          "  本人の数  約\(count.likely)人（最小\(count.low)人、最大\(count.high)人）",
          "  Persons   about \(count.likely) (at least \(count.low), at most \(count.high))"
        )
      )
    }
    if !duties.isEmpty { lines += ["", say("期限", "Due")] }
    for due in duties {
      let duty = due.duty
      let day = duty.due ?? say(duty.dueText.ja, duty.dueText.en)
      let mark = due.isOverdue ? say("【期限超過】", "OVERDUE ") : ""
      lines.append("  \(mark)\(day)  \(say(duty.title.ja, duty.title.en)) (\(duty.id))")
    }
    add(say("未回答の質問", "Open questions"), questions, &lines, language) {
      "\(say($0.question.ja, $0.question.en)) (\($0.id))"
    }
    add(say("読めなかったもの", "Not read"), result?.coverage.gaps ?? [], &lines, language) { gap in
      "\(gap.path) (\(gap.reason.rawValue))"
    }
    add(say("報告", "Reports"), reports, &lines, language) { report in
      report.isOlder
        ? say(
          "\(report.path)（結果または事案の事実より古い）",
          "\(report.path) (older than the result or the facts; make it anew)"
        ) : report.path
    }
    let shown = steps.suffix(Self.most)
    lines += ["", say("行ったこと（\(steps.count)件）", "What was done (\(steps.count))")]
    for step in shown {
      lines.append("  \(step.time)  \(step.exit)  \(step.command.joined(separator: " "))")
    }
    lines.append(
      say(
        "  記録の最後の行のSHA-256: \(lastDigest)",
        "  SHA-256 of the log's last line: \(lastDigest)"
      )
    )
    return lines.map(displaySafe).joined(separator: "\n")
  }

  private func add<Item>(
    _ title: String,
    _ items: [Item],
    _ lines: inout [String],
    _ language: ReportLanguage,
    _ text: (Item) -> String
  ) {
    guard !items.isEmpty else { return }
    lines += ["", "\(title) (\(items.count))"]
    lines += items.prefix(Self.most).map { "  " + text($0) }
    let rest = items.count - Self.most
    if rest > 0 { lines.append(language == .ja ? "  ほか\(rest)件" : "  and \(rest) more") }
  }
}

internal import BreachModel

/// What results say in English sentences, in both languages: told again by its id.
extension Messages {
  /// Why something was not read and what to do; nil where only the result's own words tell.
  static func remedy(_ reason: GapReason) -> String? {
    switch reason {
    case .needsPassword: "暗号化されています。--passwords FILE でパスワードを指定して調べ直してください"
    case .corrupt: "壊れているか、途中で切れています。元の媒体から取り直してください"
    case .unsupportedFormat: "この版では読めない形式です。CSVやテキストに書き出して調べてください"
    case GapReason("needs_ocr"): "画像の中の文字は読みません。目で確かめるか、OCRの結果を調べてください"
    case .permission: "開く権限がありません。権限のある利用者で調べ直してください"
    case .readError: "読み取りに失敗しました。ディスクや共有を確かめて調べ直してください"
    case .changed: "調べている間に変わりました。調べ直してください"
    case .missing: "見つかりません。パスを確かめてください"
    case .depthLimit: "入れ子または圧縮が深すぎます。展開してから調べてください"
    case .byteLimit: "展開後の大きさが上限を超えました。--max-expanded を上げると続きを読めます"
    case .entryLimit: "中のファイルが多すぎます。続きは読んでいません（--max-members）"
    case .timeLimit: "時間がかかりすぎたため止めました。このファイルだけを調べてください"
    case .patternLimit: "パターンの照合が上限に達しました。このファイルは一部を調べていません"
    case .workerCrash: "読み取り処理が異常終了しました。ファイルの種類を不具合として知らせてください"
    case .excluded: "指定により調べていません"
    case .interrupted: "ここを読む前に調査が止められました"
    default: nil
    }
  }

  /// What a note is about; nil where only the result's own words tell.
  ///
  /// `number` is that of the result's sentence, when it begins with one.
  static func note(_ kind: String, _ number: Int?) -> String? {
    let many = number.map { "\(group($0))件: " } ?? ""
    return switch kind {
    case "excluded": "指定により除外しました"
    case "symlink": "リンクのため、たどっていません"
    case "special": "装置・パイプ・ソケット・リンクのため、開いていません"
    case "self": "この調査の出力のため、読んでいません"
    case "changed": "見つけた後に大きくなりました。見つけた時の大きさまで読みました"
    case "mismatch": "すべて読みましたが、入れ物の記載と合いません"
    case "format": "\(many)形式どおりでない箇所があり、そのまま文字として読みました"
    case "mime": "メールの形式どおりでない部分があり、読める形で読みました"
    case "encoding.mixed": "\(many)ほかと違う文字コードの行があります"
    case "encoding.doubtful":
      "文字が少なく、文字コードを断定できません。--encoding で指定して調査し直せます"
    case "encoding.invalid": "\(many)文字コードとして正しくないバイト列があります"
    case let more where more.hasSuffix(".more"): "\(many)同じ種類の注記がほかにあります"
    default: nil
    }
  }
}

extension ResultView {
  /// Why something was not read, and what to do.
  func told(_ gap: Gap) -> LocalizedText {
    LocalizedText(ja: Messages.remedy(gap.reason) ?? gap.message, en: gap.message)
  }

  /// What a note says.
  func told(_ note: Note) -> LocalizedText {
    let number = Int(note.message.prefix { $0.isASCII && $0.isNumber })
    return LocalizedText(ja: Messages.note(note.kind, number) ?? note.message, en: note.message)
  }

  /// How the number of persons was reckoned that the unread part could add.
  func basis(_ unread: PersonsResult.Unread) -> String {
    guard language == .ja, !unread.basis.isEmpty else { return unread.basis }
    if result.coverage.gaps.isEmpty { return "すべて読みました" }
    if unread.couldAdd != nil {
      return "読めた部分と同じ割合で本人がいるものとした数。圧縮や独自形式のデータにはもっと多く含まれうる"
    }
    return result.coverage.gaps.contains { $0.bytes == nil }
      ? "読めなかったものの一部の大きさが分からない" : "読めた部分に何もなく、推定できない"
  }
}

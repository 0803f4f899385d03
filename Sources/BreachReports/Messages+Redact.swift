package import BreachModel

/// What `redact` says.
extension Messages {
  package static func redacted(copied: Int, found: Int, values: Int, output: String)
    -> LocalizedText
  {
    LocalizedText(
      ja: "\(output): \(group(found))ファイルのうち\(group(copied))ファイルを複製し、値\(group(values))件を置き換えました",
      en: "\(output): \(group(copied)) of \(count(found, "file")) copied, "
        + "\(count(values, "value")) replaced"
    )
  }

  package static func redactedHeading(tokens: Bool) -> LocalizedText {
    tokens
      ? LocalizedText(
        ja: "置き換えた値（同じ値は同じ記号に）:",
        en: "Values replaced (the same value by the same token):"
      )
      : LocalizedText(ja: "置き換えた値（すべて****に）:", en: "Values replaced (each by ****):")
  }

  package static func redactedNames(_ names: Int) -> LocalizedText {
    LocalizedText(
      ja: "名前に検出のあったファイル・フォルダー\(group(names))件は、番号に変えました",
      en: "\(count(names, "name")) of files or folders held a finding and became a number"
    )
  }

  package static func notCopiedHeading(_ count: Int) -> LocalizedText {
    LocalizedText(
      ja: "複製しなかったもの\(group(count))件（値が残りうるため）:",
      en: "Not copied, because values could remain (\(group(count))):"
    )
  }

  /// Why something was not copied.
  package static func notCopied(_ reason: String, _ english: String) -> LocalizedText {
    let own: LocalizedText? =
      switch reason {
      case "container":
        LocalizedText(
          ja: "書庫・圧縮ファイルです。展開して、中のファイルを渡してください",
          en: "an archive or a compressed file; unpack it and redact what is inside"
        )
      case "not_text":
        LocalizedText(
          ja: "文字を含まない種類のファイルで、確かめられません",
          en: "a kind of file that holds no text, which cannot be checked"
        )
      case "finding_remains":
        LocalizedText(
          ja: "置き換えても検出が残ります",
          en: "after replacing three times something was still found in it"
        )
      case "structure":
        LocalizedText(
          ja: "置き換えると、行や項目が元と合わなくなります",
          en: "with its values replaced, its records would no longer be the same"
        )
      case "mail_part":
        LocalizedText(
          ja: "添付や符号化された部分で、書き換えられません。メールの他の部分は複製しました",
          en: "an attachment, or encoded in a way that cannot be rewritten; "
            + "the rest of the mail was copied"
        )
      case "symlink":
        LocalizedText(ja: "リンクのため、たどっていません", en: "a link; not followed")
      case "special":
        LocalizedText(
          ja: "装置・パイプ・ソケットのため、開いていません",
          en: "a device, pipe or socket; not opened"
        )
      default: nil
      }
    if let own { return own }
    return LocalizedText(ja: remedy(GapReason(reason)) ?? english, en: english)
  }
}

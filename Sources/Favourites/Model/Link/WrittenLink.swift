/// What a text means as a link: the one rule for words that people type, and for what other
/// programs and people write where a link belongs.
package enum WrittenLink {
  /// Whether a word in running text is a link: it has a scheme, or begins with `www.`.
  package static func isLink(_ word: String) -> Bool {
    Draft.looksLikeURL(word)
      || isWorldWide(word) && !word.unicodeScalars.contains { $0.isWhitespace }
  }

  /// A word without the `<` and `>` around it that mark a link in mails and Markdown.
  package static func bare(_ word: String) -> String {
    guard word.utf8.first == UInt8(ascii: "<"), word.utf8.last == UInt8(ascii: ">") else {
      return word
    }
    return String(word.unicodeScalars.dropFirst().dropLast())
  }

  /// The link that a text in the place of a link stands for: the text itself if it has a scheme;
  /// with `https:` in front if it begins with a host; nil for any other text, such as `n/a` or a
  /// path.
  package static func url(in text: String) -> String? {
    let text = text.trimmed
    if isWorldWide(text) || beginsWithHost(text) { return "https://" + text }
    if text.utf8.starts(with: "//".utf8), beginsWithHost(String(text.dropFirst(2))) {
      return "https:" + text
    }
    guard let scheme = URLScheme(of: text) else { return nil }
    let rest = text.unicodeScalars.dropFirst(scheme.name.utf8.count + 1)
    // `Alien: Resurrection` is no link, but a script may begin with a space.
    guard let next = rest.first, !next.isWhitespace || scheme.name == "javascript" else {
      return nil
    }
    return text
  }

  /// Whether a word is `www.` and a host, with or without a path.
  static func isWorldWide(_ word: String) -> Bool {
    guard word.utf8.prefix(4).map(\.loweredASCII).elementsEqual("www.".utf8) else {
      return false
    }
    return labels(of: String(word.dropFirst(4))).map { $0.count >= 2 } ?? false
  }

  /// Whether a text without white space begins with a host of several labels, such as
  /// `example.org/page`; but not a file, such as `page.html`, or an address of mail.
  private static func beginsWithHost(_ text: String) -> Bool {
    guard let labels = labels(of: text), labels.count >= 2, let last = labels.last,
      last.utf8.count >= 2, !last.utf8.contains(where: \.isASCIIDigit) || last.hasPrefix("xn--"),
      !text.unicodeScalars.contains(where: { $0.isWhitespace })
    else { return false }
    let isWhole = text.utf8.count == labels.reduce(labels.count - 1) { $0 + $1.utf8.count }
    return !isWhole || !fileEndings.contains(last.lowercased())
  }

  /// The labels of the host at the beginning of a text, which may end with a port; nil if it is
  /// none.
  private static func labels(of text: String) -> [String]? {
    let host = text.utf8.prefix { !"/?#:".utf8.contains($0) }
    let rest = text.utf8[host.endIndex...]
    if rest.first == UInt8(ascii: ":") {
      let port = rest.dropFirst().prefix { !"/?#".utf8.contains($0) }
      guard !port.isEmpty, port.count <= 5, port.allSatisfy(\.isASCIIDigit) else { return nil }
    }
    guard
      host.allSatisfy({
        $0 >= 0x80 || $0 == 0x2D || $0 == 0x2E || $0.isASCIILetter || $0.isASCIIDigit
      })
    else { return nil }
    let labels = Substring(host).split(separator: ".", omittingEmptySubsequences: false)
    return labels.contains(where: \.isEmpty) ? nil : labels.map(String.init)
  }

  /// Endings of files, which are no top-level domains to anybody who writes them.
  private static let fileEndings: Set<String> = [
    "asp", "aspx", "avi", "bmp", "css", "csv", "doc", "docx", "epub", "exe", "flac", "gif", "gz",
    "htm", "html", "jpeg", "jpg", "js", "json", "jsp", "md", "mov", "odt", "ogg", "pdf",
    "php", "png", "ppt", "pptx", "rar", "rtf", "svg", "tar", "tex", "tsv", "txt", "wav", "webm",
    "webp", "xhtml", "xls", "xlsx", "xml", "yaml", "yml", "zip",
  ]
}

extension Draft {
  /// Completes the link of a favourite that favs did not write. A text that is no link is kept as
  /// the title or, if there is one, as metadata: different things must not share it as their link.
  package mutating func settleLink() {
    guard uid == nil, let text = url?.trimmed, !text.isEmpty else { return }
    if let link = WrittenLink.url(in: text) {
      url = link
    } else if title?.trimmed.isEmpty ?? true {
      (title, url) = (text, nil)
    } else if let value = try? MetadataValue(text, as: .text, key: "url") {
      var key = "url"
      var number = 2
      while values[key] != nil {
        key = "url_\(number)"
        number += 1
      }
      values[key] = value
      url = nil
    }
  }
}

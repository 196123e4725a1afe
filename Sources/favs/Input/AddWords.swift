internal import Favourites
internal import Host

/// The operands of `favs add`: titles and URLs, where adjacent ones make one favourite, and a
/// category at the end.
struct AddWords {
  /// One favourite, by title or URL or both.
  struct Item: Equatable {
    var title: String?
    var url: String?
    /// The name of a file, used if there is no title.
    var fileName: String?

    /// The title; nil to use the one in the link.
    var name: String? { title ?? fileName }
  }

  private(set) var items: [Item] = []
  /// The last word, if it ends with a slash and is not a URL.
  private(set) var category: CategoryPath?

  init(_ words: [String]) throws(Failure) {
    var words = words[...]
    if words.count > 1, let last = words.last, Self.isCategory(last) {
      do {
        category = try Value.newCategory(last)
      } catch {
        throw Failure(.usage, error.message)
      }
      words = words.dropLast()
    }
    for word in words { take(try Self.item(word)) }
  }

  /// Adds an item, or joins it with the one before if one of them is the other's title.
  private mutating func take(_ item: Item) {
    guard var last = items.last else { return items.append(item) }
    if last.title == nil, item.url == nil {
      last.title = item.title
    } else if last.url == nil, item.title == nil {
      last.url = item.url
      last.fileName = item.fileName
    } else {
      return items.append(item)
    }
    items[items.count - 1] = last
  }

  /// Whether a word at the end names a category: `work/`.
  static func isCategory(_ word: String) -> Bool {
    word.utf8.last == UInt8(ascii: "/") && word.utf8.count > 1 && TypedLink(word, .word) == nil
      && !["/", ".", "~"].contains(where: { word.utf8.starts(with: $0.utf8) })
  }

  /// Parses a line of a list. Does not look for mistakes, since nobody typed it here.
  static func item(line: String) -> Item {
    guard let link = TypedLink(line, .line) else { return Item(title: line) }
    return Item(title: link.title, url: link.url)
  }

  private static func item(_ word: String) throws(Failure) -> Item {
    if let link = TypedLink(word, .word) {
      if let right = misspelt(word) { throw mistake(word, ShellWord.quoted(right)) }
      return Item(title: link.title, url: link.url)
    }
    if let (link, name) = try file(word) { return Item(url: link.url, fileName: name) }
    try refuseMistake(word)
    return Item(title: word)
  }

  /// The URL of an existing file, if the word looks like a path or names a regular file.
  private static func file(_ word: String) throws(Failure) -> (TypedLink, name: String)? {
    guard !word.isEmpty, let status = try status(word) else { return nil }
    let looksLikePath = word.utf8.contains(UInt8(ascii: "/"))
    guard status.kind == .regular || (status.kind == .directory && looksLikePath),
      let path = Self.absolute(word)
    else { return nil }
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) }
    return (TypedLink(path: path), name ?? path)
  }

  private static func status(_ word: String) throws(Failure) -> FileStatus? {
    return try Failure.of(FileStatus.reached(by: word))
  }

  /// The absolute path of an existing file, with symbolic links resolved only in its folder.
  private static func absolute(_ word: String) -> String? {
    let name = word.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) }
    guard let name, name != ".", name != ".." else { return try? Directory.resolve(word) }
    let end = word.utf8.lastIndex { $0 != UInt8(ascii: "/") } ?? word.startIndex
    guard let folder = try? Directory.resolve(Directory.above(String(word[...end]))) else {
      return nil
    }
    return folder == "/" ? "/" + name : "\(folder)/\(name)"
  }

  // MARK: Mistakes

  /// Throws if a word is more likely a mistake than a title, and suggests what to type instead.
  private static func refuseMistake(_ word: String) throws(Failure) {
    let bytes = Array(word.utf8)
    guard bytes.count > 1, !word.unicodeScalars.contains(where: { $0.isWhitespace })
    else { return }
    if bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "#"),
      bytes.dropFirst().contains(where: \.isASCIILetter)
    {
      throw mistake(word, "-t \(ShellWord.quoted(String(word.dropFirst())))")
    }
    if let slip = bytes.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }),
      slip > 1, slip + 1 < bytes.count,
      bytes[..<slip].allSatisfy({ ($0 >= 0x61 && $0 <= 0x7A) || $0 == UInt8(ascii: "_") })
    {
      let name = String(decoding: bytes[..<slip], as: UTF8.self)
      let value = String(decoding: bytes[(slip + 1)...], as: UTF8.self)
      if let option = options[name] {
        throw mistake(word, "\(option) \(ShellWord.quoted(value))")
      }
      if bytes[slip] == UInt8(ascii: "=") {
        throw mistake(word, "--set \(ShellWord.quoted(word))")
      }
    }
    if let right = misspelt(word) { throw mistake(word, ShellWord.quoted(right)) }
    if bytes.last == UInt8(ascii: "/") {
      throw Failure(
        .usage, "'\(word)' is a category, but there is nothing to add to it",
        hint:
          "favs add TITLE \(ShellWord.quoted(word)), or --title \(ShellWord.quoted(word)) for a "
          + "title"
      )
    }
  }

  private static let options = [
    "url": "-u", "link": "-u", "title": "--title", "note": "--note", "tag": "-t", "tags": "-t",
    "category": "-c", "rank": "--rank",
  ]

  /// The corrected form of a misspelt URL: `htp://a.org`, `https:/a.org`, `https//a.org`,
  /// `a.org/path`.
  private static func misspelt(_ word: String) -> String? {
    let bytes = Array(word.utf8)
    let letters = bytes.prefix(while: \.isASCIILetter)
    let scheme = String(decoding: letters, as: UTF8.self).lowercased()
    let rest = bytes[letters.count...]
    let isKnown = scheme == "http" || scheme == "https"
    let slashes = rest.drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }
    let path = slashes.drop { $0 == UInt8(ascii: "/") }
    if isKnown, !rest.starts(with: "://".utf8), slashes.first == UInt8(ascii: "/"), !path.isEmpty {
      return scheme + "://" + String(decoding: path, as: UTF8.self)
    }
    if !isKnown, rest.starts(with: "://".utf8), scheme.utf8.count > 2, scheme != "ftp",
      let near = ["https", "http"].first(where: { Suggestion.distance(scheme, $0) == 1 })
    {
      return near + String(decoding: rest, as: UTF8.self)
    }
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")), !bytes.contains(UInt8(ascii: ":"))
    else { return nil }
    let labels = bytes[..<slash].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isHost =
      labels.count > 1 && (labels.last?.count ?? 0) > 1
      && labels.allSatisfy { label in
        !label.isEmpty
          && label.allSatisfy { byte in
            byte.isASCIILetter || byte == 0x2D || byte.isASCIIDigit
          }
      }
    return isHost ? "https://" + word : nil
  }

  private static func mistake(_ word: String, _ right: String) -> Failure {
    Failure(
      .usage, "'\(word)' looks like a mistake: did you mean \(right)?",
      hint: "--title \(ShellWord.quoted(word)) keeps it as a title")
  }
}

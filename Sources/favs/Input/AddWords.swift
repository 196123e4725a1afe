internal import Favourites
internal import Host

/// What the words of `favs add` mean: titles and links, one favourite where the two stand beside each other, and
/// the category at their end.
struct AddWords {
  /// One favourite, by what it is called or where it is, or both.
  struct Item: Equatable {
    var title: String?
    var url: String?
    /// What a file is called, where nothing else is said.
    var fileName: String?

    /// What it is to be called; nil for what the link says.
    var name: String? { title ?? fileName }
  }

  private(set) var items: [Item] = []
  /// The last word, where it ends with a slash and is no link.
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

  /// Puts what a word means beside the word before it, where one is the title of the other.
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

  /// Whether the last word of several names a category to go to: `work/`.
  static func isCategory(_ word: String) -> Bool {
    word.utf8.last == UInt8(ascii: "/") && word.utf8.count > 1 && TypedLink(word, .word) == nil
      && !["/", ".", "~"].contains(where: { word.utf8.starts(with: $0.utf8) })
  }

  /// What a line of a list means: never refused for how it looks, since nobody typed it here.
  static func item(line: String) -> Item {
    guard let link = TypedLink(line, .line) else { return Item(title: line) }
    return Item(title: link.title, url: link.url)
  }

  private static func item(_ word: String) throws(Failure) -> Item {
    if let link = TypedLink(word, .word) {
      if let right = misspelt(word) { throw mistake(word, "'\(right)'") }
      return Item(title: link.title, url: link.url)
    }
    if let (link, name) = try file(word) { return Item(url: link.url, fileName: name) }
    try refuseMistake(word)
    return Item(title: word)
  }

  /// The link of a file that is there: what looks like a path, or is a plain file.
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

  /// The absolute path of what is there; only its folder is freed of links.
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

  /// Refuses a word that is more likely a slip than a title, and says what to type instead.
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

  /// A link as it was meant: `htp://a.org`, `https:/a.org`, `https//a.org`, `a.org/path`.
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

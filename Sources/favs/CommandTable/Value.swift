internal import Exchange
internal import Favourites
internal import Host

/// Parsers for the values of options and operands.
enum Value {
  /// A whole number that is not below a minimum.
  static func count(_ text: String, atLeast least: Int64) throws(ValueError) -> Int64 {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      throw ValueError("'\(text)' is not a number")
    }
    guard let number = Int64(text) else { throw ValueError("'\(text)' is out of range") }
    guard number >= least else { throw ValueError("\(text) is below \(least)") }
    return number
  }

  /// A whole number from 1.
  static func positive(_ text: String) throws(ValueError) -> Int64 {
    try count(text, atLeast: 1)
  }

  /// A number of rows or pages, from 1. Capped at more than any database can hold, so that
  /// calculations cannot overflow.
  static func amount(_ text: String) throws(ValueError) -> Int64 {
    min(try positive(text), 1 << 40)
  }

  /// The number of changes to undo or redo.
  static func steps(_ text: String) throws(ValueError) -> Int64 {
    let count = try positive(text)
    guard count <= 10_000 else { throw ValueError("\(text) is above 10000") }
    return count
  }

  /// The number of a change, with or without its `@` or `#`.
  static func change(_ text: String) throws(ValueError) -> Int64 {
    try count(isMarkedChange(text) ? String(text.dropFirst()) : text, atLeast: 1)
  }

  /// Whether a word names a change where a favourite is possible too: `@12`, or `#12`, which shells
  /// require to be quoted.
  static func isMarkedChange(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return (text.utf8.first == UInt8(ascii: "@") || text.utf8.first == UInt8(ascii: "#"))
      && !digits.isEmpty && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// One of a fixed set of names.
  static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ type: Choice.Type
  ) -> @Sendable (String) throws(ValueError) -> Choice where Choice.RawValue == String {
    let choices = Array(type.allCases)
    return { (text) throws(ValueError) in
      guard let choice = choices.first(where: { $0.rawValue == text }) else {
        let names = choices.map(\.rawValue).joined(separator: ", ")
        throw ValueError("'\(text)' is not one of \(names)")
      }
      return choice
    }
  }

  /// The name of a file to write a database to, which standard output is not.
  static func newFile(_ text: String) throws(ValueError) -> String {
    guard text != "-" else {
      throw ValueError(
        "a database cannot be written to standard output",
        hint: "name a file; favs export --full - writes all that is in it as text")
    }
    return text
  }

  /// The name of an import format.
  static func format(_ text: String) throws(ValueError) -> Format {
    guard let format = Format.named(text) else {
      let names = Format.all.map(\.name).joined(separator: ", ")
      throw ValueError("'\(text)' is not one of \(names)")
    }
    return format
  }

  /// The name of an export format.
  static func exportFormat(_ text: String) throws(ValueError) -> ExportFormat {
    guard let format = ExportFormat.named(text) else {
      let names = ExportFormat.all.map(\.name).joined(separator: ", ")
      throw ValueError("'\(text)' is not one of \(names)")
    }
    return format
  }

  /// A field and the column assigned to it: `FIELD=COLUMN`.
  static func column(_ text: String) throws(ValueError) -> ColumnMapping {
    let parts = text.unicodeScalars.split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false
    ).map { String($0).trimmed }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ValueError("'\(text)' is not FIELD=COLUMN")
    }
    guard let field = TableField(named: parts[0]) else {
      throw ValueError(
        "unknown field '\(parts[0])'", hint: "the fields are \(TableField.list)")
    }
    return ColumnMapping(field: field, column: parts[1])
  }

  /// The path of a category, with or without a trailing slash.
  static func category(_ text: String) throws(ValueError) -> CategoryPath {
    do {
      return try CategoryPath(typed: text)
    } catch {
      throw ValueError(error.message)
    }
  }

  /// The path of a category that is created if it does not exist.
  static func newCategory(_ text: String) throws(ValueError) -> CategoryPath {
    let path = try category(text)
    guard !path.endsLikeRank else { throw ValueError(CategoryPathError.rank(text).message) }
    return path
  }

  /// A URL, completed where it begins with a host. An empty text is none.
  static func url(_ text: String) throws(ValueError) -> String {
    guard !text.trimmed.isEmpty else { return text }
    guard let url = WrittenLink.url(in: text) else {
      throw ValueError(
        "'\(text)' is not a URL",
        hint: "a URL has a scheme, as in https://example.org; --set KEY=VALUE keeps other text")
    }
    return url
  }

  /// A tag.
  static func tag(_ text: String) throws(ValueError) -> TagName {
    do {
      return try TagName.parse(text)
    } catch {
      throw ValueError(error.message)
    }
  }

  /// Tags, separated by commas.
  static func tags(_ text: String) throws(ValueError) -> [TagName] {
    var tags: [TagName] = []
    for name in text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false) {
      tags.append(try tag(String(name)))
    }
    return tags
  }

  /// Tags, each with an optional sign: `+x` or `x` adds a tag, `-x` removes it. A second sign is
  /// part of the name: `++x`.
  static func signedTags(_ text: String) throws(ValueError) -> [SignedTag] {
    var tags: [SignedTag] = []
    for part in text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false) {
      let name = String(part).trimmed
      let isSigned = name.utf8.first == UInt8(ascii: "+") || name.utf8.first == UInt8(ascii: "-")
      tags.append(
        SignedTag(
          name: try tag(isSigned ? String(name.unicodeScalars.dropFirst()) : name),
          isTaken: name.utf8.first == UInt8(ascii: "-")))
    }
    return tags
  }

  /// Tags for new favourites.
  static func newTags(_ text: String) throws(ValueError) -> [TagName] {
    let tags = try signedTags(text)
    if let taken = tags.first(where: \.isTaken) {
      let name = taken.name.text
      throw ValueError(
        "cannot remove tag '\(name)' from a new favourite",
        hint: "\(ShellWord.quoted("+-" + name)) means the tag '-\(name)'")
    }
    return tags.map(\.name)
  }

  /// Metadata to set: `KEY[:TYPE]=VALUE`.
  static func assignment(_ text: String) throws(ValueError) -> MetadataAssignment {
    do {
      return try MetadataAssignment.parse(text)
    } catch {
      throw ValueError(error.message)
    }
  }

  /// A metadata field of a category: `NAME[:TYPE]`.
  static func field(_ text: String) throws(ValueError) -> MetadataField {
    do {
      return try MetadataField.parse(text)
    } catch {
      throw ValueError(error.message)
    }
  }

  /// A condition on metadata: `KEY OP VALUE`.
  static func condition(_ text: String) throws(ValueError) -> MetadataCondition {
    do {
      return try MetadataCondition.parse(text)
    } catch {
      throw ValueError("\(error.field) \(error.reason)", hint: error.hint)
    }
  }

  /// What a favourite may have: its URL, note or tags, or metadata, in quotes if it is called as a
  /// field.
  static func trait(_ text: String) throws(ValueError) -> Query.Trait {
    if text.utf8.count > 2, text.utf8.first == 0x22, text.utf8.last == 0x22 {
      return .metadata(String(text.dropFirst().dropLast()))
    }
    if text.lowercased() == "tag" { return .tags }
    let trait = Query.Trait(text)
    guard case .metadata(let name) = trait, MetadataCondition.isField(name) else { return trait }
    throw ValueError(
      "'\(text)' is not url, note, tags or metadata",
      hint: "metadata of this name is '\"\(text)\"'")
  }

  /// A rank: a number, `first` or `last`.
  static func rank(_ text: String) throws(ValueError) -> Patch.Destination {
    switch text {
    case "first": .rank(1)
    case "last": .last
    default: .rank(try positive(text))
    }
  }

  /// An order: a key, with an optional `-` in front to reverse it.
  static func ordering(_ text: String) throws(ValueError) -> Ordering {
    guard let ordering = Ordering(text) else {
      throw ValueError(
        "'\(text)' is not one of \(Ordering.names.joined(separator: ", ")), nor a metadata key"
      )
    }
    return ordering
  }

  /// Fields to show, separated by commas.
  static func fields(_ text: String) throws(ValueError) -> [FavouriteField] {
    switch FavouriteField.list(text) {
    case .success(let fields): return fields
    case .failure(let unknown):
      let names = FavouriteField.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValueError("unknown field '\(unknown.name)'", hint: "the fields are \(names)")
    }
  }

  /// A command such as `$EDITOR`: a program and its arguments.
  static func command(_ text: String) throws(ValueError) -> String {
    guard let words = Child.words(of: text), !words.isEmpty else {
      throw ValueError("not a command: '\(text)'")
    }
    return text
  }

  /// A whole number from 1 to a maximum.
  static func upTo(_ most: Int64) -> @Sendable (String) throws(ValueError) -> Int64 {
    { (text) throws(ValueError) in
      let number = try positive(text)
      guard number <= most else { throw ValueError("\(text) is above \(most)") }
      return number
    }
  }

  /// A duration in seconds: `20s`, `2m`, or a plain number; at most one hour.
  static func seconds(_ text: String) throws(ValueError) -> Int64 {
    let units: [UInt8: Int64] = [UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60]
    let unit = text.utf8.last.flatMap { units[$0] }
    let digits = unit == nil ? text : String(text.dropLast())
    guard let number = try? positive(digits), number <= 3_600, number * (unit ?? 1) <= 3_600 else {
      throw ValueError("'\(text)' is not a time such as 20s or 1m, up to an hour")
    }
    return number * (unit ?? 1)
  }

  /// An age: `30d`.
  static func age(_ text: String) throws(ValueError) -> String {
    do {
      let moment = try Moment.parse(text, now: Timestamp(milliseconds: Clock.now()), in: .system)
      guard moment.isAge else { throw MomentError.notADate(text) }
      return text
    } catch {
      throw ValueError("'\(text)' is not an age such as 30d or 6m")
    }
  }

  /// A cursor.
  static func cursor(_ text: String) throws(ValueError) -> Cursor {
    guard let cursor = Cursor(text: text) else {
      if Cursor.isOfAnotherVersion(text) {
        throw ValueError(
          "the cursor was made by another version of favs with another sort order",
          hint: "start the list again, without --after")
      }
      throw ValueError(
        "'\(text)' is not a cursor", hint: "use \"next\" from the output of --envelope")
    }
    return cursor
  }
}

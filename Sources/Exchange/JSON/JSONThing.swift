internal import Favourites

/// A JSON value as one or more rows of a table: an object without a link, but with a list of
/// objects with links, is a folder, such as a playlist, a window or a session.
struct JSONThing {
  private let value: JSONValue

  /// How deep to search for nested folders.
  private static let deepest = 8

  init(_ value: JSONValue) { self.value = value }

  /// Whether it is a link, has a key for titles or links, or is a folder.
  var isTelling: Bool {
    switch value {
    case .string(let text): return TableCell.isLink(text)
    case .object(let object):
      let names = JSONRow(object).cells.map(\.name.lastPart)
      return names.contains(where: Self.tells) || !Self.lists(in: object, depth: 0).isEmpty
    default: return false
    }
  }

  /// Whether there is a link in it.
  var holdsLinks: Bool {
    if case .string(let text) = value { return TableCell.isLink(text) }
    return Self.holdsLinks(value, depth: 0)
  }

  /// The names of the lists of things with links in it.
  var listNames: [String] {
    guard case .object(let object) = value else { return [] }
    return Self.lists(in: object, depth: 0).map(\.key)
  }

  /// Passes on all its rows.
  /// - Parameters:
  ///   - folders: the names of the folders around it.
  ///   - names: the keys of lists around and beside it.
  func rows(
    in folders: [String], lists names: Set<String> = [], at location: Location, depth: Int = 0,
    _ sink: ItemSink,
    _ body: (JSONRow, [String], Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    switch value {
    case .string(let text) where depth == 0 && TableCell.isLink(text):
      var row = JSONRow(JSONObject())
      row.add(.text(text), as: "url")
      try body(row, folders, location)
    case .object(let object):
      let lists = Self.lists(in: object, depth: depth)
      guard !lists.isEmpty, Self.tellsOnlyOfItself(object) else {
        guard Self.isEmptyFolder(object, among: names) else {
          return try body(JSONRow(object), folders, location)
        }
        let path = folders + [Self.text(.title, of: object)].compactMap(\.self)
        if path.count > folders.count {
          try sink(.folder(Folder(path, note: Self.text(.note, of: object))), location)
        }
        return
      }
      let folder = folders + [Self.text(.title, of: object)].compactMap(\.self)
      if !folder.isEmpty, let note = Self.text(.note, of: object) {
        try sink(.folder(Folder(folder, note: note)), location)
      }
      for (key, values) in lists {
        let inner = lists.count > 1 ? folder + [key] : folder
        let known = Self.listNames(in: values, depth: depth + 1).union([key])
        for value in values {
          try JSONThing(value).rows(
            in: inner, lists: known, at: location, depth: depth + 1, sink, body)
        }
      }
    default: try sink(.unreadable("no object"), location)
    }
  }

  // MARK: - Folders

  /// The lists of objects with links, in an object that has no link itself.
  private static func lists(
    in object: JSONObject, depth: Int
  ) -> [(key: String, values: [JSONValue])] {
    guard depth < deepest, !hasLink(object) else { return [] }
    return object.members.compactMap { member in
      guard let values = elements(of: member.value),
        values.contains(where: { holdsLinks($0, depth: depth + 1) })
      else { return nil }
      return (member.key, values)
    }
  }

  /// The names that the first of some things have for their lists.
  private static func listNames(in values: [JSONValue], depth: Int) -> Set<String> {
    var names: Set<String> = []
    for case .object(let object) in values.prefix(64) where names.isEmpty {
      names.formUnion(lists(in: object, depth: depth).map(\.key))
    }
    return names
  }

  private static func holdsLinks(_ value: JSONValue, depth: Int) -> Bool {
    guard case .object(let object) = value else { return false }
    return hasLink(object) || !lists(in: object, depth: depth).isEmpty
  }

  /// The elements of an array, or the values under the ids in an object.
  private static func elements(of value: JSONValue) -> [JSONValue]? {
    switch value {
    case .array(let values): return values
    case .object(let object) where isKeyed(object):
      return object.members.flatMap { elements(of: $0.value) ?? [$0.value] }
    default: return nil
    }
  }

  /// Whether an object is a list: all its members are objects under numbers, or several of them are
  /// links under ids or names, not under the names of fields, as a book and its author are.
  static func isKeyed(_ object: JSONObject) -> Bool {
    let inner = object.members.compactMap { member in
      if case .object(let inner) = member.value { inner } else { nil }
    }
    guard !inner.isEmpty, inner.count == object.members.count else { return false }
    let keys = object.members.map(\.key)
    if keys.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }) { return true }
    return inner.count > 1 && inner.allSatisfy(hasOwnLink)
      && !keys.contains { ofThings.contains(TableField.parted($0)) }
  }

  /// Names of members that are objects with links, and belong to one thing.
  private static let ofThings: Set<String> = Set(TableNames.things).union([
    "account", "actor", "album", "artist", "author", "avatar", "card", "channel", "content",
    "context", "creator", "data", "head", "image", "item", "license", "links", "_links", "media",
    "object", "organization", "owner", "parent", "permissions", "picture", "poster", "preview",
    "profile", "project", "publisher", "repo", "repository", "self", "series", "site", "source",
    "subject", "target", "thumbnail", "urls", "user",
  ])

  /// Whether a member of it is a link.
  private static func hasOwnLink(_ object: JSONObject) -> Bool {
    object.members.contains { member in
      if case .string(let text) = member.value {
        isLink(member.key) && TableCell.isLink(text)
      } else {
        false
      }
    }
  }

  /// Whether an object is a folder in which nothing is: its list is empty, and has the name of one
  /// that it or the things beside it are in, or is called `children`. A task that is done is none.
  private static func isEmptyFolder(_ object: JSONObject, among lists: Set<String>) -> Bool {
    !hasLink(object) && tellsOnlyOfItself(object)
      && !object.members.contains { isOfTask.contains(TableField.parted($0.key)) }
      && object.members.contains { member in
        guard case .array(let values) = member.value, values.isEmpty else { return false }
        return member.key == "children" || lists.contains(member.key)
      }
  }

  private static let isOfTask: Set<String> = [
    "done", "completed", "complete", "checked", "read", "is_read", "finished", "due",
  ]

  /// Whether it contains a link, directly or in a nested object.
  private static func hasLink(_ object: JSONObject) -> Bool {
    object.members.contains { member in
      switch member.value {
      case .string(let text): isLink(member.key) && TableCell.isLink(text)
      case .object(let inner): !isKeyed(inner) && hasLink(inner)
      default: false
      }
    }
  }

  /// Whether, apart from its lists, an object has only members that are common in folders: a name,
  /// a note, dates, ids, counts and flags. With any other member, it is an item itself.
  private static func tellsOnlyOfItself(_ object: JSONObject) -> Bool {
    object.members.allSatisfy { member in
      switch member.value {
      case .null, .bool, .array, .object: true
      default: isOfFolder(member.key)
      }
    }
  }

  /// Whether a member with this name is common in folders.
  static func isOfFolder(_ name: String) -> Bool {
    if let field = TableField(named: name) { return field != .tags }
    let words = TableField.parted(name).split(separator: "_")
    return words.contains { ofFolders.contains(String($0)) } || words.last == "ctime"
  }

  private static let ofFolders: Set<String> = [
    "id", "uid", "uuid", "guid", "key", "type", "kind", "version", "format", "count", "number",
    "total",
    "date", "time", "color", "colour", "icon", "state", "status", "index", "position", "order",
    "sort",
    "size", "length", "owner", "user", "username", "windowsnumber", "tabsnumber", "slug", "hash",
    "app", "application", "exporter", "exported", "generator", "program", "schema", "tool",
  ]

  private static func text(_ field: TableField, of object: JSONObject) -> String? {
    object.members.lazy.filter { TableField(named: $0.key) == field }
      .compactMap { JSONFields.text(of: $0.value)?.trimmed }.first { !$0.isEmpty }
  }

  private static func isLink(_ name: String) -> Bool {
    TableField(named: name) == .url || TableNames.owner(ofLink: TableField.parted(name)) != nil
  }

  private static func tells(_ name: String) -> Bool {
    TableField(named: name) == .title || isLink(name)
  }
}

extension String {
  /// The part after the last full stop of a nested name.
  fileprivate var lastPart: String {
    split(separator: ".").last.map(String.init) ?? self
  }
}

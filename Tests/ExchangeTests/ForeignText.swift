import Favourites
import Testing

@testable import Exchange

/// What a reader made of a text.
struct ForeignText {
  /// The name of the format that it was found to be in; nil for none.
  let format: String?
  var bookmarks: [Bookmark] = []
  var drafts: [Draft] = []
  var folders: [Folder] = []
  var unreadable: [String] = []
  var leftOut: [String] = []
  var passedOver: [String] = []
  /// What is said of the file beside that.
  var remarks: [String] = []
  /// Whether anything of it was lost.
  var hasLoss = false
  /// The lines on which the things stand, one after another.
  var lines: [Int] = []

  /// Finds a text's format and reads it.
  init(
    _ text: String, ending: String = "", format name: String? = nil,
    columns: [String: String] = [:], header: Int? = nil
  ) throws {
    try self.init(Array(text.utf8), ending: ending, format: name, columns: columns, header: header)
  }

  /// The same of bytes.
  init(
    _ bytes: [UInt8], ending: String = "", format name: String? = nil,
    columns: [String: String] = [:], header: Int? = nil
  ) throws {
    var input = ForeignFile(bytes)
    let sniff = Sniff(try input.prefix(), path: ending.isEmpty ? nil : "/x/file." + ending)
    let found = name.flatMap(Format.named) ?? Format.of(sniff)
    format = found?.name
    guard let found else { return }
    var options = ReadingOptions()
    options.columns = columns
    options.headerLine = header
    var items: [(ImportedItem, Location)] = []
    try found.read(&input, options) { item, location in
      items.append((item, location))
    }
    remarks = input.remarks.all.map(\.text)
    hasLoss = input.remarks.hasLoss
    for (item, location) in items {
      lines.append(location.line)
      switch item {
      case .bookmark(let bookmark): bookmarks.append(bookmark)
      case .draft(let draft): drafts.append(draft)
      case .folder(let folder): folders.append(folder)
      case .unreadable(let reason): unreadable.append(reason)
      case .leftOut(let what): leftOut.append(what)
      case .passedOver(let what): passedOver.append(what)
      }
    }
  }
}

extension Bookmark {
  /// A bookmark from its parts.
  init(
    _ title: String? = nil, _ url: String? = nil, note: String? = nil, in folders: [String] = [],
    tags: [String] = [], created: String? = nil, modified: String? = nil, opened: String? = nil,
    metadata: [String: MetadataValue] = [:]
  ) {
    self.init()
    self.title = title
    self.url = url
    self.note = note
    self.folders = folders
    self.tags = tags
    createdAt = created.flatMap(Timestamp.init(rfc3339:))
    modifiedAt = modified.flatMap(Timestamp.init(rfc3339:))
    openedAt = opened.flatMap(Timestamp.init(rfc3339:))
    for (key, value) in metadata { self.metadata[key] = value }
  }
}

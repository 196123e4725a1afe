import Favourites
import Host
import TestSupport

@testable import Exchange

/// What a format made of a file.
struct Reading {
  var bookmarks: [Bookmark] = []
  var folders: [Folder] = []
  var unreadable: [String] = []
  var leftOut: [String] = []
  var passedOver: [String] = []
  /// What is said of the file beside that.
  var remarks: [String] = []
  /// Whether anything of it was lost.
  var hasLoss = false
  var locations: [Location] = []

  /// All of a text, read as the format that it is found to be.
  init(_ text: String, as name: String) throws { try self.init(Array(text.utf8), as: name) }

  /// All of some bytes, read as the format that they are found to be.
  init(_ bytes: [UInt8], as name: String) throws {
    self.init()
    var input = ForeignFile(bytes)
    try read(&input, path: nil, as: name)
  }

  /// All of a file, read as the format that it is found to be.
  init(file path: String, as name: String) throws {
    self.init()
    let file = try File(reading: path)
    var input = try ForeignFile(file, path: path)
    try read(&input, path: path, as: name)
  }

  private mutating func read(
    _ input: inout ForeignFile, path: String?, as name: String
  ) throws {
    guard let format = Format.of(Sniff(try input.prefix(), path: path)), format.name == name else {
      throw ExchangeError.malformed(nil, "not found to be \(name)")
    }
    try format.read(&input, ReadingOptions()) { item, location in
      take(item, location)
    }
    remarks = input.remarks.all.map(\.text)
    hasLoss = input.remarks.hasLoss
  }

  private init() {}

  private mutating func take(_ item: ImportedItem, _ location: Location) {
    locations.append(location)
    switch item {
    case .bookmark(let bookmark): bookmarks.append(bookmark)
    case .folder(let folder): folders.append(folder)
    case .unreadable(let reason): unreadable.append(reason)
    case .leftOut(let what): leftOut.append(what)
    case .passedOver(let what): passedOver.append(what)
    case .draft: unreadable.append("a draft")
    }
  }
}

/// A bookmark with all that is to be in it.
func bookmark(
  _ title: String?, _ url: String?, in folders: [String] = [], note: String? = nil,
  tags: [String] = [], created: String? = nil, modified: String? = nil, opened: String? = nil,
  times: Int64 = 0, _ metadata: [String: String] = [:]
) -> Bookmark {
  var bookmark = Bookmark()
  bookmark.title = title
  bookmark.url = url
  bookmark.folders = folders
  bookmark.note = note
  bookmark.tags = tags
  bookmark.createdAt = created.flatMap { Timestamp(rfc3339: $0) }
  bookmark.modifiedAt = modified.flatMap { Timestamp(rfc3339: $0) }
  bookmark.openedAt = opened.flatMap { Timestamp(rfc3339: $0) }
  bookmark.opened = times
  for (key, value) in metadata { bookmark.set(key, value) }
  return bookmark
}

/// Whether an error says that a file is not what it claims to be.
func isMalformed(_ error: (any Error)?) -> Bool {
  if case .malformed? = error as? ExchangeError { true } else { false }
}

/// The beginnings of some bytes that the format takes for a whole file.
func wholeBeginnings(of bytes: [UInt8], as format: Format) throws -> [Int] {
  var whole: [Int] = []
  for count in 0..<bytes.count {
    let error = failure(Array(bytes[..<count]), as: format)
    if error == nil { whole.append(count) } else if !isMalformed(error) { throw error! }
  }
  return whole
}

/// Why a format cannot read some bytes; nil where it can.
func failure(_ bytes: [UInt8], as format: Format) -> ExchangeError? {
  var input = ForeignFile(bytes)
  do throws(ExchangeError) {
    try format.read(&input, ReadingOptions(), ignore)
    return nil
  } catch {
    return error
  }
}

private func ignore(_ item: ImportedItem, _ location: Location) {}

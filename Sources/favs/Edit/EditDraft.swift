internal import Favourites
internal import Host

/// The file for editing a favourite, in a folder of its own together with the editor's own files.
///
/// It is removed at the end of its scope, unless it is kept. Anything left is removed when the
/// favourite is deleted for good.
struct EditDraft: ~Copyable {
  /// The path of the file.
  let path: String
  private let folder: PrivateFolder
  private let given: [UInt8]

  /// The longest text, in bytes.
  private static let longest = 4 << 20
  private static let mark = "favourite-"
  private static let ending = ".txt"

  private init(_ folder: consuming PrivateFolder, path: String, given: [UInt8]) {
    self.folder = folder
    self.path = path
    self.given = given
  }

  /// Creates a file.
  ///
  /// - Parameter database: the path of the database, whose folder is used if there is no
  ///   `$XDG_RUNTIME_DIR`.
  static func make(
    _ text: String, of uid: UID, beside database: String
  ) throws(Failure) -> EditDraft {
    let folder = try folder(in: places(database))
    let path = "\(folder.path)/\(mark)\(uid.text)\(ending)"
    let bytes = Array(text.utf8)
    try Failure.of { () throws(HostError) in
      let file = try File.createPrivate(at: path)
      try file.writeAll(bytes)
      try file.close()
    }
    return EditDraft(folder, path: path, given: bytes)
  }

  /// The folders in which such files may be. "All paths set in these environment variables must be
  /// absolute."
  static func places(_ database: String) throws(Failure) -> [String] {
    [try StandardPaths.folder(named: "XDG_RUNTIME_DIR"), Directory.above(database)]
      .compactMap(\.self)
  }

  /// Creates a folder in the first usable place: that of a session may be gone, or belong to
  /// another user.
  private static func folder(in places: [String]) throws(Failure) -> PrivateFolder {
    for place in places.dropLast() {
      if let folder = try? PrivateFolder(for: use, in: place) { return folder }
    }
    return try Failure.of(PrivateFolder(for: use, in: places[places.count - 1]))
  }

  /// The text that the editor left.
  func text() throws(Failure) -> String {
    let bytes: [UInt8]?
    do throws(HostError) {
      bytes = try File(reading: path).readToEnd(atMost: Self.longest)
    } catch {
      if error.isNotFound { throw Failure(.conflict, "the form was deleted: nothing changed") }
      throw Failure(error)
    }
    guard let bytes else {
      throw Failure(.invalidInput, "the text is longer than \(Self.longest >> 20) MiB")
    }
    if let offset = UTF8Check.firstInvalidOffset(in: bytes) {
      throw Failure(.invalidInput, "the text is not valid UTF-8 at byte \(offset)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the file contains changes that would be lost with it.
  var isChanged: Bool {
    let bytes: [UInt8]?
    do throws(HostError) {
      bytes = try File(reading: path).readToEnd(atMost: Self.longest)
    } catch {
      return !error.isNotFound
    }
    guard let bytes else { return true }
    return bytes != given && !EditForm.isEmptied(String(decoding: bytes, as: UTF8.self))
  }

  /// Keeps the file where it is.
  consuming func keep() { folder.keep() }

  /// Removes files that editors left for favourites that no longer exist.
  static func sweep(_ forgotten: Set<UID>, in places: [String]) {
    for place in places {
      PrivateFolder.sweep(use, in: place) { names in
        names.isEmpty || names.compactMap(uid).contains(where: forgotten.contains)
      }
    }
  }

  /// Editors create backups and locks next to the file, with its name in theirs.
  private static let use = PrivateFolder.Use("edit") { names in
    names.allSatisfy { uid($0) != nil }
  }

  /// The favourite that a file belongs to; nil for other files.
  private static func uid(_ name: String) -> UID? {
    var rest = Array(name.utf8)[...]
    let mark = Array(mark.utf8), ending = Array(ending.utf8)
    while rest.count >= mark.count + 36 + ending.count {
      if rest.starts(with: mark), rest.dropFirst(mark.count + 36).starts(with: ending) {
        let text = rest.dropFirst(mark.count).prefix(36)
        return UID(text: String(decoding: text, as: UTF8.self))
      }
      rest.removeFirst()
    }
    return nil
  }
}

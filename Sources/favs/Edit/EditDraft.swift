internal import Favourites
internal import Host

/// The file that a person edits a favourite in, in a folder of its own beside the editor's own files.
///
/// It goes at the end of its scope, unless it is kept. What is left of it otherwise goes when the favourite is forgotten.
struct EditDraft: ~Copyable {
  /// Where it is.
  let path: String
  private let folder: PrivateFolder
  private let given: [UInt8]

  /// How long a text may become.
  private static let longest = 4 << 20
  private static let mark = "favourite-"
  private static let ending = ".txt"

  private init(_ folder: consuming PrivateFolder, path: String, given: [UInt8]) {
    self.folder = folder
    self.path = path
    self.given = given
  }

  /// Makes one.
  ///
  /// - Parameter database: the file of favourites, in whose folder it stands where there is no `$XDG_RUNTIME_DIR`.
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

  /// The folders that such files may stand in. "All paths set in these environment variables must be absolute."
  static func places(_ database: String) throws(Failure) -> [String] {
    [try Places.folder(named: "XDG_RUNTIME_DIR"), Places.folder(of: database)].compactMap(\.self)
  }

  /// What the first of them takes: that of a session may be gone, or another user's.
  private static func folder(in places: [String]) throws(Failure) -> PrivateFolder {
    for place in places.dropLast() {
      if let folder = try? PrivateFolder(for: use, in: place) { return folder }
    }
    return try Failure.of(PrivateFolder(for: use, in: places[places.count - 1]))
  }

  /// What the editor left.
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

  /// Whether there is something in it that nobody has elsewhere.
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

  /// Leaves it where it is.
  consuming func keep() { folder.keep() }

  /// Removes what editors left behind of favourites that are no more.
  static func sweep(_ forgotten: Set<UID>, in places: [String]) {
    for place in places {
      PrivateFolder.sweep(use, in: place) { names in
        names.isEmpty || names.compactMap(uid).contains(where: forgotten.contains)
      }
    }
  }

  /// Editors put copies and locks beside it that have its name in theirs.
  private static let use = PrivateFolder.Use("edit") { names in
    names.allSatisfy { uid($0) != nil }
  }

  /// The favourite that a file is of; nil for a file of another kind.
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

internal import Exchange
internal import Host

/// Finds the files in which other programs keep their bookmarks.
enum ImportSources {
  /// The files of one profile of a program.
  struct Found {
    /// The readable files, which are all imported.
    var files: [String] = []
    /// Encrypted files, which only the program itself can read.
    var encrypted: [String] = []
  }

  /// The files of a program.
  ///
  /// If there are several profiles, the user has to choose one.
  static func files(of browser: Browser) throws(Failure) -> Found {
    let folders = browser.folders(in: try surroundings())
    var found: [Found] = []
    var identities: [FileStatus.Identity] = []
    /// The same file may be found twice, through a folder that is a symbolic link.
    func isNew(_ path: String) -> Bool {
      guard let status = status(path), status.kind == .regular,
        !identities.contains(status.identity)
      else { return false }
      identities.append(status.identity)
      return true
    }
    for folder in folders {
      for profile in profiles(of: browser, in: folder) {
        let files = profile.files.filter(isNew)
        let encrypted = profile.encrypted.filter(isNew)
        if !files.isEmpty || !encrypted.isEmpty {
          found.append(Found(files: files, encrypted: encrypted))
        }
      }
    }
    guard let first = found.first else {
      let looked = "looked in \(folders.joined(separator: ", "))"
      throw Failure(
        .notFound, "no bookmarks of \(browser.name) found",
        hint: browser.kind == .file
          ? "\(looked); \(browser.advice)"
          : "\(looked); favs import PATH reads a file from elsewhere")
    }
    guard found.count == 1 else {
      throw Failure(
        .conflict,
        browser.kind == .file
          ? "\(browser.name) has \(found.count) files"
          : "\(browser.name) has \(found.count) profiles",
        hint:
          "favs import PATH imports one of them: "
          + found.flatMap { $0.files + $0.encrypted }.joined(separator: "; ")
      )
    }
    guard !first.files.isEmpty else {
      throw Failure(
        .invalidInput, "\(first.encrypted[0]): a file that \(browser.name) keeps encrypted",
        hint: browser.advice)
    }
    return first
  }

  private static func surroundings() throws(Failure) -> Surroundings {
    guard let home = try StandardPaths.folder(named: "HOME") else {
      throw Failure(
        .usage, "nowhere to look: $HOME is not an absolute path", hint: "name the file")
    }
    #if os(macOS)
      let isMac = true
    #else
      let isMac = false
    #endif
    return Surroundings(
      home: home, config: try StandardPaths.folder(named: "XDG_CONFIG_HOME"),
      data: try StandardPaths.folder(named: "XDG_DATA_HOME"),
      bukuFolder: try StandardPaths.variable("BUKU_DEFAULT_DBDIR"), isMac: isMac)
  }

  /// The files that one of a program's folders may contain, by profile.
  private static func profiles(of browser: Browser, in folder: String) -> [Found] {
    switch browser.kind {
    case .firefox: profiles(ofFirefoxIn: folder).map { Found(files: [$0]) }
    case .buku:
      [
        Found(
          files: status(folder + "/bookmarks.db") == nil
            ? [folder + "/bookmarks.db.enc"] : [folder + "/bookmarks.db"])
      ]
    case .file:
      names(in: folder).filter(browser.isFile).map { Found(files: ["\(folder)/\($0)"]) }
        + names(in: folder).filter { browser == .safari && $0.hasPrefix("Safari Export") }
        .map { Found(files: ["\(folder)/\($0)/Bookmarks.html"]) }
    case .chromium:
      // Opera keeps its first profile in the folder itself.
      ([folder] + names(in: folder).map { "\(folder)/\($0)" }).map { profile in
        Found(
          files: ["\(profile)/Bookmarks", "\(profile)/AccountBookmarks"],
          encrypted: ["\(profile)/EncryptedBookmarks", "\(profile)/EncryptedAccountBookmarks"])
      }
    }
  }

  /// The profiles that Firefox starts with; if those have no bookmarks, all others.
  private static func profiles(ofFirefoxIn folder: String) -> [String] {
    guard let bytes = try? File(reading: folder + "/profiles.ini").readToEnd(atMost: 1 << 20) else {
      return []
    }
    let profiles = FirefoxProfiles(String(decoding: bytes, as: UTF8.self), in: folder)
    let preferred = profiles.folders.map { $0 + "/places.sqlite" }.filter { status($0) != nil }
    return preferred.isEmpty ? profiles.all.map { $0 + "/places.sqlite" } : preferred
  }

  /// An inaccessible file counts as missing: the message lists where we looked.
  private static func status(_ path: String) -> FileStatus? {
    (try? FileStatus.of(path, followingLinks: true)) ?? nil
  }

  private static func names(in folder: String) -> [String] {
    ((try? Directory.names(in: folder)) ?? []).sorted()
  }
}

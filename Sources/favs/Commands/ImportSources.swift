internal import Exchange
internal import Host

/// Finds the files that other programs keep their favourites in.
enum ImportSources {
  /// The one file of a program.
  ///
  /// Where it has several profiles, a person has to say which.
  static func file(of browser: Browser) throws(Failure) -> String {
    let folders = browser.folders(in: try surroundings())
    var found: [String] = []
    var identities: [FileStatus.Identity] = []
    for folder in folders {
      for path in candidates(of: browser, in: folder) {
        // One may be found by two ways, where a folder is a link.
        guard let status = status(path), status.kind == .regular,
          !identities.contains(status.identity)
        else { continue }
        identities.append(status.identity)
        found.append(path)
      }
    }
    guard let first = found.first else {
      throw Failure(
        .notFound, "no favourites of \(browser.name) were found",
        hint:
          "looked in \(folders.joined(separator: ", ")); favs import PATH reads a file elsewhere")
    }
    guard found.count == 1 else {
      throw Failure(
        .conflict, "\(browser.name) has \(found.count) profiles",
        hint: "favs import PATH takes one of them: \(found.joined(separator: "; "))")
    }
    return first
  }

  private static func surroundings() throws(Failure) -> Surroundings {
    guard let home = try Places.folder(named: "HOME") else {
      throw Failure(
        .usage, "no place to look in: $HOME is not an absolute path", hint: "name the file")
    }
    #if os(macOS)
      let isMac = true
    #else
      let isMac = false
    #endif
    return Surroundings(
      home: home, config: try Places.folder(named: "XDG_CONFIG_HOME"),
      data: try Places.folder(named: "XDG_DATA_HOME"),
      bukuFolder: try Places.variable("BUKU_DEFAULT_DBDIR"), isMac: isMac)
  }

  /// The files that may be there in one of a program's folders.
  private static func candidates(of browser: Browser, in folder: String) -> [String] {
    switch browser {
    case .firefox: profiles(ofFirefoxIn: folder)
    case .buku:
      status(folder + "/bookmarks.db") == nil
        ? [folder + "/bookmarks.db.enc"] : [folder + "/bookmarks.db"]
    case .chrome, .chromium, .brave, .edge, .vivaldi:
      names(in: folder).map { "\(folder)/\($0)/Bookmarks" }
    }
  }

  /// Those that Firefox begins with; where these hold nothing, all others.
  private static func profiles(ofFirefoxIn folder: String) -> [String] {
    guard let bytes = try? File(reading: folder + "/profiles.ini").readToEnd(atMost: 1 << 20) else {
      return []
    }
    let profiles = FirefoxProfiles(String(decoding: bytes, as: UTF8.self), in: folder)
    let preferred = profiles.folders.map { $0 + "/places.sqlite" }.filter { status($0) != nil }
    return preferred.isEmpty ? profiles.all.map { $0 + "/places.sqlite" } : preferred
  }

  /// What cannot be looked at is as good as not there: the message tells where was looked.
  private static func status(_ path: String) -> FileStatus? {
    (try? FileStatus.of(path, followingLinks: true)) ?? nil
  }

  private static func names(in folder: String) -> [String] {
    ((try? Directory.names(in: folder)) ?? []).sorted()
  }
}

/// A program whose favourites are found without naming a file.
package enum Browser: String, CaseIterable, Sendable {
  case firefox, chrome, chromium, brave, edge, vivaldi, buku

  /// Its name.
  package var name: String {
    switch self {
    case .firefox: "Firefox"
    case .chrome: "Chrome"
    case .chromium: "Chromium"
    case .brave: "Brave"
    case .edge: "Edge"
    case .vivaldi: "Vivaldi"
    case .buku: "buku"
    }
  }

  /// The folders that it keeps its profiles in: its own place, and those of Snap and Flatpak. Of buku, the
  /// folder of the database.
  ///
  /// Sources: Chromium, `docs/user_data_dir.md`; the XDG Base Directory Specification; Flathub's and the Snap
  /// Store's packages; buku, `buku.py`, `BukuDb.get_default_dbdir`.
  package func folders(in surroundings: Surroundings) -> [String] {
    let home = surroundings.home
    if self == .buku {
      if let folder = surroundings.bukuFolder { return [folder] }
      return [(surroundings.data ?? home + "/.local/share") + "/buku"]
    }
    if surroundings.isMac { return [home + "/Library/Application Support/" + macFolder] }
    let config = surroundings.config ?? home + "/.config"
    let sandboxes = sandboxFolders.map { home + "/" + $0 }
    if self == .firefox {
      return [home + "/.mozilla/firefox", config + "/mozilla/firefox"] + sandboxes
    }
    return [config + "/" + configFolder] + sandboxes
  }

  private var configFolder: String {
    switch self {
    case .chrome: "google-chrome"
    case .chromium: "chromium"
    case .brave: "BraveSoftware/Brave-Browser"
    case .edge: "microsoft-edge"
    case .vivaldi: "vivaldi"
    case .firefox, .buku: ""
    }
  }

  private var macFolder: String {
    switch self {
    case .firefox: "Firefox"
    case .chrome: "Google/Chrome"
    case .chromium: "Chromium"
    case .brave: "BraveSoftware/Brave-Browser"
    case .edge: "Microsoft Edge"
    case .vivaldi: "Vivaldi"
    case .buku: ""
    }
  }

  private var sandboxFolders: [String] {
    switch self {
    case .firefox:
      [
        "snap/firefox/common/.mozilla/firefox",
        ".var/app/org.mozilla.firefox/.mozilla/firefox",
        ".var/app/org.mozilla.firefox/config/mozilla/firefox",
      ]
    case .chrome: [".var/app/com.google.Chrome/config/google-chrome"]
    case .chromium:
      ["snap/chromium/common/chromium", ".var/app/org.chromium.Chromium/config/chromium"]
    case .brave:
      [
        "snap/brave/current/.config/BraveSoftware/Brave-Browser",
        ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
      ]
    case .edge: [".var/app/com.microsoft.Edge/config/microsoft-edge"]
    case .vivaldi: [".var/app/com.vivaldi.Vivaldi/config/vivaldi"]
    case .buku: []
    }
  }
}

/// What decides where programs keep their files.
package struct Surroundings: Sendable {
  /// The user's own folder, `$HOME`.
  package var home: String
  /// `$XDG_CONFIG_HOME`, where it is an absolute path.
  package var config: String?
  /// `$XDG_DATA_HOME`, where it is an absolute path.
  package var data: String?
  /// `$BUKU_DEFAULT_DBDIR`.
  package var bukuFolder: String?
  /// Whether this is a Mac.
  package var isMac: Bool

  package init(
    home: String, config: String? = nil, data: String? = nil, bukuFolder: String? = nil,
    isMac: Bool = false
  ) {
    self.home = home
    self.config = config
    self.data = data
    self.bukuFolder = bukuFolder
    self.isMac = isMac
  }
}

/// A program whose bookmarks favs can find without a file name.
package enum Browser: String, CaseIterable, Sendable {
  case firefox, librewolf, floorp, zen, chrome, chromium, brave, edge, vivaldi, opera, arc, safari
  case duckduckgo, buku

  /// How a program stores bookmarks.
  package enum Kind: Sendable {
    /// In the `places.sqlite` of a profile listed in `profiles.ini`.
    case firefox
    /// In the `Bookmarks` of a profile, and in `AccountBookmarks`.
    case chromium
    /// In a file with a characteristic name, or in an exported file.
    case file
    /// In buku's database.
    case buku
  }

  /// How the program stores bookmarks.
  package var kind: Kind {
    switch self {
    case .firefox, .librewolf, .floorp, .zen: .firefox
    case .chrome, .chromium, .brave, .edge, .vivaldi, .opera: .chromium
    case .arc, .safari, .duckduckgo: .file
    case .buku: .buku
    }
  }

  /// The name for messages.
  package var name: String {
    switch self {
    case .firefox: "Firefox"
    case .librewolf: "LibreWolf"
    case .floorp: "Floorp"
    case .zen: "Zen"
    case .chrome: "Chrome"
    case .chromium: "Chromium"
    case .brave: "Brave"
    case .edge: "Edge"
    case .vivaldi: "Vivaldi"
    case .opera: "Opera"
    case .arc: "Arc"
    case .safari: "Safari"
    case .duckduckgo: "DuckDuckGo"
    case .buku: "buku"
    }
  }

  /// The folders that may contain its profiles: the usual one, and those of Snap and Flatpak. For
  /// buku, the folder of the database; for programs with a single file, its folder, and the folders
  /// for exports.
  ///
  /// Sources: Chromium, `docs/user_data_dir.md`; the XDG Base Directory Specification; Flathub's
  /// and the Snap Store's packages; buku, `buku.py`, `BukuDb.get_default_dbdir`.
  package func folders(in surroundings: Surroundings) -> [String] {
    let home = surroundings.home
    let library = home + "/Library/Application Support/"
    let config = surroundings.config ?? home + "/.config"
    let sandboxes = sandboxFolders.map { home + "/" + $0 }
    switch kind {
    case .buku:
      if let folder = surroundings.bukuFolder { return [folder] }
      return [(surroundings.data ?? home + "/.local/share") + "/buku"]
    case .file:
      let own = self == .arc ? library + "Arc" : home + "/Library/Safari"
      return (surroundings.isMac && self != .duckduckgo ? [own] : []) + [home + "/Downloads"]
    case .firefox where !surroundings.isMac:
      let names = ["." + plainName, config + "/" + plainName].map { name in
        name.hasPrefix("/") ? name : home + "/" + name
      }
      switch self {
      case .firefox: return [home + "/.mozilla/firefox", config + "/mozilla/firefox"] + sandboxes
      case .librewolf: return names + [config + "/librewolf/librewolf"] + sandboxes
      default: return names + sandboxes
      }
    case .chromium where !surroundings.isMac: return [config + "/" + plainName] + sandboxes
    case .firefox, .chromium: return [library + macFolder]
    }
  }

  /// The name of its folder below the one for settings.
  private var plainName: String {
    switch self {
    case .chrome: "google-chrome"
    case .brave: "BraveSoftware/Brave-Browser"
    case .edge: "microsoft-edge"
    default: rawValue
    }
  }

  private var macFolder: String {
    switch self {
    case .chrome: "Google/Chrome"
    case .brave: "BraveSoftware/Brave-Browser"
    case .edge: "Microsoft Edge"
    case .opera: "com.operasoftware.Opera"
    case .librewolf, .zen: rawValue
    default: name
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
    case .librewolf:
      [
        ".var/app/io.gitlab.librewolf-community/.librewolf",
        ".var/app/io.gitlab.librewolf-community/config/librewolf/librewolf",
      ]
    case .floorp: [".var/app/one.ablaze.floorp/.floorp"]
    case .zen: [".var/app/app.zen_browser.zen/.zen", ".var/app/io.github.zen_browser.zen/.zen"]
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
    case .opera: ["snap/opera/current/.config/opera", ".var/app/com.opera.Opera/config/opera"]
    case .arc, .safari, .duckduckgo, .buku: []
    }
  }

  /// Whether the program stores or exports bookmarks in files with such a name.
  package func isFile(_ name: String) -> Bool {
    let name = name.lowercased()
    let isPage = name.utf8.suffix(5).elementsEqual(".html".utf8)
    return switch self {
    case .arc: name == "storablesidebar.json"
    case .safari: name == "bookmarks.plist" || (isPage && name.hasASCIIPrefix("safari "))
    case .duckduckgo: isPage && name.hasASCIIPrefix("duckduckgo")
    default: false
    }
  }

  /// Advice for the user if its bookmarks cannot be found or read.
  package var advice: String {
    self == .arc
      ? "import its StorableSidebar.json, from ~/Library/Application Support/Arc on a Mac"
      : "export them as HTML from \(name), and import that file"
  }
}

/// The environment that determines where programs keep their files.
package struct Surroundings: Sendable {
  /// The home folder, `$HOME`.
  package var home: String
  /// `$XDG_CONFIG_HOME`, if it is an absolute path.
  package var config: String?
  /// `$XDG_DATA_HOME`, if it is an absolute path.
  package var data: String?
  /// `$BUKU_DEFAULT_DBDIR`.
  package var bukuFolder: String?
  /// Whether this is macOS.
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

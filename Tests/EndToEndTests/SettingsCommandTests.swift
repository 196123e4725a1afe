import Foundation
import TestSupport
import Testing

/// The settings through the built program: each key acts, and a wrong file is refused and can be
/// mended.
struct SettingsCommandTests {
  private func settle(_ text: String, in favs: Favs) throws {
    let folder = favs.folder + "/.config/favs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: folder + "/config", atomically: true, encoding: .utf8)
  }

  private func settled(_ favs: Favs) throws -> String {
    try String(contentsOfFile: favs.folder + "/.config/favs/config", encoding: .utf8)
  }

  private func titles(_ favs: Favs) throws -> [String] {
    try favs("list", "--json").objects.compactMap { $0["title"] as? String }
  }

  @Test func `config lists, sets, prints and unsets`() throws {
    try withFavs { favs in
      let path = favs.folder + "/.config/favs/config"
      expectSame(
        try favs("config", "sort", "-created"),
        Outcome(0, error: "sort = -created in '\(path)'\n"))
      expectSame(try favs("config", "sort"), Outcome(0, "-created\n"))
      #expect(try settled(favs) == "sort = -created\n")
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      favs.environment["FAVS_PER_PAGE"] = "3"
      let rows = try favs("config").output.split(separator: "\n").map(String.init)
      #expect(rows.contains("sort\t-created\tfile"))
      #expect(rows.contains("per_page\t3\tenvironment"))
      #expect(rows.contains("category\tinbox\tdefault"))
      let object = try #require(try favs("config", "sort", "--json").objects.first)
      #expect(object["value"] as? String == "-created")
      #expect(object["origin"] as? String == "file")
      #expect(object["line"] as? Int == 1)
      let set = try favs("config", "sort", "title", "--json")
      #expect(set.error.isEmpty)
      #expect(set.objects.map { $0["value"] as? String } == ["title"])
      #expect(try settled(favs) == "sort = title\n")
      let rehearsed = try favs("config", "--unset", "sort", "-n", "--json")
      #expect(rehearsed.objects.map { $0["origin"] as? String } == ["default"])
      expectSame(
        try favs("config", "--unset", "sort", "-n"),
        Outcome(0, error: "would unset sort in '\(path)'\n"))
      expectSame(
        try favs("config", "--unset", "sort"),
        Outcome(0, error: "sort is not set any more in '\(path)'\n"))
      #expect(try settled(favs).isEmpty)
      expectSame(try favs("config", "sort"), Outcome(0, "rank\n"))
    }
  }

  @Test func `settings that are changed at once are all kept`() throws {
    try withFavs { favs in
      let settings = [
        "sort": "title", "per_page": "5", "category": "films", "color": "never", "fetch": "on",
      ]
      for _ in 0..<5 {
        let runs = try settings.map { try favs.start("config", $0.key, $0.value) }
        for run in runs { #expect(try run.end() == 0) }
        #expect(try settled(favs).split(separator: "\n").count == settings.count)
        let ends = try settings.keys.map { try favs.start("config", "--unset", $0) }
        for run in ends { #expect(try run.end() == 0) }
        #expect(try settled(favs).isEmpty)
      }
    }
  }

  @Test func `a value that a key does not take is refused and nothing is written`() throws {
    try withFavs { favs in
      #expect(try favs("config", "per_page", "0").code == 2)
      #expect(try favs("config", "color", "blue").code == 2)
      #expect(try favs("config", "editor", "'vi").code == 2)
      #expect(try favs("config", "trash.keep", "2024").code == 2)
      #expect(try favs("config", "columns", "id,nmae").code == 2)
      expectSame(
        try favs("config", "srot", "id"),
        Outcome(2, error: "favs: unknown setting 'srot'\nhint: did you mean 'sort'?\n"))
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/.config"))
    }
  }

  @Test func `a wrong line is named in every command but config, which mends it`() throws {
    try withFavs { favs in
      try settle("# mine\nsort = id\nper_page = lots\n", in: favs)
      let message = "\(favs.folder)/.config/favs/config, line 3: per_page: 'lots' is not a number"
      let outcome = Outcome(2, error: "favs: \(message)\nhint: favs config --edit opens the file\n")
      for words in [
        ["list"], ["search", "x"], ["add", "x"], ["undo"], ["doctor"], ["version"], ["man"],
        ["export", "-"], ["trash", "empty", "--all", "-y"], ["logs"],
      ] {
        expectSame(try favs.words(words), outcome)
      }
      #expect(!FileManager.default.fileExists(atPath: favs.database))
      let shown = try favs("config")
      #expect(shown.code == 0 && shown.error == message + "\n", "\(shown)")
      #expect(try favs("complete", "zsh", "--", "favs", "und").output.contains("undo"))
      #expect(try favs("config", "per_page", "5").code == 0)
      #expect(try settled(favs) == "# mine\nsort = id\nper_page = 5\n")
      #expect(try favs("version").code == 0)
    }
  }

  @Test func `category and sort act, options and variables count for more`() throws {
    try withFavs { favs in
      try settle("category = books\nsort = -title\n", in: favs)
      try favs("add", "Dune")
      try favs("add", "Solaris")
      try favs("add", "-", input: "Ubik\n")
      try favs("add", "Alien", "films/")
      let rows = try favs("list", "--fields", "title,category").output
      #expect(rows == "Ubik\tbooks\nSolaris\tbooks\nDune\tbooks\nAlien\tfilms\n")
      #expect(
        try favs("list", "--sort", "title", "--json").objects.first?["title"] as? String == "Alien")
      favs.environment["FAVS_SORT"] = "id"
      #expect(try titles(favs) == ["Dune", "Solaris", "Ubik", "Alien"])
      // Metadata that nothing has here sorts nothing here.
      favs.environment["FAVS_SORT"] = "rating"
      #expect(try titles(favs) == ["Dune", "Solaris", "Ubik", "Alien"])
      favs.environment["FAVS_SORT"] = "-"
      #expect(try favs("list").code == 2)
      #expect(try favs("list").error.hasPrefix("favs: $FAVS_SORT: "))
    }
  }

  @Test func `per_page, columns and color act on a terminal, and not in a pipe`() throws {
    try withFavs { favs in
      for title in ["Dune", "Solaris", "Ubik"] { try favs("add", title) }
      let piped = try favs("list")
      try settle("per_page = 2\ncolumns = title,id\ncolor = never\n", in: favs)
      #expect(
        try favs.onTerminal("list").output
          == "TITLE    ID\nDune      1\nSolaris   2\nPage 1 of 2 · 3 favourites · next: favs list --page 2\n"
      )
      expectSame(try favs("list"), piped)
      try settle("color = always\n", in: favs)
      #expect(try favs("show", "1").output.contains("\u{1B}["))
      favs.environment["NO_COLOR"] = "1"
      #expect(try !favs("show", "1").output.contains("\u{1B}["))
      #expect(try favs("show", "1", "--color", "always").output.contains("\u{1B}["))
    }
  }

  @Test func `browser and editor act`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "https://example.org/dune")
      try settle(
        "browser = no-such-browser:cp /dev/null %s\neditor = sed -i s/Dune/Ubik/\n", in: favs)
      #expect(try favs("open", "1").error.contains("'cp' exited with 1"))
      try settle("browser = no-such-browser\neditor = sed -i s/Dune/Ubik/\n", in: favs)
      #expect(
        try favs("open", "1").error.hasPrefix(
          "favs: no program to open links: the setting browser is not installed\n"))
      favs.environment["BROWSER"] = "/bin/true"
      #expect(try favs("open", "1").code == 0)
      #expect(try favs.onTerminal("edit", "1").code == 0)
      #expect(try titles(favs) == ["Ubik"])
    }
  }

  @Test func `trash empty keeps what trash.keep says, and without it empties nothing unnamed`()
    throws
  {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("rm", "1")
      #expect(try favs("trash", "empty", "-y").code == 4)
      try settle("trash.keep = 30d\n", in: favs)
      #expect(try favs("trash", "empty", "-y").output.hasPrefix("0 favourites"))
      favs.environment["FAVS_TRASH_KEEP"] = "0d"
      #expect(try favs("trash", "empty", "-y").output.hasPrefix("1 favourite deleted"))
    }
  }

  @Test func `an editor changes the file, and what is wrong then is told`() throws {
    try withFavs { favs in
      favs.environment["EDITOR"] = "sed -i s/#.sort.=.rank/sort=id/"
      #expect(try favs.onTerminal("config", "--edit").code == 0)
      #expect(try favs("config", "sort").output == "id\n")
      favs.environment["EDITOR"] = "sed -i s/sort=id/sort/"
      let outcome = try favs.onTerminal("config", "--edit")
      #expect(outcome.code == 2 && outcome.output.contains(": not 'key = value'"), "\(outcome)")
      #expect(try favs("config", "--edit").code == 4)
    }
  }

  @Test func `an editor that changes the settings and fails is not said to have changed nothing`()
    throws
  {
    try withFavs { favs in
      try favs("config", "sort", "id")
      let path = favs.folder + "/.config/favs/config"
      let editor = favs.folder + "/editor"
      try writeScript("#!/bin/sh\necho 'sort = rank' >\"$1\"\nexit 1\n", at: editor)
      favs.environment["EDITOR"] = editor
      let outcome = try favs.onTerminal("config", "--edit")
      #expect(outcome.code == 4, "\(outcome)")
      #expect(
        outcome.output.contains("the editor exited with 1: '\(path)' is as the editor left it"),
        "\(outcome)")
      #expect(try favs("config", "sort").output == "rank\n")
    }
  }

  @Test func `a link stays one, and nothing that others can write to is obeyed`() throws {
    try withFavs { favs in
      try settle("", in: favs)
      let (path, target) = (favs.folder + "/.config/favs/config", favs.folder + "/dotfile")
      try FileManager.default.removeItem(atPath: path)
      try "sort = id\n".write(toFile: target, atomically: true, encoding: .utf8)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
      try favs("config", "sort", "title")
      #expect(try String(contentsOfFile: target, encoding: .utf8) == "sort = title\n")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == target)
      chmod(target, 0o666)
      #expect(try favs("list").code == 4)
      try FileManager.default.removeItem(atPath: path)
      mkfifo(path, 0o600)
      expectSame(
        try favs("list"),
        Outcome(2, error: "favs: '\(path)' is not a plain file\nhint: move it away\n"))
    }
  }
}

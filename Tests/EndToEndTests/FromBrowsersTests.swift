import Foundation
import TestSupport
import Testing

/// `import --from` of browsers that keep several files, or none that can be read.
struct FromBrowsersTests {
  /// Makes a file below the folder of a test, and the folders above it.
  private func put(_ text: String, at path: String, in favs: Favs) throws {
    let whole = favs.folder + "/" + path
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: whole))
  }

  private func roots(_ names: String...) -> String {
    let children = names.map { #"{"name":"\#($0)","type":"url","url":"https://\#($0).org/"}"# }
    return
      #"{"roots":{"other":{"children":[\#(children.joined(separator: ","))],"type":"folder"}}}"#
  }

  @Test func `both of Chrome's files are taken over as one change, what is in both once`() throws {
    try withFavs { favs in
      let profile = ".config/google-chrome/Default/"
      try put(roots("local", "both"), at: profile + "Bookmarks", in: favs)
      try put(roots("account", "both"), at: profile + "AccountBookmarks", in: favs)
      let outcome = try favs.inShell(
        "$F import --from chrome; $F undo >/dev/null; $F list | wc -l; $F redo >/dev/null; $F list --fields title --sort id"
      )
      #expect(
        outcome.output
          == "add\t1\tlocal\nadd\t2\tboth\nadd\t3\taccount\nskip\t2\tboth\n0\nlocal\nboth\naccount\n"
      )
      #expect(outcome.code == 0)
    }
  }

  @Test func `what Chrome keeps encrypted is said, alone and beside another file`() throws {
    try withFavs { favs in
      let profile = ".config/google-chrome/Default/"
      try put("v10\u{1}\u{2}\u{3}", at: profile + "EncryptedAccountBookmarks", in: favs)
      let alone = try favs.inShell("$F import --from chrome")
      #expect(alone.code == 8)
      #expect(alone.error.contains("export them as HTML from Chrome, and import that file"))
      try put(roots("local"), at: profile + "Bookmarks", in: favs)
      let beside = try favs.inShell("$F import --from chrome")
      #expect(beside.code == 1)
      #expect(beside.output == "add\t1\tlocal\n")
      #expect(beside.error.contains("EncryptedAccountBookmarks: is encrypted by its browser"))
      #expect(try favs.inShell("$F import --from chrome --strict").code == 8)
    }
  }

  @Test func `Opera, Arc, Safari and DuckDuckGo are found`() throws {
    try withFavs { favs in
      try put(roots("opera"), at: ".config/opera/Bookmarks", in: favs)
      #expect(try favs.inShell("$F import --from opera").output == "add\t1\topera\n")
      let page = "<DL><DT><A HREF=https://duck.org/>duck</A></DL>"
      try put(page, at: "Downloads/DuckDuckGo Bookmarks.html", in: favs)
      #expect(try favs.inShell("$F import --from duckduckgo").output == "add\t2\tduck\n")
      try put(
        page.replacingOccurrences(of: "duck", with: "safari"),
        at: "Downloads/Safari Export 2025-01-01/Bookmarks.html", in: favs)
      #expect(try favs.inShell("$F import --from safari").output == "add\t3\tsafari\n")
      let none = try favs.inShell("$F import --from arc")
      #expect(none.code == 3)
      #expect(none.error.contains("import its StorableSidebar.json"))
      try put(
        #"{"sidebar":{"containers":[{"topAppsContainerIDs":["T"],"items":["T",{"id":"T","childrenIds":["1"],"data":{"itemContainer":{}}},"1",{"id":"1","childrenIds":[],"data":{"tab":{"savedTitle":"arc","savedURL":"https://arc.org/"}}}]}]}}"#,
        at: "Downloads/StorableSidebar.json", in: favs)
      #expect(try favs.inShell("$F import --from arc").output == "add\t4\tarc\n")
    }
  }

  @Test func `an unknown part of a known file is named and counted, and the exit code is 1`() throws
  {
    try withFavs { favs in
      try put(
        #"{"roots":{"other":{"children":[{"name":"a","type":"url","url":"https://a.org/"}],"type":"folder"}},"workspaces":[{"a":1}]}"#,
        at: "Bookmarks", in: favs)
      let outcome = try favs("import", favs.folder + "/Bookmarks")
      #expect(outcome.code == 1)
      #expect(outcome.output == "add\t1\ta\n")
      #expect(outcome.error.contains("'workspaces' cannot be imported"))
      let track = "<gpx><wpt lat='1' lon='2'><name>p</name></wpt><trk/><trk/></gpx>"
      let places = try favs("import", "-", input: track)
      #expect(places.code == 1)
      #expect(places.error.contains("a track cannot be imported (2 times"))
    }
  }
}

/// `import` of another database of favs.
struct FavsDatabaseImportTests {
  @Test func `a conflicted copy is merged by the uids, as an archive is`() throws {
    try withFavs { favs in
      _ = try favs("add", "both", "-u", "https://both.org")
      let copy = favs.folder + "/favs (conflicted copy).db"
      try FileManager.default.copyItem(atPath: favs.database, toPath: copy)
      _ = try favs("add", "mine", "-u", "https://mine.org")
      _ = try favs("--db", copy, "add", "theirs", "-u", "https://theirs.org", "-t", "t")
      let before = FileManager.default.contents(atPath: copy)
      let rehearsal = try favs("import", copy, "-n")
      #expect(rehearsal.code == 0)
      let merged = try favs("import", copy)
      #expect(merged.code == 0)
      #expect(merged.output.contains("theirs"))
      let titles = try favs("list", "--fields", "title", "--sort", "id").output
      #expect(titles == "both\nmine\ntheirs\n")
      #expect(try favs("import", copy).output.contains("add\t") == false)
      #expect(FileManager.default.contents(atPath: copy) == before)
      #expect(try favs("undo", "-q").code == 0)
    }
  }

  @Test
  func `into an empty file a database comes with its history, and one that is damaged is refused`()
    throws
  {
    try withFavs { favs in
      let other = favs.folder + "/other.db"
      _ = try favs("--db", other, "add", "one")
      _ = try favs("--db", other, "rm", "1")
      #expect(try favs("import", other).code == 0)
      #expect(try favs("trash").output.contains("one"))
      var bytes = try #require(FileManager.default.contents(atPath: other))
      bytes.replaceSubrange(100..<4_000, with: Data(repeating: 0x41, count: 3_900))
      try bytes.write(to: URL(fileURLWithPath: favs.folder + "/broken.db"))
      let broken = try favs("import", favs.folder + "/broken.db")
      #expect(broken.code == 6)
      #expect(broken.error.contains("broken.db"))
    }
  }
}

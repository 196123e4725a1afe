import Foundation
import SQLite
import TestSupport
import Testing

/// `import` of what browsers and other programs keep, by the name of a file and by `--from`.
struct BrowserImportTests {
  static let chromium = """
    {"checksum":"x","roots":{"bookmark_bar":{"children":[
    {"children":[{"date_added":"13084680099000000","name":"Voyager","type":"url","url":"http://v.org/"},
    {"children":[],"name":"Empty","type":"folder"}],"name":"AC/DC","type":"folder"}],
    "name":"Lesezeichenleiste","type":"folder"},"other":{"children":[
    {"name":"B","type":"url","url":"http://b.org/","date_added":"13084680099000000"}],"type":"folder"},
    "synced":{"children":[],"type":"folder"}},"version":1}
    """

  static let places = """
    CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url TEXT, title TEXT, last_visit_date INTEGER,
      visit_count INTEGER);
    CREATE TABLE moz_bookmarks(id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER, parent INTEGER,
      position INTEGER, title TEXT, dateAdded INTEGER, lastModified INTEGER, guid TEXT);
    INSERT INTO moz_places VALUES (1, 'https://a.org/', NULL, NULL, 0), (2, 'place:x', NULL, NULL, 0),
      (3, 'https://c.org/', NULL, 1440206499903000, 4);
    INSERT INTO moz_bookmarks VALUES (1, 2, NULL, 0, 0, '', 1, 1, 'root________'),
      (2, 2, NULL, 1, 0, 'menu', 1, 1, 'menu________'), (3, 2, NULL, 1, 1, 't', 1, 1, 'tags________'),
      (4, 2, NULL, 1, 2, 'toolbar', 1, 1, 'toolbar_____'), (5, 2, NULL, 3, 0, 'web', 1, 1, 'x'),
      (6, 1, 1, 2, 1, 'second', 1440206499903000, 1440206500000000, 'y'),
      (7, 1, 3, 4, 0, 'first', 1440206499903000, 1440206500000000, 'z'),
      (8, 1, 2, 2, 2, 'query', 1, 1, 'v'), (9, 1, 1, 5, 0, NULL, 1, 1, 'w'),
      (10, 1, 3, 2, 0, 'zeroth', 1440206499903000, NULL, 'u');
    """

  /// Makes a file below the folder of a test, and the folders above it.
  private func put(_ text: String, at path: String, in favs: Favs) throws {
    let whole = favs.folder + "/" + path
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: whole))
  }

  private func make(_ sql: String, at path: String, in favs: Favs) throws {
    try put("", at: path, in: favs)
    try Connection(unhardened: favs.folder + "/" + path, access: .readWrite).execute(sql)
  }

  @Test func `Chromium's folders become categories, and its dates are kept`() throws {
    try withFavs { favs in
      try put(Self.chromium, at: "Bookmarks", in: favs)
      let outcome = try favs("import", favs.folder + "/Bookmarks", "--into", "web")
      #expect(
        outcome
          == Outcome(0, "add\t1\tVoyager\nadd\t2\tB\n", error: "2 read: 2 added\n"))
      #expect(
        try favs("list", "--sort", "id", "--fields", "category,title,url,created_at").output == """
          web/toolbar/AC-DC\tVoyager\thttp://v.org/\t2015-08-22T01:21:39.000Z
          web\tB\thttp://b.org/\t2015-08-22T01:21:39.000Z

          """)
      #expect(try favs("category", "show", "web/toolbar/AC-DC/Empty").code == 0)
      #expect(
        try favs("import", favs.folder + "/Bookmarks", "--into", "web").error
          == "2 read: 2 skipped as duplicates\n")
    }
  }

  @Test func `Firefox's database is read as it is, and left as it was`() throws {
    try withFavs { favs in
      try make(Self.places, at: "places.sqlite", in: favs)
      let path = favs.folder + "/places.sqlite"
      let before = FileManager.default.contents(atPath: path)
      favs.environment["TMPDIR"] = favs.folder + "/tmp"
      try put("", at: "tmp/x", in: favs)
      let outcome = try favs("import", path)
      #expect(outcome.code == 0)
      #expect(
        outcome.error == """
          skipped: queries of the browser (1)
          4 read: 3 added, 1 skipped as unsupported

          """)
      #expect(
        try favs("list", "--fields", "category,rank,title,tags,opened").output == """
          inbox\t1\tzeroth\t\t4
          inbox\t2\tsecond\tweb\t0
          toolbar\t1\tfirst\t\t4

          """)
      #expect(FileManager.default.contents(atPath: path) == before)
      // Of one with a log, and of one that cannot be read, no copy is left either.
      try make("PRAGMA journal_mode=WAL; CREATE TABLE x(a)", at: "wal.db", in: favs)
      #expect(try favs("import", favs.folder + "/wal.db").code == 8)
      try put("SQLite format 3\0" + String(repeating: "x", count: 496), at: "bad.db", in: favs)
      #expect(try favs("import", favs.folder + "/bad.db").code == 8)
      // One of favs itself is merged, by way of a copy that goes too.
      #expect(try favs("import", favs.database).code == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: favs.folder + "/tmp") == ["x"])
      #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }
  }

  @Test func `tasks become favourites without a URL, and what is broken leaves nothing`() throws {
    try withFavs { favs in
      let task =
        #"{"description":"Paint","entry":"20240131T120000Z","project":"home.garden","#
        + #""status":"pending","tags":["diy"],"uuid":"u"}"#
      let broken = try favs("import", "-", input: "[\(task),")
      #expect(broken.code == 8)
      #expect(try favs("list").output == "")
      #expect(try favs("import", "-", input: "[\(task)]").code == 0)
      #expect(
        try favs("list", "--fields", "category,title,tags,metadata").output
          == "home/garden\tPaint\tdiy\tstatus=pending;uuid=u\n")
    }
  }

  @Test func `--from finds the profile that Firefox begins with`() throws {
    try withFavs { favs in
      let none = try favs("import", "--from", "firefox")
      #expect(none.code == 3)
      #expect(none.error.contains("looked in \(favs.folder)/.mozilla/firefox, "))
      let ini = """
        [Profile1]
        Path=old.default
        IsRelative=1
        Default=1
        [InstallABC]
        Default=new.default-release
        [Profile0]
        Path=new.default-release
        IsRelative=1
        """
      try put(ini, at: ".mozilla/firefox/profiles.ini", in: favs)
      try make(Self.places, at: ".mozilla/firefox/old.default/places.sqlite", in: favs)
      try make(Self.places, at: ".mozilla/firefox/new.default-release/places.sqlite", in: favs)
      #expect(
        try favs("import", "--from", "firefox", "-n").output.split(separator: "\n").count == 3)
      // Another Firefox, as a snap.
      let snap = "snap/firefox/common/.mozilla/firefox/"
      try put("[Profile0]\nPath=s", at: snap + "profiles.ini", in: favs)
      try make(Self.places, at: snap + "s/places.sqlite", in: favs)
      let several = try favs("import", "--from", "firefox")
      #expect(several.code == 4)
      #expect(
        several.error == """
          favs: Firefox has 2 profiles
          hint: favs import PATH imports one of them: \
          \(favs.folder)/.mozilla/firefox/new.default-release/places.sqlite; \
          \(favs.folder)/\(snap)s/places.sqlite

          """)
    }
  }

  @Test func `--from finds browsers and buku`() throws {
    try withFavs { favs in
      try put(Self.chromium, at: "config/BraveSoftware/Brave-Browser/Profile 3/Bookmarks", in: favs)
      try put("{}", at: "config/BraveSoftware/Brave-Browser/Local State", in: favs)
      favs.environment["XDG_CONFIG_HOME"] = favs.folder + "/config"
      #expect(try favs("import", "--from", "brave").code == 0)
      #expect(try favs("import", "--from", "chrome").code == 3)
      try make(
        """
        CREATE TABLE bookmarks(id integer PRIMARY KEY, URL text, metadata text, tags text, desc text,
          flags integer);
        INSERT INTO bookmarks VALUES (1, 'https://k.org', 'K', ',a,b,', 'said', 0);
        """, at: ".local/share/buku/bookmarks.db", in: favs)
      #expect(try favs("import", "--from", "buku", "--into", "k").output == "add\t3\tK\n")
      #expect(try favs("list", "k", "--fields", "tags,note").output == "a,b\tsaid\n")
      favs.environment["BUKU_DEFAULT_DBDIR"] = favs.folder + "/locked"
      try put("\u{28}\u{1}\0\0\0\0\0\0salt", at: "locked/bookmarks.db.enc", in: favs)
      let locked = try favs("import", "--from", "buku")
      #expect(locked.code == 8)
      #expect(locked.error.contains("encrypted by buku; 'buku --unlock' decrypts it"))
    }
  }

  @Test func `one source is named, and just one`() throws {
    try withFavs { favs in
      #expect(try favs("import").code == 2)
      #expect(try favs("import", "-", "--from", "chrome").code == 2)
      #expect(try favs("import", "--from", "netscape").code == 2)
      try make(Self.places, at: "places.sqlite", in: favs)
      let piped = try favs.run(
        [Array("import".utf8), Array("-".utf8)],
        input: Array(FileManager.default.contents(atPath: favs.folder + "/places.sqlite") ?? Data())
      )
      #expect(piped.code == 8)
      #expect(
        piped.error
          == "favs: standard input: a database cannot be piped; name its file\n")
    }
  }
}

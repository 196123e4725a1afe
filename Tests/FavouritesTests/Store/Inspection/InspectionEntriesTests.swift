import SQLite
import TestSupport
import Testing

@testable import Favourites

/// What was entered and what happened: `doctor` finds it where another hand spoilt it, and cannot
/// make it anew.
struct InspectionEntriesTests {
  private func filled(_ path: String) throws -> Store {
    var store = try Store.writing(path)
    try store.adding(
      draft("Dune", url: "https://x/", in: "books", tags: ["classic"], set: ["year=1965"]))
    try store.adding(draft("Emma", in: "books/old", tags: ["classic"]))
    let gone = try store.adding(draft("Solaris", in: "gone"))
    try store.changing { store throws(StoreError) in _ = try store.remove([gone]) }
    return store
  }

  private func problems(of path: String) throws -> [Check: String] {
    var store = try Store.reading(path)
    var problems: [Check: String] = [:]
    for each in try store.inspect() where !each.isRepairable {
      problems[each.check] = each.problem
    }
    return problems
  }

  @Test(arguments: [
    ("UPDATE favourite SET tags = '[bad' WHERE id = 1", "favourite 1: its tags"),
    ("UPDATE favourite SET tags = '[1]' WHERE id = 1", "favourite 1: its tags"),
    ("UPDATE favourite SET tags = '{\"a\":1}' WHERE id = 1", "favourite 1: its tags"),
    ("UPDATE favourite SET tags = '[\"a\",\"a\"]' WHERE id = 2", "favourite 2: its tags"),
    ("UPDATE favourite SET metadata = '{\"year\":[5]}' WHERE id = 1", "favourite 1: its metadata"),
    ("UPDATE favourite SET metadata = '[]' WHERE id = 1", "favourite 1: its metadata"),
    ("UPDATE favourite SET title = CAST(x'41ff' AS TEXT) WHERE id = 1", "favourite 1: its title"),
    ("UPDATE favourite SET title = 'a' || char(0) || 'b' WHERE id = 1", "favourite 1: its title"),
    ("UPDATE favourite SET note = CAST(x'ff' AS TEXT) WHERE id = 1", "favourite 1: its note"),
    ("UPDATE favourite SET url = 'a' || char(10) WHERE id = 1", "favourite 1: its url"),
    (
      "UPDATE favourite SET created_at = 9223372036854775807 WHERE id = 1",
      "favourite 1: its dates"
    ),
    ("UPDATE favourite SET opened = -1 WHERE id = 1", "favourite 1: how often it was opened"),
    ("UPDATE favourite SET uid = zeroblob(16) WHERE id = 1", "favourite 1: its uid"),
    ("UPDATE favourite SET id = -3 WHERE id = 1", "favourite -3: its id"),
    ("UPDATE trash SET tags = '[bad'", "favourite 3 in the trash: its tags"),
    ("UPDATE trash SET title = ''", "favourite 3 in the trash: its title"),
    (
      "UPDATE trash SET deleted_at = -9223372036854775807", "favourite 3 in the trash: its dates"
    ),
    ("UPDATE category SET schema = '{bad' WHERE name = 'books'", "category books: its schema"),
    ("UPDATE category SET name = 'a#' WHERE name = 'books'", "category a#: its name"),
    (
      "UPDATE change_item SET before = '{bad' WHERE before IS NOT NULL",
      "change 4: what 3 was before"
    ),
    ("UPDATE change SET at = 9223372036854775807 WHERE number = 4", "change 4: its date"),
  ])
  func `what was entered and cannot be read is told`(sql: String, problem: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      #expect(try problems(of: path) == [:])
      try Connection(unhardened: path, access: .readWrite).execute(sql)
      #expect(try problems(of: path)[.entries] == problem)
    }
  }

  @Test(arguments: [
    (
      """
      INSERT INTO trash(id, uid, category, category_name, rank, deleted_at, change, created_at,
        modified_at, opened, title)
      SELECT id, uid, category, 'x', 1, 0, change, created_at, modified_at, 0, title
      FROM favourite WHERE id = 1
      """, "favourite 1 is in the trash too"
    ),
    (
      """
      UPDATE favourite SET uid = x'01a21a8396e17fe3a54fbe1941a2537a' WHERE id IN (1, 2);
      INSERT INTO uid VALUES(0x01a21a83537a, 1), (0x01a21a83537a, 2)
      """, "favourite 2 has the uid of 1"
    ),
    (
      """
      UPDATE favourite SET uid = (SELECT uid FROM favourite WHERE id = 2) WHERE id = 1;
      INSERT INTO uid VALUES(0, 1)
      """, "favourite 2 has the uid of 1"
    ),
    (
      "UPDATE trash SET uid = (SELECT uid FROM favourite WHERE id = 1)",
      "favourite 1 has the uid of 3 in the trash"
    ),
    (
      "UPDATE category SET uid = (SELECT uid FROM category WHERE name = 'books')",
      "category gone has the uid of books"
    ),
    (
      """
      INSERT INTO trash_category(id, uid, name, key, deleted_at, change, created_at, modified_at)
      SELECT id, zeroblob(16), name, key, 0, change, created_at, modified_at
      FROM category WHERE name = 'books'
      """, "category books is in the trash too"
    ),
  ])
  func `what is in two places at once is told`(sql: String, problem: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      try Connection(unhardened: path, access: .readWrite).execute(sql)
      #expect(try problems(of: path)[.uniqueness] == problem)
    }
  }

  @Test(arguments: [
    ("DELETE FROM change_item", "favourite 3 in the trash"),
    ("DELETE FROM change_item WHERE kind = 2", "category books"),
    ("UPDATE trash SET change = 777", "favourite 3 in the trash"),
    (
      "UPDATE favourite SET change = (SELECT max(number) + 1 FROM change) WHERE id = 2",
      "favourite 2"
    ),
    ("UPDATE favourite SET change = 1 WHERE id = 2", "favourite 2"),
    ("UPDATE change SET first_added = NULL, last_added = NULL WHERE number = 1", "favourite 1"),
  ])
  func `what the history does not account for is told`(sql: String, problem: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try Connection(unhardened: path, access: .readWrite).execute(sql)
      let check = Check.history
      #expect(try problems(of: path)[check] == problem)
      // A rehearsal has a number too, and is not taken for what happened.
      let found = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
        (store) throws(StoreError) in try store.inspect()
      }.result
      #expect(found.contains { $0.check == check && $0.problem == problem })
    }
  }

  @Test func `changes of a machine that is not known are told with their number`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      try Connection(unhardened: path, access: .readWrite).execute("DELETE FROM device")
      #expect(
        try problems(of: path)[.references]
          == "change 1 belongs to a device that does not exist")
    }
  }

  @Test func `tags that are no tags are not printed as JSON`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try Connection(unhardened: path, access: .readWrite).execute(
        """
        UPDATE favourite SET tags = '[bad' WHERE id = 1;
        UPDATE trash SET metadata = '{"a":'
        """)
      let tags = StoreError.unusable(
        path: path, .damaged("the tags of favourite 1 cannot be read"))
      #expect(throws: tags) { _ = try listed(path) }
      #expect(throws: tags) { _ = try store.favourite(1) }
      #expect(throws: tags) { _ = try store.favourite(1, after: 4) }
      let rows = try store.trashed(TrashQuery())
      var told: StoreError?
      do throws(StoreError) { _ = try rows.next() } catch { told = error }
      #expect(
        told == .unusable(path: path, .damaged("the metadata of favourite 3 cannot be read")))
    }
  }

  @Test(arguments: [
    ("[]", true), ("[\"a\",\"\\u00e9\\n\"]", true), (" [ 1 , -0.5e+3 , true,false,null ] ", true),
    ("[[{\"a\":[]}]]", true), ("[", false), ("[1,]", false), ("[01]", false), ("[\"a]", false),
    ("[\"\\x\"]", false), ("[1] 2", false), ("{}", false), ("[\"\u{1}\"]", false), ("", false),
    ("[tru]", false), ("[1.]", false), ("[\"\\u12g4\"]", false),
    (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), false),
  ])
  func `a stored array is told from what is none`(text: String, isArray: Bool) {
    #expect(JSONCheck.isArray(text) == isArray)
    let object = "{\"a\":\(text)}"
    #expect(JSONCheck.isObject(object) == (isArray || text == "{}") || text.hasPrefix("[[["))
  }

  @Test func `an older fault of SQLite in WAL mode is known by its versions`() {
    for version in [3_007_000, 3_040_001, 3_044_005, 3_050_006, 3_051_002] {
      #expect(Store.hasResetFault(version))
    }
    for version in [3_006_023, 3_044_006, 3_050_007, 3_051_003, 3_054_001] {
      #expect(!Store.hasResetFault(version))
    }
  }

  @Test func `a file in WAL mode is remarked on with such an SQLite only`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      let store = try filled(path)
      _ = consume store
      #expect(try !Store.reading(path).isInDangerOfReset())
      try Connection(unhardened: path, access: .readWrite).execute("PRAGMA journal_mode=WAL")
      #expect(
        try Store.reading(path).isInDangerOfReset()
          == Store.hasResetFault(Connection.libraryVersionNumber))
    }
  }
}

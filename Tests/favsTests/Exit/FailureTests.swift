import Host
import Testing

@testable import Exchange
@testable import Favourites
@testable import Sync
@testable import favs

/// Each error in words, with its exit code.
struct FailureTests {
  /// An error, and what comes of it.
  struct Case: CustomTestStringConvertible {
    let failure: Failure
    let code: ExitCode
    let message: String
    var hint: String?

    init(_ error: StoreError, _ code: ExitCode, _ message: String, _ hint: String? = nil) {
      self.init(Failure(error, path: "favs.db"), code, message, hint)
    }

    init(_ failure: Failure, _ code: ExitCode, _ message: String, _ hint: String? = nil) {
      (self.failure, self.code, self.message, self.hint) = (failure, code, message, hint)
    }

    var testDescription: String { message }

    func check() {
      #expect(failure.code == code)
      #expect(failure.message == message)
      #expect(failure.hint == hint)
    }
  }

  private static func candidate(
    _ id: Int64, _ title: String, in category: String = "books", rank: Int64? = nil
  ) -> StoreError.Candidate {
    StoreError.Candidate(id: id, title: title, category: category, rank: rank)
  }

  static let notFound = [
    Case(
      .noFavourite("99"), .notFound, "no favourite has id 99",
      "favs list shows them; favs search QUERY finds them"),
    Case(
      .noFavourite("9a"), .notFound, "no favourite is called '9a'",
      "favs list shows them; favs search QUERY finds them"),
    Case(
      .noFavourite(""), .notFound, "no favourite is called ''",
      "favs list shows them; favs search QUERY finds them"),
    Case(
      .inTrash("3", [candidate(3, "Dune")]), .notFound, "favourite 3 is in the trash: 'Dune'",
      "favs restore 3 restores it"),
    Case(
      .inTrash("dune", [candidate(3, "Dune")]), .notFound, "'dune' is in the trash, as 3",
      "favs restore 3 restores it"),
    Case(
      .inTrash("dune", [candidate(3, "Dune"), candidate(8, "Dune")]), .notFound,
      "'dune' is in the trash, as 3, 8", "favs restore 3 restores the first"),
    Case(.notInTrash("x"), .notFound, "'x' is not in the trash", "favs trash lists it"),
    Case(
      .noCategory("bks"), .notFound, "no category is called 'bks'",
      "favs category list shows them"),
    Case(
      .noField("nope", category: "books"), .notFound, "category 'books' has no field 'nope'",
      "favs category show lists its fields"),
    Case(
      .noTag("x"), .notFound, "no favourite has the tag 'x'", "favs tag list shows them"),
    Case(.noChange(7), .notFound, "no change has number 7", "favs history shows them"),
    Case(.nothingToUndo, .notFound, "nothing to undo"),
    Case(.nothingToRedo, .notFound, "nothing to redo"),
  ]

  @Test(arguments: notFound)
  func `what is not there is said to be so, with what shows the rest`(error: Case) {
    error.check()
  }

  static let conflicts = [
    Case(
      .ambiguous("dune", [candidate(1, "Dune"), candidate(2, "Dune")]), .conflict,
      "'dune' is ambiguous: 2 favourites match",
      "use its id: 1 (Dune, in books); 2 (Dune, in books)"),
    Case(
      .ambiguous("dune", [candidate(1, "Dune", rank: 1), candidate(2, "Dune", rank: 4)]),
      .conflict, "'dune' is ambiguous: 2 favourites match",
      "use its rank: books@1 (Dune, 1); books@4 (Dune, 2)"),
    Case(
      .ambiguous(
        "dune",
        [candidate(1, "Dune", in: "it's mine", rank: 2), candidate(4, "Dune", rank: 1)]),
      .conflict, "'dune' is ambiguous: 2 favourites match",
      "use its rank: 'it'\\''s mine@2' (Dune, 1); books@1 (Dune, 4)"),
    Case(
      .alreadyThere(url: "https://a.org", id: 3, category: "books"), .conflict,
      "'https://a.org' is already in 'books', as 3",
      "favs show 3 shows it; --update changes it, --duplicate keeps both"),
    Case(
      .twiceThere(url: "https://a.org", category: "books"), .conflict,
      "'https://a.org' would be in 'books' more than once"),
    Case(
      .alreadyThere(url: "https://a.org", id: 3, category: "books", isNew: false), .conflict,
      "'https://a.org' is already in 'books', as 3", "favs show 3 shows it"),
    Case(
      .restoreConflict(id: 3, with: 5, category: "books"), .conflict,
      "cannot restore 3: its URL is in 'books' again, as 5",
      "--on-conflict skip leaves it in the trash; rename and merge restore it"),
    Case(
      .categoryExists("books"), .conflict, "category 'books' already exists",
      "favs category merge CATEGORY INTO merges them"),
    Case(
      .categoryInsideItself("a/b"), .conflict, "cannot move a category into itself: 'a/b'"),
    Case(.besideItself, .conflict, "cannot move a favourite before or after itself"),
    Case(
      .redoOvertaken(by: 9), .conflict, "change 9 was made after the undo",
      "favs undo reverts it; favs history shows all changes"),
    Case(
      .redoOvertaken(by: 9, isFinal: true), .conflict, "change 9 was made after the undo",
      "it cannot be undone; favs history shows all changes"),
    Case(.alreadyUndone(3, by: 4), .conflict, "change 3 was already undone by change 4"),
    Case(
      .notUndoable(3), .conflict, "change 3 is itself an undo or a redo",
      "favs redo redoes an undone change"),
    Case(
      .onlyOpened(3), .conflict, "change 3 only counted an opening: nothing to undo"),
    Case(
      .onlyDiscarded(3), .conflict,
      "change 3 only put into the trash what other devices knew and this one did not: "
        + "the next sync would do it again",
      "favs restore takes it out of the trash, on all devices"),
    Case(
      .overtaken(3, by: [5]), .conflict,
      "change 3 cannot be undone: later changes touched the same fields",
      "favs undo 3 --with-later also undoes change 5"),
    Case(
      .overtaken(3, by: [5, 4]), .conflict,
      "change 3 cannot be undone: later changes touched the same fields",
      "favs undo 3 --with-later also undoes changes 5, 4"),
    Case(
      .overtaken(3, by: Array(4...14)), .conflict,
      "change 3 cannot be undone: later changes touched the same fields",
      "favs undo 3 --with-later also undoes changes 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and others"),
    Case(
      .backupOfItself(path: "a.db"), .conflict, "'a.db' is the database itself",
      "name another file for the backup"),
    Case(
      .companion(path: "a.db-wal"), .conflict, "'a.db-wal' belongs to an existing database",
      "name another file"),
    Case(
      .notOlder(path: "b.db"), .conflict,
      "'b.db' is not an older backup of this database: it has other changes",
      "name another file, or remove it first"),
    Case(
      .outdated(path: "a.db"), .conflict,
      "'a.db' was made by an older favs, and a dry run does not upgrade it",
      "favs list backs it up and upgrades it; then try again"),
  ]

  @Test(arguments: conflicts)
  func `what cannot be done as things are says why, and the way on`(error: Case) { error.check() }

  static let files = [
    Case(
      .unusable(path: "favs.db", .empty), .database,
      "'favs.db' is empty, so it is not a favs database",
      "favs backup list shows backups; if you remove it, favs creates a new one"),
    Case(
      .unusable(path: "old.db", .empty), .database,
      "'old.db' is empty, so it is not a favs database", "favs backup list shows backups"),
    Case(
      .unusable(path: "favs.db", .notADatabase), .database, "'favs.db' is not a database",
      "name another file with --db; if it was one, favs backup list shows backups"),
    Case(
      .unusable(path: "favs.db", .foreign), .database,
      "'favs.db' is another program's database", "name another file with --db"),
    Case(
      .unusable(path: "favs.db", .newer(version: 9, supported: 5)), .database,
      "'favs.db' was made by a newer favs (version 9; this one knows 5)",
      "use that favs, or upgrade this one"),
    Case(
      .unusable(path: "favs.db", .notAFile), .database, "'favs.db' is not a plain file",
      "name a plain file; favs follows no symbolic links"),
    Case(
      .unusable(path: "favs.db", .strayJournal), .database,
      "'favs.db-journal' is not a plain file",
      "move it away: it has the name of the journal of 'favs.db'"),
    Case(
      .unusable(path: "favs.db", .notOurs), .database, "'favs.db' belongs to another user",
      "--db uses it anyway"),
    Case(
      .unusable(path: "old.db", .notOurs), .database, "'old.db' belongs to another user",
      "move it away; favs creates another"),
    Case(
      .unusable(path: "favs.db", .isOpen), .database, "other users can write to 'favs.db'",
      "check what is in it; favs doctor --fix removes the permission"),
    Case(
      .unusable(path: "old.db", .damaged("page 3")), .database,
      "'old.db' is damaged: page 3", "favs backup list shows backups"),
    Case(
      .busy(path: "favs.db"), .busy, "'favs.db' is busy: another favs is writing",
      "try again when it is done"),
    Case(
      .notUntouched(path: "favs.db"), .busy, "another favs has just created 'favs.db'",
      "try again"),
    Case(
      .companionName(path: "x-wal"), .usage, "'x-wal' has the name of a database's journal or lock",
      "use a name that does not end in -journal, -wal, -shm or .lock"),
    Case(
      .invalid(InvalidValue(field: "title", reason: "is empty")), .invalidInput,
      "title is empty"),
  ]

  @Test(arguments: files)
  func `a file that cannot be used is named, with the way out`(error: Case) { error.check() }

  @Test func `a damaged file names every way to what is left of it`() {
    Case(
      .unusable(path: "favs.db", .altered(object: "t")), .database,
      "'favs.db' does not have favs' layout: see 't'",
      "favs doctor shows what is wrong; favs doctor --salvage NEWFILE rescues what can be read; "
        + "favs backup list shows backups"
    ).check()
  }

  static let system = [
    Case(
      Failure(HostError(call: "open", path: "a b", code: 13)), .inputOutput,
      "cannot open 'a b': permission denied"),
    Case(
      Failure(HostError(call: "write", code: 28)), .inputOutput,
      "cannot write: no space left on device"),
    Case(
      Failure(HostError(call: "mkdir", path: "d", code: 30)), .inputOutput,
      "cannot create 'd': read-only file system"),
    Case(
      Failure(HostError(call: "unlink", path: "d", code: 1)), .inputOutput,
      "cannot remove 'd': operation not permitted"),
    Case(
      Failure(HostError(call: "posix_spawn", path: "vi", code: 2)), .inputOutput,
      "cannot run 'vi': no such file or directory"),
    Case(
      Failure(HostError(call: "stat", path: "d", code: 40)), .inputOutput,
      "cannot open 'd': too many levels of symbolic links"),
    Case(
      Failure(InvalidWord(argument: 3, offset: 7)), .invalidInput,
      "argument 3 is not valid UTF-8 at byte 7"),
    Case(
      Failure(InvalidVariable(name: "HOME", offset: 0)), .invalidInput,
      "the variable HOME is not valid UTF-8 at byte 0"),
    Case(
      Failure(UnusableInput.device, in: "/dev/zero"), .invalidInput,
      "/dev/zero is a device, which may never end", "name a file, or use a pipe"),
    Case(
      Failure(UnusableInput.endless(limit: 4 << 30), in: "standard input"), .invalidInput,
      "standard input: more than 4 GiB of input; nothing was imported",
      "files may be larger than piped input"),
    Case(
      Failure(UnusableInput.fillsDisk(folder: "/tmp", reserve: 64 << 20), in: "-"), .inputOutput,
      "-: less than 64 MiB of space left in '/tmp'",
      "set TMPDIR to a folder with more space"),
    Case(
      Failure(ExchangeError.malformed(Location(line: 3, column: 5), "no tag"), in: "a.html"),
      .invalidInput, "a.html: line 3, column 5: no tag"),
    Case(
      Failure(ExchangeError.malformed(nil, "it is empty"), in: "a.html"), .invalidInput,
      "a.html: it is empty"),
    Case(
      Failure(ExchangeError.tooLarge("a line"), in: "a.html"), .invalidInput,
      "a.html: too large: a line"),
    Case(Failure(ExchangeError.busy("Firefox"), in: "a"), .busy, "a: Firefox"),
    Case(
      Failure(.invalidInput, "title is empty", hint: "name it").at(line: 3), .invalidInput,
      "standard input: line 3: title is empty", "name it"),
  ]

  @Test(arguments: system)
  func `what the system or the input refuses is told in plain words`(error: Case) { error.check() }

  static let syncs = [
    Case(
      Failure(SyncRefusal.clock), .conflict, "the clock of this machine is past all use", "set it"),
    Case(
      Failure(SyncRefusal.lost("laptop")), .database, "the remote has lost what 'laptop' had there",
      "favs sync --again sends everything that it lacks"),
    Case(
      Failure(SyncRefusal.tooMuch(.trashed, count: 30, of: 40)), .conflict,
      "this sync would move 30 of 40 favourites to the trash; nothing was done",
      "use --yes to do it, -n to look"),
    Case(
      Failure(SyncRefusal.tooMuch(.changed, count: 1, of: 1)), .conflict,
      "this sync would change 1 of 1 favourite; nothing was done",
      "use --yes to do it, -n to look"),
    Case(
      Failure(SyncRefusal.tooMuch(.added, count: 1, of: 40)), .conflict,
      "this sync would add 1 favourite to 40; nothing was done",
      "use --yes to do it, -n to look"),
    Case(
      Failure(SyncRefusal.tooMuch(.trashedElsewhere, count: 20, of: 40)), .conflict,
      "this sync would move 20 of 40 favourites to the trash on all devices; nothing was done",
      "use --yes to do it, -n to look"),
    Case(
      Failure(SyncRefusal.unread), .inputOutput,
      "the files of the remote could not be read; nothing was done"),
  ]

  @Test(arguments: syncs)
  func `a sync that is refused says what it would have done`(error: Case) { error.check() }

  static let settings = [
    Case(
      Failure(SettingsFile.Mistake(line: 3, message: "no value", hint: nil), in: "/c/config"),
      .usage, "/c/config, line 3: no value", "favs config --edit opens the file"),
    Case(
      Failure(
        SettingsFile.Mistake(
          line: 1, message: "unknown setting 'srt'", hint: "did you mean 'sort'?"),
        in: "/c/config"), .usage, "/c/config, line 1: unknown setting 'srt'",
      "did you mean 'sort'?; favs config --edit opens the file"),
    Case(
      Failure(settings: "/c/my config", .isOpen), .conflict,
      "other users can write to '/c/my config', and settings can run programs",
      "check what is in it, then: chmod o-w '/c/my config'"),
    Case(
      Failure(settings: "/c/config", .tooLong), .usage, "'/c/config' is longer than 64 KiB",
      "favs config --edit opens the file"),
    Case(
      Failure(settings: "/c/config", .notPlain), .usage, "'/c/config' is not a plain file",
      "move it away"),
    Case(
      Failure(
        ValueError("'x' is not a number"), of: SettingKey<Int64>.perPage.setting,
        from: .environment("FAVS_PER_PAGE")), .usage, "$FAVS_PER_PAGE: 'x' is not a number"),
    Case(
      Failure(
        ValueError("'x' is not a number"), of: SettingKey<Int64>.perPage.setting,
        from: .file(line: 2)), .usage, "per_page: 'x' is not a number"),
  ]

  @Test(arguments: settings)
  func `wrong settings are named with their line or their variable`(error: Case) { error.check() }

  static let journals = [
    Case(
      Failure(.notPlain, "a.db-journal"), .database,
      "'a.db-journal' is not a plain file with one name",
      "if it is not yours, move it away; favs doctor --salvage NEWFILE reads 'a.db' without it"),
    Case(
      Failure(.notOurs, "a.db-wal"), .database,
      "'a.db-wal' or 'a.db' belongs to another user",
      "if it is not yours, move it away; favs doctor --salvage NEWFILE reads 'a.db' without it"),
    Case(
      Failure(.folderIsOpen, "a.db-journal"), .database,
      "'a.db-journal' is in a folder that other users can write to",
      "move it and 'a.db' to a folder of your own"),
  ]

  @Test(arguments: journals)
  func `a journal that is not trusted says which file it belongs to`(error: Case) { error.check() }

  @Test func `exit codes have names of their own, and are in order`() {
    #expect(
      ExitCode.allCases.map { "\($0.rawValue) \($0.name)" } == [
        "0 done", "1 incomplete", "2 usage", "3 not_found", "4 conflict", "5 busy", "6 database",
        "7 input_output", "8 invalid_input", "130 interrupted", "141 pipe_closed", "143 terminated",
      ])
    for code in ExitCode.allCases { #expect(code.meaning.utf8.count <= 66, "\(code)") }
  }
}

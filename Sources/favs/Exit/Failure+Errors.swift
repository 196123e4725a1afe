internal import Exchange
internal import Favourites
internal import Host

// The only place where errors of the layers below get their exit codes and messages.

extension Failure {
  init(_ error: UsageError) {
    switch error {
    case .unknownCommand(let word, let parent, let nearest):
      let whole = parent.isEmpty ? word : "\(parent) \(word)"
      let help = parent.isEmpty ? "favs help" : "favs help \(parent)"
      self.init(
        .usage, "unknown command '\(whole)'",
        hint: nearest.map { "did you mean '\(parent.isEmpty ? $0 : "\(parent) \($0)")'?" }
          ?? "\(help) lists the commands")
    case .missingCommand(let parent, let names):
      self.init(
        .usage, parent.isEmpty ? "no command given" : "'\(parent)' needs a command",
        hint: "one of \(names.joined(separator: ", "))")
    case .unknownOption(let option, let command, let nearest):
      self.init(
        .usage, "unknown option '\(option)'",
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "favs help\(command.isEmpty ? "" : " " + command) lists the options")
    case .ambiguousOption(let option, let candidates):
      self.init(
        .usage, "'\(option)' is ambiguous",
        hint: "it matches \(candidates.joined(separator: ", "))")
    case .missingValue(let option, let value):
      self.init(.usage, "\(option) needs a value (\(value))")
    case .optionOrWord(let word, let option):
      let (value, left) = (word.dropFirst(2), word.dropFirst())
      self.init(
        .usage, "'\(word)' could be the option \(option) or a word to leave out",
        hint: "write '\(option) \(value)' or 'not \(left)'")
    case .apart(let option, let other):
      self.init(.usage, "\(option) cannot be used with \(other)")
    case .unexpectedValue(let option):
      self.init(.usage, "\(option) takes no value")
    case .badValue(let option, let value):
      self.init(.usage, "\(option): \(value.message)", hint: value.hint)
    case .missingOperand(let command, let name):
      self.init(
        .usage, "'\(command)' needs \(name)", hint: "favs help \(command) shows its usage")
    case .tooManyOperands(let command, let word):
      self.init(
        .usage, "'\(command)' does not take '\(word)'", hint: "favs help \(command) shows its usage"
      )
    }
  }

  init(_ error: InvalidWord) {
    self.init(
      .invalidInput, "argument \(error.argument) is not valid UTF-8 at byte \(error.offset)")
  }

  init(_ error: InvalidVariable) {
    self.init(
      .invalidInput,
      "the variable \(error.name) is not valid UTF-8 at byte \(error.offset)")
  }

  init(_ error: UnusableInput, in name: String) {
    func size(_ bytes: Int64) -> String {
      bytes >= 1 << 30 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
    }
    switch error {
    case .host(let error): self.init(error)
    case .device:
      self.init(
        .invalidInput, "\(name) is a device, which may never end",
        hint: "name a file, or use a pipe")
    case .endless(let limit):
      self.init(
        .invalidInput, "\(name): more than \(size(limit)) of input; nothing was imported",
        hint: "files may be larger than piped input")
    case .fillsDisk(let folder, let reserve):
      self.init(
        .inputOutput, "\(name): less than \(size(reserve)) of space left in '\(folder)'",
        hint: "set TMPDIR to a folder with more space")
    }
  }

  init(_ error: HostError) {
    let object = error.path.map { " '\($0)'" } ?? ""
    if error.call == StagedFile.confirming {
      self.init(
        .inputOutput,
        "\(object.dropFirst()) was written, but the disk did not confirm it: \(error.reason)",
        systemError: error.code)
    } else if error.isLockingUnavailable {
      self.init(
        .inputOutput, "cannot lock\(object): its file system does not support locks",
        systemError: error.code)
    } else {
      self.init(
        .inputOutput, "cannot \(Self.verb(error.call))\(object): \(error.reason)",
        systemError: error.code)
    }
  }

  /// What a C function does, in plain words.
  private static func verb(_ call: String) -> String {
    switch call {
    case "flock": "lock"
    case "link", "mkdir", "fchmod": "create"
    case "unlink": "remove"
    case "fsync": "sync"
    case "posix_spawn", "waitpid": "run"
    case "realpath", "stat", "lstat", "fstat": "open"
    default: call
    }
  }

  init(_ error: JSONError, in name: String) {
    self.init(.invalidInput, "\(name): \(error.message)")
  }

  /// - Parameter name: the name of the file in messages.
  init(_ error: ExchangeError, in name: String) {
    switch error {
    case .malformed(let location, let reason):
      let place = location.map { "\($0.text): " } ?? ""
      self.init(.invalidInput, "\(name): \(place)\(reason)")
    case .tooLarge(let what): self.init(.invalidInput, "\(name): too large: \(what)")
    case .busy(let reason): self.init(.busy, "\(name): \(reason)")
    case .stopped: self.init(.invalidInput, "\(name): was not read to its end")
    case .host(let error): self.init(error)
    }
  }

  init(_ error: StoreError, path: String) {
    switch error {
    case .sqlite(let error): self.init(sqlite: error.sqliteKind, error.description, path)
    case .host(let error): self.init(error)
    case .unusable(let broken, let reason): self.init(reason, broken, isOther: broken != path)
    case .outdated(let path):
      self.init(
        .conflict, "'\(path)' was made by an older favs, and a dry run does not upgrade it",
        hint: "favs list backs it up and upgrades it; then try again")
    case .notUpgradable(let path, let error):
      self.init(
        .inputOutput,
        "'\(path)' was made by an older favs and cannot be upgraded: \(error.reason)",
        hint: "copy it to a folder that you can write to, and use the copy",
        systemError: error.code)
    case .busy(let path):
      self.init(
        .busy, "'\(path)' is busy: another favs is writing", hint: "try again when it is done")
    case .unconfirmed(let change, let error):
      self.init(
        .inputOutput,
        "change \(change) was saved, but the disk did not confirm it: \(error.description)",
        hint: "favs undo reverts it; favs doctor checks the database")
    case .unconfirmedSights(let error):
      self.init(
        .inputOutput,
        "the state of the links was saved, but the disk did not confirm it: \(error.description)",
        hint: "favs doctor checks the database")
    case .unconfirmedSync(let error):
      self.init(
        .inputOutput,
        "what the sync noted was saved, but the disk did not confirm it: \(error.description)",
        hint: "favs sync goes on from there; favs doctor checks the database")
    case .invalid(let value):
      self.init(.invalidInput, "\(value.field) \(value.reason)")
    case .noFavourite(let word):
      let isNumber = !word.isEmpty && word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      self.init(
        .notFound, isNumber ? "no favourite has id \(word)" : "no favourite is called '\(word)'",
        hint: "favs list shows them; favs search QUERY finds them")
    case .inTrash(let word, let trashed):
      let ids = trashed.map { String($0.id) }
      let list = ids.joined(separator: ", ")
      let isID = ids.count == 1 && word.utf8.elementsEqual(list.utf8)
      self.init(
        .notFound,
        isID
          ? "favourite \(list) is in the trash: '\(trashed[0].title)'"
          : "'\(word)' is in the trash, as \(list)",
        hint: "favs restore \(ids[0]) restores \(ids.count == 1 ? "it" : "the first")")
    case .notInTrash(let word):
      self.init(.notFound, "'\(word)' is not in the trash", hint: "favs trash lists it")
    case .noCategory(let name):
      self.init(.notFound, "no category is called '\(name)'", hint: "favs category list shows them")
    case .noField(let key, let category):
      self.init(
        .notFound, "category '\(category)' has no field '\(key)'",
        hint: "favs category show lists its fields")
    case .noSortKey(let name):
      self.init(
        .usage, "--sort: no favourite has metadata '\(name)'",
        hint: "sort by \(Ordering.names.joined(separator: ", ")), or by existing metadata")
    case .noTag(let name):
      self.init(.notFound, "no favourite has the tag '\(name)'", hint: "favs tag list shows them")
    case .noChange(let number):
      self.init(.notFound, "no change has number \(number)", hint: "favs history shows them")
    case .ambiguous(let word, let candidates):
      let list = candidates.map { one in
        one.rank.map {
          "\(ShellWord.quoted("\(one.category)@\($0)")) (\(one.title), \(one.id))"
        }
          ?? "\(one.id) (\(one.title), in \(one.category))"
      }
      let way = candidates.contains { $0.rank != nil } ? "rank" : "id"
      self.init(
        .conflict, "'\(word)' is ambiguous: \(list.count) favourites match",
        hint: "use its \(way): \(list.joined(separator: "; "))")
    case .alreadyThere(let url, let id, let category, let isNew):
      self.init(
        .conflict, "'\(url)' is already in '\(category)', as \(id)",
        hint: "favs show \(id) shows it"
          + (isNew ? "; --update changes it, --duplicate keeps both" : ""))
    case .twiceThere(let url, let category):
      self.init(.conflict, "'\(url)' would be in '\(category)' more than once")
    case .restoreConflict(let id, let other, let category):
      self.init(
        .conflict, "cannot restore \(id): its URL is in '\(category)' again, as \(other)",
        hint: "--on-conflict skip leaves it in the trash; rename and merge restore it")
    case .categoryExists(let name):
      self.init(
        .conflict, "category '\(name)' already exists",
        hint: "favs category merge CATEGORY INTO merges them")
    case .categoryInsideItself(let name):
      self.init(.conflict, "cannot move a category into itself: '\(name)'")
    case .besideItself:
      self.init(.conflict, "cannot move a favourite before or after itself")
    case .nothingToUndo: self.init(.notFound, "nothing to undo")
    case .nothingToRedo: self.init(.notFound, "nothing to redo")
    case .redoOvertaken(let number, let isFinal):
      self.init(
        .conflict, "change \(number) was made after the undo",
        hint: (isFinal ? "it cannot be undone" : "favs undo reverts it")
          + "; favs history shows all changes")
    case .alreadyUndone(let number, let by):
      self.init(.conflict, "change \(number) was already undone by change \(by)")
    case .notUndoable(let number):
      self.init(
        .conflict, "change \(number) is itself an undo or a redo",
        hint: "favs redo redoes an undone change")
    case .isFinal(let number):
      self.init(
        .conflict,
        "change \(number) cannot be undone: it emptied the trash, or merged things with the same "
          + "name",
        hint: "favs undo N undoes an earlier change")
    case .onlyOpened(let number):
      self.init(.conflict, "change \(number) only counted an opening: nothing to undo")
    case .onlyDiscarded(let number):
      self.init(
        .conflict,
        "change \(number) only put into the trash what other devices knew and this one did not: "
          + "the next sync would do it again",
        hint: "favs restore takes it out of the trash, on all devices")
    case .overtaken(let number, let later):
      let list = later.prefix(10).map(String.init).joined(separator: ", ")
      let what = later.count == 1 ? "change \(list)" : "changes \(list)"
      self.init(
        .conflict,
        "change \(number) cannot be undone: later changes touched the same fields",
        hint:
          "favs undo \(number) --with-later also undoes \(what)"
          + (later.count > 10 ? " and others" : "")
      )
    case .backupOfItself(let path):
      self.init(
        .conflict, "'\(path)' is the database itself", hint: "name another file for the backup")
    case .companion(let path):
      self.init(
        .conflict, "'\(path)' belongs to an existing database", hint: "name another file")
    case .companionName(let path): self.init(companionName: path)
    case .notOlder(let path):
      self.init(
        .conflict, "'\(path)' is not an older backup of this database: it has other changes",
        hint: "name another file, or remove it first")
    case .notUntouched(let path):
      self.init(.busy, "another favs has just created '\(path)'", hint: "try again")
    }
  }

  /// - Parameter isOther: whether this is not the database of the command but another file, such as
  ///   a backup.
  private init(_ reason: UnusableFile, _ path: String, isOther: Bool) {
    let message: String
    let copies = "favs backup list shows backups"
    let another = "name another file with --db"
    let hint: String
    switch reason {
    case .empty:
      message = "'\(path)' is empty, so it is not a favs database"
      hint = isOther ? copies : "\(copies); if you remove it, favs creates a new one"
    case .notADatabase:
      message = "'\(path)' is not a database"
      hint = isOther ? copies : "\(another); if it was one, \(copies)"
    case .foreign:
      message = "'\(path)' is another program's database"
      hint = isOther ? copies : another
    case .newer(let version, let supported):
      message =
        "'\(path)' was made by a newer favs (version \(version); this one knows \(supported))"
      hint = "use that favs, or upgrade this one"
    case .notAFile:
      message = "'\(path)' is not a plain file"
      hint = "name a plain file; favs follows no symbolic links"
    case .strayJournal:
      message = "'\(path)-journal' is not a plain file"
      hint = "move it away: it has the name of the journal of '\(path)'"
    case .notOurs:
      message = "'\(path)' belongs to another user"
      hint = isOther ? "move it away; favs creates another" : "--db uses it anyway"
    case .isOpen:
      message = "other users can write to '\(path)'"
      hint = "check what is in it; favs doctor --fix removes the permission"
    case .altered(let object):
      message = "'\(path)' does not have favs' layout: see '\(object)'"
      hint = isOther ? copies : Self.waysOut
    case .nothingLeft:
      message = "'\(path)' has no favourites or categories that can be read"
      hint = copies
    case .damaged(let detail):
      message = "'\(path)' is damaged: \(detail)"
      hint = isOther ? copies : Self.waysOut
    }
    self.init(.database, message, hint: hint)
  }

  /// The ways to recover from a damaged file.
  private static let waysOut =
    "favs doctor shows what is wrong; favs doctor --salvage NEWFILE rescues what can be read; "
    + "favs backup list shows backups"

  private init(sqlite kind: SQLiteKind, _ description: String, _ path: String) {
    switch kind {
    case .busy where !Lock.isAvailable(on: path):
      // SQLite reports the one as the other.
      self.init(.inputOutput, "cannot lock '\(path)': its file system does not support locks")
    case .busy:
      self.init(
        .busy, "'\(path)' is busy: another program is writing", hint: "try again when it is done")
    case .full: self.init(.inputOutput, "cannot write '\(path)': \(description)")
    case .readOnly: self.init(.inputOutput, "cannot write '\(path)': \(description)")
    case .inputOutput: self.init(.inputOutput, "cannot use '\(path)': \(description)")
    case .damaged:
      self.init(.database, "'\(path)' is damaged: \(description)", hint: Self.waysOut)
    case .tooBig: self.init(.invalidInput, "a value is too long: \(description)")
    case .costly:
      self.init(
        .invalidInput, "the pattern takes too long: it can match in too many ways",
        hint: "shorten it, or search for words instead")
    case .journal(let reason, let journal): self.init(reason, journal)
    case .other: self.init(.database, "cannot use '\(path)': \(description)")
    }
  }
}

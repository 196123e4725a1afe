/// The command table: one line for each command, in the order of the help.
enum Commands {
  static let all: [Entry] = [
    Entry("add", topic: .keep, Add.self),
    Entry("edit", topic: .keep, Edit.self),
    Entry("rm", topic: .keep, Remove.self),
    Entry("list", "ls", topic: .find, List.self),
    Entry("search", "find", topic: .find, Search.self),
    Entry("show", topic: .find, Show.self),
    Entry("stats", topic: .find, Stats.self),
    Entry("open", topic: .find, Open.self),
    Entry("pick", topic: .find, Pick.self),
    Entry("move", "mv", topic: .arrange, Move.self),
    Entry("swap", topic: .arrange, Swap.self),
    Entry(
      "category", topic: .arrange, "Manage categories", usual: .withoutWords,
      [
        Entry("list", topic: .arrange, CategoryList.self),
        Entry("add", topic: .arrange, CategoryAdd.self),
        Entry("show", topic: .arrange, CategoryShow.self),
        Entry("edit", topic: .arrange, CategoryEdit.self),
        Entry("rename", topic: .arrange, CategoryRename.self),
        Entry("merge", topic: .arrange, CategoryMerge.self),
        Entry("rm", topic: .arrange, CategoryRemove.self),
      ]),
    Entry(
      "tag", topic: .arrange, "Manage tags", usual: .withoutWords,
      [
        Entry("list", topic: .arrange, TagList.self),
        Entry("rename", topic: .arrange, TagRename.self),
        Entry("merge", topic: .arrange, TagMerge.self),
        Entry("rm", topic: .arrange, TagRemove.self),
      ]),
    Entry("fetch", topic: .links, Fetch.self),
    Entry("check", topic: .links, CheckLinks.self),
    Entry("dupes", topic: .links, Dupes.self),
    Entry("restore", topic: .recover, Restore.self),
    Entry(
      "trash", topic: .recover, "List, show or empty the trash", usual: .withoutWords,
      [
        Entry("list", topic: .recover, TrashList.self),
        Entry("show", topic: .recover, TrashShow.self),
        Entry("empty", topic: .recover, TrashEmpty.self),
      ]),
    Entry("undo", topic: .recover, Undo.self),
    Entry("redo", topic: .recover, Redo.self),
    Entry("history", "log", topic: .recover, History.self),
    Entry("diff", topic: .recover, Diff.self),
    Entry(
      "backup", topic: .recover, "Make and restore backups", usual: .withWords,
      [
        Entry("create", topic: .recover, BackupCreate.self),
        Entry("list", topic: .recover, BackupList.self),
        Entry("restore", topic: .recover, BackupRestore.self),
      ]),
    Entry("import", topic: .exchange, Import.self),
    Entry("export", topic: .exchange, Export.self),
    Entry(
      "sync", topic: .machines, "Keep the same favourites on several machines",
      usual: .withoutWords,
      [
        Entry("now", topic: .machines, SyncNow.self),
        Entry("init", topic: .machines, SyncInit.self),
        Entry("status", topic: .machines, SyncStatus.self),
        Entry("conflicts", topic: .machines, SyncConflicts.self),
        Entry("devices", topic: .machines, SyncDevices.self),
        Entry("leave", topic: .machines, SyncLeave.self),
      ]),
    Entry("config", topic: .about, Config.self),
    Entry("doctor", topic: .about, Doctor.self),
    Entry("logs", topic: .about, Logs.self),
    Entry("help", topic: .about, HelpCommand.self),
    Entry("version", topic: .about, Version.self),
    Entry("init", topic: .about, Init.self),
    Entry("completions", topic: .about, Completions.self),
    Entry("man", topic: .about, Man.self),
  ]

  /// Commands for shells and other programs, not for people: they are not in the help, and never
  /// suggested.
  static let hidden: [Entry] = [
    Entry("complete", topic: .about, Complete.self),
    Entry("feed", topic: .about, Feed.self),
  ]
}

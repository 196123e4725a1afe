internal import Exchange
internal import Favourites

/// Imports items into the store.
struct ImportWork {
  /// An item prepared for storing, as far as that needs no database.
  enum Prepared {
    /// A favourite, and descriptions of what was lost from it.
    case draft(PreparedDraft, Location, losses: [String])
    case folder(CategoryPath, note: String?, Location)
    case problem(String, Location)
    case leftOut(String)
    case passedOver(String, Location)

    /// The approximate size in memory, in bytes.
    var approximateSize: Int {
      switch self {
      case .draft(let prepared, _, _): prepared.draft.approximateSize
      case .folder(_, let note, _): 512 + (note?.utf8.count ?? 0)
      case .problem(let text, _), .leftOut(let text), .passedOver(let text, _): 64 + text.utf8.count
      }
    }

    /// The item with all work done that needs no database.
    func preparing(by preparer: inout DraftPreparer) -> Prepared {
      guard case .draft(let prepared, let location, let losses) = self else { return self }
      return .draft(preparer.prepared(prepared.draft), location, losses: losses)
    }
  }

  /// The name of the current file.
  var name: String
  private let handling: Duplicates
  /// The final order of the favourites.
  private(set) var order = ImportOrder()
  var report: ImportReport
  var progress: Progress

  init(_ command: Import, name: String, progress: Progress) {
    self.name = name
    self.progress = progress
    handling = command.handling
    report = ImportReport(command.global)
  }

  /// Announces an item of the file, so that no other favourite is taken for it.
  mutating func expect(_ item: Prepared) {
    if case .draft(let prepared, _, _) = item, let uid = prepared.draft.uid { order.expect(uid) }
  }

  /// Prepares an item from a reader; returns nil if there is nothing to import.
  static func prepared(
    _ item: ImportedItem, at location: Location, for command: Import
  ) -> Prepared? {
    let folders = command.folders ?? .category
    do throws(UnusableBookmark) {
      switch item {
      case .draft(var draft):
        try draft.place(folders, into: command.target)
        return finished(draft, at: location, losses: [], for: command)
      case .bookmark(var bookmark):
        if let what = bookmark.placeholder { return .leftOut(what) }
        var losses: [String] = []
        if bookmark.shortenTitle() {
          losses.append("a title of more than \(Limits.titleBytes) bytes was cut")
        }
        if bookmark.shortenNote() {
          losses.append("a note of more than \(Limits.noteBytes) bytes was cut")
        }
        for key in bookmark.shortenMetadata() {
          losses.append("metadata '\(key)' of more than \(Limits.metadataTextBytes) bytes was cut")
        }
        if bookmark.dropLongTags() > 0 {
          losses.append("a tag of more than \(Limits.tagBytes) bytes was skipped")
        }
        if folders == .category, bookmark.shortenFolders(into: command.target) {
          losses.append("folders of more than \(Limits.categoryBytes) bytes were cut")
        }
        let draft = try bookmark.draft(folders: folders, into: command.target)
        return finished(draft, at: location, losses: losses, for: command)
      case .folder(var folder):
        // The favourites in the folder already report that its name was cut.
        folder.shorten(into: command.target)
        guard folders == .category, let path = try folder.category(into: command.target) else {
          return nil
        }
        return .folder(path, note: folder.note, location)
      case .unreadable(let reason): return .problem(reason, location)
      case .leftOut(let what): return .leftOut(what)
      case .passedOver(let what): return .passedOver(what, location)
      }
    } catch {
      return .problem(error.reason, location)
    }
  }

  private static func finished(
    _ draft: Draft, at location: Location, losses: [String], for command: Import
  ) -> Prepared {
    var draft = draft
    draft.tags += command.tags
    if command.isCleaning, let url = draft.url { draft.url = LinkCleaning.cleaned(url) }
    return .draft(PreparedDraft(draft), location, losses: losses)
  }

  /// Stores an item; records a problem if that fails.
  mutating func take(_ thing: Prepared, in store: inout Store) throws(Failure) {
    do throws(StoreError) {
      switch thing {
      case .draft(let prepared, let location, let losses):
        for loss in losses { report.remark(loss, at: location, in: name, isLoss: true) }
        do throws(StoreError) {
          let addition = try store.take(prepared, duplicates: handling, order: &order)
          report.note(addition, prepared.draft)
        } catch .invalid(let value) {
          report.note(problem: "\(value.field) \(value.reason)", at: location, in: name)
        }
      case .folder(let path, let note, let location):
        report.folders += 1
        do throws(StoreError) {
          try store.takeCategory(path, note: note)
        } catch .invalid(let value) {
          report.note(problem: "\(value.field) \(value.reason)", at: location, in: name)
        }
      case .problem(let reason, let location): report.note(problem: reason, at: location, in: name)
      case .leftOut(let what): report.leaveOut(what)
      case .passedOver(let what, let location):
        report.remark("\(what) cannot be imported", at: location, in: name, isLoss: true)
      }
    } catch {
      throw Failure(error, path: store.path)
    }
    progress.note(report.count)
  }
}

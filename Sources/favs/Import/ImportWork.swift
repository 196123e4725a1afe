internal import Exchange
internal import Favourites

/// What an import does with each thing that it reads.
struct ImportWork {
  /// A thing as it is to be kept: read and put together, for which no database is needed.
  enum Prepared {
    /// A favourite, and what was lost of it, in words.
    case draft(PreparedDraft, Place, losses: [String])
    case folder(CategoryPath, note: String?, Place)
    case problem(String, Place)
    case leftOut(String)
    case passedOver(String, Place)

    /// About how many bytes it takes in memory.
    var approximateSize: Int {
      switch self {
      case .draft(let prepared, _, _): prepared.draft.approximateSize
      case .folder(_, let note, _): 512 + (note?.utf8.count ?? 0)
      case .problem(let text, _), .leftOut(let text), .passedOver(let text, _): 64 + text.utf8.count
      }
    }

    /// The same, with all done that needs no database.
    func preparing(by preparer: inout DraftPreparer) -> Prepared {
      guard case .draft(let prepared, let place, let losses) = self else { return self }
      return .draft(preparer.prepared(prepared.draft), place, losses: losses)
    }
  }

  /// The file that is read.
  var name: String
  private let handling: Duplicates
  /// How the favourites are to be ordered in the end.
  private(set) var order = ImportOrder()
  var report: ImportReport
  var progress: Progress

  init(_ command: Import, name: String, progress: Progress) {
    self.name = name
    self.progress = progress
    handling = command.handling
    report = ImportReport(command.global)
  }

  /// Puts together what a reader hands over; nil for what is nothing here.
  static func prepared(
    _ item: ImportedItem, at place: Place, for command: Import
  ) -> Prepared? {
    let folders = command.folders ?? .category
    do throws(UnusableBookmark) {
      switch item {
      case .draft(var draft):
        if let target = command.target { draft.category = target }
        return finished(draft, at: place, losses: [], for: command)
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
        return finished(draft, at: place, losses: losses, for: command)
      case .folder(var folder):
        // What stands in it says that it was cut.
        folder.shorten(into: command.target)
        guard folders == .category, let path = try folder.category(into: command.target) else {
          return nil
        }
        return .folder(path, note: folder.note, place)
      case .unreadable(let reason): return .problem(reason, place)
      case .leftOut(let what): return .leftOut(what)
      case .passedOver(let what): return .passedOver(what, place)
      }
    } catch {
      return .problem(error.reason, place)
    }
  }

  private static func finished(
    _ draft: Draft, at place: Place, losses: [String], for command: Import
  ) -> Prepared {
    var draft = draft
    draft.tags += command.tags
    if command.isCleaning, let url = draft.url { draft.url = LinkCleaning.cleaned(url) }
    return .draft(PreparedDraft(draft), place, losses: losses)
  }

  /// Takes one thing into the store; what cannot be kept is taken down.
  mutating func take(_ thing: Prepared, in store: inout Store) throws(Failure) {
    do throws(StoreError) {
      switch thing {
      case .draft(let prepared, let place, let losses):
        for loss in losses { report.remark(loss, at: place, in: name, isLoss: true) }
        do throws(StoreError) {
          let addition = try store.take(prepared, duplicates: handling, order: &order)
          report.note(addition, prepared.draft)
        } catch .invalid(let value) {
          report.note(problem: "\(value.field) \(value.reason)", at: place, in: name)
        }
      case .folder(let path, let note, let place):
        do throws(StoreError) {
          try store.takeCategory(path, note: note)
        } catch .invalid(let value) {
          report.note(problem: "\(value.field) \(value.reason)", at: place, in: name)
        }
      case .problem(let reason, let place): report.note(problem: reason, at: place, in: name)
      case .leftOut(let what): report.leaveOut(what)
      case .passedOver(let what, let place):
        report.remark("\(what) cannot be imported", at: place, in: name, isLoss: true)
      }
    } catch {
      throw Failure(error, path: store.path)
    }
    progress.note(report.count)
  }
}

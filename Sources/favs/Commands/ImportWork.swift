internal import Exchange
internal import Favourites

/// What an import does with each thing that it reads.
struct ImportWork {
  private let command: Import
  private let name: String
  private let handling: Duplicates
  private let folders: FolderUse
  /// How the favourites are to be ordered in the end.
  private(set) var order = ImportOrder()
  var report: ImportReport
  var progress: Progress

  init(_ command: Import, name: String, progress: Progress) {
    self.command = command
    self.name = name
    self.progress = progress
    folders = command.folders ?? .category
    handling = command.handling
    report = ImportReport(isJSON: command.global.isJSON)
  }

  /// Takes one thing into the store; what cannot be kept is taken down.
  mutating func take(
    _ item: ImportedItem, at place: Place, in store: inout Store
  ) throws(Failure) {
    if let reason = try keep(item, at: place, in: &store) {
      report.note(problem: reason, at: place, in: name)
    }
    progress.note(report.count)
  }

  /// Takes one thing into the store, or says why it cannot be kept.
  private mutating func keep(
    _ item: ImportedItem, at place: Place, in store: inout Store
  ) throws(Failure) -> String? {
    switch item {
    case .draft(var draft):
      if let target = command.target { draft.category = target }
      return try keep(&draft, in: &store)
    case .bookmark(var bookmark):
      if let what = bookmark.placeholder {
        report.leaveOut(what)
        return nil
      }
      if bookmark.shortenTitle() {
        report.remark(
          "a title of more than \(Limits.titleBytes) bytes was cut", at: place, in: name,
          isLoss: true)
      }
      var draft: Draft
      do throws(UnusableBookmark) {
        draft = try bookmark.draft(folders: folders, into: command.target)
      } catch {
        return error.reason
      }
      return try keep(&draft, in: &store)
    case .folder(let folder): return try keep(folder, in: &store)
    case .unreadable(let reason): return reason
    case .leftOut(let what):
      report.leaveOut(what)
      return nil
    case .passedOver(let what):
      report.remark("\(what) cannot be taken over", at: place, in: name, isLoss: true)
      return nil
    }
  }

  private mutating func keep(
    _ draft: inout Draft, in store: inout Store
  ) throws(Failure) -> String? {
    draft.tags += command.tags
    if command.isCleaning, let url = draft.url { draft.url = LinkCleaning.cleaned(url) }
    do throws(StoreError) {
      let addition = try store.take(draft, duplicates: handling, order: &order)
      report.note(addition, draft)
      return nil
    } catch .invalid(let value) {
      return "\(value.field) \(value.reason)"
    } catch {
      throw Failure(error, path: store.path)
    }
  }

  private func keep(_ folder: Folder, in store: inout Store) throws(Failure) -> String? {
    guard folders == .category else { return nil }
    let path: CategoryPath?
    do throws(UnusableBookmark) {
      path = try folder.category(into: command.target)
    } catch {
      return error.reason
    }
    guard let path else { return nil }
    do throws(StoreError) {
      try store.takeCategory(path, note: folder.note)
      return nil
    } catch .invalid(let value) {
      return "\(value.field) \(value.reason)"
    } catch {
      throw Failure(error, path: store.path)
    }
  }
}

import TestSupport

@testable import Favourites

/// The kinds of steps: each way in which a store can be written to.
enum ModelStep: String, CaseIterable {
  case add, addAtRank, edit, editSeveral, addTag, removeTag, clearTags, set, unset, clearMetadata
  case move, moveToRank, moveBefore, moveAfter, moveSeveral, swap, open
  case remove, restore, emptySome, emptyAll, emptyOlder
  case addCategory, editCategory, renameCategory, mergeCategory, removeCategory, restoreCategory
  case renameTag, mergeTag, deleteTag
  case undo, undoNumber, redo, importFavourites, importFolder, repair, loadArchive, mergeArchive
  case mergeDuplicates, backUp, restoreBackup

  /// How often it comes, compared with the others.
  private var weight: Int {
    switch self {
    case .add, .addAtRank: 10
    case .edit, .undo, .restore: 14
    case .remove: 12
    case .restoreBackup: 20
    case .undoNumber, .backUp: 11
    case .emptyOlder: 4
    case .importFavourites, .restoreCategory: 6
    case .redo, .emptyAll, .repair, .mergeArchive: 2
    case .loadArchive: 1
    default: 4
    }
  }

  /// What only a file has.
  private var isOfFiles: Bool { self == .backUp || self == .restoreBackup }
  /// What only a store in memory can be asked for here, since it is changed for another.
  private var isOfMemory: Bool { self == .loadArchive || self == .mergeArchive }

  static func random(using random: inout SplitMix, isFile: Bool) -> ModelStep {
    var ticket = Int.random(in: 0..<total, using: &random)
    for step in allCases {
      ticket -= step.weight
      guard ticket < 0 else { continue }
      let isPossible = isFile ? !step.isOfMemory : !step.isOfFiles
      return isPossible ? step : .add
    }
    return .add
  }

  private static let total = allCases.map(\.weight).reduce(0, +)
}

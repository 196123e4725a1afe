@testable import Favourites

/// What a store holds, and what it was before and after each change that undo and redo know.
struct ModelHistory {
  /// What undo makes of a change.
  enum Kind {
    /// One that can be undone, where anything is other afterwards.
    case plain
    /// One whatever it did.
    case always
    /// One that is for good.
    case final
  }

  private(set) var model = StoreModel()
  /// The numbers of the changes by their times.
  var moments: [Int64: Int64] = [:]
  /// What there was before each change that can be undone, by its number; nothing for one that is for good.
  private var before: [(number: Int64, model: StoreModel?)] = []
  /// What there was after each change that can be made again.
  private var undone: [(number: Int64, model: StoreModel)] = []
  /// Whether something was undone that cannot be made again, since another change came.
  private var isOvertaken = false

  var canRedo: Bool { !undone.isEmpty }

  /// The number of the change that undo would take back.
  var last: Int64? { before.last?.number }

  mutating func adoptUIDs(of found: StoreModel) { model.adoptUIDs(of: found) }

  mutating func change(
    _ kind: Kind, _ body: (inout StoreModel) throws(StoreModel.Refusal) -> Void
  ) throws(StoreModel.Refusal) {
    let old = model
    try body(&model)
    guard model != old || kind == .always else { return }
    model.given.change += 1
    before.append((model.given.change, kind == .final ? nil : old))
    isOvertaken = isOvertaken || !undone.isEmpty
    undone = []
  }

  /// Everything is as it was before the last changes, but numbers that were given stay given.
  mutating func undo(_ count: Int) throws(StoreModel.Refusal) {
    for _ in 0..<count {
      guard let last = before.popLast() else { throw .nothingToUndo }
      guard let earlier = last.model else { throw .isFinal }
      undone.append((last.number, model))
      become(earlier)
    }
  }

  mutating func redo(_ count: Int) throws(StoreModel.Refusal) {
    for _ in 0..<count {
      guard let later = undone.popLast() else {
        throw isOvertaken ? .redoOvertaken : .nothingToRedo
      }
      before.append((later.number, model))
      become(later.model)
    }
  }

  private mutating func become(_ other: StoreModel) {
    let given = model.given
    model = other
    model.given = given
    model.given.change += 1
  }
}

import SQLite
import TestSupport
import Testing

@testable import Favourites

/// A run of random steps, each made in a store and in the model of it.
struct ModelRun: ~Copyable {
  let seed: UInt64
  /// Where the file is; nil for a run in memory.
  let path: String?
  var random: SplitMix
  var history = ModelHistory()
  var store: Store
  /// The archive that was written last, and what was in it.
  var archive: (rows: [ArchiveRow], model: StoreModel)?
  /// The backups that were made, and what was in the file then.
  var backups: [(path: String, history: ModelHistory)] = []
  /// What was done so far.
  var told: [String] = []
  var tally = ModelTally()
  /// Whether the store was not as the model says.
  private(set) var hasFailed = false
  private var texts = ModelTexts()

  init(seed: UInt64, path: String?) throws {
    self.seed = seed
    self.path = path
    random = SplitMix(seed: seed)
    store = if let path { try Store.writing(path) } else { try Store.inMemory(named: "memory") }
  }

  /// Makes steps, and looks the store over in the end.
  mutating func run(steps: Int) throws {
    for _ in 0..<steps {
      let step = nextStep()
      tally.tried += 1
      // What was refused and changed something all the same comes to light after the next change.
      if try make(step) {
        tally.steps[step, default: 0] += 1
        guard try agrees() else { return }
      }
      if chance(14) { try look(pick(ModelLook.allCases)) }
      guard !hasFailed else { return }
    }
    guard try agrees() else { return }
    for each in ModelLook.allCases.shuffled(using: &random).prefix(3) { try look(each) }
    let found = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
      (store) throws(StoreError) in try store.inspect()
    }
    check(found.result.filter { $0.problem != nil }, [], "doctor")
  }

  /// Favourites first, then anything; what was undone is often made again.
  private mutating func nextStep() -> ModelStep {
    if history.held.isEmpty, chance(5) { return .undo }
    if history.model.given.favourite < 5, chance(90) { return .addAtRank }
    if history.canRedo, chance(30) { return .redo }
    return ModelStep.random(using: &random, isFile: path != nil)
  }

  /// What led here, for whoever reads a failure.
  var comment: Comment {
    "seed \(seed), \(path == nil ? "in memory" : "a file"): \(told.joined(separator: "; "))"
  }

  /// Expects that the store tells what the model says.
  mutating func check<Value: Equatable>(
    _ found: Value, _ wanted: Value, _ what: @autoclosure () -> String
  ) {
    guard found != wanted else { return }
    hasFailed = true
    Issue.record("\(comment)\n\(what()): the store says\n\(found)\nand the model\n\(wanted)")
  }

  /// Whether the store holds what the model says; tells what it does not.
  private mutating func agrees() throws -> Bool {
    let rows = try store.connection.query("SELECT at, number FROM change WHERE number > ?")
    rows.bind(history.moments.values.max() ?? 0, at: 1)
    while try rows.next() { history.moments[rows.integer(0)] = rows.integer(1) }
    let found = try StoreModel(of: store, history.moments, &texts)
    history.adoptUIDs(of: found)
    guard found != history.model else { return true }
    hasFailed = true
    let lines = found.difference(from: history.model)
    Issue.record("\(comment)\nthe store (+) is not as the model (-) says:\n\(lines)")
    return false
  }

  /// Makes a change in both, which have to refuse it for the same reason, or to agree on whether it
  /// is one.
  ///
  /// - Returns: whether anything was changed.
  mutating func change(
    _ text: String, _ kind: ModelHistory.Kind = .plain,
    model change: (inout StoreModel) throws(StoreModel.Refusal) -> Void,
    store body: (inout Store) throws(StoreError) -> Void
  ) throws -> Bool {
    try attempt(
      text, { history throws(StoreModel.Refusal) in try history.change(kind, change) }, body)
  }

  /// The same of what is done to the history itself.
  mutating func attempt(
    _ text: String, _ change: (inout ModelHistory) throws(StoreModel.Refusal) -> Void,
    _ body: (inout Store) throws(StoreError) -> Void
  ) throws -> Bool {
    var next = history
    var refusal: StoreModel.Refusal?
    do throws(StoreModel.Refusal) { try change(&next) } catch { refusal = error }
    let isRehearsal = chance(3)
    told.append(
      "\(text)".filter { $0 != "\n" } + (isRehearsal ? " as a rehearsal" : "")
        + (refusal.map { " -> \($0)" } ?? ""))
    var (number, refused) = (Int64?.none, StoreError?.none)
    do throws(StoreError) {
      number = try store.change(ChangeRequest(command: text, isRehearsal: isRehearsal), body).change
    } catch {
      refused = error
    }
    guard refused.flatMap(StoreModel.Refusal.init) == refusal, (refused == nil) == (refusal == nil)
    else {
      hasFailed = true
      Issue.record("\(comment)\nthe store said: \(refused.map { "\($0)" } ?? "yes")")
      return false
    }
    if let refusal {
      tally.refusals[refusal, default: 0] += 1
      return false
    }
    let isChange = next.model.given.change > history.model.given.change
    check(number != nil, isChange, "whether it is a change")
    if isChange, isRehearsal { tally.rehearsals += 1 }
    guard isChange, !isRehearsal else { return false }
    history = next
    return true
  }
}

extension StoreModel.Refusal {
  /// Nil for what no step should meet.
  init?(_ error: StoreError) {
    switch error {
    case .alreadyThere, .twiceThere: self = .alreadyThere
    case .noFavourite, .inTrash: self = .noFavourite
    case .notInTrash: self = .notInTrash
    case .noCategory: self = .noCategory
    case .noTag: self = .noTag
    case .restoreConflict: self = .restoreConflict
    case .categoryExists: self = .categoryExists
    case .categoryInsideItself: self = .categoryInsideItself
    case .besideItself: self = .besideItself
    case .nothingToUndo: self = .nothingToUndo
    case .nothingToRedo: self = .nothingToRedo
    case .redoOvertaken: self = .redoOvertaken
    case .isFinal: self = .isFinal
    case .invalid, .noField: self = .invalid
    case .overtaken: self = .overtaken
    case .alreadyUndone: self = .alreadyUndone
    case .notUndoable: self = .notUndoable
    case .noChange: self = .noChange
    case .onlyOpened: self = .onlyOpened
    default: return nil
    }
  }
}

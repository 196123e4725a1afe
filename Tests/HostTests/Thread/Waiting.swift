import Synchronization

/// A number that two threads count.
final class Waiting: Sendable {
  private let number = Atomic(0)

  var count: Int { number.load(ordering: .sequentiallyConsistent) }

  func add(_ step: Int) { number.add(step, ordering: .sequentiallyConsistent) }
}

/// How many steps of each kind changed something, and how many were refused for each reason.
struct ModelTally {
  var steps: [ModelStep: Int] = [:]
  var refusals: [StoreModel.Refusal: Int] = [:]
  var rehearsals = 0

  static func += (sum: inout ModelTally, other: ModelTally) {
    sum.steps.merge(other.steps, uniquingKeysWith: +)
    sum.refusals.merge(other.refusals, uniquingKeysWith: +)
    sum.rehearsals += other.rehearsals
  }
}

/// What was tried, and what came of it.
struct ModelTally {
  /// Runs that were begun, those of them that failed, and the steps that were tried in them.
  var runs = 0
  var failures = 0
  var tried = 0
  /// How many steps of each kind changed something, and how many were refused for each reason.
  var steps: [ModelStep: Int] = [:]
  var refusals: [StoreModel.Refusal: Int] = [:]
  /// How often it was looked at what the store tells.
  var looks: [ModelLook: Int] = [:]
  var rehearsals = 0

  static func += (sum: inout ModelTally, other: ModelTally) {
    sum.runs += other.runs
    sum.failures += other.failures
    sum.tried += other.tried
    sum.steps.merge(other.steps, uniquingKeysWith: +)
    sum.refusals.merge(other.refusals, uniquingKeysWith: +)
    sum.looks.merge(other.looks, uniquingKeysWith: +)
    sum.rehearsals += other.rehearsals
  }

  /// For a report, as one line of JSON.
  var json: String {
    let changes = steps.values.reduce(0, +)
    let refused = refusals.values.reduce(0, +)
    return """
      {"name":"model","runs":\(runs),"steps":\(tried),"changes":\(changes),"refusals":\(refused),\
      "kinds":\(ModelStep.allCases.count),"failures":\(failures)}

      """
  }
}

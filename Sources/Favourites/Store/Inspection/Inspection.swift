/// What one look at a file found.
package struct Inspection: Equatable, Sendable {
  /// What was looked at.
  package let check: Check
  /// What is wrong; nil where nothing is.
  package let problem: String?
  /// True where it can be put right: it follows from the rest of the file.
  package let isRepairable: Bool
  /// True where the file itself is damaged, rather than what is derived in it.
  package var isDamage = false

  package init(check: Check, problem: String?, isRepairable: Bool, isDamage: Bool = false) {
    self.check = check
    self.problem = problem
    self.isRepairable = isRepairable
    self.isDamage = isDamage
  }
}

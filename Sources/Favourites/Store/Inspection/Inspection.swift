/// The result of one check of a file.
package struct Inspection: Equatable, Sendable {
  /// The check.
  package let check: Check
  /// The problem; nil if there is none.
  package let problem: String?
  /// Whether it can be repaired: it is derived from the rest of the file.
  package let isRepairable: Bool
  /// Whether the file itself is damaged, not only derived data.
  package var isDamage = false

  package init(check: Check, problem: String?, isRepairable: Bool, isDamage: Bool = false) {
    self.check = check
    self.problem = problem
    self.isRepairable = isRepairable
    self.isDamage = isDamage
  }
}

extension PreparedSearch {
  /// Words that are looked for in the place of one that was typed, or beside it.
  package struct Correction: Equatable, Sendable {
    /// As it was typed.
    package let typed: String
    /// What is looked for.
    package let used: [String]
    /// Why it is.
    package let reason: Reason

    init(_ typed: String, _ used: [TextTerm], _ reason: Reason) {
      self.typed = typed
      self.used = used.map { $0.text + ($0.kind == .prefix ? "*" : "") }
      self.reason = reason
    }

    /// Why other words than those that were typed are looked for.
    package enum Reason: Sendable {
      /// Nothing holds the word.
      case notFound
      /// Nothing holds it together with the other words; it is left out where no other is used.
      case notTogether
      /// Few hold it, and others have it inside a word: these follow.
      case inside
    }
  }
}

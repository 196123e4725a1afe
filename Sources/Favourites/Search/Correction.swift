extension PreparedSearch {
  /// Words that are searched for instead of a typed one, or in addition to it.
  package struct Correction: Equatable, Sendable {
    /// The word as typed.
    package let typed: String
    /// The words searched for.
    package let used: [String]
    /// Why they are.
    package let reason: Reason

    init(_ typed: String, _ used: [TextTerm], _ reason: Reason) {
      self.typed = typed
      self.used = used.map { $0.text + ($0.kind == .prefix ? "*" : "") }
      self.reason = reason
    }

    /// Why words other than the typed ones are searched for.
    package enum Reason: Sendable {
      /// Nothing contains the word.
      case notFound
      /// Nothing contains it together with the other words; it is left out if no other word is
      /// used.
      case notTogether
      /// Few contain it, and others contain it inside a word: these follow.
      case inside
    }
  }
}

/// Texts by field.
package struct FieldTexts: Sendable {
  private var entries: [Entry] = []

  private struct Entry: Sendable {
    let field: FavouriteField
    var text: String
  }

  package init() {}

  /// The text for a field; nil if there is none.
  package subscript(field: FavouriteField) -> String? {
    get { entries.first { $0.field == field }?.text }
    set {
      entries.removeAll { $0.field == field }
      if let newValue { entries.append(Entry(field: field, text: newValue)) }
    }
  }
}

extension FieldTexts: Equatable {
  package static func == (one: FieldTexts, other: FieldTexts) -> Bool {
    one.entries.count == other.entries.count
      && one.entries.allSatisfy { entry in
        other[entry.field].map { areSame($0, entry.text) } ?? false
      }
  }
}

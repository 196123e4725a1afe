/// Values by column, for those columns that have one.
package struct ColumnValues: Sendable {
  private(set) var entries: [(column: FavouriteColumn, value: ColumnValue)] = []

  package init() {}

  /// The value for a column; null for none.
  package subscript(column: FavouriteColumn) -> ColumnValue {
    get { entries.first { $0.column == column }?.value ?? .null }
    set {
      if let place = entries.firstIndex(where: { $0.column == column }) {
        if newValue == .null { entries.remove(at: place) } else { entries[place].value = newValue }
      } else if newValue != .null {
        if entries.isEmpty { entries.reserveCapacity(FavouriteColumn.given.count + 4) }
        entries.append((column, newValue))
      }
    }
  }

  /// The value as a text.
  package subscript(text column: FavouriteColumn) -> String? {
    get { self[column].text }
    set { self[column] = ColumnValue(newValue) }
  }

  /// The value as a time.
  package subscript(time column: FavouriteColumn) -> Timestamp? {
    get { self[column].whole.map(Timestamp.init(milliseconds:)) }
    set { self[column] = ColumnValue(newValue?.milliseconds) }
  }

  /// Those of the columns that users set.
  package var given: ColumnValues {
    var given = ColumnValues()
    given.entries = entries.filter { $0.column.isGiven }
    return given
  }

  /// These values, and those of others for the remaining columns.
  package func over(_ others: ColumnValues) -> ColumnValues {
    var all = self
    for entry in others.entries where self[entry.column] == .null { all.entries.append(entry) }
    return all
  }
}

extension ColumnValues: Equatable {
  package static func == (one: ColumnValues, other: ColumnValues) -> Bool {
    one.entries.count == other.entries.count
      && one.entries.allSatisfy { other[$0.column] == $0.value }
  }
}

/// A favourite in the making that has values by column. Some of them have names here.
package protocol ColumnHolder {
  var columns: ColumnValues { get set }
}

extension ColumnHolder {
  /// Its uid in the file that it comes from, if favs wrote that.
  package var uid: UID? {
    get { columns[.uid].uid }
    set { columns[.uid] = newValue.map(ColumnValue.uid) ?? .null }
  }

  package var note: String? {
    get { columns[text: .note] }
    set { columns[text: .note] = newValue }
  }

  package var createdAt: Timestamp? {
    get { columns[time: .createdAt] }
    set { columns[time: .createdAt] = newValue }
  }

  package var modifiedAt: Timestamp? {
    get { columns[time: .modifiedAt] }
    set { columns[time: .modifiedAt] = newValue }
  }

  package var openedAt: Timestamp? {
    get { columns[time: .openedAt] }
    set { columns[time: .openedAt] = newValue }
  }

  /// How often it was opened.
  package var opened: Int64 {
    get { columns[.opened].whole ?? 0 }
    set { columns[.opened] = newValue == 0 ? .null : .integer(newValue) }
  }
}

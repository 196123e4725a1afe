internal import SQLite

/// A stored item that a word on the command line may be completed to.
package struct Offer: Equatable, Sendable {
  /// The id of a favourite, or the number of a change; 0 for an item used by name.
  package let id: Int64
  /// Its name, title or summary.
  package let name: String
  /// A detail that tells it apart: a count, a category.
  package let detail: String
}

extension Store {
  /// The greatest number of completions offered.
  package static let mostOffers = 100
  /// How many items are read to find the most used among them.
  private static let mostLooks = 5_000
  /// How long to wait for a writer, in milliseconds: completion must feel immediate.
  private static let glance: Int32 = 20

  /// Opens a file for an optional read: an older file is not upgraded, the leftovers of a killed
  /// writer are not rolled back, and a writer is hardly waited for.
  package static func glancing(
    _ path: String, mustBeOurs: Bool, meter: StoreMeter
  ) throws(StoreError) -> Store {
    let resolved = try Store.resolve(path)
    guard try FileHeader.check(resolved, named: path, mustBeOurs: mustBeOurs) == Schema.version
    else { throw .outdated(path: path) }
    return try open(
      resolved, named: path, access: .readOnly, isWriting: false, patience: glance, meter: meter)
  }

  /// Categories whose names begin with a text, compared as names.
  package func offeredCategories(_ beginning: String) throws(StoreError) -> [Offer] {
    let rows = try connection.query(
      "SELECT name, count FROM category WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3")
    return try offers(
      rows, beginning, from: CategoryRecord.key(ofBeginning: beginning), of: Self.mostLooks)
  }

  /// Categories in the trash whose names begin with a text, compared as names.
  package func offeredTrashedCategories(_ beginning: String) throws(StoreError) -> [Offer] {
    let rows = try connection.query(
      """
      SELECT name, 'in the trash' FROM trash_category
      WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3
      """)
    return try offers(
      rows, beginning, from: CategoryRecord.key(ofBeginning: beginning), of: Self.mostLooks)
  }

  /// Tags whose names begin with a text, compared as names; the most used first.
  package func offeredTags(_ beginning: String) throws(StoreError) -> [Offer] {
    let rows = try connection.query(
      """
      SELECT name, uses FROM (
        SELECT min(name) AS name, sum(count) AS uses, key FROM tag
        WHERE key >= ?1 AND key < ?2 AND count > 0 GROUP BY key ORDER BY key LIMIT ?3)
      ORDER BY uses DESC, key
      """)
    return try offers(
      rows, beginning, from: NameKey.beginning(folded: beginning.foldedName), of: Self.mostLooks)
  }

  /// Names of metadata that begin with a text.
  package func offeredKeys(_ beginning: String) throws(StoreError) -> [Offer] {
    // One seek in the index for each name, however many favourites have it.
    let rows = try connection.query(
      """
      WITH RECURSIVE found(name) AS (
        SELECT min(name) FROM attribute WHERE name >= ?1 AND name < ?2
        UNION ALL
        SELECT (SELECT min(name) FROM attribute WHERE name > found.name AND name < ?2)
        FROM found WHERE name IS NOT NULL LIMIT ?3)
      SELECT name, '' FROM found WHERE name IS NOT NULL
      """)
    let folded = beginning.foldedName
    var found = try offers(rows, beginning, from: folded, of: Self.mostOffers)
    for field in try schemaFields() where field.key.foldedName.hasBytePrefix(folded) {
      guard !found.contains(where: { $0.name.isSameName(as: field.key) }) else { continue }
      found.append(Offer(id: 0, name: field.key, detail: ""))
    }
    return found
  }

  /// The choices of a field in categories' schemas.
  package func offeredChoices(of key: String) throws(StoreError) -> [Offer] {
    var names: [String] = []
    for field in try schemaFields() where field.key.isSameName(as: key) {
      for name in field.choices where !names.contains(name) { names.append(name) }
    }
    return names.map { Offer(id: 0, name: $0, detail: "") }
  }

  private func schemaFields() throws(StoreError) -> [MetadataField] {
    let rows = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, count, created_at, modified_at, change
      FROM category WHERE schema IS NOT NULL LIMIT ?
      """, Self.mostOffers)
    var fields: [MetadataField] = []
    while try rows.next() { fields += CategoryRecord(rows).fields?.fields ?? [] }
    return fields
  }

  /// The names that begin with a text, among a limited number whose keys do: keys ignore accents
  /// and spellings of numbers.
  private func offers(
    _ rows: borrowing Statement, _ beginning: String, from key: String, of limit: Int
  ) throws(StoreError) -> [Offer] {
    rows.bind(key, key + Self.afterAll, limit)
    let folded = beginning.foldedName
    var offers: [Offer] = []
    while offers.count < Self.mostOffers, try rows.next() {
      let name = rows.text(0)
      guard name.foldedName.hasBytePrefix(folded) else { continue }
      offers.append(Offer(id: 0, name: name, detail: rows.text(1)))
    }
    return offers
  }

  /// Sorts after every text with a given beginning: no text contains this character.
  static let afterAll = "\u{10FFFF}"
}

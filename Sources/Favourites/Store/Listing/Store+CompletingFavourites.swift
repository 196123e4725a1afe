internal import SQLite

extension Store {
  /// Favourites whose ids begin with digits.
  package func offeredFavourites(idBeginning digits: String) throws(StoreError) -> [Offer] {
    try offered(idBeginning: digits, Self.favouritesByID)
  }

  private static let favouritesByID: ComposedSQL = """
    SELECT f.id, f.title, c.name FROM favourite f JOIN category c ON c.id = f.category
    WHERE f.id BETWEEN ?1 AND ?2 ORDER BY f.id LIMIT ?3
    """

  /// Favourites whose titles begin with a text, the most used first.
  package func offeredFavourites(titleBeginning text: String) throws(StoreError) -> [Offer] {
    let rows = try connection.query(
      """
      SELECT id, title, place FROM (
        SELECT f.id, f.title, c.name AS place, f.opened, t.key
        FROM title t CROSS JOIN favourite f ON f.id = t.favourite
        CROSS JOIN category c ON c.id = f.category
        WHERE t.key >= ?1 AND t.key < ?2 ORDER BY t.key LIMIT ?3)
      ORDER BY opened DESC, key, id
      """)
    let key = NameKey.beginning(folded: text.foldedName)
    rows.bind(key, key + Self.afterAll, Self.mostTitles)
    return try identified(rows, text)
  }

  /// The most recently opened favourites, then the most recently added.
  package func offeredFavourites() throws(StoreError) -> [Offer] {
    let rows = try connection.query(
      """
      SELECT f.id, f.title, c.name FROM (
        SELECT id FROM (
          SELECT id FROM favourite WHERE opened_at IS NOT NULL
          ORDER BY opened_at DESC, id DESC LIMIT ?1)
        UNION ALL
        SELECT id FROM (SELECT id FROM favourite WHERE opened_at IS NULL ORDER BY id DESC LIMIT ?1)
        LIMIT ?1) d
      CROSS JOIN favourite f ON f.id = d.id CROSS JOIN category c ON c.id = f.category
      """, Self.mostOffers)
    return try identified(rows)
  }

  /// The first favourites of a category; their ids are their ranks.
  package func offeredRanks(in path: CategoryPath) throws(StoreError) -> [Offer] {
    guard let category = try categoryRecord(path) else { return [] }
    let rows = try connection.query(
      """
      SELECT 0, f.title, '' FROM block b CROSS JOIN place p ON p.block = b.id
      CROSS JOIN favourite f ON f.id = p.favourite
      WHERE b.category = ?1 ORDER BY b.key, p.position LIMIT ?2
      """, category.id, Self.mostOffers)
    return try identified(rows).enumerated().map { place, offer in
      Offer(id: Int64(place) + 1, name: offer.name, detail: "")
    }
  }

  /// Trashed favourites whose ids begin with digits.
  package func offeredTrash(idBeginning digits: String) throws(StoreError) -> [Offer] {
    try offered(idBeginning: digits, Self.trashByID)
  }

  private static let trashByID: ComposedSQL = """
    SELECT id, title, \(FavouriteSQL.categoryOfTrashed) FROM trash t
    WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3
    """

  /// The most recently trashed favourites whose titles begin with a text.
  package func offeredTrash(titleBeginning text: String) throws(StoreError) -> [Offer] {
    try identified(try connection.query(composed: Self.latestTrash), text)
  }

  private static let latestTrash: ComposedSQL = """
    SELECT id, title, \(FavouriteSQL.categoryOfTrashed) FROM trash t
    ORDER BY deleted_at DESC, id DESC LIMIT 5000
    """

  /// The last changes whose numbers begin with digits.
  package func offeredChanges(_ digits: String) throws(StoreError) -> [Offer] {
    let offers = try offered(idBeginning: digits, Self.changesByNumber)
    return Array(offers.sorted { $0.id > $1.id }.prefix(Self.mostOffers))
  }

  private static let changesByNumber: ComposedSQL = """
    SELECT number, summary, '' FROM change WHERE number BETWEEN ?1 AND ?2
    ORDER BY number DESC LIMIT ?3
    """

  /// Items whose numbers begin with digits: those with equally many digits are adjacent.
  private func offered(
    idBeginning digits: String, _ sql: ComposedSQL
  ) throws(StoreError) -> [Offer] {
    guard !digits.isEmpty else {
      let rows = try connection.query(composed: sql, 1, Int64.max, Self.mostOffers)
      return try identified(rows)
    }
    guard var from = Int64(digits), from > 0, digits.utf8.first != UInt8(ascii: "0") else {
      return []
    }
    var to = from
    var offers: [Offer] = []
    while offers.count < Self.mostOffers {
      let rows = try connection.query(composed: sql, from, to, Self.mostOffers - offers.count)
      offers += try identified(rows)
      let (next, overflow) = from.multipliedReportingOverflow(by: 10)
      guard !overflow, next < .max / 10 else { break }
      from = next
      to = to * 10 + 9
    }
    return offers
  }

  /// How many titles are read to find the most used among them.
  private static let mostTitles = 1_000

  private func identified(
    _ rows: borrowing Statement, _ beginning: String = ""
  ) throws(StoreError) -> [Offer] {
    let folded = beginning.foldedName
    var offers: [Offer] = []
    while offers.count < Self.mostOffers, try rows.next() {
      guard folded.isEmpty || rows.text(1).foldedName.hasBytePrefix(folded) else { continue }
      offers.append(Offer(id: rows.integer(0), name: rows.text(1), detail: rows.text(2)))
    }
    return offers
  }
}

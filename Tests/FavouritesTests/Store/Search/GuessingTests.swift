import TestSupport
import Testing

@testable import Favourites

/// What is looked for where words find nothing, or little.
struct GuessingTests {
  /// The titles that a query finds, and what is told.
  private func search(
    _ text: String, _ titles: [String], _ fuzziness: Fuzziness = .whereNothingIsFound
  ) throws -> (titles: [String], told: [PreparedSearch.Correction]) {
    var store = try Store.inMemory(named: "memory")
    for title in titles { try store.adding(try draft(title), .allow) }
    let query = try #require(
      Query.parse(text, metadataKeys: [], now: Timestamp(milliseconds: 1_795_000_000_000)))
    var selection = Selection()
    selection.search = try store.prepare(query, fuzziness)
    var rows = try store.rows(selection, ordering: Ordering(.relevance), slice: .all)
    var found: [String] = []
    while let favourite = try rows.next(in: &store) { found.append(favourite.title) }
    #expect(try store.count(selection) == Int64(found.count))
    return (found, selection.search?.corrections ?? [])
  }

  private static let houses = (1...20).map { "Kunsthaus \($0)" } + ["Ein Haus am Meer", "Rathaus"]

  @Test func `a word that only the last of many hits has is looked for too`() throws {
    let many = (1...600).map { "winter primrose \($0)" }
    let (titles, told) = try search("winter rose", ["a rose"] + many + ["winter tuberose"])
    #expect(titles.count == 601 && titles.contains("winter tuberose"))
    #expect(told.map(\.typed) == ["rose"])
    #expect(told.map(\.used) == [["primrose", "tuberose"]])
    #expect(told.map(\.reason) == [.notTogether])
  }

  @Test(arguments: ["winter (rose OR lily)", "winter (lily OR rose)", "rose winter (rose OR lily)"])
  func `a word that is one of several is loosened too`(query: String) throws {
    let (titles, told) = try search(query, ["a rose", "a lily", "in winter", "winter primrose"])
    #expect(titles == ["winter primrose"])
    #expect(told.map(\.typed) == ["rose"])
    #expect(told.map(\.used) == [["primrose"]])
  }

  @Test func `few hits do not hide many that have the word inside`() throws {
    let (titles, told) = try search("haus", Self.houses)
    #expect(titles.count == 22)
    #expect(titles.first == "Ein Haus am Meer")
    #expect(told.map(\.reason) == [.inside])
    #expect(told.map(\.typed) == ["haus"])
    #expect(told.map(\.used) == [["rathaus", "kunsthaus"]])
    #expect(try search("haus", Self.houses, .never).titles == ["Ein Haus am Meer"])
  }

  @Test func `a few that have a short word inside stay hidden, those of a long one follow`() throws
  {
    #expect(try search("cat", ["Cat food", "Concatenate files"]).titles == ["Cat food"])
    let stations = ["Hauptbahnhof", "Bahnhof Zoo", "Busbahnhof"]
    #expect(try Set(search("bahnhof", stations).titles) == Set(stations))
    #expect(try search("bahnhof", stations).titles.first == "Bahnhof Zoo")
    #expect(try search("bahnhof", stations, .never).titles == ["Bahnhof Zoo"])
  }

  @Test func `behind what begins with a word follows what has it inside`() throws {
    let breads = ["Knäckebröd", "Bröderna"]
    #expect(try search("bröd", breads).titles == ["Bröderna", "Knäckebröd"])
    #expect(try search("br", breads).titles == ["Bröderna"])
  }

  @Test func `a hit that only has the word inside is told`() throws {
    var store = try Store.inMemory(named: "memory")
    for title in Self.houses { try store.adding(try draft(title), .allow) }
    let query = try #require(Query.parse("haus", metadataKeys: [], now: Timestamp(milliseconds: 0)))
    var selection = Selection()
    selection.search = try store.prepare(query)
    selection.search?.tellsHits = true
    var rows = try store.rows(
      selection, ordering: Ordering(.relevance), slice: .run(limit: 2, after: nil))
    let (first, second) = (try rows.next(in: &store), try rows.next(in: &store))
    #expect(first?.hit?.isInside == false)
    #expect(second?.hit?.isInside == true)
    #expect(first?.hit?.matched == [.title])
    #expect(second?.text(.matched) == "title,inside")
  }

  @Test(arguments: [
    ("nife", ["The knife", "Manifest"], ["The knife", "Manifest"]),
    ("rithm", ["Algorithm", "Rhythm"], ["Rhythm", "Algorithm"]),
    ("sikology", ["Psychology", "Sociology"], ["Psychology"]),
    ("cheif", ["Chef", "Chief"], ["Chief", "Chef"]),
    ("orchod", ["Obchod", "Orchid"], ["Orchid", "Obchod"]),
    ("tomatos", ["Tomatoes", "Tomato"], ["Tomatoes", "Tomato"]),
  ])
  func `the likeliest word comes first`(query: String, titles: [String], wanted: [String]) throws {
    #expect(try search(query, titles).titles == wanted)
  }

  @Test(arguments: [
    ("katz deli", ["Katz's Delicatessen", "The deli"], ["Katz's Delicatessen"], "deli"),
    ("making kit", ["Cheesemaking kit", "Making tea"], ["Cheesemaking kit"], "making"),
    ("nots sailor", ["Knots for a sailor", "Not a word"], ["Knots for a sailor"], "nots"),
    ("recipe for pancakes", ["Pancakes: a recipe", "For ever"], ["Pancakes: a recipe"], "for"),
    (
      "recipe for pancake in pot", ["Pancake recipe, pot", "For all in all"],
      ["Pancake recipe, pot"], "for"
    ),
  ])
  func `words that nothing holds together are loosened`(
    query: String, titles: [String], wanted: [String], typed: String
  ) throws {
    let (found, told) = try search(query, titles)
    #expect(found == wanted)
    #expect(told.first?.typed == typed)
    #expect(told.first?.reason == .notTogether)
    #expect(try search(query, titles, .never).titles == [])
  }

  @Test func `of many words around one, those are taken that occur with the others`() throws {
    let around = "abcdefghijklmnopqrstuvw".map { "\($0)haus" }
    let titles = (around + ["haus", "gamma"]).map { "\($0) delta" }
    let together = ["chaus gamma", "khaus gamma", "vhaus gamma"]
    let (found, told) = try search("haus gamma", titles + together)
    #expect(Set(found) == Set(together))
    #expect(told.first?.reason == .notTogether)
    #expect(told.first.map { Set($0.used) } == ["chaus", "khaus", "vhaus"])
  }

  @Test func `where all words are taken for more, only those are told that a hit has`() throws {
    let alone = ["garden", "winter", "gardon", "wintes", "gardenia"]
    let (found, told) = try search("garden winter", alone + ["gardem wintar"])
    #expect(found == ["gardem wintar"])
    #expect(told.map(\.typed) == ["garden", "winter"])
    #expect(told.map(\.used) == [["gardem"], ["wintar"]])
  }

  @Test func `of words as near as each other the commonest comes first`() throws {
    let titles = ["garten", "garken 1", "garken 2", "garlen 1", "garlen 2", "garlen 3"]
    let (_, told) = try search("garxen", titles)
    #expect(told.map(\.used) == [["garlen", "garken", "garten"]])
  }

  @Test func `words that are not there in any way find nothing`() throws {
    #expect(try search("dune zebra", ["Dune", "Zebra"]).titles == [])
    #expect(try search("the", ["Dune", "Zebra"]).titles == [])
  }
}

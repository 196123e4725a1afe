import TestSupport

extension Favs {
  /// Six favourites to search in, with the ids 1 to 6.
  func addSearchSamples() throws {
    let lines = [
      #"{"title":"Dune","category":"books/sci-fi","tags":["classic","desert"],"#
        + #""note":"A desert planet. The spice must flow.","#
        + #""metadata":{"year":1965,"author":"Frank Herbert"}}"#,
      #"{"title":"Solaris","category":"books/sci-fi","tags":["classic"],"#
        + #""note":"An ocean that thinks.","metadata":{"year":1961}}"#,
      #"{"title":"The Brothers Karamazov","category":"books","tags":["Classic"]}"#,
      #"{"title":"C++ primer","category":"links","url":"https://example.org/c%2B%2B","#
        + #""note":"Learn C++ and C# quickly."}"#,
      #"{"title":"千と千尋の神隠し","category":"films","tags":["100%"],"note":"Amélie, Straße, cafe\u0301!"}"#,
      #"{"title":"Dune","category":"films","url":"https://example.org/dune","#
        + #""metadata":{"year":1984}}"#,
    ]
    try self("import", "-", "-q", input: lines.joined(separator: "\n") + "\n")
  }

  /// What a search prints of the ids that it finds, with spaces for line feeds.
  func found(_ words: String...) throws -> String {
    let outcome = try self.words(["search", "--fields", "id"] + words)
    return outcome.output.split(separator: "\n").joined(separator: " ")
  }
}

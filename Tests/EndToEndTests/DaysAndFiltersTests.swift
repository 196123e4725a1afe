import TestSupport
import Testing

/// Days as the person's clock has them, and filters that mean one thing.
struct DaysAndFiltersTests {
  private func auckland(_ favs: inout Favs) throws {
    favs.environment["TZ"] = "Pacific/Auckland"
    let lines = [
      #"{"title":"Late on the 30th","created_at":"2024-03-30T10:30:00.000Z"}"#,
      #"{"title":"Early on the 31st","created_at":"2024-03-30T12:00:00.000Z"}"#,
    ]
    try favs("import", "-", "-q", input: lines.joined(separator: "\n"))
  }

  @Test func `in Auckland the 31st begins on the 30th of UTC`() throws {
    try withFavs { favs in
      try auckland(&favs)
      let template = ["--format", "{title}\n"]
      for filter in [
        ["list", "--since", "2024-03-31", "--until", "2024-03-31"],
        ["list", "--since", "2024-03-31T00:00", "--until", "2024-03-31T01:00"],
        ["search", "on created:2024-03-31"], ["search", "on created:>=2024-03-31T01:00"],
      ] {
        #expect(
          try favs.run((filter + template).map { Array($0.utf8) }).output == "Early on the 31st\n",
          "\(filter)")
      }
      #expect(try favs("show", "2").output.contains("2024-03-31T01:00:00+13:00"))
      #expect(
        try favs("list", "--since", "2024-03-31", "--fields", "created_at").output
          == "2024-03-30T12:00:00.000Z\n")
      #expect(
        try favs("list", "--since", "2024-03-31", "--json", "--fields", "created_at").output
          == #"[{"created_at":"2024-03-30T12:00:00.000Z"}]"# + "\n")
      #expect(
        try favs.onTerminal("list", "--since", "2024-03-31", "--fields", "created_at").output
          .contains("2024-03-31T01:00:00+13:00"))
    }
  }

  @Test func `a time in a table without a zone is the person's`() throws {
    try withFavs { favs in
      favs.environment["TZ"] = "Pacific/Auckland"
      let table =
        "title,url,created\nA,https://a.org,2024-03-31 01:00\nB,https://b.org,2024-03-31T01:00:00Z\nC,https://c.org,2024-03-31\n"
      try favs("import", "-", "--format", "csv", "-q", input: table)
      #expect(
        try favs("list", "--fields", "created_at", "--sort", "id").output
          == "2024-03-30T12:00:00.000Z\n2024-03-31T01:00:00.000Z\n2024-03-30T11:00:00.000Z\n")
    }
  }

  @Test func `a second comparison is never a value`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965", "--set", "author=Herbert")
      try favs("add", "Tales", "--set", "heroes=Tom and Jerry", "--set", "q=a = b")
      let refused = try favs("rm", "--where", "year != 1965 and author = Lem", "-y")
      #expect(refused.code == 2 && refused.output.isEmpty)
      #expect(refused.error.contains("use --where once per comparison"))
      for (condition, id) in [
        ("year == 1965", "1"), ("year <> 1965", "2"), ("heroes = Tom and Jerry", "2"),
        ("q = 'a = b'", "2"),
      ] {
        #expect(
          try favs("list", "--where", condition, "--format", "{id}\n").output == id + "\n")
      }
    }
  }

  @Test(arguments: [
    "title~dune", "title=dune", "year>1960", "created>2024", "created:last", "created:>soon",
    "created:\"last month\"", "age:\"soon\"", "age:2024-01-01", "is:new", "opened:yes",
  ])
  func `a filter that can mean nothing is refused, and finds not nothing`(query: String) throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965")
      let refused = try favs("search", query)
      #expect(refused.code == 2 && refused.output.isEmpty, "\(refused.error)")
      #expect(refused.error.contains("invalid filter"))
    }
  }

  @Test(arguments: [
    "c++", "a=b", "x>y", "don't", "foo\"bar", "\"created:last month\"", "http://a.org/?a=b",
  ])
  func `signs in other words refuse no search`(query: String) throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965")
      #expect(try favs("search", query).code == 1)
    }
  }

  @Test func `a date of metadata may be today's name`() throws {
    try withFavs { favs in
      favs.environment["TZ"] = "UTC"
      try favs("category", "add", "films", "--field", "seen:date")
      try favs("add", "Alien", "-c", "films", "--set", "seen=today", "--set", "word=today")
      let output = try favs("list", "--json", "--fields", "metadata,metadata_types").output
      #expect(output.contains(#""word":"today""#) && !output.contains(#""seen":"today""#))
      #expect(output.contains(#""metadata_types":{"seen":"date"}"#))
    }
  }
}

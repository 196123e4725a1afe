import TestSupport
import Testing

/// Metadata at the prompt: numbers as they are spelled, types beside plain values.
struct MetadataCommandTests {
  private func metadata(_ favs: Favs) throws -> String {
    try favs("list", "--json", "--fields", "metadata,metadata_types").output
  }

  @Test func `a number is shown as it was typed and found by its value`() throws {
    try withFavs { favs in
      try favs(
        "add", "Python", "--set", "version=3.10", "--set", "price:number=12e5", "--set",
        "score=8.0", "--set", "isbn=0306406152")
      #expect(
        try metadata(favs)
          == #"[{"metadata":{"isbn":"0306406152","price":12e5,"score":8.0,"version":3.10},"metadata_types":{}}]"#
          + "\n")
      #expect(try favs("show", "1").output.contains("version   3.10\n"))
      for condition in [
        "version = 3.1", "version = 3.10", "version > 3.09", "price = 1200000", "score = 8",
        "version ~ 3.10", "isbn = 0306406152",
      ] {
        #expect(try favs("list", "--where", condition, "--format", "{id}\n").output == "1\n")
      }
      #expect(try favs("list", "--where", "version ~ 3.11").output == "")
      #expect(
        try favs("search", "version:3.1", "--facets", "version").output == "version\t3.10\t1\n")
    }
  }

  @Test func `a rating of 8.0 in a table is the number 8.0`() throws {
    try withFavs { favs in
      let table = "Title,Rating,Phone\nAlien,8.0,+4930\nUbik,.5,007.50\n"
      try favs("import", "-", "--format", "csv", "-q", input: table)
      #expect(
        try favs("list", "--json", "--fields", "metadata", "--sort", "id").output
          == #"[{"metadata":{"phone":"+4930","rating":8.0}},"# + "\n"
          + #"{"metadata":{"phone":"007.50","rating":".5"}}]"# + "\n")
    }
  }

  @Test func `types and spellings come back from every format that carries metadata`() throws {
    try withFavs { favs in
      try favs(
        "add", "Dune", "--set", "read=2024-02-11", "--set", "day:text=2024-02-11", "--set",
        "seen:enum=yes", "--set", "rating=4.50", "--set", "zero=-0", "--set", "note={\"a\":[1]}")
      let before = try favs("export", "--format", "jsonl").output
      for format in ["jsonl", "json", "csv", "tsv", "html", "xbel", "opml", "org"] {
        let text = try favs("export", "--format", format).output
        try favs("rm", "--all", "-y", "-q")
        try favs("trash", "empty", "--all", "-y", "-q")
        try favs("import", "-", "-q", input: text)
        #expect(try favs("export", "--format", "jsonl").output == before, "\(format)")
      }
      let csv = try favs(
        "list", "--format", "csv", "--fields", "uid,title,metadata,metadata_types"
      ).output
      #expect(csv.contains("read=date;seen=enum"))
    }
  }

  @Test func `JSON with a type for each value is read, and shown plain`() throws {
    try withFavs { favs in
      let line =
        #"{"title":"Old","metadata":{"read":{"type":"date","value":"2024-02-11"},"by":{"type":"text","value":"2024-01-01"},"year":{"type":"number","value":1965.50}}}"#
      try favs("import", "-", "-q", input: line)
      #expect(
        try metadata(favs)
          == #"[{"metadata":{"by":"2024-01-01","read":"2024-02-11","year":1965.50},"metadata_types":{"read":"date"}}]"#
          + "\n")
      let refused = try favs("import", "-", input: #"{"title":"x","metadata":{"list":[1]}}"#)
      #expect(refused.code == 1)
      #expect(refused.error.contains("metadata 'list' is neither text nor a number"))
    }
  }
}

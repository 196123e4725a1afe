import Foundation
import TestSupport
import Testing

/// What favs printed, changed by hand or by other programs, and imported again; and links as people
/// write them.
@Suite struct ImportingOwnTests {
  @Test func `a page in an envelope, and rows with a key more, are known by their uids`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "https://a.example", "-c", "books", "--set", "year=1965")
      let page = try favs("list", "--json", "--envelope").output
      #expect(try favs("import", "-", input: page).error == "1 read: 1 skipped as duplicates\n")
      let rows = try favs("list", "--json").output
      let more = rows.replacingOccurrences(of: #":"Dune""#, with: #":"Dune 2","rating":5"#)
      let taken = try favs("import", "-", "--on-duplicate", "update", input: more)
      #expect(taken.error == "1 read: 1 changed\n")
      #expect(
        try favs("list", "--fields", "title,metadata").output == "Dune 2\trating=5;year=1965\n")
    }
  }

  @Test func `an exported table that a spreadsheet widened is known by its uids`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "https://a.example", "-c", "books", "--set", "year=1965")
      let table = try favs("export", "--format", "csv").output
        .split(separator: "\r\n").map { "\($0)," }.joined(separator: "\r\n")
      #expect(try favs("import", "-", input: table).error == "1 read: 1 skipped as duplicates\n")
      #expect(try favs("list", "--count").output == "1\n")
    }
  }

  @Test func `rows with n/a for their links are not taken for one`() throws {
    try withFavs { favs in
      let table = "Title,URL\nA,n/a\nB,n/a\nC,n/a\n"
      let outcome = try favs("import", "-", "--on-duplicate", "update", input: table)
      #expect(outcome.error == "3 read: 3 added\n")
      #expect(try favs("list", "--fields", "title,url").output == "A\t\nB\t\nC\t\n")
    }
  }

  @Test func `www is one link at every door, and what is no URL is refused`() throws {
    try withFavs { favs in
      try favs("add", "X", "-u", "www.b.example")
      #expect(try favs("list", "--fields", "url").output == "https://www.b.example\n")
      #expect(
        try favs("import", "-", input: "Title,URL\nX,www.b.example\n").error
          == "1 read: 1 skipped as duplicates\n")
      #expect(try favs("add", "www.b.example").code == 4)
      for outcome in [try favs("add", "Y", "-u", "n/a"), try favs("edit", "1", "-u", "n/a")] {
        #expect(outcome.code == 2)
        #expect(outcome.error.contains("'n/a' is not a URL"))
      }
      #expect(try favs("edit", "1", "-u", "").code == 0)
    }
  }

  @Test func `a file without favourites says so, and tags are separated by commas`() throws {
    try withFavs { favs in
      #expect(
        try favs("import", "-", input: "{\"version\":3,\"lists\":[{\"cards\":[]}]}").error
          == "standard input: no favourites found in it\n0 read\n")
      #expect(try favs("import", "-", input: "").error == "0 read\n")
      try favs("import", "-", "-t", "a,b", "-t", "c", input: "https://a.example\n")
      #expect(try favs("list", "--fields", "tags").output == "a,b,c\n")
    }
  }
}

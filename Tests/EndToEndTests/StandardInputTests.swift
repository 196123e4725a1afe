import TestSupport
import Testing

/// Lines and JSON on standard input: what is taken, and which line is named where one is not.
struct StandardInputTests {
  @Test(
    arguments: [
      ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("\u{FEFF}a\n", ["a"]),
      ("\n\n a \n\n", ["a"]),
      ("", []), ("\n", []), ("[a] b\n", ["[a] b"]), ("[]", []), ("[ ]\n", []),
      ("{\"title\":\"a\"}\n{\"title\":\"b\"}", ["a", "b"]),
      ("[{\"title\":\"a\"},\n {\"title\":\"b\"}]", ["a", "b"]),
      ("\u{FEFF} [ {\"title\":\"a\"} ]", ["a"]), ("# a\n", ["# a"]), ("a\tb\n", ["a\\tb"]),
      ("-t\n--\n", ["-t", "--"]), ("a\u{B}b\n", ["a\\u{b}b"]),
    ] as [(String, [String])])
  func `a line is a title, and JSON is known by its beginning`(input: String, titles: [String])
    throws
  {
    try withFavs { favs in
      let outcome = try favs("add", "-", "-q", input: input)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(
        try favs("list", "--fields", "title", "--sort", "id").output
          == titles.map { $0 + "\n" }.joined())
    }
  }

  @Test(arguments: [
    ("{\"title\":\"a\"}\n{\"title\":1}\n", "line 2"),
    ("{\"title\":\"a\"}\n{\"tilte\":\"b\"}\n", "line 2"),
    ("[{\"title\":\"a\"},\n{\"title\":\"b\"", "line 2"), ("{\"title\":\"a\"}\nb\n", "line 2"),
    ("[{\"title\":\"a\"}\n\n{\"title\":\"b\"}]", "line 3"), ("{\"title\":\"\"}", "line 1"),
  ])
  func `an item that is wrong is named by its line, and nothing is added`(
    input: String, place: String
  ) throws {
    try withFavs { favs in
      let outcome = try favs("add", "-", input: input)
      #expect(outcome.code == 8, "\(outcome)")
      #expect(outcome.error.hasPrefix("favs: standard input: \(place)"), "\(outcome)")
      #expect(try favs("list").output == "")
    }
  }
}

import TestSupport
import Testing

@testable import favs

/// Words as they are typed into a shell.
struct ShellWordTests {
  @Test(arguments: [
    ("dune", "dune"), ("a/b-c_d.e", "a/b-c_d.e"), ("https://a.org/x:1,2", "https://a.org/x:1,2"),
    ("year=1965", "year=1965"), ("@12", "@12"), ("50%", "50%"), ("+x", "+x"), ("", "''"),
    ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("''", "''\\'''\\'''"), ("=ls", "'=ls'"),
    ("$HOME", "'$HOME'"), ("a;b", "'a;b'"), ("!x", "'!x'"), ("~", "'~'"), ("#tag", "'#tag'"),
    ("a*", "'a*'"), ("[x]", "'[x]'"), ("{a,b}", "'{a,b}'"), ("a\\b", "'a\\b'"),
    ("\"x\"", "'\"x\"'"), ("caf\u{E9}", "'caf\u{E9}'"), ("七", "'七'"), ("-x", "-x"),
    ("'\u{301}", "''\\''\u{301}'"), ("a\nb", "'a\nb'"),
  ])
  func `what a shell treats as special is in quotes`(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}

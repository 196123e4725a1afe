import Foundation
import Host
import Testing

struct ChildTests {
  @Test func `the exit status comes back`() throws {
    #expect(try Child.run(["true"]) == 0)
    #expect(try Child.run(["sh", "-c", "exit 7"]) == 7)
    #expect(try Child.run(["sh", "-c", "kill -TERM $$"]) == 143)
  }

  @Test func `a program that is not there is an error`() {
    #expect(throws: HostError(call: "posix_spawn", path: "no-such-program", code: ENOENT)) {
      try Child.run(["no-such-program", "x"])
    }
    #expect(throws: HostError(call: "posix_spawn", path: nil, code: EINVAL)) { try Child.run([]) }
  }

  @Test func `its output may go to our errors`() throws {
    // What differs is where descriptor 1 leads to: /dev/null here, which the tests' own errors are
    // not.
    let probe = "exec 2>/dev/null; test /proc/self/fd/1 -ef /dev/null"
    let outer = "exec 1>/dev/null; exec \"$0\" -c \"$1\""
    #expect(try Child.run(["sh", "-c", outer, "sh", probe]) == 0)
    let same = "test /proc/self/fd/1 -ef /proc/self/fd/2"
    #expect(try Child.run(["sh", "-c", same], keepsOutput: false) == 0)
  }

  @Test func `it does not inherit what we ignore`() throws {
    Signals.prepare()
    #expect(try Child.run(["sh", "-c", "kill -XFSZ $$"]) == 128 + SIGXFSZ)
  }

  @Test(arguments: [
    ("code -w", ["code", "-w"]),
    ("  vi\t", ["vi"]),
    ("", []),
    ("x; rm y", ["x;", "rm", "y"]),
    ("x $(id) `id` $HOME *", ["x", "$(id)", "`id`", "$HOME", "*"]),
    ("'/opt/my editor/e' -n", ["/opt/my editor/e", "-n"]),
    (#""a b"'c d'e\ f"#, ["a bc de f"]),
    (#"a "" ''"#, ["a", "", ""]),
    (#""\$ \" \\ \n""#, [#"$ " \ \n"#]),
    (#"'\n'"#, [#"\n"#]),
    ("a\\\nb", ["ab"]),
    ("'a' 'é\u{301}'\u{301}", ["a", "é\u{301}\u{301}"]),
  ])
  func `a command is split as a shell splits it`(command: String, words: [String]) {
    #expect(Child.words(of: command) == words)
  }

  @Test(arguments: ["'a", "\"a", "a\\", "\"a\\"])
  func `a quotation without an end is no command`(command: String) {
    #expect(Child.words(of: command) == nil)
  }
}

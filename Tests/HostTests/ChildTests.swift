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

  @Test func `it is given its input, however long`() throws {
    let folder = try ScratchFolder()
    let input = [UInt8](repeating: 0x61, count: 300_000)
    let words = ["sh", "-c", "cat > \"$1\"", "sh", folder.file("out")]
    #expect(try Child.run(words, input: input) == 0)
    #expect(try folder.text("out").utf8.count == 300_000)
  }

  @Test func `it need not read its input`() throws {
    let input = [UInt8](repeating: 0x61, count: 3_000_000)
    #expect(try Child.run(["true"], input: input) == 0)
  }

  @Test func `what it writes comes back, while it is still being fed`() throws {
    let input = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let answer = try Child.output(of: ["cat"], input: input, limit: 2_000_000)
    #expect(answer.status == 0)
    #expect(answer.bytes == input)
    let silent = try Child.output(of: ["sh", "-c", "exit 3"], limit: 10)
    #expect(silent.status == 3)
    #expect(silent.bytes == [])
  }

  @Test func `output without end is an error and not endless`() {
    #expect(throws: HostError(call: "read", code: EFBIG)) {
      _ = try Child.output(of: ["yes"], limit: 100_000).status
    }
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

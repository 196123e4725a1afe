import Foundation
import Host
import Testing

struct SystemTests {
  @Test func `the clock tells milliseconds since 1970`() {
    #expect(abs(Clock.now() - Int64(Date().timeIntervalSince1970 * 1_000)) < 1_000)
  }

  @Test func `the other clock goes on`() {
    let start = Clock.monotonicNanoseconds()
    usleep(2_000)
    #expect(Clock.monotonicNanoseconds() - start >= 2_000_000)
  }

  @Test func `random bytes are as many as asked for and never the same`() {
    for count in [0, 1, 7, 8, 9, 16, 100] { #expect(Randomness.bytes(count).count == count) }
    #expect(Randomness.bytes(16) != Randomness.bytes(16))
  }

  @Test func `a variable that is empty is as good as none, and one that is not text is refused`()
    throws
  {
    setenv("FAVS_TEST_EMPTY", "", 1)
    setenv("FAVS_TEST_SET", "dune", 1)
    let bad: [CChar] = [0x61, -1, 0]
    setenv("FAVS_TEST_BAD", bad, 1)
    #expect(Environment.value("FAVS_TEST_EMPTY") == nil)
    #expect(Environment.value("FAVS_TEST_UNSET") == nil)
    #expect(Environment.value("FAVS_TEST_BAD") == nil)
    #expect(Environment.value("FAVS_TEST_SET") == "dune")
    #expect(try Environment.text("FAVS_TEST_EMPTY") == nil)
    #expect(try Environment.text("FAVS_TEST_UNSET") == nil)
    #expect(try Environment.text("FAVS_TEST_SET") == "dune")
    #expect(throws: InvalidVariable(name: "FAVS_TEST_BAD", offset: 1)) {
      try Environment.text("FAVS_TEST_BAD")
    }
  }

  @Test func `a file is no terminal`() throws {
    let folder = try ScratchFolder()
    let number = open(try folder.write("", to: "a"), O_RDONLY)
    defer { close(number) }
    #expect(!Terminal.isTerminal(number))
  }

  @Test func `this machine has the name that the system gives it`() throws {
    let folder = try ScratchFolder()
    #expect(try Child.run(["sh", "-c", "uname -n > \"$1\"", "sh", folder.file("a")]) == 0)
    #expect(try folder.text("a") == Device.name() + "\n")
  }

  @Test func `words are what was given`() throws {
    let given = ["favs", "add", "Amélie", ""]
    var pointers = given.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    #expect(try Words.all(4, &pointers) == Array(given.dropFirst()))
    #expect(try Words.all(0, &pointers).isEmpty)
    pointers[2]?[0] = CChar(bitPattern: 0xFF)
    #expect(throws: InvalidWord(argument: 2, offset: 0)) { try Words.all(4, &pointers) }
  }
}

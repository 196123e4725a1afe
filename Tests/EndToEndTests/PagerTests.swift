import Foundation
import TestSupport
import Testing

/// Long output on a terminal that says how large it is.
struct PagerTests {
  /// Runs a command line on a terminal of 10 lines; gives its exit code and what the terminal
  /// showed.
  private func onSmallTerminal(_ favs: Favs, _ words: [String]) throws -> (String, Int32) {
    let script = """
      import fcntl, os, pty, struct, sys, termios
      child, terminal = pty.fork()
      if child == 0:
          os.execv(sys.argv[1], sys.argv[1:])
      out = b""
      while True:
          try:
              data = os.read(terminal, 65536)
          except OSError:
              break
          if not data:
              break
          out += data
      sys.stdout.buffer.write(out.replace(b"\\r\\n", b"\\n"))
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """
    let sized = script.replacingOccurrences(
      of: "if child == 0:\n",
      with:
        "if child == 0:\n    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 10, 80, 0, 0))\n"
    )
    let variables = favs.environment.merging(
      [
        "PATH": "/usr/bin:/bin", "HOME": favs.folder, "FAVS_DB": favs.database, "TZ": "UTC",
        "TERM": "xterm",
      ]
    ) { own, _ in own }
    let outcome = try python(
      [
        "-c", "import os; os.environ.clear(); os.environ.update(\(literal(variables)))\n" + sized,
        Favs.program,
      ]
        + words)
    return (outcome.output, outcome.code)
  }

  private func literal(_ variables: [String: String]) -> String {
    "{" + variables.map { "'\($0)': '\($1)'" }.joined(separator: ",") + "}"
  }

  @Test
  func `long output goes to the pager with all that is said beside it, short output does not`()
    throws
  {
    try withFavs { favs in
      for title in (1...12).map({ "Thing \($0)" }) { try favs("add", title) }
      favs.environment = ["PAGER": "sed s/^/P/", "NO_COLOR": "1"]
      let (long, code) = try onSmallTerminal(favs, ["list"])
      #expect(code == 0)
      #expect(long.hasPrefix("Pinbox\nP #  ID  TITLE\nP 1   1  Thing 1\n"), "\(long)")
      #expect(long.hasSuffix("PPage 1 of 1 · 12 favourites\n"), "\(long)")
      let short = try onSmallTerminal(favs, ["list", "--per-page", "3"]).0
      #expect(short.hasPrefix("inbox\n"), "\(short)")
      #expect(try onSmallTerminal(favs, ["list", "--no-pager"]).0.hasPrefix("inbox\n"))
      #expect(try onSmallTerminal(favs, ["help"]).0.hasPrefix("PKeep links"))
      // What asks or changes something is never in a pager.
      #expect(try onSmallTerminal(favs, ["edit", "--all", "-t", "x", "-y"]).0.hasPrefix("inbox\n"))
      // A pager that reads no more, one that is not there, and none at all.
      favs.environment["PAGER"] = "true"
      #expect(try onSmallTerminal(favs, ["list"]) == ("", 0))
      for pager in ["no-such-pager", "cat"] {
        favs.environment["PAGER"] = pager
        #expect(try onSmallTerminal(favs, ["list"]).0.hasPrefix("inbox\n"), "\(pager)")
      }
      favs.environment["PAGER"] = "sed s/^/P/"
      let failed = try onSmallTerminal(favs, ["list", "nowhere"])
      #expect(failed.1 == 3 && failed.0.hasPrefix("favs: no category"), "\(failed)")
    }
  }

  @Test func `a pager shows colours whatever its name, and one that fails is told`() throws {
    try withFavs { favs in
      for title in (1...12).map({ "Thing \($0)" }) { try favs("add", title) }
      let pager = favs.folder + "/pager"
      try writeScript("#!/bin/sh\ncat >/dev/null\necho \"$LESS\"\n", at: pager)
      favs.environment = ["PAGER": pager]
      #expect(try onSmallTerminal(favs, ["list"]) == ("FRX\n", 0))
      favs.environment["LESS"] = "-i"
      #expect(try onSmallTerminal(favs, ["list"]) == ("-i\n", 0))
      favs.environment["PAGER"] = "false"
      let (said, code) = try onSmallTerminal(favs, ["list"])
      #expect(code == 7)
      #expect(said.contains("the pager 'false' ended with exit code 1"), "\(said)")
    }
  }
}

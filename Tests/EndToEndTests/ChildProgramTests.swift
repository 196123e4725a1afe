import Foundation
import TestSupport
import Testing

/// What the programs get that favs starts.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "there is no /proc"))
struct ChildProgramTests {
  @Test(arguments: ["022", "0027", "000", "077"])
  func `a browser gets the umask of the user, and no file but the three`(mask: String) throws {
    try withFavs { favs in
      try favs("add", "https://example.org")
      let probe = "sh -c 'umask; ls /proc/$$/fd; true'"
      let line =
        #"umask \#(mask); exec 5</dev/null 7>$D/seven; export FAVS_DB=$D/favs.db; $F open 1; ls -l $D"#
      favs.environment["BROWSER"] = probe
      let outcome = try favs.inShell(line)
      #expect(outcome.code == 0)
      let wanted = String(repeating: "0", count: 4 - mask.count) + mask
      #expect(outcome.error == "\(wanted)\n0\n1\n2\n1 opened\n", "\(outcome)")
      // Files of our own are private all the same.
      #expect(
        outcome.output.split(separator: "\n").filter { $0.contains("favs.db") }.allSatisfy {
          $0.hasPrefix("-rw-------")
        })
    }
  }

  @Test func `an editor gets the umask of the user, and no file but the three`() throws {
    try withFavs { favs in
      try favs("add", "x")
      favs.environment["VISUAL"] =
        "sh -c 'umask >$HOME/mask; exec >$HOME/open; ls /proc/$$/fd; true'"
      let outcome = try favs.inShell(
        "umask 026; export FAVS_DB=$D/favs.db; exec 5</dev/null; "
          + "script -qec \"$F edit 1\" /dev/null </dev/null")
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try String(contentsOfFile: favs.folder + "/mask", encoding: .utf8) == "0026\n")
      #expect(try String(contentsOfFile: favs.folder + "/open", encoding: .utf8) == "0\n1\n2\n")
    }
  }
}

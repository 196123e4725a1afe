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

  @Test func `curl writes its answers for the user alone, whatever the umask`() throws {
    try withFavs { favs in
      try favs("add", "http://127.0.0.1:1/")
      let probe = """
        #!/bin/sh
        umask >>"$HOME/mask"
        PATH=${PATH#*:} exec curl "$@"
        """
      try writeScript(probe, at: favs.folder + "/curl")
      let outcome = try favs.inShell(
        "umask 000; export FAVS_DB=$D/favs.db PATH=$D:$PATH; $F fetch --private 1")
      let masks = try String(contentsOfFile: favs.folder + "/mask", encoding: .utf8)
      #expect(Set(masks.split(separator: "\n")) == ["0077"], "\(outcome)")
    }
  }

  @Test func `git keeps our copy for the user alone, and the remote as the umask says`() throws {
    try withTwo(.git) { favs, _, remote in
      try favs("add", "x")
      let outcome = try favs.inShell(
        "umask 002; export FAVS_DB=$D/favs.db; $F sync init \(remote) && $F add y && $F sync")
      #expect(outcome.code == 0, "\(outcome)")
      let own = try modes(below: favs.database + ".sync")
      #expect(own.keys.contains { $0.hasSuffix(".pack") })
      #expect(own.filter { $0.value & 0o077 != 0 }.isEmpty)
      let sent = try modes(below: remote).filter { $0.key.hasPrefix("refs/heads/") }
      #expect(!sent.isEmpty && sent.allSatisfy { $0.value & 0o060 == 0o060 }, "\(sent)")
    }
  }

  /// The permissions of every file and folder below one.
  private func modes(below folder: String) throws -> [String: Int] {
    let manager = FileManager.default
    return try manager.subpathsOfDirectory(atPath: folder).reduce(into: [:]) { modes, path in
      let attributes = try manager.attributesOfItem(atPath: folder + "/" + path)
      modes[path] = attributes[.posixPermissions] as? Int
    }
  }
}

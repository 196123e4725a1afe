import Foundation
import TestSupport
import Testing

/// What start-up files evaluate, in the shells themselves.
struct InitTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func `a start-up file gets a function, keys and completions, and nothing else`(
    shell: String
  ) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Shells/init.py").path
    let said = try python([script, shell, Favs.program])
    #expect(said.code == 0 && said.output.isEmpty, "\(said.output)")
  }

  @Test func `names and keys that would do harm are refused`() throws {
    try withFavs { favs in
      for name in ["a b", "a;b", "$(x)", "", "if", "command", "-f", "9"] {
        let outcome = try favs("init", "bash", "--cmd", name)
        #expect(outcome.code == 2, "\(name)")
      }
      for key in ["x", "^[", "^[[A", "^[OA", "^C", "^M", "^I", "^", "^Xfffff", "^X'", "", "^X "] {
        #expect(try favs("init", "zsh", "--key", key).code == 2, "\(key)")
      }
      #expect(try favs("init", "tcsh").code == 2)
      #expect(try favs("init", "bash", "--cmd", "g", "--no-cmd").code == 2)
    }
  }

  @Test func `a key is written as each shell reads it, and none is bound unasked`() throws {
    try withFavs { favs in
      for (shell, key, line) in [
        ("bash", "^Xf", "'\"\\C-xf\": __favs_insert'"), ("zsh", "^[g", "bindkey -M viins '^[g' "),
        ("fish", "^g", "bind -M insert \\cg "),
      ] {
        let text = try favs("init", shell, "--key", key).output
        #expect(text.contains(line), "\(text)")
      }
      for shell in ["bash", "zsh", "fish"] {
        let text = try favs("init", shell, "--no-cmd").output
        #expect(!text.contains("bind") && !text.contains("function f"), "\(shell)")
      }
    }
  }
}

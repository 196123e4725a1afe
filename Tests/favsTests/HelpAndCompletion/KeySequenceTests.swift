import Testing

@testable import favs

/// Keys that a shell is told to bind.
struct KeySequenceTests {
  @Test(arguments: [
    ("^G", "\\C-g", "^G", "\\cg"), ("^g", "\\C-g", "^G", "\\cg"), ("^Xf", "\\C-xf", "^Xf", "\\cxf"),
    ("^X^F", "\\C-x\\C-f", "^X^F", "\\cx\\cf"), ("^[g", "\\eg", "^[g", "\\eg"),
    ("^[G1", "\\eG1", "^[G1", "\\eG1"),
  ])
  func `a key is written as each shell writes it`(
    text: String, bash: String, zsh: String, fish: String
  ) throws {
    let keys = try KeySequence(text)
    #expect([keys.bash, keys.zsh, keys.fish] == [bash, zsh, fish])
  }

  @Test(arguments: [
    ("", "'' is not a key"), ("^", "'^' is not a key"), ("^1", "'^1' is not a key"),
    ("^é", "'^é' is not a key"), ("^X;", "'^X;' is not a key"), ("^Xabcd", "'^Xabcd' is not a key"),
    ("^X'", "'^X'' is not a key"), ("f", "'f' starts with a letter that people type"),
    ("^C", "^C is taken by every shell"), ("^m", "^M is taken by every shell"),
    ("^[", "'^[' is how other keys begin"), ("^[OA", "'^[OA' is how other keys begin"),
  ])
  func `keys that would take others away are refused`(text: String, message: String) {
    let error = #expect(throws: ValueError.self) { try KeySequence(text) }
    #expect(error?.message == message)
    #expect(error?.hint == "such as ^G, ^Xf or ^[g")
  }
}

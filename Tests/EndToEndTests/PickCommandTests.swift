import Foundation
import TestSupport
import Testing

/// Picking on a pseudo-terminal, with the built program: see Tests/Shells/picking.py.
struct PickCommandTests {
  @Test(arguments: [
    "finds_while_typing", "prints_into_a_pipe", "marks_several", "keys_in_one_burst",
    "leaves_as_it_was", "signals_leave_as_well", "leaves_no_answer_to_the_shell",
    "tells_again_where_text_was_saved", "stops_and_goes_on", "undo_is_inside",
    "ranks_are_changed", "narrows_to_the_category", "copies_a_link", "opens_and_edits_inside",
    "hostile_titles_are_shown", "follows_the_size", "works_where_the_terminal_says_little",
    "colours_and_letters", "pastes", "others_write_meanwhile", "refuses", "rehearses",
    "an_empty_file", "commands_let_pick", "fzf_draws",
  ])
  func `a picker on a terminal`(trial: String) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Shells/picking.py").path
    let said = try python([script, Favs.program, trial])
    #expect(said.code == 0 && said.output.isEmpty, "\(said.output)")
  }
}

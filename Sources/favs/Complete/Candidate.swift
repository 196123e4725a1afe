/// A possible completion of a word.
struct Candidate: Equatable {
  /// The text that replaces the part being completed.
  let value: String
  /// The text that the user has begun to type, if it is not the value: the title of a favourite.
  var title: String?
  /// A few words to tell it from other candidates.
  var detail = ""
  /// Whether the value means little by itself, such as a number.
  var isNumber = false

  /// The description beside the value, on one line, safe to print on a terminal.
  var description: String {
    let text = title.map { detail.isEmpty ? $0 : "\($0) (\(detail))" } ?? detail
    return TextWidth.cut(Escaping.forTerminal(text), to: 60)
  }
}

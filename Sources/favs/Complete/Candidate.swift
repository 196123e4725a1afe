/// Something that a word may become.
struct Candidate: Equatable {
  /// What the part of the word becomes that was asked for.
  let value: String
  /// What the person has typed the beginning of, where that is not the value: the title of a favourite.
  var title: String?
  /// What tells it from others, in a few words.
  var detail = ""
  /// True where the value says nothing by itself, as a number does not.
  var isNumber = false

  /// What is said of it beside its value, in a line that a terminal shows as it is.
  var description: String {
    let text = title.map { detail.isEmpty ? $0 : "\($0) (\(detail))" } ?? detail
    return TextWidth.cut(Escaping.forTerminal(text), to: 60)
  }
}

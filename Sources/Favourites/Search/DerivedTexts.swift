/// What is derived from a favourite's texts alone: how its title is sorted, how its link is found, and what the full-text
/// index is given of them. No file is needed for it, so another thread may make it.
struct DerivedTexts: Sendable {
  let titleKey: String
  let linkHash: Int64?
  let title: String
  let url: String
  let note: String
  /// Those words of the title and the note that were in none of the texts before; nil where nobody looked for them.
  var words: [String]?

  init(title: String, url: String?, note: String?) {
    titleKey = title.nameKey
    linkHash = url.map(LinkKey.hash)
    self.title = SearchText.indexed(title)
    self.url = url.map { SearchText.indexed(SearchText.words(ofURL: $0), inLink: true) } ?? ""
    self.note = note.map { SearchText.indexed($0) } ?? ""
  }

  /// Looks for words that are not among those met before, which they are added to.
  mutating func findWords(_ met: inout HashesMet) {
    guard title.utf8.allSatisfy({ $0 < 0x80 }), note.utf8.allSatisfy({ $0 < 0x80 }) else { return }
    words = WordScanner.newWords(of: title, &met) + WordScanner.newWords(of: note, &met)
  }

  init(_ record: FavouriteRecord) {
    self.init(title: record.title, url: record.url, note: record.note)
  }
}

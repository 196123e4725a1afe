/// Data derived from a favourite's texts alone: the sort key of its title, the hash of its link,
/// and the texts for the full-text index. No file is needed, so another thread can compute it.
struct DerivedTexts: Sendable {
  let titleKey: String
  let linkHash: UInt64?
  let title: String
  let url: String
  let note: String
  /// How many words these three have for the index, if they are ASCII: see `SearchLengths`.
  let lengths: (title: Int?, url: Int?, note: Int?)
  /// The words of the title, the note and the host that no earlier text contained; nil if not
  /// determined.
  var words: [String]?

  init(title: String, url: String?, note: String?) {
    titleKey = title.nameKey
    linkHash = url.map(LinkKey.hash)
    self.title = SearchText.indexed(title)
    self.url = url.map { SearchText.indexed(SearchText.words(ofURL: $0), inLink: true) } ?? ""
    self.note = note.map { SearchText.indexed($0) } ?? ""
    lengths = (
      SearchLengths.count(ofASCII: self.title), SearchLengths.count(ofASCII: self.url),
      SearchLengths.count(ofASCII: self.note)
    )
  }

  /// Finds the words not met before, and adds them to those met.
  mutating func findWords(_ met: inout HashesMet) {
    guard lengths.title != nil, lengths.note != nil, lengths.url != nil else { return }
    words = SearchText.texts(title: title, url: url, note: note).flatMap {
      WordScanner.newWords(of: $0, &met)
    }
  }

  init(_ record: FavouriteRecord) {
    self.init(title: record.title, url: record.url, note: record.note)
  }
}

internal import SQLite

extension Store {
  /// The link of a favourite that a pasted link leads to, or into: it differs in the fragment, in
  /// parameters, `www.` and the like. Nil if the text is no link, or there is none.
  package func link(like text: String) throws(StoreError) -> String? {
    let find = try connection.query(
      "SELECT f.url FROM link l JOIN favourite f ON f.id = l.favourite WHERE l.hash = ?")
    for variant in LinkKey.variants(of: WrittenLink.bare(text)) {
      find.reset()
      find.bind(LinkKey.hash(variant))
      while try find.next() {
        if let url = find.textOrNil(0), LinkKey.areEqual(url, variant) { return url }
      }
    }
    return nil
  }
}

import Testing

@testable import Favourites
@testable import favs

/// The form for an editor: what it shows, and what becomes of its lines.
struct EditFormTests {
  private static let favourite = Favourite(
    id: 1, uid: UID(high: 1, low: 1), title: "Dune", url: "https://a.org", note: "one\ntwo",
    category: "books", rank: 1, tagsJSON: #"["classic","SciFi"]"#,
    metadataJSON: #"{"author":"Herbert","year":1965}"#, createdAt: .earliest, modifiedAt: .earliest,
    openedAt: nil, opened: 0)

  private let form = EditForm(favourite)

  /// What an edit of the form's own lines changes, in words; or why it is refused.
  private func said(_ edit: (inout [String]) -> Void) -> String {
    var lines = form.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    edit(&lines)
    return said(lines.joined(separator: "\n"))
  }

  private func said(_ text: String) -> String {
    do {
      return Self.words(try form.patch(from: text))
    } catch {
      return "refused: \(error.message)"
    }
  }

  private static func words(_ patch: Patch) -> String {
    var words: [String] = []
    if let title = patch.title { words.append("title '\(title)'") }
    if let url = patch.url { words.append("url '\(url)'") }
    if let note = patch.note { words.append("note '\(note)'") }
    if let category = patch.category { words.append("category \(category.text)") }
    words += patch.addedTags.map { "+\($0.text)" } + patch.removedTags.map { "-\($0.text)" }
    words += patch.assignments.map { "\($0.key)=\($0.text)" } + patch.unset.map { "no \($0)" }
    return words.joined(separator: ", ")
  }

  private func line(_ name: String, in lines: [String]) -> Int {
    lines.firstIndex { $0.hasPrefix(name) } ?? 0
  }

  @Test func `the form shows the fields, the metadata and the note`() {
    let lines = form.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      lines == [
        "title: Dune", "url: https://a.org", "category: books", "tags: classic, SciFi",
        "set: author:text=Herbert", "set: year:number=1965", "---", "one", "two",
        "\u{0C}--- end of the note ---",
      ])
    #expect(form.text.hasPrefix("# ") && form.text.hasSuffix("\n#\n"))
  }

  @Test func `what is left as it is changes nothing, however the editor writes it`() {
    #expect(said { _ in } == "")
    #expect(said(form.text.replacingOccurrences("\n", "\r\n")) == "")
    #expect(said("\u{FEFF}" + form.text) == "")
    #expect(said(form.text.replacingOccurrences("\u{0C}", "")) == "")
    #expect(said(form.text.replacingOccurrences("---\n", "---  \n")) == "")
    #expect(said { $0.removeAll { $0.hasPrefix("#") } } == "")
  }

  @Test(arguments: [
    ("title: Dune", "title: Dune 2", "title 'Dune 2'"),
    ("title: Dune", "title:Solaris", "title 'Solaris'"),
    ("title: Dune", "title: a: b", "title 'a: b'"), ("title: Dune", "title: #1", "title '#1'"),
    ("title: Dune", "title:", "refused: line 11: a favourite needs a title"),
    ("tags: ", "tags: a\u{7}", "refused: line 14: tag 'a\u{7}' has a control character"),
    ("url: https", "url: ", "url ''"), ("category: ", "category:", "category inbox"),
    ("category: ", "category: films/", "category films"),
    (
      "category: ", "category: a//b",
      "refused: line 13: category 'a//b' has a '/' without a name next to it"
    ),
    ("tags: ", "tags: SciFi, new", "+new, -classic"), ("tags: ", "tags:", "-classic, -SciFi"),
    ("tags: ", "tags: scifi, classic", "+scifi, -SciFi"),
    ("set: year", "set: year=1966", "year=1966"),
    ("set: year", "set: mood=good", "mood=good, no year"),
    ("set: year", "set: year", "refused: line 16: 'year' is not KEY=VALUE or KEY:TYPE=VALUE"),
    ("title: Dune", "titel: x", "refused: line 11: unknown field 'titel'"),
    ("title: Dune", "Dune", "refused: line 11: 'Dune' is not 'NAME: VALUE'"),
    ("url: https", "title: again", "refused: line 12: there are two lines 'title'"),
    ("one", "one more", "note 'one more\ntwo'"),
  ])
  func `a line that is written anew changes its field`(old: String, new: String, what: String) {
    #expect(said { lines in lines[line(old, in: lines)] = new } == what)
  }

  @Test(arguments: [
    ("title: ", "refused: a favourite needs a title"), ("url: ", "url ''"),
    ("category: ", "category inbox"), ("tags: ", "-classic, -SciFi"), ("set: year", "no year"),
    ("---", "refused: the line '---' above the note is missing"), ("one", "note 'two'"),
    (
      "\u{0C}--- end",
      "refused: the line '--- end of the note ---' is missing: the text is incomplete"
    ),
  ])
  func `a line that is left out empties its field`(name: String, what: String) {
    #expect(said { lines in lines.remove(at: line(name, in: lines)) } == what)
  }

  @Test func `lines may be moved, and have others between them`() {
    #expect(
      said { lines in
        let title = lines.remove(at: line("title: ", in: lines))
        lines.insert(contentsOf: ["", "# mine", title, "  "], at: line("---", in: lines))
      } == "")
    #expect(
      said { $0.insert("set: seen=yes", at: line("title: ", in: $0)) } == "seen=yes")
  }

  @Test func `the note is all between its lines, even what looks like one of them`() {
    #expect(
      said {
        $0.insert(contentsOf: ["---", "# no remark", "title: x"], at: line("one", in: $0) + 1)
      }
        == "note 'one\n---\n# no remark\ntitle: x\ntwo'")
    #expect(
      said { $0.insert("--- end of the note ---", at: line("one", in: $0)) }
        == "note '--- end of the note ---\none\ntwo'")
    #expect(said { $0.removeAll { ["one", "two"].contains($0) } } == "note ''")
  }

  @Test func `text below the note is refused with its line`() {
    let count = form.text.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(said(form.text + "more") == "refused: line \(count): text below the end of the note")
    #expect(said(form.text + "# remark\n\n") == "")
  }

  @Test(arguments: [
    ("", true), ("\n\n", true), ("# a\n  \n#\n", true), ("x", false), (" # x", false),
  ])
  func `a form without a line of its own is given up`(text: String, isEmptied: Bool) {
    #expect(EditForm.isEmptied(text) == isEmptied)
  }

  @Test func `what is shown in another form is not stored in that form`() throws {
    let odd = Favourite(
      id: 1, uid: UID(high: 1, low: 1), title: "a\u{1B}b\nc", url: nil, note: nil,
      category: "books", rank: 1, tagsJSON: "[\"t\u{202E}\"]", metadataJSON: #"{"k":"x\ny"}"#,
      createdAt: .earliest, modifiedAt: .earliest, openedAt: nil, opened: 0)
    let form = EditForm(odd)
    #expect(form.text.contains("\ntitle: a\\u{1b}b\\nc\n"))
    #expect(Self.words(try form.patch(from: form.text)) == "")
  }

  @Test func `metadata that nobody touched stays, with its white space and its lines`() throws {
    let wide = String(repeating: "\\n", count: Limits.metadataTextBytes)
    for value in ["trail ", " lead", "x \\n y ", "\u{A0}", wide] {
      let odd = Favourite(
        id: 1, uid: UID(high: 1, low: 1), title: " Dune ", url: "x: ", note: "a ",
        category: "books",
        rank: 1, tagsJSON: "[]", metadataJSON: "{\"k\":\"\(value)\"}", createdAt: .earliest,
        modifiedAt: .earliest, openedAt: nil, opened: 0)
      let form = EditForm(odd)
      for text in [form.text, form.text.replacingOccurrences(" \n", "\n")] {
        let edited = text.replacingOccurrences("\ntags: ", "\ntags: new")
          .replacingOccurrences("\ntags:\n", "\ntags: new\n")
          .replacingOccurrences("\na\n", "\na \n")
        #expect(Self.words(try form.patch(from: edited)) == "+new", "\(value.prefix(20))")
      }
    }
  }

  @Test func `line ends and backslashes come back as they were shown`() {
    let favourite = Favourite(
      id: 1, uid: UID(high: 1, low: 1), title: "two\nlines", url: nil, note: nil,
      category: "books", rank: 1, tagsJSON: "[]",
      metadataJSON: #"{"path":"C:\\new","steps":"boil\\n\nadd\t\u0007 rice"}"#,
      createdAt: .earliest,
      modifiedAt: .earliest, openedAt: nil, opened: 0)
    let form = EditForm(favourite)
    #expect(form.text.contains(#"title: two\nlines"#))
    #expect(form.text.contains(#"set: path:text=C:\new"#))
    #expect(form.text.contains(#"set: steps:text=boil\\n\nadd\t\u{7} rice"#))
    let edited = form.text.replacingOccurrences("lines", "lines!").replacingOccurrences(
      " rice", " rice 2"
    )
    .replacingOccurrences(#"C:\new"#, #"C:\new\text"#)
    #expect(
      (try? form.patch(from: edited)).map(Self.words)
        == "title 'two\nlines!', path=C:\\new\\text, steps=boil\\n\nadd\t\u{7} rice 2")
    #expect((try? form.patch(from: form.text)).map(Self.words) == "")
  }
}

extension String {
  /// The text with another in the place of a part.
  fileprivate func replacingOccurrences(_ part: String, _ other: String) -> String {
    replacing(part, with: other)
  }
}

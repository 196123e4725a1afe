import Favourites
import Testing

@testable import Exchange

/// What columns stand for, where their names do not say it outright.
@Suite struct TableColumnTests {
  @Test(
    "something's link is the link, and its title the title, in any language",
    arguments: [
      "Channel Id,Channel Url,Channel Title", "Kanal-ID,Kanal-URL,Kanaltitel",
      "ID de la chaîne,URL de la chaîne,Titre de la chaîne", "id,pageURL,pageTitle",
      "Track ID,Track URI,Track Name", "n,Page Permalink,Page Name",
    ])
  func links(header: String) throws {
    let found = try ForeignText(header + "\nc1,https://a.example/c1,One\n", ending: "csv")
    #expect(found.bookmarks.map(\.url) == ["https://a.example/c1"])
    #expect(found.bookmarks.map(\.title) == ["One"])
  }

  @Test func `a column called something's link is none where its cells are no links`() throws {
    let found = try ForeignText(
      "Name,Short URL,Image Link,Page Link\nA,a-1,no,https://a.example/\nB,b-1,no,\n")
    #expect(found.bookmarks.map(\.url) == ["https://a.example/", nil])
    #expect(found.bookmarks.map { $0.metadata["short_url"] } == [.text("a-1"), .text("b-1")])
  }

  @Test func `an address of a house is no link`() throws {
    let found = try ForeignText("Name,Address\nA,1 Example Road\n")
    #expect(found.bookmarks == [Bookmark("A", metadata: ["address": .text("1 Example Road")])])
    let links = try ForeignText("Name,Address\nA,https://a.example/\n")
    #expect(links.bookmarks == [Bookmark("A", "https://a.example/")])
  }

  @Test(
    "columns are known in other languages",
    arguments: [
      "Titel;Link;Notiz;Ordner;Schlagwörter;Hinzugefügt am",
      "Titre;Lien;Remarque;Dossier;Étiquettes;Date d'ajout",
      "Título;Enlace;Nota;Carpeta;Etiquetas;Fecha",
      "タイトル;リンク;メモ;フォルダ;タグ;追加日",
    ])
  func languages(header: String) throws {
    let found = try ForeignText(header + "\nOne;https://a.example/;text;Books;a, b;2019/07/08\n")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://a.example/", note: "text", in: ["Books"], tags: ["a", "b"],
          created: "2019-07-08T00:00:00Z")
      ])
  }

  @Test(
    "names that say that something was added, and when, are put together of words",
    arguments: [
      "Data dodania", "Дата добавления", "Aggiunto il", "Data dell'aggiunta", "Date de création",
      "Erstellt", "Datum der Erstellung", "Added (UTC)", "dateOfCreation", "Fecha de adición",
      "Eklenme tarihi", "Toegevoegd op",
    ])
  func making(name: String) throws {
    let found = try ForeignText("Name;\(name)\nOne;2019-07-08\n", ending: "csv")
    #expect(found.bookmarks == [Bookmark("One", created: "2019-07-08T00:00:00Z")])
  }

  @Test(
    "a date of something else is none of the favourite's making",
    arguments: ["Added by", "Release date", "Date read", "Erscheinungsdatum", "Дата выхода"])
  func otherDates(name: String) throws {
    let found = try ForeignText("Name;\(name)\nOne;2019-07-08\n", ending: "csv")
    #expect(found.bookmarks.map(\.createdAt) == [nil])
  }

  @Test func `the one column that holds nothing but links is the link, whatever it is called`()
    throws
  {
    let found = try ForeignText("Name,Wat\nOne,https://one.example/\nTwo,https://two.example/\n")
    #expect(found.bookmarks.map(\.url) == ["https://one.example/", "https://two.example/"])
    #expect(found.remarks == ["column 'Wat': taken for the link, by what is in it"])
    let pictures = try ForeignText(
      "Name,Poster,Wat\nOne,https://one.example/1,https://one.example/1.png?x\n")
    #expect(pictures.bookmarks.map(\.url) == [nil])
    let names = try ForeignText("Name,Identifiers\nOne,isbn:9780441172719\n")
    #expect(names.bookmarks.map(\.url) == [nil])
    let several = try ForeignText("Name,Wat,Dat\nOne,https://a.example/,https://b.example/\n")
    #expect(several.bookmarks.map(\.url) == [nil])
    #expect(try ForeignText("One,https://one.example/\nTwo,https://two.example/\n").format != "csv")
    #expect(try ForeignText("Heading,Wat\nOne,https://one.example/\n").format == nil)
  }

  @Test(
    "what a list is of is its title, where no column is called so",
    arguments: ["Film;Jahr", "Buch;Jahr", "Livre;Année", "Song;Year", "映画;年", "track;year"])
  func things(header: String) throws {
    let found = try ForeignText(header + "\nOne;1965\nTwo;1966\n")
    #expect(found.bookmarks.map(\.title) == ["One", "Two"])
    let titled = try ForeignText(header + ";Title\nOne;1965;T\nTwo;1966;\n")
    #expect(titled.bookmarks.map(\.title) == ["T", "Two"])
  }

  @Test func `bars may stand between cells, but for Markdown's`() throws {
    let found = try ForeignText("Title|URL|Tags\nA, or B|https://a.example/|x\n")
    #expect(found.bookmarks == [Bookmark("A, or B", "https://a.example/", tags: ["x"])])
    let table = try ForeignText("| Title | URL |\n|---|---|\n| A | <https://a.example/> |\n")
    #expect(table.format != "csv")
  }

  @Test func `what Excel was told to take for a text is unwrapped, and is one`() throws {
    let found = try ForeignText(
      "title,isbn,no,quote\nA,=\"0441172717\",\"=\"\"12\"\"\",\"=\"\"a \"\"\"\"b\"\"\"\"\"\"\"\nB,=\"\",=12,=\n"
    )
    #expect(
      found.bookmarks == [
        Bookmark(
          "A",
          metadata: [
            "isbn": .text("0441172717"), "no": .text("12"), "quote": .text("a \"b\""),
          ]),
        Bookmark("B", metadata: ["no": .text("=12"), "quote": .text("=")]),
      ])
  }

  // MARK: - Headers

  @Test
  func `a table below the name of its list, or below one about it, is read from its header on`()
    throws
  {
    let named = try ForeignText(
      "Places; and more\n\nTitle,Note,URL\n,,\nA,\"two\nlines\",https://a.example/\n")
    #expect(named.bookmarks == [Bookmark("A", "https://a.example/", note: "two\nlines")])
    #expect(named.lines == [5])
    #expect(named.remarks == ["line 3: the table's header; lines above it are skipped"])
    let list = try ForeignText(
      "A list, v7\nDate,Name,URL\n2024-05-01,Mine,https://l.example/\n\nPosition,Name,URL\n1,A,https://a.example/\n",
      ending: "csv")
    #expect(list.bookmarks.map(\.title) == ["A"])
    let remarks = try ForeignText("Made by me\nin 2024\nTitle;URL\nA;https://a.example/\n")
    #expect(remarks.bookmarks == [Bookmark("A", "https://a.example/")])
  }

  @Test func `a row behind an empty line is no header, whatever it is called`() throws {
    let found = try ForeignText(
      "Name,Note\nA,x\nB,y\n\nTitle,z\nLink,https://a.example/\n", ending: "csv")
    #expect(found.bookmarks.map(\.title) == ["A", "B", "Title", "Link"])
    let second = try ForeignText("Name,URL\nA,\n\nLink,https://a.example/\n", ending: "csv")
    #expect(second.bookmarks.map(\.title) == ["A", "Link"])
  }

  @Test func `a person says on which line the header stands`() throws {
    let text = "a \"remark\nName,URL\nx,https://x.example/\nName,URL\nA,https://a.example/\n"
    let found = try ForeignText(text, format: "csv", header: 4)
    #expect(found.bookmarks == [Bookmark("A", "https://a.example/")])
    #expect(found.lines == [5])
    #expect(
      throws: ExchangeError.malformed(nil, "there is no line 9 that can be a header")
    ) { _ = try ForeignText(text, format: "csv", header: 9) }
  }

  // MARK: - Dates

  @Test func `a column of dates is read in the order that one of them tells`() throws {
    let day = try ForeignText("title,created\nA,07/08/2019\nB,13/08/2019\nC,soon\n")
    #expect(
      day.bookmarks == [
        Bookmark("A", created: "2019-08-07T00:00:00Z"),
        Bookmark("B", created: "2019-08-13T00:00:00Z"),
        Bookmark("C", metadata: ["created": .text("soon")]),
      ])
    #expect(
      day.remarks == [
        "column 'created': read with the day first, as in '13/08/2019'",
        "column 'created': 1 of 3 cells are not read as a date, such as 'soon', and kept as metadata",
      ])
    let month = try ForeignText("title,created\nA,07/08/2019\nB,08/13/2019 9:05 PM\n")
    #expect(
      month.bookmarks == [
        Bookmark("A", created: "2019-07-08T00:00:00Z"),
        Bookmark("B", created: "2019-08-13T21:05:00Z"),
      ])
  }

  @Test func `another column of the table tells the order, and a column may contradict itself`()
    throws
  {
    let other = try ForeignText("title,created,modified\nA,07/08/2019,13/08/2019\n")
    #expect(other.bookmarks.map(\.createdAt?.text) == ["2019-08-07T00:00:00.000Z"])
    #expect(other.remarks == ["column 'created': read with the day first, as in other columns"])
    let both = try ForeignText(
      "title,created\nA,07/08/2019\nB,13/08/2019\nC,08/13/2019\n")
    #expect(
      both.bookmarks == [
        Bookmark("A", metadata: ["created": .text("07/08/2019")]),
        Bookmark("B", created: "2019-08-13T00:00:00Z"),
        Bookmark("C", created: "2019-08-13T00:00:00Z"),
      ])
  }

  @Test func `dates of which no order is told stay what they are, and that is said`() throws {
    let found = try ForeignText("title,created\nA,07/08/2019\n")
    #expect(found.bookmarks == [Bookmark("A", metadata: ["created": .text("07/08/2019")])])
    #expect(
      found.remarks == [
        "column 'created': 1 cell is not read as a date, such as '07/08/2019', and kept as metadata"
          + "; no cell shows whether the day or the month comes first"
      ])
  }

  @Test func `a book of 1965 is not of 1970, and nothing of it is lost`() throws {
    let found = try ForeignText("name,author,date\nDune,Frank Herbert,1965\n")
    #expect(
      found.bookmarks == [
        Bookmark("Dune", metadata: ["author": .text("Frank Herbert"), "date": .number(1965)])
      ])
    #expect(found.remarks.count == 1)
  }

  @Test func `where the making is meant, a year and a spreadsheet's day are dates`() throws {
    let found = try ForeignText("title,created\nA,2019\nB,43654\nC,7\n")
    #expect(
      found.bookmarks == [
        Bookmark("A", created: "2019-01-01T00:00:00Z"),
        Bookmark("B", created: "2019-07-08T00:00:00Z"),
        Bookmark("C", metadata: ["created": .number(7)]),
      ])
  }

  @Test func `a French time tells the order of day and month too`() throws {
    let found = try ForeignText("title,created\nA,07/08/2019\nB,24/12/2019 18h30\n")
    #expect(
      found.bookmarks == [
        Bookmark("A", created: "2019-08-07T00:00:00Z"),
        Bookmark("B", created: "2019-12-24T18:30:00Z"),
      ])
  }

  // MARK: - Links

  @Test(arguments: ["n/a", "-", #""=HYPERLINK(""https://a.example"")""#, "/x", "page.html"])
  func `rows with a placeholder for their link stay different things`(placeholder: String) throws {
    let found = try ForeignText(
      "Title,URL\nA,\(placeholder)\nB,\(placeholder)\nC,https://c.example/\n")
    #expect(found.bookmarks.map(\.title) == ["A", "B", "C"])
    #expect(found.bookmarks.map(\.url) == [nil, nil, "https://c.example/"])
    #expect(found.bookmarks.map { $0.metadata["url"] != nil } == [true, true, false])
  }

  @Test func `a link without its scheme is completed`() throws {
    let found = try ForeignText(
      "Title,URL\nA,www.a.example\nB,b.example/page?x\nC,c.example\nD,//d.example/\n")
    #expect(
      found.bookmarks.map(\.url) == [
        "https://www.a.example", "https://b.example/page?x", "https://c.example",
        "https://d.example/",
      ])
  }

  @Test func `a table in Shift_JIS is said to be no UTF-8`() throws {
    // "タイトル,リンク", and a row.
    let bytes: [UInt8] =
      [0x83, 0x5E, 0x83, 0x43, 0x83, 0x67, 0x83, 0x8B, 0x2C, 0x83, 0x8A, 0x83, 0x93, 0x83, 0x4E]
      + Array("\nA,https://a.example/\n".utf8)
    guard case .malformed(_, let reason)? = failure(bytes, as: .csv) else {
      Issue.record("it was read")
      return
    }
    #expect(reason.hasPrefix("not valid UTF-8"), "\(reason)")
  }
}

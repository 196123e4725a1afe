import Foundation
import TestSupport
import Testing

/// `import` of files that are not quite as they should be: read as far as they can be, and what was
/// wrong is said.
struct LenientImportTests {
  /// Imports a file of these bytes.
  private func taken(
    _ bytes: [UInt8], named name: String = "file", _ favs: Favs, _ words: String...
  ) throws -> Outcome {
    let path = favs.folder + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try favs.run((["import", path] + words).map { Array($0.utf8) }, input: [])
  }

  @Test func `one bad byte in a page costs that letter, and the line is named`() throws {
    let page =
      Array(
        "<META charset=utf-8>\n<DL><DT><A HREF=https://a.org/>Zürich</A>\n<DT><A HREF=https://b.org/>b"
          .utf8)
      + [0xE4] + Array("d</A></DL>\n".utf8)
    try withFavs { favs in
      let outcome = try taken(page, favs)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("file: line 3, column "))
      #expect(outcome.error.contains("invalid UTF-8, read as U+FFFD"))
      #expect(!outcome.error.contains("iconv"))
      #expect(
        try favs("list", "--sort", "id", "--fields", "title").output == "Zürich\nb\u{FFFD}d\n")
    }
    try withFavs { favs in
      let outcome = try taken(page, favs, "--strict")
      #expect(outcome.code == 8)
      #expect(try favs("list").output == "")
    }
  }

  @Test func `a page in Shift_JIS is read by iconv, and without iconv the charset is named`() throws
  {
    let page =
      Array(
        "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=Shift_JIS'><DL><DT><A HREF=https://a.org/>"
          .utf8)
      + [0x93, 0x8C, 0x8B, 0x9E] + Array("</A></DL>\n".utf8)
    try withFavs { favs in
      let outcome = try taken(page, favs)
      #expect(outcome.output == "add\t1\t東京\n")
      // From a pipe too.
      let path = favs.folder + "/file"
      #expect(try favs.inShell("cat '\(path)' | $F import - --on-duplicate keep").code == 0)
      #expect(try favs.inShell("PATH=/nowhere $F import '\(path)'").code == 8)
      let missing = try favs.inShell("PATH=/nowhere $F import '\(path)'").error
      #expect(missing.contains("shift_jis") && missing.contains("iconv"))
    }
    try withFavs { favs in
      let unknown = try taken(Array("<META charset=x-nobody><DL><DT></DL>".utf8), favs)
      #expect(unknown.code == 8)
      #expect(unknown.error.contains("x-nobody, an encoding that iconv does not know"))
    }
  }

  @Test func `an archive is told by what it is, with the command that unpacks it`() throws {
    try withFavs { favs in
      let zip = try taken([0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0], named: "my export.zip", favs)
      let path = favs.folder + "/my export.zip"
      expectSame(
        zip,
        Outcome(
          8,
          error: """
            favs: \(path): a zip archive, which favs does not read
            hint: unzip '\(path)' unpacks it; import the files in it

            """))
      let packed = try favs.inShell(
        "cd \"$D\"; printf 'https://a.org/\\n' | gzip >links.gz; $F import links.gz; gzip -dc links.gz | $F import -"
      )
      #expect(packed.error.contains("hint: use gzip -dc links.gz | favs import -"))
      #expect(packed.output == "add\t1\thttps://a.org/\n")
    }
  }

  @Test func `a page without its end is taken over, and its end is said to be missing`() throws {
    try withFavs { favs in
      let outcome = try taken(Array("<DL><DT><A HREF=https://a.org/>a</A>\n".utf8), favs)
      #expect(outcome.code == 0)
      #expect(outcome.output == "add\t1\ta\n")
      #expect(outcome.error.contains("the file ends inside a folder: a </DL> is missing"))
    }
  }

  @Test func `a title that is too long is cut, and that is said`() throws {
    try withFavs { favs in
      let title = String(repeating: "é", count: 3_000)
      let outcome = try taken(Array("title,url\n\(title),https://a.org/\n".utf8), favs)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("line 2: a title of more than 4096 bytes was cut"))
      let kept = try favs("list", "--fields", "title").output
      #expect(kept == String(repeating: "é", count: 2_048) + "\n")
    }
  }

  @Test func `notes and metadata that are too long are cut, and that is said`() throws {
    try withFavs { favs in
      let (note, word) = (
        String(repeating: "é", count: 600_000), String(repeating: "é", count: 9_000)
      )
      let page = "<DL><DT><A HREF=https://a.org/ SHORTCUTURL=\(word)>a</A><DD>\(note)\n</DL>\n"
      let outcome = try taken(Array(page.utf8), favs)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("a note of more than 1048576 bytes was cut"))
      #expect(outcome.error.contains("metadata 'keyword' of more than 16384 bytes was cut"))
      let kept = try favs("list", "--json", "--fields", "note,metadata").output
      #expect(kept.utf8.count(where: { $0 == 0xC3 }) == 524_288 + 8_192)
    }
  }

  @Test func `folders that are too long are cut, and what is in them stays, and that is said`()
    throws
  {
    try withFavs { favs in
      let name = String(repeating: "é", count: 200)
      let page =
        "<DL><DT><H3>\(name)</H3><DL><DT><H3>In</H3><DL><DT><A HREF=https://a.org/>a</A></DL></DL></DL>"
      let outcome = try taken(Array(page.utf8), favs)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("folders of more than 255 bytes were cut"))
      let kept = try favs("list", "--fields", "category").output
      #expect(kept == String(repeating: "é", count: 126) + "/In\n")
    }
  }

  @Test func `a tag that is too long is left out, and that is said`() throws {
    try withFavs { favs in
      let tag = String(repeating: "t", count: 300)
      let outcome = try taken(Array("title,tags\na,\"x,\(tag)\"\n".utf8), favs)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("line 2: a tag of more than 255 bytes was skipped"))
      #expect(try favs("list", "--fields", "title,tags").output == "a\tx\n")
    }
  }

  @Test func `a link comes back from Atom letter by letter`() throws {
    try withFavs { favs in
      let url = "https://a.org/?x=A|B%7CC^{1}"
      _ = try favs("add", "fonts", "-u", url)
      #expect(try favs("export", favs.folder + "/out.atom").code == 0)
      let other = favs.folder + "/other.db"
      #expect(try favs("--db", other, "import", favs.folder + "/out.atom").code == 0)
      #expect(try favs("--db", other, "list", "--fields", "url").output == url + "\n")
    }
  }
}

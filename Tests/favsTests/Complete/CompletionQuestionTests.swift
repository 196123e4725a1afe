import Testing

@testable import favs

/// What the last word of a line may become, as far as the command table tells.
struct CompletionQuestionTests {
  private func ask(_ words: String...) -> CompletionQuestion {
    CompletionQuestion(after: words.dropLast(), current: words[words.count - 1])
  }

  @Test func `each place of a line asks for what may stand there`() {
    for (words, wanted) in [
      (["list", "-c", "x"], .category), (["ls", "--tag", ""], .tags(signs: "+-")),
      (["tag", "rm", "x"], .tag), (["add", "t", "-t", "x"], .tags(signs: "+")),
      (["show", "12", "x"], .reference),
      (["-q", "--db", "f", "restore", "x"], .trashed), (["restore", "-c", "x"], .trashedCategory),
      (["undo", "1"], .change), (["history", "@"], .subject), (["diff", "9", "--at", "@"], .point),
      (["show", "9", "--at", ""], .point), (["edit", "1", "--set", "y"], .assignment),
      (["edit", "1", "--unset", "y"], .metadata), (["list", "--where", "y"], .metadata),
      (["list", "--has", "y"], .trait(["url", "note", "tags"])),
      (["backup", "restore", "f"], .backup),
      (["import", "f"], .file), (["category", "rm", "x"], .category), (["--db", "x"], .file),
      (["list", "--", "-x"], .category), (["list", "-qc", "x"], .category),
    ] as [([String], Completion)] {
      let question = CompletionQuestion(after: words.dropLast(), current: words[words.count - 1])
      #expect(question.sources == [.value(wanted)], "\(words)")
      #expect(question.kept == "")
    }
    #expect(ask("").sources == [.commands(in: [])])
    #expect(ask("category", "").sources == [.commands(in: ["category"])])
    #expect(ask("backup", "").sources == [.commands(in: ["backup"]), .value(.file)])
    #expect(ask("help", "category", "").sources == [.commands(in: ["category"])])
    #expect(ask("list", "books", "x").sources == [])
    #expect(ask("list", "--nope=x").sources == [])
  }

  @Test func `what stands in the word before is kept`() {
    #expect(ask("list", "--category=bo").kept == "--category=")
    #expect(ask("list", "--category=bo").beginning == "bo")
    #expect(ask("list", "-cbo").kept == "-c")
    #expect(ask("list", "-qcbo").kept == "-qc")
    #expect(ask("list", "--fields", "id,ti").kept == "id,")
    #expect(ask("list", "--fields=id,ti").kept == "--fields=id,")
    #expect(ask("list", "--sort", "-cr").beginning == "cr")
    #expect(ask("list", "-c").kept == "")
    #expect(ask("list", "-t", "art,-co").kept == "art,-")
    #expect(ask("list", "-t", "-co").beginning == "co")
    #expect(ask("list", "--tag=art,+co").kept == "--tag=art,+")
    #expect(ask("add", "t", "-t", "art, co").kept == "art, ")
    // A new tag may begin with a dash.
    #expect(ask("add", "t", "-t", "art,-co").beginning == "-co")
  }

  @Test func `the file that a line names is the one to look into`() {
    #expect(ask("--db", "a.db", "list", "").database == "a.db")
    #expect(ask("list", "--db=b.db", "").database == "b.db")
    #expect(ask("list", "--", "--db", "b.db").database == nil)
  }

  @Test func `several that are less than what is typed do not replace it`() {
    var answer = CompletionAnswer(candidates: [
      Candidate(value: "12", title: "Twice", detail: "books", isNumber: true),
      Candidate(value: "13", title: "Twice", detail: "films", isNumber: true),
    ])
    let line = BashLine("favs show twi", breaks: " ")
    #expect(
      answer.bash(line, isListing: true)
        == ["replace", " ", "12  Twice (books)", "13  Twice (films)"])
    #expect(answer.bash(line, isListing: false) == ["replace", "12", "13"])
    answer.candidates[1] = Candidate(value: "13", title: "Twine", isNumber: true)
    #expect(answer.bash(line, isListing: true) == ["replace", "Twice", "Twine"])
  }
}

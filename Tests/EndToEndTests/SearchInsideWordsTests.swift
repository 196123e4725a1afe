import Foundation
import TestSupport
import Testing

/// What users of search engines take for granted: words by their parts, joined and apart, in any
/// script.
struct SearchInsideWordsTests {
  private func titles(_ favs: Favs, _ words: String...) throws -> [String] {
    let outcome = try favs.words(["search", "--fields", "title"] + words)
    return outcome.output.split(separator: "\n").map(String.init).sorted()
  }

  private func add(_ favs: Favs, _ titles: [String]) throws {
    for title in titles { #expect(try favs("add", "--title", title).code == 0) }
  }

  @Test(arguments: [
    (
      ["PostgreSQL manual", "Garden plan"],
      ["sql", "postgre", "postgresql", "PostgreSQL", "SQL manual"]
    ),
    (
      ["OpenStreetMap", "Garden plan"],
      ["street", "map", "openstreetmap", "open street map", "openstreet-map"]
    ),
    (["GitHub", "Digit"], ["git", "hub", "github", "git-hub", "git hub"]),
    (["Covid-19 diary", "Garden plan"], ["covid", "covid19", "covid-19", "covid 19"]),
    (["Release v1.2.3", "Release 3.2.1"], ["v1.2.3", "1.2.3", "v1"]),
    (["2FA for all", "Garden plan"], ["2fa", "2-fa", "2 fa"]),
    (["I don't know", "Garden plan"], ["don't", "dont", "don’t"]),
    (["AC/DC live", "Garden plan"], ["acdc", "ac/dc", "ac dc", "AC-DC"]),
    (["O'Reilly books", "Garden plan"], ["oreilly", "o'reilly", "o’reilly", "reilly"]),
    (["The .NET runtime", "Garden plan"], [".net", "net", "dotnet"]),
    (["C++ primer", "Garden plan"], ["c++", "C++ primer", "cplusplus"]),
    (["C++20 ranges", "Garden plan"], ["c++", "C++20", "c++ 20", "cplusplus"]),
    (["C#12 news", "Garden plan 12"], ["c#", "C#12", "c# 12"]),
    (["Hawaiʻi trip", "Garden plan"], ["hawaii", "hawai'i", "Hawai‘i", "Hawai’i trip"]),
    (["צה״ל news", "Garden plan"], ["צהל", "צה״ל", "צה\"ל", "צה'ל"]),
    (
      ["ada@lovelace-online.example", "Garden plan"],
      ["ada", "lovelace", "lovelaceonline", "ada@lovelace-online.example"]
    ),
    (
      ["news.ycombinator.com", "Garden plan"],
      ["ycombinator", "news.ycombinator.com", "news ycombinator"]
    ),
    (["my_file-v2.tar.gz", "Garden plan"], ["my_file", "myfile", "tar.gz", "my_file-v2.tar.gz"]),
    (["Wi-Fi6 router", "Garden plan"], ["wifi", "wi-fi", "wifi6", "wi fi"]),
    (["三体 PlayStation", "Garden plan"], ["station", "三体", "play station"]),
  ])
  func `a word is found by its parts, joined and apart`(
    samples: [String], queries: [String]
  ) throws {
    try withFavs { favs in
      try add(favs, samples)
      for query in queries {
        #expect(try titles(favs, "--no-fuzzy", "--", query) == [samples[0]], "\(query)")
      }
    }
  }

  @Test func `a host in ASCII is found and marked by its own letters, and the other way round`()
    throws
  {
    try withFavs { favs in
      #expect(
        try favs("add", "--title", "Town", "--url", "https://xn--mnchen-3ya.de/plan").code == 0)
      #expect(try favs("add", "--title", "Book", "--url", "https://bücher.example/").code == 0)
      for query in [
        "münchen", "munchen", "MÜNCHEN.de", "url:münchen", "https://münchen.de/plan",
        "xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de/", "münch*",
      ] {
        #expect(try titles(favs, "--no-fuzzy", "--", query) == ["Town"], "\(query)")
      }
      for query in ["bucher", "xn--bcher-kva.example", "https://xn--bcher-kva.example"] {
        #expect(try titles(favs, "--no-fuzzy", "--", query) == ["Book"], "\(query)")
      }
      let found = try favs("search", "münchen", "--fields", "snippet", "--json").output
      #expect(found.contains(#""hits":[[8,22]]"#), "\(found)")
    }
  }

  @Test func `a misspelt name of a site is found in links, a misspelt word in scripts with signs`()
    throws
  {
    try withFavs { favs in
      #expect(
        try favs("add", "--title", "Dune", "--url", "https://en.wikipedia.org/wiki/Dune").code == 0)
      try add(favs, ["हिन्दी समाचार", "தமிழ் செய்திகள்"])
      for (query, title) in [
        ("wikpedia", "Dune"), ("wiki", "Dune"), ("pedia", "Dune"), ("हिन्दि", "हिन्दी समाचार"),
        ("செய்திகல்", "தமிழ் செய்திகள்"),
      ] {
        #expect(try titles(favs, query) == [title], "\(query)")
      }
    }
  }

  @Test func `a misspelt name of a category finds what is in it`() throws {
    try withFavs { favs in
      #expect(try favs("add", "Lasagne", "-c", "kitchen/Recipes for two").code == 0)
      #expect(try favs("add", "Tiramisu", "-c", "kitchen").code == 0)
      #expect(try favs("category", "add", "Journeys").code == 0)
      let found = try favs("search", "recipies", "--fields", "title")
      #expect(found.output == "Lasagne\n")
      #expect(found.error == "no matches for 'recipies': showing results for 'recipes'\n")
      #expect(try titles(favs, "lasagne recipies") == ["Lasagne"])
      // It is near to an empty one, or another field was asked for.
      #expect(try titles(favs, "jorneys") == [])
      #expect(try titles(favs, "title:recipies") == [])
    }
  }

  @Test func `what is written together and what is written apart find each other`() throws {
    try withFavs { favs in
      let samples = ["wi fi antenna", "wi-fi at home", "wifi password"]
      try add(favs, samples)
      for query in ["wifi", "wi-fi", "wi fi", "WiFi", "Wi-Fi", "title:wifi"] {
        #expect(try titles(favs, "--no-fuzzy", query) == samples, "\(query)")
      }
      // A phrase stays what it says.
      #expect(try titles(favs, "--no-fuzzy", "\"fi antenna\"") == ["wi fi antenna"])
    }
  }

  @Test func `the whole word comes before a part of one`() throws {
    try withFavs { favs in
      try add(
        favs, ["A TypeScript course", "JavaScript, a script of scripts", "Script for a film"])
      let outcome = try favs("search", "script", "--fields", "title")
      #expect(outcome.output.hasSuffix("A TypeScript course\n"))
      #expect(outcome.output.split(separator: "\n").count == 3)
    }
  }

  @Test func `a part is marked where it stands`() throws {
    try withFavs { favs in
      try add(favs, ["Learning TypeScript"])
      let found = try favs("search", "script", "--json", "--fields", "snippet,matched")
      #expect(found.output.contains(#""hits":[[13,19]]"#), "\(found.output)")
      #expect(found.output.contains(#""matched":["title"]"#))
    }
  }

  @Test func `where no word is so, it is looked for inside the words that occur`() throws {
    try withFavs { favs in
      try add(favs, ["Stack overflow", "OpenBSD handbook", "Cat food", "Concatenate files"])
      let outcome = try favs("search", "flow", "--fields", "title")
      #expect(outcome.output == "Stack overflow\n")
      #expect(outcome.error.contains("'flow'") && outcome.error.contains("'overflow'"))
      #expect(try titles(favs, "andbo") == ["OpenBSD handbook"])
      // Not where a word is so, and not where only exact words are wanted.
      #expect(try titles(favs, "cat") == ["Cat food"])
      #expect(try favs("search", "flow", "--no-fuzzy").code == 1)
      // The beginning of a word comes before its inside, also of two letters.
      #expect(try titles(favs, "fi") == ["Concatenate files"])
      let page = try favs("search", "flow", "-q", "--json", "--envelope", "--fields", "title")
      #expect(page.output.contains(#""note":"#) && page.output.contains("'overflow'"))
      #expect(page.error.isEmpty)
      let plain = try favs("search", "cat", "--json", "--envelope", "--fields", "title")
      #expect(!plain.output.contains(#""note":"#))
    }
  }

  @Test func `where nothing is found the hint says what --substring finds`() throws {
    try withFavs { favs in
      try add(favs, ["Stack overflow"])
      let hinted = try favs("search", "ck", "over", "--no-fuzzy")
      #expect(hinted.code == 1)
      #expect(hinted.error.contains("hint: --substring finds 1 favourite"), "\(hinted.error)")
      #expect(try favs("search", "zzz", "--no-fuzzy").error.isEmpty)
      #expect(try favs("search", "ck", "--no-fuzzy", "-q").error.isEmpty)
    }
  }

  @Test func `in a large collection the hint comes from the latest favourites`() throws {
    try withFavs { favs in
      let lines = (1...20_001).map { $0 > 3 ? "stone" : $0 == 2 ? "Back over" : "Stack overflow" }
      try favs("add", "-", "-q", "--on-duplicate", "keep", input: lines.joined(separator: "\n"))
      // The first of all is not looked at.
      expectSame(
        try favs("search", "ck", "over", "--no-fuzzy"),
        Outcome(1, error: "hint: --substring finds at least 2 favourites\n"))
      try favs("rm", "2", "3")
      expectSame(
        try favs("search", "ck", "over", "--no-fuzzy"),
        Outcome(1, error: "hint: --substring finds 1 favourite\n"))
    }
  }

  @Test(arguments: [
    ("Ωμέγα", ["ωμεγα", "ΩΜΈΓΑ"]), ("Ёлка", ["елка", "ЁЛКА"]), ("Crème brûlée", ["creme brulee"]),
    ("ﬁne arts", ["fine"]), ("soft\u{AD}ware", ["software"]), ("שָׁלוֹם", ["שלום"]),
    ("مُحَمَّد", ["محمد"]),
    ("إلى المدرسة", ["الي", "المدرسه"]), ("ὀδός", ["ΟΔΟΣ", "οδος"]), ("ＰＹＴＨＯＮ", ["python"]),
    ("佐々木", ["佐佐木"]), ("ｶﾞﾗｽ", ["ガラス"]), ("Diyarbakır", ["diyarbakir", "DİYARBAKIR"]),
    ("हिन्दी किताब", ["हिन्दी", "किताब"]), ("ภาษาไทย", ["ไทย"]), ("Łódź", ["lodz"]),
    ("e\u{301}tude", ["étude"]),
  ])
  func `accents, marks and forms of letters do not count`(title: String, queries: [String]) throws {
    try withFavs { favs in
      try add(favs, [title, "Garden plan"])
      for query in queries {
        #expect(try favs("search", query, "--no-fuzzy", "--count").output == "1\n", "\(query)")
      }
    }
  }

  @Test func `vowels of Indic scripts and voiced kana count`() throws {
    try withFavs { favs in
      try add(favs, ["किताब", "がき"])
      #expect(try favs("search", "कताब", "--no-fuzzy").code == 1)
      #expect(try favs("search", "かき", "--no-fuzzy").code == 1)
    }
  }

  @Test func `a category is found by the parts of its name`() throws {
    try withFavs { favs in
      let added = try favs("add", "--title", "Dune", "-c", "BookShelf/web-dev")
      #expect(added.code == 0)
      #expect(try titles(favs, "--no-fuzzy", "webdev") == ["Dune"])
    }
  }

  @Test func `what is emptied from the trash is in no part of a word either`() throws {
    try withFavs { favs in
      try add(favs, ["ZyxwSecret word", "Other"])
      #expect(try favs("rm", "1", "-y").code == 0)
      #expect(try favs("trash", "empty", "--all", "-y").code == 0)
      let bytes = try Data(contentsOf: URL(filePath: favs.database))
      #expect(bytes.range(of: Data("zyxw".utf8)) == nil)
      #expect(bytes.range(of: Data("Zyxw".utf8)) == nil)
    }
  }

  @Test func `few hits do not hide many that have the word inside another`() throws {
    try withFavs { favs in
      let titles = (1...20).map { "Kunsthaus \($0)\n" }.joined() + "Ein Haus am Meer\n"
      try favs("add", "-", "-q", input: titles)
      expectSame(
        try favs("search", "haus", "--fields", "id,matched", "--limit", "2"),
        Outcome(
          0, "21\ttitle\n1\ttitle,inside\n",
          error: "few matches for 'haus': results for words with it inside follow: 'kunsthaus'\n"))
      let page = try favs("search", "haus", "-q", "--json", "--envelope").output
      #expect(page.contains("words with it inside follow"))
      #expect(try favs.found("haus", "--no-fuzzy") == "21")
    }
  }

  @Test func `words that nothing holds together are told, and kept to with no-fuzzy`() throws {
    try withFavs { favs in
      try favs("add", "-", "-q", input: "Katz's Delicatessen\nThe deli\nOn the road\n")
      expectSame(
        try favs("search", "katz deli", "--fields", "id"),
        Outcome(
          0, "1\n",
          error: "no matches for 'deli' with the other words: showing results for 'deli*'\n"))
      expectSame(
        try favs("search", "the katz", "--fields", "id"),
        Outcome(
          0, "1\n", error: "no matches for 'the' with the other words: leaving it out\n"))
      expectSame(
        try favs("search", "katz deli", "--no-fuzzy"),
        Outcome(1, error: "hint: --substring finds 1 favourite\n"))
    }
  }
}

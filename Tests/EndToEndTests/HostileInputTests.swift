import Foundation
import TestSupport
import Testing

/// Input that is made to keep others waiting, or to take all of the memory.
struct HostileInputTests {
  /// What may be spent on each, in seconds of the processor: far more than is needed, far less than
  /// what grows with the square takes.
  private static let seconds = 20

  private func expectQuick(
    _ favs: Favs, _ words: String, _ code: Int32, _ message: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try favs.inShell("ulimit -t \(Self.seconds); ulimit -v 900000; $F \(words)")
    #expect(
      outcome.code == code && (message.isEmpty || outcome.error.contains(message)),
      "\(words): exit \(outcome.code) \(outcome.error.prefix(300))", sourceLocation: sourceLocation)
  }

  @Test func `a favourite with very many tags is refused at once`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let tags = (0..<200_000).map { "\"t\($0)\"" }.joined(separator: ",")
      try Data("{\"title\":\"x\",\"tags\":[\(tags)]}\n".utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/tags.jsonl"))
      try expectQuick(favs, "import $D/tags.jsonl", 1, "tags are more than 1000")
      try expectQuick(favs, "add - <$D/tags.jsonl", 8, "tags are more than 1000")
      let names = (0..<200_000).map { "t\($0)" }.joined(separator: ";")
      try Data("title,tags\nx,\(names)\n".utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/tags.csv"))
      try expectQuick(favs, "import $D/tags.csv", 1, "tags are more than 1000")
      // The same tag over and over is one.
      let same = Array(repeating: "\"t\"", count: 200_000).joined(separator: ",")
      try Data("{\"title\":\"y\",\"tags\":[\(same)]}\n".utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/same.jsonl"))
      try expectQuick(favs, "import $D/same.jsonl", 0)
    }
  }

  @Test func `a drawer of very many properties is refused at once`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let lines = (0..<50_000).map { ":p\($0): v\($0)" }.joined(separator: "\n")
      try Data("* [[https://a.org][A]]\n:PROPERTIES:\n\(lines)\n:END:\n".utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/a.org"))
      try expectQuick(favs, "import $D/a.org", 1, "metadata")
    }
  }

  @Test func `end tags that end nothing, and columns of one name, take no time`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let html =
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + String(repeating: "<ul>", count: 998)
        + String(repeating: "</dl>", count: 1_000_000) + String(repeating: "</ul>", count: 998)
      try Data(html.utf8).write(to: URL(fileURLWithPath: favs.folder + "/a.html"))
      try expectQuick(favs, "import $D/a.html", 0)
      let csv = "title," + Array(repeating: "a", count: 4_000).joined(separator: ",") + "\nx\n"
      try Data(csv.utf8).write(to: URL(fileURLWithPath: favs.folder + "/a.csv"))
      try expectQuick(favs, "import $D/a.csv", 0)
    }
  }

  @Test func `headlines without end and their tags are not given to each thing below them`() throws
  {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let tags = (0..<100_000).map { "t\($0)" }.joined(separator: ":")
      try Data("* H :\(tags):\n- [[https://a.org][A]]\n".utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/a.org"))
      try expectQuick(favs, "import $D/a.org", 8, "headlines with more than 100 tags")
      let deep = (1...1_100).map { String(repeating: "*", count: $0) + " a" }.joined(
        separator: "\n")
      try Data((deep + "\n- [[https://a.org][A]]\n").utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/b.org"))
      try expectQuick(favs, "import $D/b.org", 8, "headings nested deeper than 1000")
    }
  }

  @Test func `many of one title come back from the trash under others, one step for each`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let count = 3_000
      let lines = (0..<count).map { "{\"title\":\"x\",\"url\":\"https://a.org/\($0)\"}" }
        .joined(separator: "\n")
      #expect(try favs("import", "-", "-q", input: lines).code == 0)
      #expect(try favs("rm", "--all", "-y", "-q").code == 0)
      #expect(try favs("import", "-", "-q", "--on-duplicate", "keep", input: lines).code == 0)
      try expectQuick(favs, "restore --all --on-conflict rename -q >/dev/null", 0)
      #expect(try favs("search", "x", "--count").output == "\(2 * count)\n")
      #expect(
        try favs("show", "x (\(count + 1))", "--fields", "title").output == "x (\(count + 1))\n")
    }
  }

  @Test func `lists of references that name the same over and over cost no more than once`()
    throws
  {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let titles = (1...3_000).map { "t\($0)" }.joined(separator: "\n")
      #expect(try favs("add", "-", "-q", input: titles).code == 0)
      let ranges = (1...3_000).map { "\($0)-9223372036854775807" }.joined(separator: "\n")
      try Data(ranges.utf8).write(to: URL(fileURLWithPath: favs.folder + "/ranges"))
      try expectQuick(favs, "rm - -y -q <$D/ranges", 0)
      try expectQuick(favs, "restore - -q <$D/ranges", 0)
      #expect(try favs("list", "--fields", "id").output.split(separator: "\n").count == 3_000)
    }
  }

  @Test func `JSON of many small values takes no twenty times its size`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let ones = String(repeating: "1,", count: 20_000_000)
      for (beginning, end, words) in [
        ("{\"type\":\"text/x-moz-place-container\",\"annos\":[", "1]}", "--format firefox"),
        ("[{\"text\":\"x\",\"href\":[", "1]}]", "--format pinboard"),
        ("{\"title\":\"x\",\"metadata\":{\"a\":[", "1]}}", ""),
      ] {
        // A line of favs' own ends at 16 MiB.
        let text = words.isEmpty ? String(ones.prefix(16_000_000)) : ones
        try Data((beginning + text + end).utf8)
          .write(to: URL(fileURLWithPath: favs.folder + "/a.json"))
        let outcome = try favs.inShell("ulimit -v 600000; $F import $D/a.json \(words)")
        #expect(
          outcome.code == 8 && outcome.error.contains("more than 250000 values in one"),
          "\(words): \(outcome.code) \(outcome.error.prefix(300))")
      }
    }
  }

  /// Before, it waited for its turn first, and whoever came later for it.
  @Test func `what cannot be read is told without waiting for those who write`() throws {
    try withFavs { favs in
      try favs("add", "first")
      let good = try favs("export", "--full").output
      let lock = open(favs.database + ".lock", O_RDWR | O_CLOEXEC)
      #expect(flock(lock, LOCK_EX) == 0)
      defer { close(lock) }
      let cases: [([String], String)] = [
        (["import", "-"], "{\"title\":\"x\"}\n{\"title\":"),
        (["import", "-"], "[{\"title\":\"x\"},"),
        (["import", "-", "--strict"], "{\"title\":\"x\"}\n{\"note\":\"y\"}"),
        (["add", "-"], "{\"title\":\"x\"}\n{\"title\":"),
        (["import", "-"], String(good.dropLast(20))),
        (["import", "-", "--format", "csv"], "title,url\nx,\"y\n"),
      ]
      for (words, input) in cases {
        let outcome = try favs.run(words.map { Array($0.utf8) }, input: Array(input.utf8))
        #expect(outcome.code == 8, "\(words) \(outcome)")
      }
    }
  }

  @Test func `much more than is held is read twice and kept once`() throws {
    try withFavs { favs in
      // Tags take much more in memory than in a file. All but the first are there already.
      let tags = (0..<500).map { "\"t\($0)\"" }.joined(separator: ",")
      let line = "{\"title\":\"t\",\"url\":\"https://a.org\",\"tags\":[\(tags)]}\n"
      let count = 2_500
      try Data(String(repeating: line, count: count).utf8)
        .write(to: URL(fileURLWithPath: favs.folder + "/in"))
      favs.environment = ["FAVS_DB": favs.database]
      let taken = try favs.inShell("$F import - <$D/in").output.split(separator: "\n")
      #expect(taken.filter { $0.hasPrefix("add") }.count == 1)
      #expect(taken.filter { $0.hasPrefix("skip") }.count == count - 1)
      // What is wrong behind what is held is come across while it is written, and takes it all
      // back.
      for option in ["", "--strict"] {
        let wrong = "(sed 's/a.org/b.org/' $D/in; printf '{\"title\":')"
        let refused = try favs.inShell("\(wrong) | $F import - -q \(option) 2>&1; $F list --count")
        #expect(refused.output.hasPrefix("favs: "), "\(refused)")
        #expect(refused.output.hasSuffix("\n1\n"), "\(refused)")
      }
    }
  }

  @Test func `who does not read what is printed keeps nobody from writing`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let note = String(repeating: "n", count: 1_000_000)
      let lines = (1...5).map { "{\"title\":\"t\($0)\",\"note\":\"\(note)\"}\n" }.joined()
      #expect(try favs("import", "-", "-q", input: lines).code == 0)
      // 50 MB, which is more than is held in memory.
      let list =
        "$F list -0 --format '{note}{note}{note}{note}{note}{note}{note}{note}{note}{note}'"
      let script = """
        mkfifo $D/pipe; exec 3<>$D/pipe
        (ulimit -v 400000; exec \(list) >$D/pipe) & reader=$!
        # It has printed all that it has to say once it sleeps on the pipe with its file closed.
        for i in $(seq 300); do
          ls -l /proc/$reader/fd 2>/dev/null | grep -q favs.db || [ $i -lt 5 ] || break; sleep 0.1
        done
        $F add x -q --fields title && $F rm 1 -q --fields title
        exec 4<$D/pipe 3>&-
        wc -c <&4
        wait $reader; echo $?
        """
      expectSame(
        try favs.inShell(script),
        Outcome(0, "x\\nt1\\n50000005\\n0\\n".replacingOccurrences(of: "\\n", with: "\n")))
      // What its reader has left is not printed to its end.
      #expect(
        try favs.inShell("\(list) | head -c 1; echo ${PIPESTATUS[0]}").output
          == "n141\n")
      // Into a file it goes as it comes.
      #expect(try favs.inShell("\(list) >$D/out; wc -c <$D/out").code == 0)
    }
  }

  /// SQLite gave up, and the file was called damaged.
  @Test func `more filters than one command takes are a wrong use`() throws {
    try withFavs { favs in
      try favs("add", "x", "-t", "t", "--set", "a=1", "-c", "c")
      let refused = Outcome(
        2,
        error: "favs: too many filters: 201\n"
          + "hint: one command takes up to 200\n")
      for filter in [
        ["--where", "a=1"], ["-t", "t"], ["--no-tag", "x"], ["--has", "tags"], ["--no", "url"],
        ["-c", "c"],
      ] {
        let most = (0..<200).flatMap { _ in filter }
        #expect(try favs.words(["list", "--fields", "title"] + most).output == "x\n", "\(filter)")
        expectSame(try favs.words(["list"] + most + filter), refused)
        expectSame(try favs.words(["rm", "--has", "tags"] + most), refused)
      }
      let anyTag = (0..<200).flatMap { ["-t", $0 == 150 ? "t" : "t\($0)"] }
      #expect(
        try favs.words(["list", "--any-tag", "--fields", "title"] + anyTag).output == "x\n")
      let alternatives = (0..<500).map { $0 == 400 ? "tag:t" : "year:>\($0)" }
      expectSame(
        try favs.words(
          ["search", "--fields", "title", alternatives.joined(separator: " OR ")]),
        Outcome(0, "x\n"))
      let terms = (0..<600).map { "year:>\($0) -tag:x\($0)" }.joined(separator: " ")
      for query in [terms, String(repeating: "category:c ", count: 600)] {
        #expect([0, 1].contains(try favs("search", query, "-q").code))
      }
    }
  }
}

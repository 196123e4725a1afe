import Foundation
import TestSupport
import Testing

/// `favs logs`, and `--profile`.
struct LogsTests {
  private static func line(
    _ time: String, _ level: String, _ command: String?, _ milliseconds: String, exit: Int = 0
  ) -> String {
    let name = command.map { "\"\($0)\"" } ?? "null"
    let error = level == "error" ? "\"not_found\"" : "null"
    return #"{"time":"\#(time)","level":"\#(level)","command":\#(name),"ms":\#(milliseconds),"#
      + #""exit":\#(exit),"error":\#(error),"rows_read":7,"rows_written":0,"sqlite":null,"#
      + #""errno":null,"lock_wait_ms":0,"pid":12,"version":"0.1.0"}"#
  }

  private static let some = [
    line("2026-01-01T00:00:00.000Z", "info", "list", "1.5"),
    line("2026-02-01T00:00:00.000Z", "slow", "list", "300"),
    line("2026-03-01T00:00:00.000Z", "error", nil, "0.25", exit: 3),
    line("2026-04-01T00:00:00.000Z", "error", "add", "10000.125", exit: 5),
  ]

  @Test func `an absent log is an empty list`() throws {
    try withFavs { favs in
      expectSame(try favs("logs"), Outcome(0))
      expectSame(try favs("logs", "--json"), Outcome(0, "[]\n"))
      expectSame(try favs("logs", "--summary"), Outcome(0))
      expectSame(try favs("logs", "--summary", "--json"), Outcome(0, "[]\n"))
    }
  }

  @Test func `the newest come last, those that were set aside first`() throws {
    try withFavs { favs in
      try favs.writeLog(Array(Self.some[..<1]), to: "favs.log.1")
      try favs.writeLog(Array(Self.some[1...]))
      expectSame(
        try favs("logs"),
        Outcome(
          0,
          """
          2026-01-01T00:00:00.000Z\tinfo\tlist\t1.5\t0\t\t7\t0\t\t\t0\t
          2026-02-01T00:00:00.000Z\tslow\tlist\t300\t0\t\t7\t0\t\t\t0\t
          2026-03-01T00:00:00.000Z\terror\t\t0.25\t3\tnot_found\t7\t0\t\t\t0\t
          2026-04-01T00:00:00.000Z\terror\tadd\t10000.125\t5\tnot_found\t7\t0\t\t\t0\t

          """))
      expectSame(
        try favs("logs", "--json"), Outcome(0, "[" + Self.some.joined(separator: ",") + "]\n"))
    }
  }

  @Test func `levels, times and slowness choose`() throws {
    try withFavs { favs in
      try favs.writeLog(Self.some)
      func months(_ words: String...) throws -> [String] {
        let outcome = try favs.words(["logs", "--json"] + words)
        #expect(outcome.code == 0)
        return outcome.objects.compactMap { ($0["time"] as? String)?.dropFirst(5).prefix(2) }
          .map(String.init)
      }
      #expect(try months("--level", "debug") == ["01", "02", "03", "04"])
      #expect(try months("--level", "slow") == ["02", "03", "04"])
      #expect(try months("--level", "error") == ["03", "04"])
      #expect(try months("--slow") == ["02", "04"])
      #expect(try months("--since", "2026-02-01", "--level", "info") == ["02", "03", "04"])
      #expect(try months("--since", "1min") == [])
      #expect(try favs("logs", "--level", "loud").code == 2)
      #expect(try favs("logs", "--since", "then").code == 2)
      #expect(try favs("logs", "--follow", "--summary").code == 2)
    }
  }

  @Test func `damaged lines are passed over and counted`() throws {
    try withFavs { favs in
      try favs.writeLog(["nonsense", Self.some[0], #"{"time":"#, Self.some[1], "\u{0}"])
      let outcome = try favs("logs", "--json")
      #expect(outcome.objects.count == 2)
      #expect(outcome.error == "3 damaged lines were skipped\n")
      #expect(try favs("logs", "--quiet").error == "")
      try favs.writeLog(["{\u{1B}]0;x\u{7}}"])
      expectSame(try favs("logs"), Outcome(0, error: "1 damaged line was skipped\n"))
    }
  }

  @Test func `a summary has the percentiles of each command`() throws {
    try withFavs { favs in
      let time = "2026-01-01T00:00:00.000Z"
      var lines = (1...100).shuffled().map { Self.line(time, "info", "list", "\($0)") }
      lines.append(Self.line(time, "error", "add", "2.5", exit: 3))
      lines.append(Self.line(time, "error", nil, "0.1", exit: 2))
      lines.append(
        #"{"time":"\#(time)","level":"debug","command":"list","ms":9000,"sql":"SELECT 1","runs":1}"#
      )
      try favs.writeLog(lines)
      expectSame(
        try favs("logs", "--summary"),
        Outcome(
          0,
          """
          list\t100\t0\t50.0\t95.0\t99.0\t100.0
          \t1\t1\t0.1\t0.1\t0.1\t0.1
          add\t1\t1\t2.5\t2.5\t2.5\t2.5

          """))
      expectSame(
        try favs("logs", "--summary", "--json", "--level", "error"),
        Outcome(
          0,
          #"[{"command":null,"runs":1,"errors":1,"p50_ms":0.1,"p95_ms":0.1,"p99_ms":0.1,"#
            + #""longest_ms":0.1},{"command":"add","runs":1,"errors":1,"p50_ms":2.5,"p95_ms":2.5,"#
            + "\"p99_ms\":2.5,\"longest_ms\":2.5}]\n"))
    }
  }

  @Test func `a terminal shows ages in a table`() throws {
    try withFavs { favs in
      favs.environment["COLUMNS"] = "78"
      favs.environment["NO_COLOR"] = "1"
      favs.environment["FAVS_LOG"] = "info"
      favs.environment["FAVS_DB"] = ""
      try favs("list")
      try favs("show", "1")
      let lines = try favs.onTerminal("logs").output.split(separator: "\n")
      try #require(lines.count == 3)
      #expect(lines[0] == "AGE             LEVEL  COMMAND                 MS  EXIT  WHAT")
      #expect(lines[1].hasPrefix("just now        info   list  "))
      #expect(lines[2].hasPrefix("just now        error  show  "))
      #expect(lines[2].contains("     3  not found, "))
      #expect(try favs.onTerminal("logs", "--summary").output.hasPrefix("COMMAND  RUNS  ERRORS"))
    }
  }

  @Test func `following shows new lines, also after the log was set aside`() throws {
    try withFavs { favs in
      try favs.writeLog((1...12).map { _ in Self.some[0] })
      let output = favs.folder + "/shown"
      try Data().write(to: URL(fileURLWithPath: output))
      let running = try favs.start("logs", "--follow", "--json", output: output)
      func shown(_ count: Int) throws -> [Substring] {
        for _ in 1...400 {
          let text = String(
            decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
          let lines = text.split(separator: "\n")
          if lines.count >= count { return lines }
          usleep(25_000)
        }
        return []
      }
      #expect(try shown(10).count == 10)
      try favs("show", "1")
      #expect(try shown(11).last?.contains("\"show\"") == true)
      #expect(rename(favs.logPath, favs.logPath + ".1") == 0)
      try favs("edit", "1", "--title", "x")
      #expect(try shown(12).last?.contains("\"edit\"") == true)
      // The others are blocked in the threads that tests run in, and so in what they start.
      running.signal(SIGKILL)
      #expect(try running.end() == 137)
    }
  }

  @Test func `a profile marks what reads everything`() throws {
    try withFavs { favs in
      for title in ["Dune", "Solaris"] { try favs("add", title) }
      let search = try favs("search", "--substring", "dune", "--sort", "id", "--profile")
      #expect(search.code == 0)
      #expect(search.output == "1\tinbox\t1\tDune\t\t\n")
      #expect(search.error.hasPrefix("total "))
      #expect(search.error.contains("MS    RUNS     ROWS     STEPS  STATEMENT\n"))
      #expect(search.error.contains("SCAN f  FULL SCAN\n"))
      let show = try favs("--profile", "show", "1")
      #expect(show.code == 0)
      #expect(show.error.contains("SEARCH favourite USING INTEGER PRIMARY KEY"))
      #expect(!show.error.contains("FULL SCAN"))
    }
  }

  @Test func `a profile is told of a run that fails, and of one that writes`() throws {
    try withFavs { favs in
      try favs("add", "a")
      let failed = try favs("show", "77", "--profile")
      #expect(failed.code == 3)
      let start =
        "favs: no favourite has id 77\nhint: favs list shows them; favs search QUERY finds them\ntotal "
      #expect(failed.error.hasPrefix(start))
      #expect(failed.error.contains("SELECT id FROM favourite"))
      let added = try favs("add", "b", "--profile")
      #expect(added.code == 0)
      #expect(added.error.contains("COMMIT\n"))
      #expect(added.error.contains("INSERT INTO favourite("))
      #expect(try favs("list", "--fields", "title").output == "a\nb\n")
      let usage = try favs("list", "--profile", "--nonsense")
      #expect(!usage.error.contains("total"))
      #expect(try favs("version", "--profile").error.contains("0 statements"))
    }
  }
}

import Favourites
import Foundation
import TestSupport
import Testing

@testable import favs

/// Lines of the log, read again, summed up and followed.
struct LogTests {
  private func entry(_ command: String, _ milliseconds: Double, _ level: String = "info")
    -> LogEntry?
  {
    LogEntry(
      """
      {"time":"2026-11-23T08:00:00.000Z","level":"\(level)","command":"\(command)",\
      "ms":\(milliseconds),"exit":\(level == "error" ? 3 : 0)}
      """.utf8)
  }

  @Test func `levels follow from the end of a run and its time`() {
    #expect(LogLevel.allCases == LogLevel.allCases.sorted())
    #expect(Run.level(.done, 1) == .info)
    #expect(Run.level(.incomplete, 250) == .info)
    #expect(Run.level(.done, 250.001) == .slow)
    for code in ExitCode.allCases where (2...8).contains(code.rawValue) {
      #expect(Run.level(code, 1_000) == .error)
    }
    #expect(Run.level(.interrupted, 1) == .info)
  }

  @Test func `commands that leave no line are commands`() {
    for name in Run.unlogged {
      #expect(Entry.named(name, in: Commands.all, abbreviated: false) != nil || name == "complete")
    }
  }

  @Test(arguments: [
    "", "{", "[]", "null", #"{"level":"info","ms":1}"#,
    #"{"time":"2026-11-23T08:00:00.000Z","level":"info","command":"list"}"#,
    #"{"time":"yesterday","level":"info","ms":1}"#,
    #"{"time":"2026-11-23T08:00:00.000Z","level":"fatal","ms":1}"#,
    #"{"time":"2026-11-23T08:00:00.000Z","level":"info","ms":1}{"time":"2026-11-23T08"#,
    "\u{0}\u{0}\u{0}",
  ])
  func `a damaged line is none`(line: String) {
    #expect(LogEntry(line.utf8) == nil)
  }

  @Test func `what a line says is kept, known or not`() throws {
    let text = #"{"time":"2026-11-23T08:00:00.120Z","level":"slow","ms":300,"new":[1,{"a":null}]}"#
    let entry = try #require(LogEntry(text.utf8))
    #expect(entry.time.text == "2026-11-23T08:00:00.120Z")
    #expect(entry.command == nil)
    #expect(!entry.isRun)
    var json = JSONWriter()
    JSONValue.object(entry.object).write(to: &json)
    #expect(String(decoding: json.bytes, as: UTF8.self) == text)
  }

  @Test func `percentiles are times that were measured`() {
    let hundred = (1...100).map(Double.init)
    #expect(LogSummary.percentile(50, of: hundred) == 50)
    #expect(LogSummary.percentile(95, of: hundred) == 95)
    #expect(LogSummary.percentile(99, of: hundred) == 99)
    #expect(LogSummary.percentile(99, of: [1, 2, 3]) == 3)
    #expect(LogSummary.percentile(50, of: [1, 2, 3]) == 2)
    #expect(LogSummary.percentile(50, of: [1, 2]) == 1)
    #expect(LogSummary.percentile(50, of: [7]) == 7)
    #expect(LogSummary.percentile(50, of: []) == 0)
  }

  @Test func `a summary has a row for each command, the most used first`() {
    let entries = [
      entry("show", 1), entry("list", 4), entry("list", 2, "error"), entry("list", 300, "slow"),
      entry("add", 1),
    ].compactMap { $0 }
    let rows = LogSummary(entries).rows
    #expect(rows.map(\.command) == ["list", "add", "show"])
    #expect(
      rows[0]
        == LogSummary.Row(
          command: "list", runs: 3, errors: 1, median: 4, percentile95: 300, percentile99: 300,
          longest: 300))
    #expect(LogSummary([]).rows == [])
  }

  @Test func `milliseconds have one digit behind the point`() {
    #expect(LogPrinter.text(0) == "0.0")
    #expect(LogPrinter.text(0.05) == "0.1")
    #expect(LogPrinter.text(12.34) == "12.3")
    #expect(LogPrinter.text(999.96) == "1000.0")
    #expect(LogPrinter.text(1e300) == "1e+300")
  }

  @Test func `a log is followed through unfinished lines, rotation and truncation`() throws {
    try withScratch { scratch in
      func next(_ tail: inout LogTail) throws -> [String] {
        try tail.next().map { String(decoding: $0, as: UTF8.self) }
      }
      let path = scratch.file("log")
      var tail = try LogTail(path)
      #expect(try next(&tail) == [])
      scratch.write(Array("one\ntwo\nthr".utf8), to: "log")
      #expect(try next(&tail) == ["one", "two"])
      #expect(tail.unfinished == Array("thr".utf8))
      let handle = try #require(FileHandle(forWritingAtPath: path))
      handle.seekToEndOfFile()
      handle.write(Data("ee\n".utf8))
      #expect(try next(&tail) == ["three"])
      handle.write(Data("four\n".utf8))
      #expect(rename(path, path + ".1") == 0)
      scratch.write(Array("five\n".utf8), to: "log")
      #expect(try next(&tail) == ["four", "five"])
      #expect(try tail.linesSetAside(at: path + ".1").count == 4)
      #expect(try tail.linesSetAside(at: path) == [])
      #expect(truncate(path, 0) == 0)
      #expect(try next(&tail) == [])
      handle.closeFile()
      let again = try #require(FileHandle(forWritingAtPath: path))
      again.write(Data("7\n".utf8))
      #expect(try next(&tail) == ["7"])
      unlink(path)
      #expect(try next(&tail) == [])
    }
  }
}

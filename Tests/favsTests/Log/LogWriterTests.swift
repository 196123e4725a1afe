import Favourites
import Host
import Testing

@testable import favs

/// What a run leaves in the log, and what a profile says of it.
struct LogWriterTests {
  private func lines(
    _ run: Run, _ level: LogLevel, _ code: ExitCode, isDetailed: Bool = false
  ) -> String {
    let writer = LogWriter(
      run: run, time: Timestamp(rfc3339: "2026-11-23T08:00:00.120Z")!, isDetailed: isDetailed)
    return String(decoding: writer.lines(level, code, 12.5), as: UTF8.self)
      .replacing(/"pid":\d+/, with: "\"pid\":0")
      .replacing(Program.version, with: "VERSION")
  }

  @Test func `a run is one line with all keys`() {
    var run = Run()
    run.begin("list")
    #expect(
      lines(run, .info, .done) == """
        {"time":"2026-11-23T08:00:00.120Z","level":"info","command":"list","ms":12.5,"exit":0,\
        "error":null,"rows_read":0,"rows_written":0,"sqlite":null,"errno":null,"lock_wait_ms":0,\
        "pid":0,"version":"VERSION"}

        """)
  }

  @Test func `a line that was not understood has no command, and only details have a message`() {
    var run = Run()
    run.failure = Failure(.usage, "unknown command 'my secret'", systemError: 28)
    let plain = lines(run, .error, .usage)
    #expect(plain.contains(#""command":null,"ms":12.5,"exit":2,"error":"usage","#))
    #expect(plain.contains(#""errno":28,"#) && !plain.contains("secret"))
    #expect(
      lines(run, .error, .usage, isDetailed: true)
        .contains(#","message":"unknown command 'my secret'","pid":0"#))
  }

  @Test func `the network is told of where it was used`() {
    var run = Run()
    run.begin("check")
    run.network = NetworkTally(requests: 3, runs: 1, slowest: 0.5, nanoseconds: 1_999_999)
    #expect(
      lines(run, .slow, .done).contains(#""lock_wait_ms":0,"requests":3,"network_ms":1,"pid""#))
  }

  @Test func `what was written is read again`() throws {
    var run = Run()
    run.begin("category list")
    let entry = try #require(LogEntry(lines(run, .error, .notFound).utf8.dropLast()))
    #expect(entry.command == "category list" && entry.level == .error && entry.isRun)
    #expect(entry.milliseconds == 12.5)
    #expect(entry.text("exit") == "3" && entry.text("error") == "not_found")
    #expect(entry.text("sqlite") == "" && entry.text("none") == "")
  }

  @Test func `a profile counts what there is one of as one`() {
    #expect(
      ProfileText.text(StoreMeter(), milliseconds: 1.2345)
        == "total 1.235 ms, of which 0.000 ms in 0 statements; 0 rows read, 0 written\n")
    let network = NetworkTally(requests: 1, runs: 1, slowest: 0.25, nanoseconds: 2_000_000)
    #expect(
      ProfileText.text(StoreMeter(), network, milliseconds: 0).hasSuffix(
        "network 2.000 ms: 1 request in 1 run of curl; the slowest request took 250.000 ms\n"))
  }

  @Test func `the summary in JSON has a row for each command, known or not`() {
    let entries = [
      #"{"time":"2026-11-23T08:00:00.000Z","level":"info","command":"list","ms":2,"exit":0}"#,
      #"{"time":"2026-11-23T08:00:00.000Z","level":"error","command":null,"ms":1.5,"exit":2}"#,
      #"{"time":"2026-11-23T08:00:00.000Z","level":"debug","command":"list","ms":9,"sql":"x"}"#,
    ].compactMap { LogEntry($0.utf8) }
    var json = JSONWriter()
    LogSummary(entries).write(to: &json)
    #expect(
      String(decoding: json.bytes, as: UTF8.self) == """
        [{"command":null,"runs":1,"errors":1,"p50_ms":1.5,"p95_ms":1.5,"p99_ms":1.5,\
        "longest_ms":1.5},{"command":"list","runs":1,"errors":0,"p50_ms":2,"p95_ms":2,"p99_ms":2,\
        "longest_ms":2}]
        """)
  }
}

import Testing

@testable import Exchange
@testable import Favourites
@testable import favs

/// What an import counts, and the first thing that it lost.
struct ImportReportTests {
  private func report(_ note: (inout ImportReport) -> Void) -> ImportReport {
    var report = ImportReport(GlobalOptions())
    note(&report)
    return report
  }

  @Test func `everything that was read is counted once`() {
    let report = report { report in
      report.note(.added(5), Draft())
      report.note(.added(6), Draft())
      report.note(.updated(1), Draft())
      report.note(.skipped(1), Draft())
      report.note(.skipped(5), Draft())
      report.note(.trashed(2), Draft())
      report.note(problem: "title is empty", at: Location(line: 3), in: "a.csv")
    }
    #expect(report.count == 7)
    #expect(self.report { _ in }.count == 0)
  }

  @Test func `a remark is no loss, and a loss names its file and place`() {
    #expect(report { $0.remark("read as UTF-8", at: nil, in: "a", isLoss: false) }.isComplete)
    #expect(
      report { report in
        report.remark("read as UTF-8", at: nil, in: "a.csv", isLoss: false)
        report.remark("a colour was left out", at: Location(line: 2), in: "a.csv", isLoss: true)
      }.firstLoss == "a.csv: line 2: a colour was left out")
    #expect(
      report { report in
        report.remark("a colour was left out", at: nil, in: "a.csv", isLoss: true)
        report.note(problem: "title is empty", at: Location(line: 3, column: 1), in: "b.csv")
      }.firstLoss == "b.csv: line 3, column 1: title is empty")
  }

  @Test func `of very many problems only so many are kept, and all counted`() {
    let report = report { report in
      for line in 1...1_200 {
        report.note(problem: "title is empty", at: Location(line: line), in: "a.csv")
      }
    }
    #expect(report.problems.count == 1_000 && report.count == 1_200)
    #expect(report.problems.last?.text == "a.csv: line 1000: title is empty")
  }
}

internal import Favourites

/// The work of each SQL statement in a run, for people.
enum ProfileText {
  /// The whole text: the total, then the statements with their plans, the slowest first.
  static func text(
    _ meter: StoreMeter, _ network: NetworkTally = NetworkTally(), milliseconds: Double
  ) -> String {
    let statements = meter.statements
    let inside = statements.reduce(0) { $0 + $1.nanoseconds }
    let count = counted(statements.count, "statement", "statements")
    var text =
      "total \(digits(milliseconds)) ms, of which \(self.milliseconds(inside)) ms in \(count); "
      + "\(meter.rowsRead) rows read, \(meter.rowsWritten) written\n"
    if network.requests > 0 {
      text +=
        "network \(self.milliseconds(network.nanoseconds)) ms: "
        + "\(counted(network.requests, "request", "requests")) in "
        + "\(counted(network.runs, "run", "runs")) of curl; "
        + "the slowest request took \(digits(network.slowest * 1_000)) ms\n"
    }
    guard !statements.isEmpty else { return text }
    text += row(["MS", "RUNS", "ROWS", "STEPS"], "STATEMENT")
    for statement in statements {
      let cells = [
        self.milliseconds(statement.nanoseconds), String(statement.runs), String(statement.rows),
        String(statement.steps),
      ]
      text += row(cells, Escaping.forTerminal(statement.sql))
      for line in statement.plan {
        let indent = String(repeating: "  ", count: line.depth + 1)
        let mark = line.isFullScan ? "  FULL SCAN" : ""
        text += row(["", "", "", ""], indent + Escaping.forTerminal(line.text) + mark)
      }
      if let error = statement.error {
        text += row(["", "", "", ""], "  failed: " + Escaping.forTerminal(error))
      }
    }
    return text
  }

  private static let widths = [9, 7, 8, 9]

  private static func row(_ cells: [String], _ rest: String) -> String {
    zip(cells, widths).map { cell, width in
      String(repeating: " ", count: max(0, width - cell.utf8.count)) + cell
    }.joined(separator: " ") + "  " + rest + "\n"
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> String {
    digits(Double(nanoseconds) / 1_000_000)
  }

  /// A number with three decimal places.
  private static func digits(_ milliseconds: Double) -> String {
    let thousandths = String(Int64((milliseconds * 1_000).rounded()))
    let padded = String(repeating: "0", count: max(0, 4 - thousandths.utf8.count)) + thousandths
    return padded.dropLast(3) + "." + padded.suffix(3)
  }
}

/// What one request came to.
package struct Transfer: Equatable, Sendable {
  /// The status of the answer; 0 where there was none.
  package var status = 0
  /// How curl says that it ended: 0 for well.
  package var exit = 0
  /// Who answered; nil where nobody was reached.
  package var remote: InternetAddress?
  /// How long it took, in seconds.
  package var seconds = 0.0
  /// The fields of the answer.
  package var head = ResponseHead()
  /// Whether the head of the answer came whole.
  package var hasHead = false
  /// The beginning of its body.
  package var body: [UInt8] = []

  /// curl was told to stop writing, since there is more than is read.
  static let tooLong = 23
  /// curl said nothing of it: no exit code of its own.
  static let unsaid = -1

  /// Whether there is an answer, though perhaps not all of its body.
  package var isAnswered: Bool {
    status > 0 && (exit == 0 || exit == Self.tooLong || hasHead)
  }
}

/// A line in which curl says how a request ended: number, status, exit code, address and seconds, with tabs between.
struct TransferLine: Equatable {
  let number: Int
  let status: Int
  let exit: Int
  let remote: InternetAddress?
  let seconds: Double

  /// The template for a request of a number, as a value of curl's configuration. It is written to the standard errors:
  /// what goes to the output is kept back until there is more of it. It begins a line, whatever else was
  /// written there.
  static func template(_ number: Int) -> String {
    #"%{stderr}\n\#(number)\t%{response_code}\t%{exitcode}\t%{remote_ip}\t%{time_total}\n"#
  }

  /// Reads a line; nil for any other. A curl before 7.75 says nothing of the exit code: without an answer it failed.
  init?(_ line: some Sequence<UInt8>) {
    let fields = Array(line).split(separator: 0x09, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count == 5, let number = Int(fields[0]), number >= 0, let status = Int(fields[1]),
      (0...999).contains(status)
    else { return nil }
    self.number = number
    self.status = status
    exit = Int(fields[2]) ?? (status == 0 ? 7 : 0)
    remote = InternetAddress(fields[3])
    seconds = Double(fields[4]) ?? 0
  }
}

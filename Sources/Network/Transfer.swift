/// The result of a request.
package struct Transfer: Equatable, Sendable {
  /// The status of the response; 0 if there was none.
  package var status = 0
  /// The exit code of curl: 0 for success.
  package var exit = 0
  /// The address that answered; nil if none was reached.
  package var remote: InternetAddress?
  /// The duration, in seconds.
  package var seconds = 0.0
  /// The header fields of the response.
  package var head = ResponseHead()
  /// Whether the head of the response is complete.
  package var hasHead = false
  /// The beginning of its body.
  package var body: [UInt8] = []

  /// Exit code: writing was stopped, since the response is longer than is read.
  static let tooLong = 23
  /// curl printed no result; not an exit code of its own.
  static let unsaid = -1

  /// Whether there is a response, possibly with an incomplete body.
  package var isAnswered: Bool {
    status > 0 && (exit == 0 || exit == Self.tooLong || hasHead)
  }
}

/// A result line of curl: number, status, exit code, address and seconds, separated by tabs.
struct TransferLine: Equatable {
  let number: Int
  let status: Int
  let exit: Int
  let remote: InternetAddress?
  let seconds: Double

  /// The template of a request's result line, as a value in curl's configuration. It goes to
  /// standard error, since standard output is buffered. It begins on a new line, whatever else was
  /// printed there.
  static func template(_ number: Int) -> String {
    #"%{stderr}\n\#(number)\t%{response_code}\t%{exitcode}\t%{remote_ip}\t%{time_total}\n"#
  }

  /// Parses a line; nil if it is something else. Before 7.75 curl prints no exit code: without a
  /// response, it failed.
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

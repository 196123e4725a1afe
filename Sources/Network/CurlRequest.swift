/// One page that curl is to ask for.
package struct CurlRequest: Equatable, Sendable {
  let address: WebAddress
  /// What the page was marked with when it was asked for last, so that an unchanged one need not come again.
  var etag: String?

  package init(_ address: WebAddress, etag: String? = nil) {
    self.address = address
    self.etag = etag
  }
}

/// The configuration of curl for a wave of requests.
///
/// Source: curl(1), `--config`: a line for each option, values in double quotes, in which `\` and `"` are escaped. An
/// option such as `next` begins the next request, and forgets those of the one before.
struct CurlConfiguration {
  /// How many requests are at work at the same time.
  let jobs: Int
  /// How long one may take, in seconds.
  let timeout: Int
  /// What we say that we are.
  let agent: String
  /// The folder for what is answered: a file for each request, named by its number.
  let folder: String

  /// All of it.
  func text(_ requests: [CurlRequest]) -> [UInt8] {
    var lines = ["parallel", "parallel-immediate", "parallel-max = \(jobs)"]
    for (number, request) in requests.enumerated() {
      if number > 0 { lines.append("next") }
      lines += options(request, number)
    }
    return Array(lines.joined(separator: "\n").utf8) + [0x0A]
  }

  private func options(_ request: CurlRequest, _ number: Int) -> [String] {
    var lines = [
      "silent", "no-progress-meter", "globoff", "proto = \"=http,https\"", "include",
      "suppress-connect-headers",
      "compressed", "max-time = \(timeout)", "connect-timeout = \(min(timeout, 10))",
      "user-agent = \(Self.quoted(agent))",
      "header = \"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\"",
      "url = \(Self.quoted(request.address.requested))",
      "output = \(Self.quoted("\(folder)/\(number)"))",
      "write-out = \"\(TransferLine.template(number))\"",
    ]
    if let etag = request.etag, Self.isPlain(etag) {
      lines.append("header = \(Self.quoted("If-None-Match: \(etag)"))")
    }
    return lines
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// Whether a value can be a field of a request: no more than a line, and nothing in it but what is seen.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= 512 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}

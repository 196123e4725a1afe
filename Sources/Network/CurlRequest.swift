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

/// The configuration of curl for a run of requests.
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
  ///
  /// - Parameter first: the number of the first request.
  func text(_ requests: [CurlRequest], from first: Int = 0) -> [UInt8] {
    let (common, folder) = (common, Self.quoted(folder).dropLast())
    var text = Array("parallel\nparallel-immediate\nparallel-max = \(jobs)\n".utf8)
    for (place, request) in requests.enumerated() {
      if place > 0 { text += "next\n".utf8 }
      text += common
      let number = first + place
      text += "url = \(Self.quoted(request.address.requested))\n".utf8
      text += "output = \(folder)/\(number)\"\n".utf8
      text += "write-out = \"\(TransferLine.template(number))\"\n".utf8
      if let etag = request.etag, Self.isPlain(etag) {
        text += "header = \(Self.quoted("If-None-Match: \(etag)"))\n".utf8
      }
    }
    return text
  }

  /// What is the same for each request.
  private var common: [UInt8] {
    let lines = [
      "silent", "no-progress-meter", "globoff", "proto = \"=http,https\"", "include",
      "suppress-connect-headers",
      "compressed", "max-time = \(timeout)", "connect-timeout = \(min(timeout, 10))",
      "user-agent = \(Self.quoted(agent))",
      "header = \"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\"",
    ]
    return lines.flatMap { Array($0.utf8) + [0x0A] }
  }

  private static func quoted(_ text: String) -> String {
    if !text.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C }) { return "\"\(text)\"" }
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

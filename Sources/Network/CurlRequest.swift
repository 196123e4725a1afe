/// A request for a page.
package struct CurlRequest: Equatable, Sendable {
  let address: WebAddress
  /// The page's last entity tag, so that an unchanged page is not transferred again.
  var etag: String?

  package init(_ address: WebAddress, etag: String? = nil) {
    self.address = address
    self.etag = etag
  }
}

/// The configuration of curl for a run of requests.
///
/// Source: curl(1), `--config`: one option per line, with values in double quotes, in which `\` and
/// `"` are escaped. The option `next` begins the next request, and resets the options of the one
/// before.
struct CurlConfiguration {
  /// The number of simultaneous requests.
  let jobs: Int
  /// The time limit for a request, in seconds.
  let timeout: Int
  /// The user agent.
  let agent: String
  /// The folder for responses: one file per request, named by its number.
  let folder: String

  /// The text of the configuration.
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

  /// The options that are the same for each request.
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

  /// Whether a value is valid in a request header: a single line of visible characters.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= 512 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}

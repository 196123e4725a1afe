import Foundation

/// Pages of this machine for a test: Tests/Web/server.py, which ends with it.
public final class WebServer {
  /// The port at each of its addresses.
  public let port: Int
  private let process = Process()
  private let input = Pipe()

  /// Starts it.
  public init(
    addresses: [String] = ["127.0.0.1"], soft: [String] = [], words: [String] = []
  ) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "python3", "-B", root.appendingPathComponent("Tests/Web/server.py").path, "--addresses",
        addresses.joined(separator: ","), "--soft", soft.joined(separator: ","),
      ] + words
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while !line.contains(0x0A) {
      let piece = output.fileHandleForReading.availableData
      guard !piece.isEmpty else { throw Failure() }
      line += piece
    }
    let told = try JSONSerialization.jsonObject(with: line) as? [String: Any]
    guard let port = told?["port"] as? Int else { throw Failure() }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The server did not start.
  public struct Failure: Error {}

  /// The link of a page.
  public func link(_ path: String, at address: String = "127.0.0.1") -> String {
    "http://\(address):\(port)/\(path)"
  }

  /// What it was asked for: the paths by address, how many at once at most, and the fields of the
  /// last request.
  public func log() throws -> (
    paths: [String: [String]], most: [String: Int], fields: [String: String]
  ) {
    let url = link("-/log")
    let script = "import urllib.request as u,sys; print(u.urlopen(sys.argv[1]).read().decode())"
    let text = try python(["-c", script, url]).output
    let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    return (
      told["paths"] as? [String: [String]] ?? [:], told["most"] as? [String: Int] ?? [:],
      told["fields"] as? [String: String] ?? [:]
    )
  }
}

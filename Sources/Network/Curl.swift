package import Host

/// The program curl, which asks for pages: waves of requests, one after another.
package final class Curl {
  /// The most requests of one wave.
  package static let longestWave = 500
  /// How much of an answer is taken, with its head, in bytes.
  package static let longestAnswer = 256 << 10
  private let folder: PrivateFolder
  private let agent: String
  private let timeout: Int

  /// What its folder in `$TMPDIR` holds: answers, by numbers.
  private static let use = PrivateFolder.Use("web") { names in
    names.allSatisfy { Int($0) != nil }
  }

  /// Why no request could be made.
  package enum Failure: Error, Equatable, Sendable {
    /// curl is not installed.
    case missing
    /// curl does not run: what it says.
    case broken(String)
    case host(HostError)
  }

  /// - Parameters:
  ///   - agent: what we say that we are.
  ///   - timeout: how long a request may take, in seconds.
  package init(agent: String, timeout: Int) throws(Failure) {
    do throws(HostError) {
      PrivateFolder.sweep(Self.use)
      folder = try PrivateFolder(for: Self.use)
    } catch {
      throw .host(error)
    }
    self.agent = agent
    self.timeout = timeout
  }

  /// Makes requests, and gives what each came to; what was not done when it was stopped is nil.
  ///
  /// - Parameters:
  ///   - jobs: how many are made at the same time.
  ///   - isStopped: asked ten times in a second, and whenever something has come; true stops all that is not done.
  ///   - noted: called with how many are done.
  package func run(
    _ requests: [CurlRequest], jobs: Int, isStopped: () -> Bool, noted: (Int) -> Void
  ) throws(Failure) -> [Transfer?] {
    do throws(HostError) {
      let configuration = CurlConfiguration(
        jobs: jobs, timeout: timeout, agent: agent, folder: folder.path)
      let lines = try transfer(configuration.text(requests), isStopped, noted)
      var transfers = [Transfer?](repeating: nil, count: requests.count)
      for line in lines where line.number < requests.count {
        transfers[line.number] = try transfer(line)
      }
      try clear(requests.count)
      return transfers
    } catch {
      if error.isNotFound, error.call == "posix_spawn" { throw .missing }
      guard error.call == Self.complaint else { throw .host(error) }
      throw .broken(error.path ?? "")
    }
  }

  private static let complaint = "curl"

  /// Runs curl to its end, or until it is stopped; gives the lines that it printed.
  private func transfer(
    _ configuration: [UInt8], _ isStopped: () -> Bool, _ noted: (Int) -> Void
  ) throws(HostError) -> [TransferLine] {
    let worker = try Worker(
      ["curl", "-q", "-g", "--proto", "=http,https", "--config", "-"], input: configuration,
      readsErrors: true, largestFile: UInt64(Self.longestAnswer))
    var lines: [TransferLine] = []
    var complaint: String?
    var bytes: [UInt8] = []
    reading: while true {
      switch try worker.read(into: &bytes, upTo: 65_536, waiting: 100) {
      case .end: break reading
      case .nothing: break
      case .bytes:
        while let end = bytes.firstIndex(of: 0x0A) {
          if let line = TransferLine(bytes[..<end]) {
            lines.append(line)
          } else if end > bytes.startIndex {
            complaint = complaint ?? String(decoding: bytes[..<end].prefix(400), as: UTF8.self)
          }
          bytes.removeSubrange(...end)
        }
        noted(lines.count)
      }
      if isStopped() {
        worker.stop()
        break
      }
    }
    let status = try worker.end()
    // What was wrong with each request stands in its line; without any line it is curl that is wrong.
    if lines.isEmpty, status != 0, !isStopped() {
      throw HostError(call: Self.complaint, path: complaint ?? "exit code \(status)", code: 0)
    }
    return lines
  }

  private func transfer(_ line: TransferLine) throws(HostError) -> Transfer {
    var transfer = Transfer(
      status: line.status, exit: line.exit, remote: line.remote, seconds: line.seconds)
    do throws(HostError) {
      let file = try File(reading: "\(folder.path)/\(line.number)")
      let bytes = try file.readToEnd(atMost: Self.longestAnswer) ?? []
      let start = ResponseHead.read(bytes)
      transfer.head = start.head
      transfer.hasHead = start.isWhole
      transfer.body = Array(bytes[start.bodyStart...])
    } catch let error where error.isNotFound {
    }
    return transfer
  }

  private func clear(_ count: Int) throws(HostError) {
    for number in 0..<count {
      do throws(HostError) {
        try File.remove("\(folder.path)/\(number)")
      } catch let error where error.isNotFound {
      }
    }
  }
}

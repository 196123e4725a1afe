internal import Host

/// A curl process with a list of requests, and its results so far.
///
/// Reads each result as soon as it is available, and deletes the response from the disk: even with
/// hundreds of running requests, only one response is in memory.
final class CurlRun {
  private let worker: Worker
  private let folder: String
  /// The number of the first request in this process, after which files are named.
  private let first: Int
  /// Whether each request has a result.
  private var isSaid: [Bool]
  private var saidCount = 0
  /// The input after the last complete line.
  private var bytes: [UInt8] = []
  private var complaint: String?
  /// Whether the process has ended.
  private(set) var isOver = false

  /// Takes a process that was started with the configuration of these requests.
  init(_ worker: Worker, folder: String, first: Int, count: Int) {
    self.worker = worker
    self.folder = folder
    self.first = first
    isSaid = Array(repeating: false, count: count)
  }

  /// The indexes of requests without a result.
  var unsaid: [Int] { isSaid.indices.filter { !isSaid[$0] } }

  /// Waits until at least one of several runs has output; returns which ones have.
  ///
  /// - Parameter milliseconds: the longest time to wait.
  static func wait(for runs: [CurlRun], milliseconds: Int) -> [Bool] {
    Worker.wait(for: runs.map(\.worker), milliseconds: milliseconds)
  }

  /// Reads the results so far, and passes on each with the index of its request.
  func read(_ take: (Int, Transfer) -> Void) throws(Curl.Failure) {
    do throws(HostError) {
      if try worker.read(into: &bytes, upTo: 65_536) == 0 {
        isOver = true
        bytes.append(0x0A)
      }
      var start = bytes.startIndex
      while let end = bytes[start...].firstIndex(of: 0x0A) {
        try note(bytes[start..<end], take)
        start = end + 1
      }
      bytes.removeSubrange(..<start)
      guard isOver else { return }
      for index in unsaid { try remove(first + index) }
      let status = try worker.end()
      // Problems with requests are in their result lines; without any line, curl itself has failed,
      // unless it was killed.
      guard saidCount == 0, status != 0, status < 128 else { return }
      throw HostError(
        call: Curl.complaint, path: complaint ?? "exit code \(status)", code: 0)
    } catch {
      throw Curl.Failure(error)
    }
  }

  /// Stops the process early. Its results so far can still be read.
  func stop() { worker.stop() }

  private func note(
    _ line: ArraySlice<UInt8>, _ take: (Int, Transfer) -> Void
  ) throws(HostError) {
    guard let said = TransferLine(line) else {
      if !line.isEmpty, complaint == nil {
        complaint = String(decoding: line.prefix(400), as: UTF8.self)
      }
      return
    }
    let index = said.number - first
    guard isSaid.indices.contains(index), !isSaid[index] else { return }
    isSaid[index] = true
    saidCount += 1
    take(index, try answer(said))
  }

  /// The contents of a response. curl closes its file before it prints the result.
  private func answer(_ line: TransferLine) throws(HostError) -> Transfer {
    var transfer = Transfer(
      status: line.status, exit: line.exit, remote: line.remote, seconds: line.seconds)
    do throws(HostError) {
      let file = try File(reading: path(line.number))
      let bytes = try file.readToEnd(atMost: Curl.longestAnswer) ?? []
      let start = ResponseHead.read(bytes)
      transfer.head = start.head
      transfer.hasHead = start.isWhole
      transfer.body = Array(bytes[start.bodyStart...])
    } catch let error where error.isNotFound {
      return transfer
    }
    try remove(line.number)
    return transfer
  }

  private func remove(_ number: Int) throws(HostError) {
    do throws(HostError) {
      try File.remove(path(number))
    } catch let error where error.isNotFound {
    }
  }

  private func path(_ number: Int) -> String { "\(folder)/\(number)" }
}

internal import Host

/// One run of the program curl: requests that it makes at its own pace, and what it has said of them.
///
/// What curl says of a request is read as soon as it is there, and its answer goes from the disk then: while hundreds
/// are under way, no more than one answer is held.
final class CurlRun {
  private let worker: Worker
  private let folder: String
  /// The number of its first request among all of this process, by which files are named.
  private let first: Int
  /// Whether something was said, by request.
  private var isSaid: [Bool]
  private var saidCount = 0
  /// What was read after the last whole line.
  private var bytes: [UInt8] = []
  private var complaint: String?
  /// Whether it has ended.
  private(set) var isOver = false

  /// Takes a program that was started with the configuration of these requests.
  init(_ worker: Worker, folder: String, first: Int, count: Int) {
    self.worker = worker
    self.folder = folder
    self.first = first
    isSaid = Array(repeating: false, count: count)
  }

  /// The places of requests of which it has said nothing.
  var unsaid: [Int] { isSaid.indices.filter { !isSaid[$0] } }

  /// Waits until at least one of several has something to be read; gives which.
  ///
  /// - Parameter milliseconds: how long at most.
  static func wait(for runs: [CurlRun], milliseconds: Int) -> [Bool] {
    Worker.wait(for: runs.map(\.worker), milliseconds: milliseconds)
  }

  /// Reads what it has said by now, and hands on what each request came to, by its place among its requests.
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
      for place in unsaid { try remove(first + place) }
      let status = try worker.end()
      // What was wrong with each request stands in its line; without any line it is curl that is wrong, unless
      // somebody ended it.
      guard saidCount == 0, status != 0, status < 128 else { return }
      throw HostError(
        call: Curl.complaint, path: complaint ?? "exit code \(status)", code: 0)
    } catch {
      throw Curl.Failure(error)
    }
  }

  /// Ends it before its time. What it has said by then can still be read.
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
    let place = said.number - first
    guard isSaid.indices.contains(place), !isSaid[place] else { return }
    isSaid[place] = true
    saidCount += 1
    take(place, try answer(said))
  }

  /// What an answer consists of. curl has closed its file before it says anything of it.
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

package import Host

/// Runs the program curl to fetch pages.
package final class Curl {
  /// The most bytes of a response to read, including its head.
  package static let longestAnswer = 256 << 10
  private let folder: PrivateFolder
  private let agent: String
  private let timeout: Int
  /// The number of requests so far.
  private var count = 0

  /// Identifies its folder in `$TMPDIR`, which contains numbered responses.
  private static let use = PrivateFolder.Use("web") { names in
    names.allSatisfy { Int($0) != nil }
  }

  /// Why no request could be made.
  package enum Failure: Error, Equatable, Sendable {
    /// curl is not installed.
    case missing
    /// curl failed, with its message.
    case broken(String)
    case host(HostError)

    init(_ error: HostError) {
      self =
        if error.isMissingProgram {
          .missing
        } else if error.call == Curl.complaint {
          .broken(error.path ?? "")
        } else {
          .host(error)
        }
    }
  }

  /// The name of the failed call in errors of curl itself, to distinguish them from errors of the
  /// system.
  static let complaint = "curl"

  /// - Parameters:
  ///   - agent: the user agent.
  ///   - timeout: the time limit for a request, in seconds.
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

  /// Starts a run of requests.
  ///
  /// - Parameter slots: the number of simultaneous requests.
  func start(_ requests: [CurlRequest], slots: Int) throws(Failure) -> CurlRun {
    let configuration = CurlConfiguration(
      jobs: slots, timeout: timeout, agent: agent, folder: folder.path)
    let first = count
    count += requests.count
    do throws(HostError) {
      let worker = try Worker(
        ["curl", "-q", "-g", "--proto", "=http,https", "--config", "-"],
        input: configuration.text(requests, from: first), readsErrors: true,
        largestFile: UInt64(Self.longestAnswer))
      return CurlRun(worker, folder: folder.path, first: first, count: requests.count)
    } catch {
      throw Failure(error)
    }
  }
}

package import Host

/// The program curl, which asks for pages.
package final class Curl {
  /// How much of an answer is taken, with its head, in bytes.
  package static let longestAnswer = 256 << 10
  private let folder: PrivateFolder
  private let agent: String
  private let timeout: Int
  /// How many requests were given to it so far.
  private var count = 0

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

  /// What curl itself says is told from what the system says by this name of a call.
  static let complaint = "curl"

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

  /// Begins to make requests.
  ///
  /// - Parameter slots: how many are made at the same time.
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

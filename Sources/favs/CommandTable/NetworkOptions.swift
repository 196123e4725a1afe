/// The options for network access.
struct NetworkOptions: Sendable {
  var jobs: Int64?
  var perHost: Int64?
  var timeout: Int64?
  var allowsPrivate = false

  /// The options that set these values.
  static let options: [Option<NetworkOptions>] = [
    .read(
      "jobs", nil, "N", "how many pages to request at the same time (default: 16)", \.jobs,
      by: Value.upTo(256)),
    .read(
      "per-host", nil, "N", "how many of them from one host (default: 2)", \.perHost,
      by: Value.upTo(64)),
    .read(
      "timeout", nil, "TIME", "how long to wait for a page: 20s, 1m (default: 20s)", \.timeout,
      by: Value.seconds),
    .flag("private", nil, "request pages at private addresses too", \.allowsPrivate),
  ]

  /// The number of simultaneous requests.
  var atOnce: Int { Int(jobs ?? 16) }
  /// The number of simultaneous requests to one host.
  var ofOneHost: Int { min(Int(perHost ?? 2), atOnce) }
  /// The time limit for one request, in seconds.
  var patience: Int { Int(timeout ?? 20) }
}

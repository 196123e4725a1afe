import Foundation

/// Whether the long tests try all that they can, as they do with `FULL=1`, and not what fits into
/// minutes.
public let isFull = ProcessInfo.processInfo.environment["FULL"] == "1"

/// Temporary storage for data to be sent, since a first upload may be too large for memory.
package protocol Spool: AnyObject {
  /// Stores bytes; returns their position.
  func keep(_ bytes: [UInt8]) -> Int64
  /// Returns stored bytes; nil if they cannot be read.
  func bytes(at place: Int64, count: Int) -> [UInt8]?
  /// Whether storing or reading has failed, so that the run is invalid.
  var hasFailed: Bool { get }
}

/// The contents of a file on a remote.
package struct Payload {
  private let held: [UInt8]
  private let kept: (spool: any Spool, place: Int64, count: Int)?

  /// Contents in memory.
  package init(_ bytes: [UInt8]) {
    held = bytes
    kept = nil
  }

  /// Contents in a spool.
  init(_ bytes: [UInt8], in spool: any Spool) {
    held = []
    kept = (spool, spool.keep(bytes), bytes.count)
  }

  /// The number of bytes.
  package var count: Int { kept?.count ?? held.count }

  /// The bytes; nil if they cannot be read.
  package func bytes() -> [UInt8]? {
    guard let kept else { return held }
    return kept.spool.bytes(at: kept.place, count: kept.count)
  }
}

/// Where what is to be sent is kept until then: a first upload is more than is to be held in memory.
package protocol Spool: AnyObject {
  /// Keeps bytes; gives the place where they are found again.
  func keep(_ bytes: [UInt8]) -> Int64
  /// Bytes that were kept; nil where they cannot be read.
  func bytes(at place: Int64, count: Int) -> [UInt8]?
  /// Whether anything could not be kept or read, so that what came of a run does not count.
  var hasFailed: Bool { get }
}

/// What a file of a remote is to hold.
package struct Payload {
  private let held: [UInt8]
  private let kept: (spool: any Spool, place: Int64, count: Int)?

  /// Bytes that are held in memory.
  package init(_ bytes: [UInt8]) {
    held = bytes
    kept = nil
  }

  /// Bytes that a spool keeps.
  init(_ bytes: [UInt8], in spool: any Spool) {
    held = []
    kept = (spool, spool.keep(bytes), bytes.count)
  }

  /// How many bytes there are.
  package var count: Int { kept?.count ?? held.count }

  /// The bytes; nil where they cannot be read any more.
  package func bytes() -> [UInt8]? {
    guard let kept else { return held }
    return kept.spool.bytes(at: kept.place, count: kept.count)
  }
}

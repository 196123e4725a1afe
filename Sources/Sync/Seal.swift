package import Favourites

/// How the files of a remote are made unreadable for those who keep it: the marker alone can be read by everybody, and what
/// the files are called.
package protocol Seal: AnyObject {
  /// Bytes that only those can read who have a key. Empty where that failed.
  func sealed(_ bytes: [UInt8]) -> [UInt8]
  /// What was sealed; nil for what was not, or not for a key of this device.
  ///
  /// - Parameter limit: the most bytes that are taken.
  func opened(_ bytes: [UInt8], atMost limit: Int) -> [UInt8]?
  /// Whether sealing or opening could not even be tried, so that what came of a run does not count.
  var hasFailed: Bool { get }
}

extension Seal {
  /// The set, sealed, as the marker has it: who can open it has the right key.
  package func mark(_ set: UID) -> [UInt8] { sealed(Array(set.hex.utf8)) }

  /// Whether that is what a marker has.
  package func opens(_ marker: Marker) -> Bool {
    guard let key = marker.key else { return false }
    return opened(key, atMost: Marker.longest) == Array(marker.set.hex.utf8)
  }
}

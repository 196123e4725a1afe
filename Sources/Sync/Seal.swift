package import Favourites

/// Encrypts the files of a remote, so that its operator cannot read them; only the marker and the
/// names of files remain readable.
package protocol Seal: AnyObject {
  /// Returns encrypted bytes; empty if that failed.
  func sealed(_ bytes: [UInt8]) -> [UInt8]
  /// Returns decrypted bytes; nil if they were not encrypted, or not for a key of this device.
  ///
  /// - Parameter limit: the most bytes to return.
  func opened(_ bytes: [UInt8], atMost limit: Int) -> [UInt8]?
  /// Whether sealing or opening could not even be attempted, so that the run is invalid.
  var hasFailed: Bool { get }
}

extension Seal {
  /// The sealed set for the marker: whoever can open it has the right key.
  package func mark(_ set: UID) -> [UInt8] { sealed(Array(set.hex.utf8)) }

  /// Whether the key opens a marker.
  package func opens(_ marker: Marker) -> Bool {
    guard let key = marker.key else { return false }
    return opened(key, atMost: Marker.longest) == Array(marker.set.hex.utf8)
  }
}

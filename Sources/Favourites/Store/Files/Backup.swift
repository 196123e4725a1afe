/// A copy of a favourites file, in the folder where favs keeps that file's backups.
package struct Backup: Equatable, Sendable {
  /// Why it was made.
  package enum Reason: String, CaseIterable, Sendable {
    /// The user or cron asked for it.
    case asked
    /// A newer favs was about to upgrade the file.
    case upgrade
    /// An import was about to begin.
    case importing = "import"
    /// Derived data was about to be rebuilt.
    case repairing = "repair"
    /// Another backup was about to replace the file.
    case restoring = "restore"
    /// Data was deleted for good, and with it all earlier automatic backups.
    case emptying = "trash-empty"

    /// Whether favs made it by itself, and removes it when there are enough.
    package var isAutomatic: Bool { self != .asked }
  }

  /// The name of the file: when and why it was made.
  package let name: String
  package let path: String
  package let at: Timestamp
  package let reason: Reason
  /// The size in bytes.
  package let size: Int64

  /// The name of a backup made at a given time, such as `20261123T091407120Z-import.db`.
  static func name(_ at: Timestamp, _ reason: Reason) -> String {
    "\(stamp(at))-\(reason.rawValue).db"
  }

  /// A time as part of a name, sortable: `20261123T091407120Z`.
  static func stamp(_ at: Timestamp) -> String {
    String(decoding: at.text.utf8.filter { !"-:.".utf8.contains($0) }, as: UTF8.self)
  }

  /// Parses a name; nil if it is not a backup's.
  static func parse(_ name: String) -> (at: Timestamp, reason: Reason)? {
    guard name.hasSuffix(".db"), let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")),
      let at = time(name[..<dash]),
      let reason = Reason(rawValue: String(name[name.utf8.index(after: dash)...].dropLast(3)))
    else { return nil }
    return (at, reason)
  }

  /// Parses the output of `stamp(_:)`.
  static func time(_ stamp: Substring) -> Timestamp? {
    let bytes = Array(stamp.utf8)
    guard bytes.count == 19 else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    let time = "\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).\(part(15..<19))"
    return Timestamp(rfc3339: "\(date)\(part(8..<9))\(time)")
  }
}

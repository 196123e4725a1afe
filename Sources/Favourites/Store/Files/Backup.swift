/// A copy of a favourites file, in the folder where favs keeps those of that file.
package struct Backup: Equatable, Sendable {
  /// Why it was made.
  package enum Reason: String, CaseIterable, Sendable {
    /// A person or cron asked for it.
    case asked
    /// A newer favs was about to change the file's layout.
    case upgrade
    /// An import was about to begin.
    case importing = "import"
    /// What is derived was about to be made anew.
    case repairing = "repair"
    /// Another backup was about to take the file's place.
    case restoring = "restore"
    /// Things were forgotten for good, and with them all automatic backups before.
    case emptying = "trash-empty"

    /// Whether favs made it on its own, and removes it when there are enough.
    package var isAutomatic: Bool { self != .asked }
  }

  /// The name of the file: when and why it was made.
  package let name: String
  package let path: String
  package let at: Timestamp
  package let reason: Reason
  /// In bytes.
  package let size: Int64

  /// The name of one made at a time, such as `20261123T091407120Z-import.db`.
  static func name(_ at: Timestamp, _ reason: Reason) -> String {
    "\(stamp(at))-\(reason.rawValue).db"
  }

  /// A time as a part of a name that sorts by it: `20261123T091407120Z`.
  static func stamp(_ at: Timestamp) -> String {
    String(decoding: at.text.utf8.filter { !"-:.".utf8.contains($0) }, as: UTF8.self)
  }

  /// Reads a name; nil for one that is no backup's.
  static func parse(_ name: String) -> (at: Timestamp, reason: Reason)? {
    guard name.hasSuffix(".db"), let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")),
      let at = time(name[..<dash]),
      let reason = Reason(rawValue: String(name[name.utf8.index(after: dash)...].dropLast(3)))
    else { return nil }
    return (at, reason)
  }

  /// Reads what `stamp(_:)` writes.
  static func time(_ stamp: Substring) -> Timestamp? {
    let bytes = Array(stamp.utf8)
    guard bytes.count == 19 else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    let time = "\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).\(part(15..<19))"
    return Timestamp(rfc3339: "\(date)\(part(8..<9))\(time)")
  }
}

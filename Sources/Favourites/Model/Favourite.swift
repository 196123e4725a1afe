/// One favourite, as it is read.
package struct Favourite: Equatable, Sendable {
  /// Given once, never reused.
  package var id: Int64
  /// The same on every machine.
  package var uid: UID
  /// 1…4,096 bytes.
  package var title: String
  /// Any URI; optional.
  package var url: String?
  /// Up to 1 MiB; optional.
  package var note: String?
  /// The full path of its category.
  package var category: String
  /// Its place in its category, from 1.
  package var rank: Int64
  /// Its tags as a JSON array of strings, in the order of their keys.
  package var tagsJSON: String
  /// Its metadata as a JSON object, as the column holds it: see `Metadata.stored`.
  package var metadataJSON: String
  package var createdAt: Timestamp
  package var modifiedAt: Timestamp
  /// Nil until it was opened.
  package var openedAt: Timestamp?
  /// How often it was opened.
  package var opened: Int64
  /// When it went to the trash; nil for one that lives.
  package var deletedAt: Timestamp?
  /// What was seen of its link, apart: a favourite that is read without it is not larger for it.
  var seen: Seen?
  /// What a search tells of it, where it was found by one.
  package var hit: SearchHit?

  /// What was seen of its link, where that was asked for and anything was.
  package var sight: LinkSight? {
    get { seen?.sight }
    set { seen = newValue.map(Seen.init) }
  }

  /// What was seen of a link, in a place of its own.
  final class Seen: Equatable, Sendable {
    let sight: LinkSight

    init(_ sight: LinkSight) { self.sight = sight }

    static func == (one: Seen, other: Seen) -> Bool { one.sight == other.sight }
  }

  /// Its tags.
  package var tags: [String] { JSONText.strings(tagsJSON) }

  /// Its metadata.
  package var metadata: Metadata { Metadata(stored: metadataJSON) }
}

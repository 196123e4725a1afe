/// The fields of a favourite, by their names in JSON and `--fields`, in the specified order.
package enum FavouriteField: String, CaseIterable, Sendable {
  case id, uid, title, url, note, category, rank, tags, metadata
  /// The types of metadata whose values do not imply them.
  case metadataTypes = "metadata_types"
  case createdAt = "created_at"
  case modifiedAt = "modified_at"
  case openedAt = "opened_at"
  case opened
  /// When it was moved to the trash; only in the trash.
  case deletedAt = "deleted_at"
  /// The last result of checking its link; only on request.
  case link
  /// How well it matches a search; only in searches, like the next two.
  case score
  /// The fields that contain what was searched for.
  case matched
  /// The text around a hit.
  case snippet

  /// The column whose value is written according to its kind; nil for fields that are written
  /// specially.
  package var column: FavouriteColumn? {
    switch self {
    case .id: .id
    case .uid: .uid
    case .title: .title
    case .url: .url
    case .note: .note
    case .createdAt: .createdAt
    case .modifiedAt: .modifiedAt
    case .openedAt: .openedAt
    case .opened: .opened
    default: nil
    }
  }

  /// The fields of `FavouriteColumn.plain`.
  package static let plain = allCases.filter { field in
    field.column.map(FavouriteColumn.plain.contains) ?? false
  }

  /// Those that no output formats in a special way: shown by name and value, like metadata.
  package static let further = plain.filter {
    ![.createdAt, .modifiedAt, .openedAt, .opened].contains($0)
  }

  /// The fields with a line each in the form that users edit, in order; the note comes below them.
  package static let formLines: [FavouriteField] = [.title, .url, .category, .tags]

  /// Whether it is a time, which is shown in the user's time zone.
  package var isTime: Bool { self == .deletedAt || column?.kind == .time }

  /// Whether it is a number.
  package var isNumber: Bool {
    self == .rank || column.map { $0.kind == .integer || $0.kind == .count } ?? false
  }

  /// The stored fields of a favourite, in the trash or not.
  package static let kept = allCases.filter { !found.contains($0) && $0 != .link }
  /// The fields of a live favourite.
  package static let living = kept.filter { $0 != .deletedAt }
  /// The additional fields in a search.
  package static let found: [FavouriteField] = [.score, .matched, .snippet]

  /// Parses `id,title,url`; an unknown name is returned as the error.
  package static func list(_ text: String) -> Result<[FavouriteField], UnknownField> {
    var fields: [FavouriteField] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let field = FavouriteField(rawValue: String(name).trimmed.lowercased()) else {
        return .failure(UnknownField(name: String(name)))
      }
      // A key may occur only once in an object.
      if !fields.contains(field) { fields.append(field) }
    }
    return .success(fields)
  }

  /// A name that is not a field.
  package struct UnknownField: Error, Sendable {
    package let name: String
  }
}

extension Favourite {
  /// Writes the favourite as a JSON object with these keys, in this order.
  package func write(_ fields: [FavouriteField], to json: inout JSONWriter) {
    json.beginObject()
    for field in fields {
      json.key(field.rawValue)
      write(field, to: &json)
    }
    json.endObject()
  }

  /// Writes the value of a field.
  package func write(_ field: FavouriteField, to json: inout JSONWriter) {
    switch field {
    case .id: json.integer(id)
    case .uid: json.string(uid.text)
    case .title: json.string(title)
    case .url: json.stringOrNull(url)
    case .note: json.stringOrNull(note)
    case .category: json.string(category)
    case .rank: json.integer(rank)
    // Both are stored as JSON, written by the same writer.
    case .tags: json.raw(tagsJSON.utf8)
    case .metadata where PrintedMetadata.isPlain(metadataJSON): json.raw(metadataJSON.utf8)
    case .metadata: json.raw(PrintedMetadata(metadataJSON).values)
    case .metadataTypes where PrintedMetadata.isPlain(metadataJSON): json.emptyObject()
    case .metadataTypes: json.raw(PrintedMetadata(metadataJSON).types)
    case .createdAt: json.string(createdAt.text)
    case .modifiedAt: json.string(modifiedAt.text)
    case .openedAt: json.stringOrNull(openedAt?.text)
    case .opened: json.integer(opened)
    case .deletedAt: json.stringOrNull(deletedAt?.text)
    case .link: if let sight { sight.write(to: &json) } else { json.null() }
    case .score: if let score = hit?.score { json.number(score) } else { json.null() }
    case .matched:
      json.beginArray()
      for name in hit?.matchedNames ?? [] { json.string(name) }
      json.endArray()
    case .snippet: if let snippet = hit?.snippet { snippet.write(to: &json) } else { json.null() }
    }
  }

  /// The value of a field as plain text; empty for none.
  package func text(_ field: FavouriteField) -> String {
    switch field {
    case .id: String(id)
    case .uid: uid.text
    case .title: title
    case .url: url ?? ""
    case .note: note ?? ""
    case .createdAt: createdAt.text
    case .modifiedAt: modifiedAt.text
    case .openedAt: openedAt?.text ?? ""
    case .opened: String(opened)
    case .category: category
    case .rank: String(rank)
    case .tags: tags.joined(separator: ",")
    case .metadata:
      metadataJSON == "{}"
        ? ""
        : Metadata(stored: metadataJSON).entries.map { "\($0.key)=\($0.value.text)" }
          .joined(separator: ";")
    case .metadataTypes:
      PrintedMetadata.isPlain(metadataJSON)
        ? ""
        : Metadata(stored: metadataJSON).entries.filter { !$0.value.tellsItsType }
          .map { "\($0.key)=\($0.value.kind.rawValue)" }.joined(separator: ";")
    case .deletedAt: deletedAt?.text ?? ""
    case .link: sight?.state.rawValue ?? ""
    case .score: hit?.score.map { String(($0 * 1_000).rounded() / 1_000) } ?? ""
    case .matched: (hit?.matchedNames ?? []).joined(separator: ",")
    case .snippet: hit?.snippet?.text ?? ""
    }
  }
}

extension SearchHit {
  /// The names of the fields that contain what was searched for; `inside` at the end if they only
  /// contain it within a word.
  fileprivate var matchedNames: [String] {
    matched.map(\.rawValue) + (isInside ? ["inside"] : [])
  }
}

extension SearchHit.Snippet {
  /// Writes `{"field":"note","text":"…","hits":[[3,7]]}`.
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("field", field.rawValue)
    json.member("text", text)
    json.key("hits")
    json.beginArray()
    for hit in hits {
      json.beginArray()
      json.integer(Int64(hit.lowerBound))
      json.integer(Int64(hit.upperBound))
      json.endArray()
    }
    json.endArray()
    json.endObject()
  }
}

import Foundation

@testable import Favourites

/// A value of metadata, as spelled.
struct ModelValue: Equatable {
  let kind: MetadataKind
  let text: String
}

extension ModelValue {
  /// What is told to the store and to the model.
  init(_ value: MetadataValue) {
    self.init(kind: value.kind, text: value.text)
  }

  /// The same for a draft; nothing is given to drafts that cannot be.
  var given: MetadataValue {
    (try? MetadataValue(text, as: kind, key: "")) ?? .text(text)
  }

  /// Reads a member of the JSON in a column: `1965`, `"good"`, or `{"type":"enum","value":"good"}`.
  init?(json: Any?) {
    switch json {
    case let text as String: self.init(kind: .text, text: text)
    case let number as NSNumber: self.init(kind: .number, text: number.stringValue)
    case let typed as [String: String]:
      guard let kind = typed["type"].flatMap(MetadataKind.init(rawValue:)) else { return nil }
      self.init(kind: kind, text: typed["value"] ?? "")
    default: return nil
    }
  }

  /// The member that it is of the JSON in a column.
  var json: String {
    switch kind {
    case .text: "\"\(text)\""
    case .number: text
    case .choice, .date: "{\"type\":\"\(kind.rawValue)\",\"value\":\"\(text)\"}"
    }
  }
}

extension MetadataField {
  /// Reads an element of the JSON in a column: `{"key":"seen","type":"enum","choices":["yes"]}`.
  init(json: [String: Any]) throws {
    let kind = (json["type"] as? String).flatMap(MetadataKind.init(rawValue:))
    try self.init(
      key: json["key"] as? String ?? "", kind: kind ?? .text,
      choices: json["choices"] as? [String] ?? [])
  }
}

/// JSON that a column holds, read by another reader than the store's.
func columnJSON(_ text: String) throws -> Any {
  try JSONSerialization.jsonObject(with: Data(text.utf8))
}

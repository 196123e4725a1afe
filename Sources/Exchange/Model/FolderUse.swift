/// How to use the folders of a foreign file.
package enum FolderUse: String, CaseIterable, Sendable {
  /// As categories, nested like the folders.
  case category
  /// As tags, one for each folder.
  case tags
  /// Not at all.
  case ignore
}

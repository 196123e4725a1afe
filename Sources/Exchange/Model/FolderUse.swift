/// What becomes of the folders of a foreign file.
package enum FolderUse: String, CaseIterable, Sendable {
  /// Categories, one in the other as the folders are.
  case category
  /// A tag for each.
  case tags
  /// Nothing.
  case ignore
}

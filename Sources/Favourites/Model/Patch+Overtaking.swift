extension Patch {
  /// The fields that it would set although they are no longer as they were when it was made, by
  /// their names. Those that already have the value that it sets do not count, nor do tags, which
  /// are added and removed one by one.
  package func overtaken(_ before: Favourite, by now: Favourite) -> [String] {
    var names: [String] = []
    for column in FavouriteColumn.given {
      guard let wanted = columns[text: column],
        let field = FavouriteField(rawValue: column.text)
      else { continue }
      let (old, new) = (before.text(field), now.text(field))
      if !areSame(old, new), !areSame(new, wanted) { names.append(column.text) }
    }
    if let category, !before.category.isSameName(as: now.category),
      !now.category.isSameName(as: category.text)
    {
      names.append(FavouriteField.category.rawValue)
    }
    for assignment in assignments {
      let new = now.metadata[assignment.key]
      guard before.metadata[assignment.key] != new, !areSame(new?.text, assignment.text) else {
        continue
      }
      names.append(assignment.key)
    }
    for key in unset {
      guard let new = now.metadata[key], before.metadata[key] != new else { continue }
      names.append(key)
    }
    return names
  }
}

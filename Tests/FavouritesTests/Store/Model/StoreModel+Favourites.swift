@testable import Favourites

// What the model holds as a listing tells it.

extension StoreModel {
  /// All favourites in the order of the tree, and by rank in each category.
  ///
  /// - Parameter times: when the changes were made, by their numbers.
  func favourites(_ times: [Int64: Int64]) -> [Favourite] {
    categories.values.sorted { $0.place < $1.place }.flatMap { shelf in
      shelf.ids.enumerated().compactMap { index, id in
        things[id].map { $0.favourite(id, in: shelf.path, at: index + 1, times) }
      }
    }
  }

  /// All that is in the trash, by id.
  func trashed(_ times: [Int64: Int64]) -> [Favourite] {
    trash.keys.sorted().compactMap { favourite($0, times) }
  }

  /// One favourite, whether it lives or is in the trash; its category under the name that the
  /// history knows.
  func favourite(_ id: Int64, _ times: [Int64: Int64]) -> Favourite? {
    if let thing = things[id], let home = home(of: id), let shelf = categories[home] {
      return thing.favourite(
        id, in: shelf.path, at: (shelf.ids.firstIndex(of: id) ?? 0) + 1, times)
    }
    guard let trashed = trash[id] else { return nil }
    let shelf = categories[trashed.category] ?? trashedCategories[trashed.category]?.shelf
    return trashed.favourite(id, in: shelf?.path ?? trashed.categoryName, times)
  }

  /// The categories within one, in use or in the trash.
  func categoriesEver(within path: String) -> Set<Int64> {
    let trashed = trashedCategories.filter { Self.isWithin($0.value.shelf.path, path) }
    return Set(categories.filter { Self.isWithin($0.value.path, path) }.keys).union(trashed.keys)
  }
}

extension StoreModel.Moment {
  fileprivate func time(_ times: [Int64: Int64]) -> Timestamp {
    switch self {
    case .given(let time): Timestamp(milliseconds: time)
    case .change(let number): Timestamp(milliseconds: times[number] ?? 0)
    }
  }
}

extension StoreModel.Thing {
  private var sortedTags: [String] {
    tags.values.sorted { ModelNames.order($0) < ModelNames.order($1) }
  }

  private var members: [String] {
    metadata.sorted { $0.key < $1.key }.map { key, value in "\"\(key)\":\(value.json)" }
  }

  fileprivate func favourite(
    _ id: Int64, in category: String, at rank: Int, _ times: [Int64: Int64]
  ) -> Favourite {
    Favourite(
      id: id, uid: uid ?? UID(high: 0, low: 0), title: title, url: url, note: note,
      category: category, rank: Int64(rank),
      tagsJSON: "[\(sortedTags.map { "\"\($0)\"" }.joined(separator: ","))]",
      metadataJSON: "{\(members.joined(separator: ","))}",
      createdAt: created.time(times), modifiedAt: modified.time(times),
      openedAt: openedAt.map(Timestamp.init(milliseconds:)), opened: opened)
  }
}

extension StoreModel.Trashed {
  fileprivate func favourite(
    _ id: Int64, in category: String, _ times: [Int64: Int64]
  ) -> Favourite {
    var favourite = thing.favourite(id, in: category, at: rank, times)
    favourite.deletedAt = deleted.time(times)
    return favourite
  }
}

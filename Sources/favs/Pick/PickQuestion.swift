internal import Favourites

/// A question that the picker asks the store.
enum PickQuestion: Equatable {
  /// The first hits for a text, or the most used favourites if it is empty.
  case find(PickSearch)
  /// More hits.
  case more(after: Cursor)
  /// The number of hits.
  case count
  /// All details of one favourite, for the preview.
  case describe(Int64)
}

/// The terms of a search.
struct PickSearch: Equatable {
  let text: String
  /// The category that the search is limited to.
  let scope: String?
  /// Whether to search for similar words if those typed are not found.
  let isTolerant: Bool
  /// The number of rows to return.
  let limit: Int64
  /// Whether to describe the first hit as well.
  let describes: Bool
}

/// The store's answer.
enum PickAnswer: Equatable {
  case found(PickFound)
  case more([Glance], next: Cursor?)
  /// The number of hits, and whether there may be more.
  case count(Int64, isBound: Bool)
  case described(PickDescription?)
}

/// The first hits.
struct PickFound: Equatable {
  var rows: [Glance] = []
  /// Where the hits continue; nil if these are all.
  var next: Cursor?
  /// All details of the first hit; nil if not requested.
  var description: PickDescription?
  /// The number of all favourites.
  var total: Int64 = 0
  /// A note on words that replaced those typed.
  var note: String?
}

/// A favourite and its latest changes.
struct PickDescription: Equatable {
  let favourite: Favourite
  let changes: [Change]
  /// The result of the last check of its link; nil if not requested.
  var sight: LinkSight?
}

/// A request, made by a key, that the picker's state cannot fulfil itself.
enum PickRequest: Equatable {
  /// Leave without a choice.
  case leave
  /// Leave with these favourites.
  case choose([Int64])
  case open([Int64]), edit(Int64), remove([Int64]), copy([Int64])
  /// Move a favourite down by a number of ranks.
  case shift(Int64, by: Int64)
  case undo, redo
  /// Redraw the whole screen.
  case redraw
}

internal import Favourites

/// What a picker wants to know of the favourites.
enum PickQuestion: Equatable {
  /// The first hits of a text, or the most used favourites where there is none.
  case find(PickSearch)
  /// More of them.
  case more(after: Cursor)
  /// How many there are.
  case count
  /// All about one, for the preview.
  case describe(Int64)
}

/// What is searched for.
struct PickSearch: Equatable {
  let text: String
  /// The category that was narrowed to.
  let scope: String?
  /// True to look for similar words, where those that were typed are not found.
  let isTolerant: Bool
  /// How many rows are wanted.
  let limit: Int64
  /// True to get all about the first as well.
  let describes: Bool
}

/// What the store says.
enum PickAnswer: Equatable {
  case found(PickFound)
  case more([Glance], next: Cursor?)
  /// How many, and whether there may be more.
  case count(Int64, isBound: Bool)
  case described(PickDescription?)
}

/// The first hits.
struct PickFound: Equatable {
  var rows: [Glance] = []
  /// Where they go on; nil where these are all.
  var next: Cursor?
  /// All about the first of them; nil where it was not asked for.
  var description: PickDescription?
  /// How many favourites there are, found or not.
  var total: Int64 = 0
  /// What is to be said of words that were looked for in the place of those that were typed.
  var note: String?
}

/// A favourite and what was done with it last.
struct PickDescription: Equatable {
  let favourite: Favourite
  let changes: [Change]
  /// What was seen of its link; nil where it was not asked for.
  var sight: LinkSight?
}

/// What a key asks for beyond the picker itself.
enum PickRequest: Equatable {
  /// To leave without a choice.
  case leave
  /// To leave with these.
  case choose([Int64])
  case open([Int64]), edit(Int64), remove([Int64]), copy([Int64])
  /// To give a favourite another rank, so much further down.
  case shift(Int64, by: Int64)
  case undo, redo
  /// To draw all of it again.
  case redraw
}

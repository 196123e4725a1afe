/// The terms used in help, messages, documentation and source code, as in docs/glossary.md.
enum Glossary {
  /// Each term and its meaning, sorted.
  static let terms: [(String, String)] = [
    ("archive", "the output of favs export --full: everything as JSON lines"),
    ("backup", "a checked copy of the database"),
    ("category", "a named list of favourites; books/sci-fi is below books"),
    ("change", "everything that one command changed; it has a number, as in @12"),
    ("cursor", "a place in a list, after which the next page starts"),
    ("database", "the one file that holds all favourites"),
    ("dry run", "a run with --dry-run, which shows what would change"),
    ("duplicate", "a favourite whose URL is already in the category"),
    ("favourite", "what you keep: a title, with a URL, note, tags and metadata if you like"),
    ("filter", "an option that selects favourites, such as -t TAG"),
    ("history", "all changes, with the values before and after"),
    ("id", "the number of a favourite; never given twice"),
    ("metadata", "further values of a favourite, by key: year=1965"),
    ("rank", "the position of a favourite in its category, from 1"),
    ("REF", "what names one favourite: id, rank, uid, URL or title"),
    ("schema", "the metadata fields of a category, with their types"),
    ("tag", "a word on a favourite; favourites can share it across categories"),
    ("trash", "where removed favourites stay until it is emptied"),
    ("uid", "the identifier of a favourite that is the same in every database"),
  ]
}

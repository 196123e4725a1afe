/// What makes a file of bookmarks a page to read: how it looks, and a search that needs nothing but the file.
/// Browsers' importers pass over both.
enum HTMLPage {
  /// All that stands in front of the bookmarks. The charset stands as Chromium looks for it, letter by letter.
  ///
  /// The words of the page are English whatever the bookmarks are.
  static let beginning = """
    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <!-- Written by favs. Browsers import it; what stands in DATA-FAVS is for favs itself. -->
    <HTML LANG="en">
    <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
    <META HTTP-EQUIV="Content-Security-Policy" CONTENT="\(policy)">
    <META NAME="viewport" CONTENT="width=device-width, initial-scale=1">
    <TITLE>Favourites</TITLE>
    <STYLE>\(style)</STYLE>
    <SCRIPT>\(script)</SCRIPT>
    <H1>Favourites</H1>
    <INPUT ID="search" TYPE="search" PLACEHOLDER="Search" ARIA-LABEL="Search" HIDDEN>
    <DL><p>

    """

  /// What stands behind them. It is short, so that a file that was cut is known by what it lacks.
  static let end = "</DL><p>\n"

  /// Nothing is fetched, and nothing runs or is drawn but by what stands here: not the `javascript:` of a bookmark
  /// either.
  private static let policy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-\(styleHash)'; "
    + "script-src 'sha256-\(scriptHash)'"

  /// The SHA-256 of the script in base 64.
  static let scriptHash = "cjg5FdmutF56X1d4VBMpSHvFyFPGxXvePtYyXbk9HD8="

  /// The same of the style.
  static let styleHash = "EVAHyBOgg5BZuHngdSctUy0kYsRpSUCYDKEbbIUxSMY="
}

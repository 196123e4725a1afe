/// Turns a file of bookmarks into a page to read, with a style, and a search that needs no other
/// file. Importers of browsers ignore both.
enum HTMLPage {
  /// Everything before the bookmarks. The charset is written exactly as Chromium searches for it.
  ///
  /// The text of the page is always in English.
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

  /// Everything after the bookmarks. It is short, so that a truncated file can be detected by its
  /// absence.
  static let end = "</DL><p>\n"

  /// Blocks all loading, and all scripts and styles that are not part of this file, such as the
  /// `javascript:` of a bookmark.
  private static let policy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-\(styleHash)'; "
    + "script-src 'sha256-\(scriptHash)'"

  /// The SHA-256 of the script in base64.
  static let scriptHash = "cjg5FdmutF56X1d4VBMpSHvFyFPGxXvePtYyXbk9HD8="

  /// The SHA-256 of the style in base64.
  static let styleHash = "EVAHyBOgg5BZuHngdSctUy0kYsRpSUCYDKEbbIUxSMY="
}

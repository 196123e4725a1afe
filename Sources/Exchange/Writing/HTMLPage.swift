/// What makes a file of bookmarks a page to read: how it looks, and a search that needs nothing but the file.
/// Browsers' importers pass over both.
enum HTMLPage {
  /// All that stands in front of the bookmarks. The charset stands as Chromium looks for it, letter by letter.
  static let beginning = """
    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <!-- Written by favs. Browsers import it; what stands in DATA-FAVS is for favs itself. -->
    <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
    <META HTTP-EQUIV="Content-Security-Policy" CONTENT="\(policy)">
    <META NAME="viewport" CONTENT="width=device-width, initial-scale=1">
    <TITLE>Favourites</TITLE>
    <STYLE>
    \(style)
    </STYLE>
    <SCRIPT>\(script)</SCRIPT>
    <H1>Favourites</H1>
    <INPUT ID="search" TYPE="search" PLACEHOLDER="Search" ARIA-LABEL="Search" HIDDEN>
    <DL><p>

    """

  /// What stands behind them. It is short, so that a file that was cut is known by what it lacks.
  static let end = "</DL><p>\n"

  /// Nothing is fetched, and nothing runs but the script: not the `javascript:` of a bookmark either.
  private static let policy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; "
    + "script-src 'sha256-\(scriptHash)'"

  /// The SHA-256 of the script in base 64.
  static let scriptHash = "q0AIOl+xbaGEVHvVRrqY3eB3/feAs9F06MgTuKb09O0="

  private static let style = """
    :root { color-scheme: light dark; --quiet: #5f6368; --link: #0b57d0; --line: #dadce0; }
    @media (prefers-color-scheme: dark) {
      :root { --quiet: #9aa0a6; --link: #8ab4f8; --line: #3c4043; }
    }
    body {
      font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
      overflow-wrap: anywhere;
    }
    input { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem .6rem; }
    h3 { font-size: 1.1rem; margin: 1rem 0 .25rem; border-bottom: 1px solid var(--line); }
    p { margin: 0; }
    dl { margin: 0 0 0 1rem; }
    body > dl, dd > dl { margin-left: 0; }
    dd { margin: 0 0 .25rem 1rem; color: var(--quiet); white-space: pre-line; }
    dd > dl { color: CanvasText; white-space: normal; }
    h3, a { unicode-bidi: isolate; }
    dd { unicode-bidi: plaintext; }
    a { color: var(--link); }
    a[href^="urn:uuid:"] { color: inherit; text-decoration: none; pointer-events: none; }
    a[href^="javascript:" i], a[href^="vbscript:" i], a[href^="data:" i] {
      color: inherit; text-decoration: none; pointer-events: none;
    }
    a[tags]::after {
      content: attr(tags); margin-left: .6rem; color: var(--quiet); font-size: .85rem;
      display: inline-block; unicode-bidi: isolate;
    }
    [hidden] { display: none !important; }
    """

  /// Hides what does not hold all words that are typed. A folder stays while anything in it does, and all of it
  /// where its own name holds them.
  static let script = #"""

    addEventListener("DOMContentLoaded", () => {
      const field = document.getElementById("search");
      const texts = new Map();
      const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      const own = (node) => [...node.childNodes]
        .filter((child) => child.nodeName !== "DL").map((child) => child.textContent).join(" ");
      const description = (term) => {
        const next = term.nextElementSibling;
        return next && next.nodeName === "DD" ? next : null;
      };
      const text = (term) => {
        if (!texts.has(term)) {
          const link = term.querySelector(":scope > a");
          const note = description(term);
          const parts = [own(term), note ? own(note) : ""];
          if (link) parts.push(link.getAttribute("href"), link.getAttribute("tags") || "");
          texts.set(term, fold(parts.join(" ")));
        }
        return texts.get(term);
      };
      const filter = (list, words, isWhole) => {
        let isAny = false;
        for (const term of list.querySelectorAll(":scope > dt")) {
          const note = description(term);
          const inner = [term, note].map((place) => place && place.querySelector(":scope > dl"))
            .find(Boolean);
          const isFound = isWhole || words.every((word) => text(term).includes(word));
          const isShown = (inner && filter(inner, words, isFound)) || isFound;
          term.hidden = !isShown;
          if (note) note.hidden = !isShown;
          isAny = isAny || isShown;
        }
        return isAny;
      };
      field.addEventListener("input", () => {
        const words = fold(field.value).split(/\s+/).filter((word) => word !== "");
        const lists = document.querySelectorAll("body > dl");
        for (const list of lists) filter(list, words, words.length === 0);
      });
      field.hidden = false;
      field.focus();
    });

    """#
}

"""Opens the page that `favs export` writes in headless Chromium, and looks at it as people do.

    python3 Tests/Page/page.py FAVS [TRIAL…]

Prints what is not as it should be; nothing where all is well.
"""

import json
import os
import subprocess
import sys
import tempfile

from browser import Browser, BrowserError

SCREENS = [
    (width, height, scheme, phone)
    for width, height, phone in [(1280, 800, False), (390, 844, True)] for scheme in ["light", "dark"]]
# The smallest that fingers hit.
TOUCH = 44
KEYS = {"Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9, "Enter": 13}
LINES = [
    {"title": "Dune", "category": "books/sci-fi", "tags": ["classic", "to read"],
     "metadata": {"author": "Frank Herbert", "year": 1965, "rating": 9.50}, "note": "Read it slowly.\n\nTwice."},
    {"title": "Émile", "category": "books", "tags": ["classic"], "metadata": {"author": "Rousseau"}},
    {"title": "SQLite", "url": "https://www.sqlite.org/lang.html", "category": "links", "tags": ["sql"],
     "note": "About <script>alert(1)</script> an ocean"},
    {"title": "Postgres", "url": "https://postgresql.org/docs", "category": "links", "tags": ["sql", "later"]},
    {"title": "ألف ليلة وليلة", "url": "https://example.org/nights", "category": "links"},
    {"title": "Bookmarklet", "url": "javascript:alert(1)", "category": "links"},
    {"title": "Café Sperl", "url": "geo:48.1995,16.3621", "category": "places", "metadata": {"city": "Vienna"}},
    {"title": "A title that goes on and on until nobody wants to read it any more, and then goes on",
     "url": "https://example.org/" + "very/long/path/" * 20, "category": "deep/er/est", "tags": ["x" * 60]},
]
COUNT = len(LINES)


def same(found, wanted, what):
    """Compares."""
    if found != wanted:
        raise AssertionError(f"{what}: {found!r} and not {wanted!r}")


def holds(truth, what):
    """Checks."""
    if not truth:
        raise AssertionError(what)


class Trial:
    """A page of favourites of many kinds, in a browser."""

    def __init__(self, favs, browser):
        self.favs, self.browser = favs, browser
        self.folder = tempfile.TemporaryDirectory(prefix="favs-page-")
        self.environment = {
            **os.environ, "HOME": self.folder.name, "FAVS_DB": self.folder.name + "/favs.db",
            "BROWSER": "true"}
        self.run("import", "-", "--format", "favs", input="".join(json.dumps(line) + "\n" for line in LINES))
        self.run("category", "edit", "books", "--note", "Paper <only>")
        self.run("edit", "Dune", "--set", "rating:number=9.50")

    def run(self, *words, input=""):
        """Runs favs; it has to end well."""
        done = subprocess.run(
            [self.favs, *words], env=self.environment, input=input, capture_output=True, text=True, check=False)
        same(done.returncode, 0, f"{words}: {done.stderr}")
        return done.stdout

    def open(self, *words, screen=SCREENS[0]):
        """Opens the page on a screen."""
        path = self.folder.name + "/page.html"
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.run("export", "--format", "html", *words))
        width, height, scheme, phone = screen
        self.browser.screen(width, height, scheme, phone)
        self.browser.open(path)
        self.browser.settle()

    def value(self, expression):
        """What an expression gives."""
        return self.browser.value(expression)

    def press(self, name):
        """Presses a key that has a name."""
        self.browser.press(name, "\r" if name == "Enter" else None, KEYS[name])

    def search(self, text):
        """Empties the field with the keyboard, and types."""
        self.press("Escape")
        self.browser.write(text)

    def told(self):
        """What is told of how many there are."""
        return self.value("document.getElementById('count').textContent")

    def shown(self):
        """Titles of what is shown, in order."""
        return self.value(
            "[...document.querySelectorAll('.item')].filter((one) => one.getClientRects().length)"
            ".map((one) => one.querySelector('a').textContent)")

    def active(self):
        """What has the focus, in words."""
        return self.value("document.activeElement.id || document.activeElement.textContent")

    def complaints(self):
        """What the browser says of the page, and what it asked for."""
        found = []
        for event in self.browser.events:
            if event.get("method") == "Log.entryAdded":
                found.append(event["params"]["entry"]["text"])
            elif event.get("method") == "Runtime.exceptionThrown":
                found.append(json.dumps(event["params"]["exceptionDetails"]))
            elif event.get("method") == "Network.requestWillBeSent":
                address = event["params"]["request"]["url"]
                if not address.endswith("/page.html"):
                    found.append(address)
        return found


# The contrast of every text that is shown with what is behind it, by WCAG 2.2's formula: what is below 4.5.
CONTRAST = r"""
(() => {
  const parse = (text) => {
    const numbers = text.match(/[\d.]+/g).map(Number);
    return [numbers[0], numbers[1], numbers[2], numbers.length > 3 ? numbers[3] : 1];
  };
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const bad = [];
  let seen = 0;
  const look = (element, style, text) => {
    if (!text.trim() || text === "none" || text === "normal") return;
    seen += 1;
    const pair = [light(parse(style.color)), light(behind(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + .05) / (pair[1] + .05);
    if (contrast < 4.5) bad.push(contrast.toFixed(2) + " " + text.slice(0, 40));
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (element.getClientRects().length === 0) continue;
    const own = [...element.childNodes].filter((node) => node.nodeType === 3);
    look(element, getComputedStyle(element), own.map((node) => node.data).join(""));
    look(element, getComputedStyle(element, "::before"), getComputedStyle(element, "::before").content);
    if (element.placeholder) look(element, getComputedStyle(element, "::placeholder"), element.placeholder);
  }
  return { bad, seen };
})()
"""


def looks(trial):
    """Wide enough, in contrast, large enough for fingers, by day and night, on a desk and a phone."""
    for screen in SCREENS:
        trial.open(screen=screen)
        same(trial.complaints(), [], f"complaints on {screen}")
        same(trial.told(), f"{COUNT} favourites", f"the count on {screen}")
        wide = trial.value("document.scrollingElement.scrollWidth - innerWidth")
        holds(wide <= 0, f"{screen}: {wide} columns too wide")
        found = trial.value(CONTRAST)
        same(found["bad"], [], f"contrast on {screen}")
        holds(found["seen"] > 3 * COUNT, f"{screen}: only {found['seen']} texts were looked at")
        back = trial.value("getComputedStyle(document.body).backgroundColor")
        same(back == "rgb(255, 255, 255)", screen[2] == "light", f"the background {back} on {screen}")
        if screen[3]:
            small = trial.value(
                "[...document.querySelectorAll('a[href], button, input')].filter((one) => one.getClientRects().length)"
                ".map((one) => [one.textContent || one.id, one.getBoundingClientRect()])"
                f".filter(([, box]) => box.width < {TOUCH} || box.height < {TOUCH}).map(([name]) => name)")
            same(small, [], f"too small for fingers on {screen}")


def keys(trial):
    """Everything by keyboard alone."""
    trial.open()
    trial.value("document.activeElement.blur()")
    trial.browser.press("/", "/", 191)
    same(trial.active(), "search", "what / leads to")
    same(trial.value("document.getElementById('search').value"), "", "what / types")
    trial.browser.write("sql")
    same(trial.told(), f"2 of {COUNT}", "the count")
    same(trial.shown(), ["SQLite", "Postgres"], "what is shown")
    for key, wanted in [
            ("ArrowDown", "SQLite"), ("ArrowDown", "Postgres"), ("ArrowDown", "Postgres"), ("ArrowUp", "SQLite"),
            ("ArrowUp", "search"), ("ArrowUp", "search"), ("Enter", "SQLite")]:
        trial.press(key)
        same(trial.active(), wanted, f"where {key} leads")
    trial.press("Escape")
    same(trial.told(), f"{COUNT} favourites", "the count after Esc")
    same(trial.active(), "search", "where Esc leads")
    trial.browser.write("nothing like it")
    same(trial.told(), f"0 of {COUNT}", "the count of nothing")
    same(trial.shown(), [], "what is shown of nothing")
    holds(
        "Nothing matches “nothing like it”" in trial.value("document.querySelector('main').innerText"),
        "it says that nothing matches")
    trial.press("Escape")
    same(len(trial.shown()), COUNT, "all is there again")
    # Tab goes through all that does something, and stops at nothing that does not.
    stops = []
    for _ in range(60):
        trial.press("Tab")
        stop = trial.value(
            "(() => { const one = document.activeElement; return [one.nodeName, one.textContent,"
            " one.getAttribute('href')]; })()")
        if stop[0] == "BODY":
            break
        stops.append(stop)
    names = [name for _, name, _ in stops]
    holds(len(stops) < 60, f"Tab comes to an end: {names}")
    for name, text, address in stops:
        holds(name in ["INPUT", "BUTTON"] or address, f"{name} {text} does nothing")
        holds(not (address or "").startswith(("urn:", "javascript:")), f"{address} is dead")
    for name in ["SQLite", "Postgres", "Café Sperl", "classic", "sci-fi1"]:
        holds(name in names, f"Tab stops at {name}: {names}")
    same([name for name in names if name in ["Dune", "Bookmarklet"]], [], "dead links")


def finds(trial):
    """Titles without accents, notes, tags, links, categories and metadata are found."""
    trial.open()
    for text, wanted in [
            ("emile", ["Émile"]), ("slowly", ["Dune"]), ("herbert", ["Dune"]), ("1965", ["Dune"]),
            ("9.50", ["Dune"]), ("city:vienna", ["Café Sperl"]), ("sci-fi", ["Dune"]), ("lang.html", ["SQLite"]),
            ("frank slowly", ["Dune"]), ("frank later", []), ("#later", ["Postgres"]), ("#late", []),
            ('#"to read"', ["Dune"]), ("ليلة", ["ألف ليلة وليلة"]), ("#", trial.shown())]:
        trial.search(text)
        same(trial.shown(), wanted, f"what is found for {text}")
    trial.search("postgres")
    sides = trial.value(
        "[...document.querySelectorAll('nav a')].filter((one) => !one.hidden).map((one) => one.textContent)")
    same(sides, ["links1"], "the categories of what is found")
    trial.press("Escape")
    sides = trial.value("[...document.querySelectorAll('nav a')].map((one) => one.textContent)")
    same(sides, ["books2", "sci-fi1", "deep1", "er1", "est1", "links4", "places1"], "the categories")
    # A tag that is pressed is searched for.
    trial.value("[...document.querySelectorAll('button')].find((one) => one.textContent === 'to read').click()")
    same(trial.value("document.getElementById('search').value"), '#"to read"', "what a tag searches for")
    same(trial.told(), f"1 of {COUNT}", "the count of a tag")
    about = trial.value("[...document.querySelectorAll('.about')].map((one) => one.innerText)")
    holds(any("Frank Herbert · 9.50 · 1965" in one or "9.50" in one for one in about), f"metadata: {about}")
    same(
        trial.value("[...document.querySelectorAll('.item')].map((one) => one.dataset.rank).join()"),
        "1,1,1,1,2,3,4,1", "ranks")


def reads(trial):
    """What a screen reader is told: landmarks, headings at their level, names."""
    trial.open()
    nodes = [
        (one["role"]["value"], one.get("name", {}).get("value", ""),
         {each["name"]: each["value"].get("value") for each in one.get("properties", [])})
        for one in trial.browser.ask("Accessibility.getFullAXTree")["nodes"] if not one["ignored"]]
    roles = [role for role, _, _ in nodes]
    for role in ["banner", "navigation", "main", "search", "status"]:
        same(roles.count(role), 1, f"how many {role}")
    same([name for role, name, _ in nodes if role == "navigation"], ["Categories"], "the name of the navigation")
    same([name for role, name, _ in nodes if role == "searchbox"], ["Search"], "the name of the field")
    headings = [(name, about["level"]) for role, name, about in nodes if role == "heading"]
    same(
        sorted(headings), [
            ("Favourites", 1), ("books", 2), ("deep", 2), ("er", 3), ("est", 4), ("links", 2), ("places", 2),
            ("sci-fi", 3)], "the headings")
    same([role for role, name, _ in nodes if role in ["link", "button"] and not name.strip()], [], "without a name")
    holds(("button", "Tag classic") in [(role, name) for role, name, _ in nodes], "tags have names")
    same(roles.count("listitem") >= COUNT, True, "favourites are items of lists")
    same(trial.value("document.documentElement.lang"), "en", "the language")


def prints(trial):
    """On paper: addresses, no search."""
    trial.open()
    trial.browser.screen(1280, 800, media="print")
    for part in ["header", "nav"]:
        same(trial.value(f"getComputedStyle(document.querySelector('{part}')).display"), "none", part)
    after = trial.value(
        "[...document.querySelectorAll('.item > a[href]')].map((one) => getComputedStyle(one, '::after').content)")
    same(len(after), 5, "links on paper")
    holds(all(text.startswith('" "') or text.startswith('" ') for text in after), f"addresses: {after}")
    holds(any("sqlite.org" in text for text in after), f"addresses: {after}")
    paper = trial.browser.ask("Page.printToPDF")["data"]
    holds(len(paper) > 1000, "a page comes out")


def is_shut(trial):
    """Nothing runs but the page's own script, and nothing is drawn by a bookmark."""
    trial.open()
    trial.value(
        "(() => { const one = document.createElement('script'); one.textContent = 'window.bad = 1';"
        " document.body.append(one); const two = document.createElement('style');"
        " two.textContent = 'body { display: none }'; document.body.append(two); })()")
    same(trial.value("window.bad"), None, "another script")
    same(trial.value("getComputedStyle(document.body).display"), "block", "another style")
    same(trial.value("document.querySelectorAll('main script').length"), 0, "scripts of notes")


def is_plain(trial):
    """--plain gives nothing away that is not shown on the page without it."""
    trial.run("open", "SQLite")
    whole, plain = (trial.run("export", "--format", "html", *words) for words in [[], ["--plain"]])
    for text in ["Herbert", "1965", "9.50", "Vienna", 'DATA-FAVS="']:
        holds(text in whole, f"{text} is in the whole page")
        holds(text not in plain, f"{text} is in the plain page")
    holds("LAST_VISIT" in whole, "when it was opened is in the whole page")
    holds("LAST_VISIT" not in plain, "when it was opened is in the plain page")
    trial.open("--plain")
    same(trial.complaints(), [], "complaints")
    same(trial.told(), f"{COUNT} favourites", "the count")
    trial.search("herbert")
    same(trial.shown(), [], "what is found of metadata")
    trial.search("sql")
    same(trial.shown(), ["SQLite", "Postgres"], "what is found")
    trial.run("import", trial.folder.name + "/page.html", "--db", trial.folder.name + "/plain.db")
    back = json.loads(trial.run("list", "--json", "--db", trial.folder.name + "/plain.db"))
    same(sorted(one["title"] for one in back), sorted(line["title"] for line in LINES), "what comes back")


def comes_back(trial):
    """The file that was looked at comes back whole."""
    trial.open()
    trial.run("import", trial.folder.name + "/page.html", "--db", trial.folder.name + "/back.db")
    fields = "uid,title,url,note,category,rank,tags,metadata,created_at"
    both = [trial.run("list", "--json", "--fields", fields, *words)
            for words in [[], ["--db", trial.folder.name + "/back.db"]]]
    same(json.loads(both[1]), json.loads(both[0]), "what comes back")


TRIALS = [looks, keys, finds, reads, prints, is_shut, is_plain, comes_back]


def main():
    favs, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    failed = False
    try:
        with Browser() as browser:
            for body in TRIALS:
                if names and body.__name__ not in names:
                    continue
                try:
                    body(Trial(favs, browser))
                except AssertionError as error:
                    failed = True
                    print(f"{body.__name__}: {error}")
    except BrowserError as error:
        failed = True
        print(error)
    sys.exit(failed)


if __name__ == "__main__":
    main()

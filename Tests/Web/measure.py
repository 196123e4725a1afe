"""Measures `fetch` and `check` against pages of this machine.

    measure.py --favs PROGRAM [titles|dead|speed|many]…

titles: 300 pages in many forms and encodings, and how many get the right title. dead: 250 pages that are there and 50 that
are not, checked twice, a day apart. speed: 3,000 links of 100 hosts, beside a plain `curl --parallel`. many: 100,000
links, and how much memory they take. Prints a line for each figure.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import server  # noqa: E402

TITLES = {
    "utf-8": ["Größe & Maße – Über uns", "日本語のページ", "Привет, мир", "A plain title | Site", "Crème brûlée – Wikipédia"],
    "cp1252": ["Größe – €", "Café “Central”", "Plain"], "cp1251": ["Привет, мир", "Заголовок"],
    "koi8-r": ["Привет"], "cp932": ["日本語のページ", "東京タワー"], "gb18030": ["简体中文页面"], "euc-kr": ["한국어 페이지"],
    "iso-8859-2": ["Łódź i Kraków"], "big5": ["繁體中文"],
}
FORMS = [
    "<html><head><title>{}</title></head><body>",
    '<html><head><meta property="og:title" content="{}"><title>Another</title></head>',
    '<head><meta name="twitter:title" content="{}"><title>Another</title>',
    "<body><svg><title>Icon</title></svg><h1 class=x>{}</h1>",
    '<script>document.write("<title>No</title>")</script><TITLE lang=x>\n  {}\n</TITLE>',
    '<link rel="stylesheet" href="x"><style>title{{}}</style><!-- <title>No</title> --><title>{}</title>',
]


class Server:
    def __init__(self, *words):
        self.process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "server.py"), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = json.loads(self.process.stdout.readline())["port"]

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Favs:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        # What is asked for is written beside what a plain curl writes: one disk is not like another.
        self.environment = {"PATH": os.environ["PATH"], "HOME": folder, "FAVS_DB": os.path.join(folder, "favs.db"), "TZ": "UTC",
                            "TMPDIR": folder}

    def __call__(self, *words, stdin=""):
        return subprocess.run(
            [self.program, *words], env=self.environment, input=stdin, capture_output=True, text=True, check=False)

    def measured(self, *words):
        """Seconds, and the most memory of a process of it or of what it runs, in MiB."""
        script = ("import resource,subprocess,sys\n"
                  "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL).returncode\n"
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", script, self.program, *words], env=self.environment, capture_output=True,
                              text=True, check=True)
        return time.perf_counter() - start, int(done.stdout) / 1024


def titles(program, folder):
    """Serves 300 pages from memory, by a server of their own."""
    dice = random.Random(1)
    pages = []
    while len(pages) < 300:
        encoding = dice.choice(list(TITLES))
        title = dice.choice(TITLES[encoding])
        form = dice.choice(FORMS)
        said = dice.choice(["header", "meta", "both"]) if encoding != "utf-8" else dice.choice(["header", "meta", "none", "bom"])
        label = {"cp1252": "windows-1252", "cp1251": "windows-1251", "cp932": "shift_jis", "gb18030": "gbk"}.get(encoding, encoding)
        meta = f'<meta charset="{label}">' if said in ("meta", "both") else ""
        body = (meta + form.format(title.replace("&", "&amp;"))).encode(encoding)
        if said == "bom":
            body = b"\xef\xbb\xbf" + body
        kind = f"text/html; charset={label}" if said in ("header", "both") else "text/html"
        pages.append((kind, body, title))
    for number in range(30):
        # Some that stand before the page that was asked for.
        pages[number * 10] = ("text/html", server.PAGES[dice.choice(["just-a-moment", "attention", "robot", "sign-in"])][0].encode(), None)
    path = os.path.join(folder, "pages.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump([[kind, body.hex()] for kind, body, _ in pages], file)
    made = Server("--pages", path)
    favs = Favs(program, folder)
    links = [f"http://127.0.0.1:{made.port}/served/{number}" for number in range(300)]
    favs("add", "-", stdin="\n".join(links) + "\n")
    favs("fetch", "--private", "--per-host", "16")
    told = json.loads(favs("list", "--json", "--sort", "id").stdout)
    made.end()
    right = wrong = taken = 0
    for (_, _, title), link, each in zip(pages, links, told):
        wanted = title or link.split("://")[1]
        right += each["title"] == wanted
        taken += title is None and each["title"] != wanted
        wrong += each["title"] != wanted
    print(f"titles: {right} of 300 right, {taken} of 30 challenge and login pages gave a title")


def dead(program, folder):
    made = Server("--addresses", "127.0.0.1,127.0.0.2,127.0.0.3")
    favs = Favs(program, folder)
    alive = [f"http://127.0.0.{1 + number % 3}:{made.port}/{path}" for number, path in enumerate(
        [f"page/{number}" for number in range(150)] + [f"moved/{number}" for number in range(30)]
        + [f"temporary/{number}" for number in range(30)] + ["403", "429", "999", "challenge", "login", "later"] * 6
        + ["at-last", "endless", "drip", "bomb"])]
    alive = [f"{link}?{number}" for number, link in enumerate(alive)]
    gone = [f"http://127.0.0.{1 + number % 3}:{made.port}/{path}?{number}" for number, path in enumerate(
        ["404", "410", "500", "nonsense", "nothing/here"] * 8)]
    gone += [f"http://127.0.0.{20 + number}:{made.port}/" for number in range(10)]
    favs("add", "-", stdin="\n".join(alive + gone) + "\n")
    first = favs("check", "--private", "--timeout", "5s", "--json")
    states = {each["url"]: each["link"]["state"] for each in json.loads(first.stdout)}
    print(f"first check: {sum(state == 'broken' for state in states.values())} broken, "
          f"{sum(states[link] == 'failing' for link in alive)} of {len(alive)} living ones failing, "
          f"{sum(states[link] == 'failing' for link in gone)} of {len(gone)} dead ones failing")
    with sqlite3.connect(favs.environment["FAVS_DB"]) as connection:
        connection.execute("UPDATE sight SET failed_at = failed_at - 86400001 WHERE failed_at IS NOT NULL")
    connection.close()
    second = favs("check", "--private", "--timeout", "5s", "--json")
    made.end()
    states = {each["url"]: each["link"]["state"] for each in json.loads(second.stdout)}
    print(f"second check, a day later: {sum(states[link] == 'broken' for link in gone)} of {len(gone)} dead ones broken, "
          f"{sum(states[link] == 'broken' for link in alive)} living ones")


def hosts(count):
    return [f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(count)]


def speed(program, folder):
    made = Server("--addresses", ",".join(hosts(100)))
    links = [f"http://{host}:{made.port}/page/{number}" for number in range(30) for host in hosts(100)]
    favs = Favs(program, folder)
    favs("add", "-", stdin="\n".join(links) + "\n")
    config = os.path.join(folder, "config")
    with open(config, "w", encoding="ascii") as file:
        file.write("silent\nparallel\nparallel-immediate\nparallel-max = 16\n")
        file.writelines(f'url = "{link}"\noutput = "{folder}/out-{number}"\n' for number, link in enumerate(links))
    ratios = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(["curl", "-q", "-g", "--config", config], check=True, stdout=subprocess.DEVNULL)
        plain = time.perf_counter() - start
        with sqlite3.connect(favs.environment["FAVS_DB"]) as connection:
            connection.execute("DELETE FROM sight")
        connection.close()
        ours, memory = favs.measured("check", "--private", "-q")
        ratios.append((ours / plain, ours, plain, memory))
    made.end()
    ratio, ours, plain, memory = sorted(ratios)[1]
    print(f"3,000 links of 100 hosts: {ours:.2f} s, a plain curl {plain:.2f} s, ratio {ratio:.2f} (of three, the middle); "
          f"{memory:.0f} MiB")


def many(program, folder):
    made = Server("--addresses", ",".join(hosts(500)))
    links = [f"http://{host}:{made.port}/page/{number}" for number in range(200) for host in hosts(500)]
    favs = Favs(program, folder)
    favs("add", "-", stdin="\n".join(links) + "\n")
    seconds, memory = favs.measured("check", "--private", "-q", "--jobs", "32")
    made.end()
    told = favs("list", "--link", "alive", "--count").stdout.strip()
    print(f"100,000 links of 500 hosts: {seconds:.0f} s, {memory:.0f} MiB; {told} alive")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs")
    parser.add_argument("parts", nargs="*", default=["titles", "dead", "speed"])
    options = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    for part in options.parts:
        with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
            {"titles": titles, "dead": dead, "speed": speed, "many": many}[part](os.path.abspath(options.favs), folder)


if __name__ == "__main__":
    main()

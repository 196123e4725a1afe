"""Pages on this machine, good ones and traps, for what asks for pages.

    server.py [--addresses A,B,…] [--tls CERTIFICATE KEY]

Serves at each address, each as a host of its own, at one port, which it prints as a line of JSON. It ends with its
standard input. `/-/log` tells what was asked for, and how many requests each host had at the same time.
"""

import argparse
import asyncio
import collections
import gzip
import json
import os
import random
import ssl
import sys
import zlib

# A text in several encodings: what the site says, what the page says, its bytes, and its title.
ENCODINGS = {
    "utf-8": ("text/html; charset=utf-8", "<title>Größe</title>".encode(), "Größe"),
    "utf-8-unsaid": ("text/html", "<title>Größe</title>".encode(), "Größe"),
    "utf-8-bom": ("text/html; charset=iso-8859-1", b"\xef\xbb\xbf" + "<title>Größe</title>".encode(), "Größe"),
    "latin-1": ("text/html; charset=ISO-8859-1", "<title>Größe “x”</title>".encode("cp1252"), "Größe “x”"),
    "windows-1252-unsaid": ("text/html", "<title>Größe – €</title>".encode("cp1252"), "Größe – €"),
    "windows-1251": ("text/html", '<meta charset="windows-1251"><title>Привет</title>'.encode("cp1251"), "Привет"),
    "koi8-r": ("text/html; charset=koi8-r", "<title>Привет</title>".encode("koi8-r"), "Привет"),
    "utf-16le": ("text/html", b"\xff\xfe" + "<title>Größe 漢字</title>".encode("utf-16le"), "Größe 漢字"),
    "utf-16be": ("text/html; charset=utf-16be", "<title>Größe 漢字</title>".encode("utf-16be"), "Größe 漢字"),
    "shift_jis": ("text/html; charset=Shift_JIS", "<title>日本語のページ</title>".encode("cp932"), "日本語のページ"),
    "euc-jp": ("text/html", '<meta http-equiv="Content-Type" content="text/html; charset=euc-jp"><title>日本語</title>'
               .encode("euc-jp"), "日本語"),
    "gbk": ("text/html; charset=gbk", "<title>简体中文</title>".encode("gbk"), "简体中文"),
    "big5": ("text/html; charset=big5", "<title>繁體中文</title>".encode("big5"), "繁體中文"),
    "euc-kr": ("text/html; charset=euc-kr", "<title>한국어</title>".encode("euc-kr"), "한국어"),
    "iso-8859-2": ("text/html; charset=iso-8859-2", "<title>Łódź</title>".encode("iso-8859-2"), "Łódź"),
    "iso-2022-jp": ("text/html; charset=ISO-2022-JP", "<title>コミケット</title>".encode("iso2022_jp"), "コミケット"),
    "gbk-late": ("text/html; charset=gbk", b"<style>" + b"a{b:c}" * 9000 + "</style><title>简体中文</title>".encode("gbk"),
                 "简体中文"),
    "gb2312-meta": ("text/html", '<meta charset=gb2312><title>简体中文</title>'.encode("gb2312"), "简体中文"),
    "utf-8-quoted": ('text/html; charset="UTF8"', "<title>Größe</title>".encode(), "Größe"),
    "unknown": ("text/html; charset=x-nothing", "<title>Größe</title>".encode(), "Größe"),
}

# Pages with a title of their own, each with what it is to be called; `None` for those that give none.
PAGES = {
    "graph": ('<meta property="og:title" content="From the graph"><title>Title - Site</title>', "From the graph"),
    "card": ('<meta name="twitter:title" content="From the card"><title>Title</title>', "From the card"),
    "title": ("<title>\n  A   title &amp; more &#8211; Wikipedia\n</title>", "A title & more – Wikipedia"),
    "svg": ("<svg><title>Icon</title></svg><title>After the icon</title>", "After the icon"),
    "svg-only": ("<body><svg><title>Icon</title></svg><h1>A <em>heading</em></h1>", "A heading"),
    "heading": ("<body><h1>\n Only\n a heading </h1>", "Only a heading"),
    "two": ("<title>The first</title><title>The second</title>", "The first"),
    "comment": ("<!-- <title>Not this</title> --><title>But this</title>", "But this"),
    "script": ('<script>var x = "<title>Not this</title>"</script><title>But this</title>', "But this"),
    "empty": ("<title> </title><h1>Heading</h1>", "Heading"),
    "linked": ('<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization",'
               '"name":"Site"},{"@type":"Article","headline":"From linked data"}]}</script><body><p>x', "From linked data"),
    "embedded": ('<link rel="alternate" type="application/json+oembed" href="/embedding"><body><p>x', "From the embedding"),
    "late": ("<head>" + "<meta name=x content=y>" * 3000 + "<title>Late</title>", "Late"),
    "unclosed": ("<title>Never closed", None),
    "nothing": ("<body><p>Nothing", None),
    "just-a-moment": ("<title>Just a moment...</title>", None),
    "attention": ("<title>Attention Required! | Cloudflare</title>", None),
    "robot": ("<title>Are you a robot?</title>", None),
    "sign-in": ("<title>Sign in · GitLab</title>", None),
    "consent": ("<title>Before you continue to YouTube</title>", None),
    "moment-of": ("<title>Just a moment of your time</title>", "Just a moment of your time"),
    "sign-in-guide": ("<title>How to sign in to a database</title>", "How to sign in to a database"),
    "login-article": ("<title>Login shells - Bash manual</title>", "Login shells - Bash manual"),
    "captcha-article": ('<title>CAPTCHA - Wikipedia</title><meta property="og:title" content="CAPTCHA - Wikipedia">',
                        "CAPTCHA - Wikipedia"),
    "captcha": ("<title>Captcha</title><body>Type what you see", None),
    "consent-article": ('<title>Consent: a history</title><meta name="description" content="How it came about">',
                        "Consent: a history"),
    "cookies": ("<title>Cookies | Example</title>", None),
    "denied-book": ('<title>Access Denied: The Practice of Filtering</title><meta name="description" content="A book">',
                    "Access Denied: The Practice of Filtering"),
    "passed-on": ('<title>Making sure you&#39;re not a bot!</title><meta property="og:title" content="The page behind">',
                  "The page behind"),
    "checking": ("<title>Checking your browser before accessing example.com</title>", None),
    "dotted": ("<title>Login • Instagram</title>", None),
    "loading": ("<title>Loading...</title><body><h1>Behind it</h1>", "Behind it"),
    "loading-dock": ("<title>Loading docks of the world</title>", "Loading docks of the world"),
    "not-found": ("<title>Page not found | Example</title>", None),
    "not-found-song": ("<title>404 ways to get lost</title>", "404 ways to get lost"),
    "site-alone": ("<title> - YouTube</title>", None),
    "site-before": ('<meta property="og:title" content="Reddit - The heart of the internet"><title>A post : r/swift</title>',
                    "A post : r/swift"),
    "control": ("<title>A\x1b[31m red\u202e title\x07</title>", "A [31m red\u202e title"),
}

CHALLENGE = b"<title>Just a moment...</title><h1>example</h1>"


class Hosts:
    """What each host was asked for."""

    def __init__(self):
        self.paths, self.now, self.most = collections.defaultdict(list), collections.Counter(), collections.Counter()
        self.tries = collections.Counter()

    def begin(self, host, path, fields):
        self.paths[host].append(path)
        self.agents = fields
        self.now[host] += 1
        self.most[host] = max(self.most[host], self.now[host])

    def end(self, host):
        self.now[host] -= 1

    def told(self):
        return json.dumps({"paths": self.paths, "most": self.most, "fields": getattr(self, "agents", {})}).encode()


def head(status, fields=(), length=None):
    lines = [f"HTTP/1.1 {status} X", "Connection: close", *fields]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def page(title, status=200, fields=(), text=""):
    body = f"<!doctype html><html><head><title>{title}</title></head><body><p>{text or title}</p></body></html>".encode()
    return head(status, ["Content-Type: text/html; charset=utf-8", *fields], len(body)) + body


def redirect(status, target, fields=()):
    return head(status, [f"Location: {target}", *fields], 0)


def number(path):
    digits = "".join(each for each in path if each.isdigit())[:6]
    return int(digits) if digits else 0


def words(seed):
    """Words of which two pages have few in common."""
    dice = random.Random(seed)
    return ["".join(dice.choices("abcdefgh", k=6)) for _ in range(60)]


class Server:
    def __init__(self, hosts, soft, slow):
        self.hosts, self.soft, self.slow, self.served = hosts, soft, slow, []

    def answer(self, host, path, fields):
        """The whole answer to a plain request; `None` for one that is answered in a way of its own."""
        name = path.split("?")[0].strip("/").split("/")
        first = name[0]
        key = (host, path)
        if host in self.soft:
            return page("Sorry", text="This page does not exist any more. Have a look at our other pages, " * 20 + path)
        if first in ("", "index.html"):
            return page("Front page")
        if first == "page" and name[-1].isdigit():
            return page(f"Page {name[-1]}", text=f"This is page {name[-1]} and no other: {' '.join(words(name[-1]))}")
        if first.isdigit() and len(first) == 3:
            return page(f"Status {first}", int(first))
        if first == "moved":
            return redirect(301, f"/page/{name[-1]}")
        if first == "moved308":
            return redirect(308, f"/page/{name[-1]}")
        if first == "temporary":
            return redirect(302, f"/page/{name[-1]}")
        if first == "moved-and-temporary":
            return redirect(301, f"/temporary/{name[-1]}")
        if first == "moved-to-login":
            return redirect(301, "/login?next=x")
        if first == "moved-to-404":
            return redirect(301, "/404")
        if first == "to-front":
            return redirect(302, "/")
        if first == "loop":
            return redirect(302, f"/loop/{(number(path) + 1) % 3}")
        if first == "cookie-loop":
            return redirect(302, "/cookie-loop", ["Set-Cookie: a=b"])
        if first == "hops":
            return redirect(302, f"/hops/{number(path) - 1}") if number(path) else page("The end of the way")
        if first == "to-file":
            return redirect(302, "file:///etc/passwd")
        if first == "to-private":
            return redirect(302, "http://169.254.169.254/latest/meta-data/")
        if first == "to":
            return redirect(302, path.split("?", 1)[1])
        if first == "later":
            self.hosts.tries[key] += 1
            return page("Later") if self.hosts.tries[key] > 1 else head(503, ["Retry-After: 1"], 0)
        if first == "much-later":
            return head(429, ["Retry-After: 3600"], 0)
        if first == "at-last":
            self.hosts.tries[key] += 1
            return page("At last") if self.hosts.tries[key] > 2 else b""
        if first == "challenge":
            return head(503, ["Content-Type: text/html", "Server: cloudflare"], len(CHALLENGE)) + CHALLENGE
        if first == "login":
            return page("Sign in · Example")
        if first == "etag":
            if fields.get("if-none-match") == '"mark"':
                return head(304, ['ETag: "mark"'])
            return page("Marked", fields=['ETag: "mark"'])
        if first == "long-head":
            return page("Long head", fields=["X-Long: " + "x" * 1000] * 100)
        if first == "bomb":
            body = gzip.compress(b"<title>Bomb</title>" + b" " * (64 << 20))
            return head(200, ["Content-Type: text/html", "Content-Encoding: gzip"], len(body)) + body
        if first == "cut":
            return head(200, ["Content-Type: text/html"], 1000) + b"<title>Cut</title>"
        if first == "cut-head":
            return b"HTTP/1.1 200 OK\r\nContent-Ty"
        if first == "nonsense":
            return b"\x00\x01\x02 what is this\r\n\r\n"
        if first == "empty":
            return b""
        if first == "encoding" and name[-1] in ENCODINGS:
            kind, body, _ = ENCODINGS[name[1]]
            return head(200, [f"Content-Type: {kind}"], len(body)) + body
        if first == "titled" and name[1] in PAGES:
            body = PAGES[name[1]][0].encode()
            described = b'<meta name="description" content="About it &amp; more">' if len(name) > 2 else b""
            body = described + body
            return head(200, ["Content-Type: text/html; charset=utf-8"], len(body)) + body
        if first == "served" and number(path) < len(self.served):
            kind, body = self.served[number(path)]
            return head(200, [f"Content-Type: {kind}"], len(body)) + body
        if first == "embedding":
            body = json.dumps({"version": "1.0", "type": "video", "title": "From the embedding"}).encode()
            return head(200, ["Content-Type: application/json"], len(body)) + body
        if first == "files":
            return head(200, ["Content-Type: application/pdf"], 9) + b"%PDF-1.4\n"
        if first == "download":
            return head(200, ["Content-Type: application/pdf",
                              "Content-Disposition: attachment; filename=\"../a paper.pdf\""], 9) + b"%PDF-1.4\n"
        if first == "picture":
            return head(200, ["Content-Type: image/png"], 8) + b"\x89PNG\r\n\x1a\n"
        if first == "deflated":
            body = zlib.compress(b"<title>Deflated</title>")
            return head(200, ["Content-Type: text/html", "Content-Encoding: deflate"], len(body)) + body
        return None

    async def serve(self, reader, writer):
        host = writer.get_extra_info("sockname")[0]
        try:
            request = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            writer.close()
            return
        lines = request.decode("utf-8", "replace").split("\r\n")
        path = lines[0].split(" ")[1]
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        if path == "/-/log":
            told = self.hosts.told()
            writer.write(head(200, length=len(told)) + told)
            writer.close()
            return
        self.hosts.begin(host, path, fields)
        try:
            if self.slow:
                await asyncio.sleep(self.slow)
            await self.reply(host, path, fields, writer)
        except (ConnectionError, BrokenPipeError):
            pass
        finally:
            self.hosts.end(host)
            writer.close()

    async def reply(self, host, path, fields, writer):
        first = path.split("?")[0].strip("/").split("/")[0]
        if first == "endless":
            writer.write(head(200, ["Content-Type: text/html"]) + b"<title>Endless</title>")
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
        if first == "drip":
            writer.write(head(200, ["Content-Type: text/html"]) + b"<title>Drip</title>")
            while True:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.2)
        if first == "silent":
            await asyncio.sleep(3600)
        if first == "slow":
            await asyncio.sleep(number(path) / 1000)
            writer.write(page("Slow"))
        else:
            answer = self.answer(host, path, fields)
            writer.write(page("Not found", 404) if answer is None else answer)
        await writer.drain()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--addresses", default="127.0.0.1")
    parser.add_argument("--soft", default="", help="hosts that answer anything with the same page")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--slow", type=float, default=0, help="seconds that each answer takes")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--pages", help="a file of pages as JSON, each a type and its bytes in hexadecimal: /served/NUMBER")
    options = parser.parse_args()
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    server = Server(Hosts(), set(filter(None, options.soft.split(","))), options.slow)
    if options.pages:
        with open(options.pages, encoding="utf-8") as file:
            server.served = [(kind, bytes.fromhex(body)) for kind, body in json.load(file)]
    port, servers = options.port, []
    for address in options.addresses.split(","):
        made = await asyncio.start_server(server.serve, address, port, ssl=context, backlog=512, limit=1 << 20)
        port = made.sockets[0].getsockname()[1]
        servers.append(made)
    print(json.dumps({"port": port}), flush=True)
    # Until whoever started it closes its end, or is gone.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())

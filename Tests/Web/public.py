"""What `check` and `fetch` do with public addresses, on a network that ends at this machine.

    public.py FAVS

As root on Linux it makes a network of its own (a namespace with nothing in it but `lo`), gives it addresses that look
public and one that is private, and serves pages there, also by TLS. Prints what is wrong and ends with 1 then; with 77
where it cannot make such a network.
"""

import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PUBLIC, OTHER, PRIVATE = "203.0.113.1", "203.0.113.2", "10.9.8.7"
INSIDE = "FAVS_TEST_NETWORK"
CANNOT = 77


def enter():
    """Begins again in a network of its own, with a file of hosts of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return CANNOT
    words = ["unshare", "--net", "--mount", sys.executable, "-B", *sys.argv]
    try:
        if subprocess.run(["unshare", "--net", "--mount", "true"], check=False, stderr=subprocess.DEVNULL).returncode != 0:
            return CANNOT
    except FileNotFoundError:
        return CANNOT
    return subprocess.run(words, env={**os.environ, INSIDE: "1"}, check=False).returncode


class Server:
    def __init__(self, *words):
        self.process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "server.py"), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = json.loads(self.process.stdout.readline())["port"]

    def log(self, address):
        import urllib.request
        with urllib.request.urlopen(f"http://{address}:{self.port}/-/log") as told:
            return json.loads(told.read())["paths"]

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Tester:
    def __init__(self, program, folder):
        self.program, self.folder, self.wrong = program, folder, []
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "FAVS_DB": os.path.join(folder, "favs.db"), "TZ": "UTC"}

    def favs(self, *words, **more):
        return subprocess.run(
            [self.program, *words], env={**self.environment, **more}, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL)

    def expect(self, found, wanted, what):
        if found != wanted:
            self.wrong.append(f"{what}: {found!r}, and not {wanted!r}")

    def states(self, links, *options, **more):
        """The state and the reason of each link."""
        try:
            os.unlink(self.environment["FAVS_DB"])
        except FileNotFoundError:
            pass
        self.favs("add", *links, "-c", "links")
        done = self.favs("check", "--timeout", "3s", *options, **more)
        told = [line.split("\t") for line in done.stdout.splitlines()]
        return {cells[4]: (cells[0], cells[2]) for cells in told if len(cells) > 4}


def certificate(folder, name):
    paths = os.path.join(folder, f"{name}.pem"), os.path.join(folder, f"{name}.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext",
         f"subjectAltName=DNS:{name},IP:{PUBLIC}", "-out", paths[0], "-keyout", paths[1]],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return paths


def inside(program):
    with tempfile.TemporaryDirectory() as folder:
        hosts = os.path.join(folder, "hosts")
        with open(hosts, "w", encoding="ascii") as file:
            file.write(f"127.0.0.1 localhost\n{PUBLIC} good.example.org\n{PRIVATE} inside.example.org\n")
        subprocess.run(["mount", "--bind", hosts, "/etc/hosts"], check=True)
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        for address in (PUBLIC, OTHER, PRIVATE):
            subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
        test = Tester(program, folder)
        plain = Server("--addresses", f"{PUBLIC},{OTHER},{PRIVATE},127.0.0.1")
        keys = certificate(folder, "good.example.org")
        secure = Server("--addresses", f"{PUBLIC},{OTHER}", "--tls", *keys)
        try:
            look(test, plain, secure, keys[0])
        finally:
            plain.end()
            secure.end()
    for each in test.wrong:
        print(each)
    return 1 if test.wrong else 0


def look(test, plain, secure, authority):
    port, tls = plain.port, secure.port

    def at(host, path):
        return f"http://{host}:{port}/{path}"

    # A name that leads to a private address, private addresses themselves, and redirects to them.
    links = {
        at(PUBLIC, "page/1"): ("alive", "200"), at("good.example.org", "page/2"): ("alive", "200"),
        at("inside.example.org", "page/3"): ("skipped", "private address"),
        at(PRIVATE, "page/4"): ("skipped", "private address"),
        at("127.0.0.1", "page/5"): ("skipped", "private address"),
        at(PUBLIC, f"to?{at(PRIVATE, 'secret')}"): ("failing", "redirect to a private address"),
        at(PUBLIC, f"to?{at('127.0.0.1', 'secret')}"): ("failing", "redirect to a private address"),
        at(PUBLIC, f"to?{at('inside.example.org', 'hidden')}"): ("failing", "redirect to a private address"),
        at(PUBLIC, f"to?{at(OTHER, 'page/6')}"): ("alive", "200"),
        at(PUBLIC, "to-file"): ("failing", "redirect to something that is not a web page"),
        f"https://{OTHER}:{tls}/page/7": ("failing", "bad certificate"),
        f"https://good.example.org:{tls}/page/8": ("failing", "bad certificate"),
        "http://nobody.example.org/": ("failing", "host not found"),
    }
    test.expect(test.states(links), links, "check")
    # A request reaches the private host by its name, since only then is it known to be private; by address none does.
    asked = plain.log(PUBLIC)
    test.expect([path for path in asked.get(PRIVATE, []) if "secret" in path], [], "what a private host was asked for")
    test.expect(asked.get("127.0.0.1", []), [], "what this machine was asked for")
    # With --private a private link is asked for, and a public one still leads to no private page.
    links = {
        at(PRIVATE, "page/1"): ("alive", "200"), at("inside.example.org", "page/3"): ("alive", "200"),
        at(PRIVATE, f"to?{at('127.0.0.1', 'page/9')}"): ("alive", "200"),
        at(PUBLIC, f"to?{at(PRIVATE, 'secret')}"): ("failing", "redirect to a private address"),
    }
    test.expect(test.states(links, "--private"), links, "check --private")
    # A certificate counts where its authority is known.
    links = {f"https://good.example.org:{tls}/page/8": ("alive", "200"),
             f"https://{OTHER}:{tls}/page/7": ("failing", "bad certificate")}
    test.expect(test.states(links, CURL_CA_BUNDLE=authority), links, "check with a certificate")
    # What curl's own settings say is not read.
    with open(os.path.join(test.folder, ".curlrc"), "w", encoding="ascii") as file:
        file.write(f"user-agent = wrong\ncookie = a=b\nproxy = http://{PRIVATE}:1/\n")
    links = {at(PUBLIC, "page/1"): ("alive", "200")}
    test.expect(test.states(links), links, "check beside a .curlrc")
    # A proxy is asked for everything, whatever its address.
    links = {"http://good.example.org/page/11": ("failing", "404"), at(OTHER, "nothing"): ("failing", "404")}
    found = test.states(links, http_proxy=f"http://{PRIVATE}:{port}/")
    test.expect(found, links, "check by a proxy")
    test.favs("add", at("inside.example.org", "titled/two"), "-c", "x")
    done = test.favs("fetch", "-c", "x")
    test.expect(done.stderr, "0 pages (1 skipped); 0 favourites changed\n", "fetch of a private page")


if __name__ == "__main__":
    sys.exit(inside(sys.argv[1]) if os.environ.get(INSIDE) else enter())

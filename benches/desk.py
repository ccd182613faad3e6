#!/usr/bin/env python3
"""Times the web desk with 100,000 hits: `benches/desk.py [HITS] [SECONDS]`.

Builds nothing: run `cargo build --release` first. Makes a house with that many customers on one list, screens and keeps
them, and asks the desk on this machine: pages one after the other, then 50 reviewers at once for SECONDS, who judge hits and
look at the queue. Every answer that was confirmed must be in the audit chain once. Prints a table for RESULTS.md.
"""

import concurrent.futures
import http.client
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

HITS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
REVIEWERS = 50
ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "havenmeester"
PASSWORD = "nine old barges in the harbour"


def command(home, *words):
    places = ["--home", home, "--key-file", f"{home}/key", "--as", "bench"]
    environment = {**os.environ, "HAVENMEESTER_PASSPHRASE": PASSWORD}
    done = subprocess.run([BINARY, *words, *places], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def make_house(home):
    entries = ",".join(
        f'{{"id":"E-{n}","type":"brand","names":[{{"text":"Reseller {n} Harbour","kind":"primary"}}],'
        f'"identifiers":[{{"type":"domain","value":"reseller-{n}.example"}}]}}'
        for n in range(1000)
    )
    listed = (
        '{"format":"havenmeester-list/1","list":{"id":"bench","issuer":"Invented Office","title":"Bench",'
        '"nature":"advisory","purpose":"measuring","handling":"TLP:CLEAR","onward_sharing":"free"},'
        f'"edition":{{"number":1}},"entries":[{entries}]}}'
    )
    pathlib.Path(home, "list.json").write_text(listed)
    with open(f"{home}/customers.csv", "w") as out:
        out.write("id,company,domain,country\n")
        for n in range(HITS):
            out.write(f"{n},Customer {n} Services,reseller-{n % 1000}.example,NL\n")
    command(home, "init")
    for n in range(REVIEWERS):
        command(home, "account", "set", f"r{n}", "--role", "reviewer")
    command(home, "edition", "install", f"{home}/list.json")
    began = time.monotonic()
    command(home, "screen", f"{home}/customers.csv", "--keep", "--format", "csv", "--out", f"{home}/hits.csv")
    return time.monotonic() - began


class Visitor:
    """One browser: a connection and a cookie."""

    def __init__(self, port, name):
        self.port, self.cookie = port, ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        status, headers, _ = self.ask("POST", "/login", {"name": name, "password": PASSWORD})
        assert status == 303, status
        self.cookie = headers["set-cookie"].split(";")[0]
        self.csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', self.ask("GET", "/decisions")[2]).group(1)

    def ask(self, method, path, form=None):
        headers = {"cookie": self.cookie, "accept-language": "en"}
        body = None
        if form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(form)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def timed(self, path):
        began = time.perf_counter()
        status, _, body = self.ask("GET", path)
        assert status == 200, (path, status)
        return (time.perf_counter() - began) * 1e3, len(body)


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def row(what, times, more=""):
    print(f"| {what} | {statistics.median(times):.1f} | {percentile(times, 0.99):.1f} | {max(times):.1f} | {more} |")


def reviewer(visitor, number, until):
    """Judges hits of its own share until the time is over."""
    times, judged, refused, errors = [], 0, 0, 0
    hit = number + 1
    while time.monotonic() < until and hit <= HITS:
        began = time.perf_counter()
        status, _, _ = visitor.ask("GET", f"/hits/{hit}")
        errors += status >= 500
        # Neighbours go for the same hit now and then; one of them must be refused.
        form = {"csrf": visitor.csrf, "reason": "needs_data", "seen": 0, "note": f"by {number}"}
        status, _, _ = visitor.ask("POST", f"/hits/{hit}", form)
        times.append((time.perf_counter() - began) * 1e3 / 2)
        judged += status == 303
        refused += status == 409
        errors += status not in (303, 409)
        hit += REVIEWERS // 2
    return times, judged, refused, errors


def main():
    home = tempfile.mkdtemp(prefix="havenmeester-bench-")
    try:
        kept = make_house(home)
        server = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0", "--home", home, "--key-file", f"{home}/key", "--as", "bench"],
            stderr=subprocess.PIPE, text=True,
        )
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)", server.stderr.readline()).group(1))
        visitor = Visitor(port, "r0")
        first, _ = visitor.timed("/hits")
        print(f"{HITS} hits; screened and kept in {kept:.1f} s; first page after the start {first:.0f} ms\n")
        print("| what | median ms | p99 ms | most ms | |\n|---|---|---|---|---|")
        for what, paths in [
            ("queue page", ["/hits", "/hits?view=all&page=900", "/hits?view=all&class=strong"]),
            ("queue page, searched", ["/hits?view=all&words=customer+99"]),
            ("hit page", [f"/hits/{n * 97 % HITS + 1}" for n in range(200)]),
            ("overview", ["/"]),
        ]:
            timed = [visitor.timed(path) for _ in range(max(1, 400 // len(paths))) for path in paths]
            row(what, [time for time, _ in timed], f"{max(size for _, size in timed) / 1e3:.0f} kB")
        # Logging in is slow on purpose, so it is no part of the time; and it is an act of its own.
        visitors = [Visitor(port, f"r{n}") for n in range(REVIEWERS)]
        before = int(re.search(r"(\d+) records", command(home, "audit", "verify")).group(1))
        until = time.monotonic() + SECONDS
        with concurrent.futures.ThreadPoolExecutor(REVIEWERS) as pool:
            done = list(pool.map(lambda n: reviewer(visitors[n], n, until), range(REVIEWERS)))
        times = [time for one in done for time in one[0]]
        judged, refused, errors = (sum(one[n] for one in done) for n in (1, 2, 3))
        row(f"one of two requests, {REVIEWERS} at once for {SECONDS} s", times, f"{judged} judged, {refused} refused")
        after = int(re.search(r"(\d+) records", command(home, "audit", "verify")).group(1))
        print(f"\nerrors {errors}; acts in the chain {after - before}, confirmed answers {judged}")
        server.kill()
        assert errors == 0 and after - before == judged, "an answer was lost or counted twice"
    finally:
        shutil.rmtree(home)


main()

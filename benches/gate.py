#!/usr/bin/env python3
"""Times the gate of sign-up: `benches/gate.py [SECONDS] [TRIES]`.

Builds nothing: run `cargo build --release` first; needs wrk. Makes a house with a list of 1,000 entries and asks the server
on this machine, as a shop does:

1. orders over HTTP for SECONDS (a new number each, of 16 connections): how many a second, and how long each took; every
   order that was answered must be kept afterwards, and looked up in the lists;
2. the gate (`GET`) for as long;
3. TRIES orders of listed and as many of unlisted parties in turns, of one connection: status, body (but for the id) and
   length must be equal, and the times must not be told apart (two-sample Kolmogorov-Smirnov test).

Prints a table for RESULTS.md.
"""

import http.client
import json
import math
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 30
TRIES = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
ENTRIES = 1_000
CONNECTIONS = 16
ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "havenmeester"

# Each connection counts for itself; together with the number of its thread an order is told of once.
ORDERS = """
local thread = 0
function setup(t) t:set("number", thread); thread = thread + 1 end
local count = 0
function request()
  count = count + 1
  local order = number .. "-" .. count
  local n = count % 2000
  local body = '{"order":"' .. order .. '","applicant":{"company":"Customer ' .. n .. ' Services","emails":["noc@reseller-'
    .. n .. '.example"],"country":"NL"}}'
  return wrk.format("POST", "/api/v1/checks", nil, body)
end
"""


def command(home, *words):
    places = ["--home", home, "--key-file", f"{home}/key", "--as", "bench"]
    environment = {**os.environ, "HAVENMEESTER_PASSPHRASE": "nine old barges in the harbour"}
    done = subprocess.run([BINARY, *words, *places], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def make_house(home):
    """Entries 0 to 999 are listed; customers of the orders with a number from 1,000 on are not."""
    entries = [
        {
            "id": f"E-{n}",
            "type": "brand",
            "names": [{"text": f"Reseller {n} Harbour", "kind": "primary"}],
            "identifiers": [{"type": "domain", "value": f"reseller-{n}.example"}],
        }
        for n in range(ENTRIES)
    ]
    about = {
        "id": "bench", "issuer": "Invented Office", "title": "Bench", "nature": "advisory", "purpose": "measuring",
        "handling": "TLP:CLEAR", "onward_sharing": "free",
    }
    listed = {"format": "havenmeester-list/1", "list": about, "edition": {"number": 1}, "entries": entries}
    pathlib.Path(home, "list.json").write_text(json.dumps(listed))
    rules = command(home, "kyc", "example").replace('mode = "log_only"', 'mode = "gate"')
    command(home, "init")
    pathlib.Path(home, "kyc.toml").write_text(rules)
    command(home, "account", "set", "bench", "--role", "reviewer")
    command(home, "edition", "install", f"{home}/list.json")
    return command(home, "token", "new", "shop", "--scope", "shop").strip()


def serve(home):
    places = ["--home", home, "--key-file", f"{home}/key", "--as", "bench"]
    server = subprocess.Popen(
        [BINARY, "serve", "--listen", "127.0.0.1:0", *places], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    for line in server.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found:
            return server, int(found.group(1))
    raise SystemExit("the server did not start")


def wrk(home, port, token, script, seconds):
    """Answers a second, p50 and p99 in milliseconds, and answers that were none."""
    file = pathlib.Path(home, "load.lua")
    tell = """
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("told %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""
    file.write_text(script + tell)
    done = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", file, "-H", f"Authorization: Bearer {token}",
         "-H", "Content-Type: application/json", f"http://127.0.0.1:{port}"],
        capture_output=True, text=True, check=True,
    )
    count, micros, p50, p99, errors = map(int, re.search(r"told (.*)", done.stdout).group(1).split())
    return count, count / (micros / 1e6), p50 / 1000, p99 / 1000, errors


def kept(home):
    text = command(home, "kyc", "report")
    return int(text.split()[0]), text


def kolmogorov_smirnov(first, second):
    """Largest distance of the two distributions, and the chance of it where they are one (asymptotic, Smirnov 1948)."""
    first, second = sorted(first), sorted(second)
    i = j = 0
    distance = 0.0
    while i < len(first) and j < len(second):
        at = min(first[i], second[j])
        while i < len(first) and first[i] == at:
            i += 1
        while j < len(second) and second[j] == at:
            j += 1
        distance = max(distance, abs(i / len(first) - j / len(second)))
    root = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    z = root * distance
    p = 1.0 if z < 0.2 else 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * z) ** 2) for k in range(1, 101))
    return distance, min(max(p, 0.0), 1.0)


def oracle(port, token):
    """Times of orders of listed and unlisted parties, told in a random order so that nothing else differs."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    kinds = [True, False] * TRIES
    random.Random(7).shuffle(kinds)
    times, answers = {True: [], False: []}, {True: set(), False: set()}
    for number, listed in enumerate(kinds):
        n = random.randrange(ENTRIES) + (0 if listed else ENTRIES)
        applicant = {"company": f"Reseller {n} Harbour", "emails": [f"noc@reseller-{n}.example"], "country": "NL"}
        # Numbers have the same length, whoever it is.
        body = json.dumps({"order": f"o-{number:08}", "applicant": {**applicant, "products": ["x" * (4 - len(str(n)))]}})
        began = time.perf_counter_ns()
        connection.request("POST", "/api/v1/checks", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        took = time.perf_counter_ns() - began
        rest = re.sub(rb"AP-[0-9a-f]{32}", b"AP", said)
        names = tuple(sorted(name.lower() for name, _ in answer.getheaders()))
        answers[listed].add((answer.status, rest, len(said), names))
        times[listed].append(took)
    assert answers[True] == answers[False] and len(answers[True]) == 1, answers
    return times[True], times[False]


def main():
    home = tempfile.mkdtemp(prefix="havenmeester-gate-")
    print(f"load at the start: {os.getloadavg()[0]:.1f}", file=sys.stderr)
    server = None
    try:
        token = make_house(home)
        server, port = serve(home)
        count, rate, p50, p99, errors = wrk(home, port, token, ORDERS, SECONDS)
        print(f"| orders over HTTP, {ENTRIES:,} entries, {CONNECTIONS} connections, {SECONDS} s | 3,000 a second, p99 5 ms | "
              f"{rate:,.0f} a second, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {errors} errors |")
        began = time.monotonic()
        while True:
            there, text = kept(home)
            waiting = re.search(r"held by not screened: (\d+)", text)
            if not waiting:
                break
            time.sleep(2)
        # Those that wrk had sent when it stopped are kept, too.
        assert count <= there <= count + CONNECTIONS, (count, there)
        print(f"| same, kept of those that were answered; looked up after | none lost | {there:,} of {count:,}; "
              f"{time.monotonic() - began:.0f} s |")
        gate = 'function request() return wrk.format("GET", "/api/v1/checks/AP-00000000000000000000000000000000") end\n'
        _, rate, p50, p99, errors = wrk(home, port, token, gate, SECONDS)
        print(f"| gate asked over HTTP | | {rate:,.0f} a second, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {errors} errors |")
        listed, unlisted = oracle(port, token)
        distance, p = kolmogorov_smirnov(listed, unlisted)
        median = [statistics.median(times) / 1e6 for times in (listed, unlisted)]
        print(f"| answers to {TRIES:,} listed and {TRIES:,} unlisted orders | equal; p over 0.05 | equal in status, body and "
              f"headers; medians {median[0]:.3f} and {median[1]:.3f} ms, D {distance:.4f}, p {p:.3f} |")
    finally:
        if server:
            server.kill()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()

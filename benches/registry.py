#!/usr/bin/env python3
"""Times a registry of RIPE's size: `benches/registry.py [OBJECTS] [OWN_RANGES] [ENTRIES]`.

Builds nothing: run `cargo build --release` first. Writes split files of invented objects, of which OWN_RANGES sub-assignments
and their organisations lie in the hoster's space, screens them on two threads, and prints load, time and peak memory.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

OBJECTS = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000
OWN_RANGES = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
ENTRIES = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "havenmeester"
# A class of private addresses (10/8) for the hoster, so that there is room for as many ranges.
OWN = "10.0.0.0/8"
ELSEWHERE = 0x64400000  # 100.64.0.0
TAIL = "created:        2024-03-01T08:00:00Z\nlast-modified:  2025-03-01T08:00:00Z\nsource:         TEST\n\n"


def dotted(number):
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def inetnum(start, number, org):
    return (
        f"inetnum:        {dotted(start)} - {dotted(start + 15)}\nnetname:        NET-{number}\n"
        f"descr:          Invented Firm {number}\ncountry:        NL\norg:            {org}\nadmin-c:        DUMY-TEST\n"
        f"tech-c:         DUMY-TEST\nstatus:         ASSIGNED PA\nmnt-by:         M{number % 5000}-MNT\n"
        f"remarks:        some remark that nobody reads, as there are many in every registry\n{TAIL}"
    )


def organisation(number):
    return (
        f"organisation:   ORG-X{number}-TEST\norg-name:       Invented Firm {number} Works\norg-type:       OTHER\n"
        f"address:        Street {number % 900}\naddress:        1000 AA Harbourtown\ncountry:        NL\n"
        f"e-mail:         info@firm{number}.example\nabuse-c:        AR{number}-TEST\nmnt-by:         M{number % 5000}-MNT\n{TAIL}"
    )


def role(number):
    return (
        f"role:           Abuse desk {number}\naddress:        Street {number % 900}\nnic-hdl:        AR{number}-TEST\n"
        f"abuse-mailbox:  abuse@firm{number}.example\nmnt-by:         M{number % 5000}-MNT\n{TAIL}"
    )


def route(start, number):
    return f"route:          {dotted(start)}/28\norigin:         AS{64496 + number % 16}\nmnt-by:         M{number % 5000}-MNT\n{TAIL}"


def write(folder):
    """Five parts inetnum, one part each of organisation, role and route."""
    share = OBJECTS // 8
    with open(folder / "inetnum", "w") as out:
        for number in range(5 * share):
            start = 0x0A000000 + 16 * number if number < OWN_RANGES else ELSEWHERE + 16 * number
            out.write(inetnum(start, number, f"ORG-X{number % share}-TEST"))
    for name, make in (("organisation", organisation), ("role", role)):
        with open(folder / name, "w") as out:
            out.writelines(make(number) for number in range(share))
    with open(folder / "route", "w") as out:
        out.writelines(route((0x0A000000 if n < OWN_RANGES else ELSEWHERE) + 16 * n, n) for n in range(share))
    return 8 * share


def write_list(path):
    entries = [
        {
            "id": f"E-{n}",
            "type": "legal_entity",
            "names": [{"text": f"Listed Reseller {n}", "kind": "primary"}],
            "identifiers": [{"type": "email", "value": f"abuse@firm{n * 97}.example"}],
        }
        for n in range(ENTRIES)
    ]
    about = {"id": "bench", "issuer": "Invented Office", "title": "Bench", "nature": "advisory", "purpose": "measuring",
             "handling": "TLP:CLEAR", "onward_sharing": "free"}
    path.write_text(json.dumps({"format": "havenmeester-list/1", "list": about, "edition": {"number": 1}, "entries": entries}))


def main():
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        folder = home / "registry"
        folder.mkdir()
        objects = write(folder)
        write_list(home / "list.json")
        size = sum(file.stat().st_size for file in folder.iterdir())
        load = os.getloadavg()[0]
        started = time.monotonic()
        done = subprocess.run(
            [BINARY, "screen", folder, "--own", OWN, "--list", home / "list.json", "--out", home / "hits.csv", "--threads", "2",
             "--quiet", "--home", home / "home", "--key-file", home / "key"],
            check=False,
        )
        seconds = time.monotonic() - started
        assert done.returncode in (0, 1), done.returncode
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        hits = len((home / "hits.csv").read_text().splitlines()) - 1
        print(f"load {load:.1f}, {os.cpu_count()} cores; {objects} objects, {size / 1e9:.2f} GB, {OWN_RANGES} own ranges, {ENTRIES} entries")
        print(f"{seconds:.1f} s, {peak:.0f} MiB at its highest, {hits} hits")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Times the way from listed entries to deliveries, through the program as people use it.

    benches/publish.py PROGRAM [ENTRIES] [PARTNERS]

Lists invented parties (the slow part, not timed), enrols invented partners, and times `edition assemble`,
`prepare`, `seal`, `publish` with letters and readable lists, and one `edition receive`.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1])
entries = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
partners = int(sys.argv[3]) if len(sys.argv) > 3 else 200
folder = tempfile.mkdtemp(prefix="havenmeester-publish-")
env = {
    "HOME": folder,
    "HAVENMEESTER_HOME": "office",
    "HAVENMEESTER_KEY_FILE": "office.key",
    "HAVENMEESTER_PASSPHRASE": "nine old barges",
}


def run(*arguments, **more):
    done = subprocess.run(
        [program, *arguments], cwd=folder, env={**env, **more}, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def timed(what, *arguments, **more):
    start = time.monotonic()
    run(*arguments, **more)
    seconds = time.monotonic() - start
    print(f"{what:<24} {seconds:7.2f} s", flush=True)
    return seconds


def person(code, *roles):
    run("key", "new", "entry-approval", "--out", f"{code}.key", "--work", "10")
    typed = [word for role in roles for word in ("--role", role)]
    run("person", "add", code, "--team", "north", *typed, "--public-key", f"{code}.key.public", "--as", "ada")


def words(file):
    with open(os.path.join(folder, file)) as lines:
        return next(line[13:].strip() for line in lines if line.startswith("fingerprint: "))


run("init")
example = run("office", "example")
write("office/office.toml", example)
for code, *roles in (
    ("ada", "administrator"), ("abe", "administrator"), ("anna", "analyst", "collector"), ("bram", "analyst"),
    ("pim", "prosecution"), ("uma", "publisher"), ("udo", "publisher", "delivery-desk"),
):
    person(code, *roles)
    if code not in ("ada", "abe"):
        run("person", "confirm", code, "--key", "ada.key", "--as", "ada")
        run("person", "confirm", code, "--key", "abe.key", "--as", "abe")

run("key", "machine", "new", "--out", "machine", "--as", "udo")
keys = []
for name in ("root1", "root2", "root3", "approver1", "approver2"):
    run("key", "new", name[:-1], "--out", f"{name}.key", "--work", "10")
    keys += ["--add", f"{name}.key.public"]
run("key", "ceremony", "draft", *keys, "--add", "machine/snapshot.public", "--add", "machine/timestamp.public",
    "--out", "root.request")
for one in ("root1", "root2"):
    run("key", "sign", "root.request", "--key", f"{one}.key", "--out", f"{one}.sig")
run("key", "ceremony", "finish", "root.request", "--signature", "root1.sig", "--signature", "root2.sig")

write("page.html", "<!doctype html><html><body>We ignore abuse mail.</body></html>")
write("evidence.toml", 'place = "https://forum.example/1"\nmethod = "browser"\ntool = "capture 1"\n'
      '[grades]\nobservation = "A1"\nclaim = "F6"\nlink = "B2"\n')
run("evidence", "add", "evidence.toml", "--file", "page.html", "--seal", "--as", "anna")
yes = 'answer = "yes"\nevidence = ["EV-0001"]\n'
write("criterion.toml", f"[presents_itself]\n{yes}[dutch_nexus]\n{yes}[link]\n{yes}[wrong_person_test]\n{yes}"
      '[less_intrusive_possible]\nanswer = "no"\n')
start = time.monotonic()
for number in range(1, entries + 1):
    name = f"E-{number}"
    write("entry.json", json.dumps({
        "id": name, "type": "brand",
        "names": [{"text": f"Orchard {number} Hosting", "kind": "primary"}, {"text": f"orchard{number}", "kind": "alias"}],
        "jurisdiction": "NL",
        "identifiers": [
            {"type": "domain", "value": f"orchard-{number}.example"},
            {"type": "email", "value": f"noc@orchard-{number}.example"},
            {"type": "telegram_name", "value": f"@orchard_{number}"},
            {"type": "ip_range", "value": f"192.0.2.{number % 250 + 1}"},
        ],
    }))
    run("entry", "new", "entry.json", "--as", "anna")
    run("entry", "ground", name, "--evidence", "EV-0001", "--all", "--as", "anna")
    run("entry", "observe", name, "--evidence", "EV-0001", "--as", "anna")
    run("entry", "answer", name, "criterion.toml", "--as", "anna")
    run("entry", "propose", name, "--as", "anna")
    run("entry", "approve", name, "--key", "bram.key", "--as", "bram")
    run("entry", "approve", name, "--key", "pim.key", "--as", "pim")
print(f"{entries} entries listed in {time.monotonic() - start:.0f} s (not part of the measurement)", flush=True)
for number in range(1, partners + 1):
    name = f"hoster-{number}"
    home = {"HAVENMEESTER_HOME": f"homes/{name}", "HAVENMEESTER_KEY_FILE": f"homes/{name}.key"}
    run("init", **home)
    run("edition", "keys", "new", "--out", f"keys/{name}", "--as", "marleen", **home)
    write("partner.toml", f'name = "Partner {number} B.V."\nrole = "hoster"\nemail = "abuse@partner-{number}.example"\n'
          f'language = "{"nl" if number % 4 else "en"}"\nlists = ["harbour"]\n')
    run("partner", "add", name, "partner.toml", "--as", "udo")
    file = f"keys/{name}/deliveries.public-key"
    run("partner", "enrol", name, file, "--fingerprint", words(file), "--as", "udo")
print(f"{partners} partners enrolled", flush=True)

total = timed("edition assemble", "edition", "assemble", "--as", "uma")
run("edition", "approve", "1", "--key", "uma.key", "--as", "uma")
run("edition", "approve", "1", "--key", "udo.key", "--as", "udo")
total += timed("edition prepare", "edition", "prepare", "1", "--out", "first.request", "--as", "udo")
for one in ("approver1", "approver2"):
    run("key", "sign", "first.request", "--key", f"{one}.key", "--out", f"{one}.first")
total += timed("edition seal", "edition", "seal", "1", "--signature", "approver1.first", "--signature", "approver2.first",
               "--out", "second.request", "--as", "udo")
for one in ("approver1", "approver2"):
    run("key", "sign", "second.request", "--key", f"{one}.key", "--out", f"{one}.second")
total += timed("edition publish", "edition", "publish", "1", "--signature", "approver1.second", "--signature",
               "approver2.second", "--ground", "a measurement", "--out", "deliveries", "--as", "udo")
print(f"{entries} entries to {partners} partners with letters: {total:.1f} s")
shown = run("key", "ceremony", "show")
root = next(line[6:].strip() for line in shown.splitlines() if line.startswith("words "))
home = {"HAVENMEESTER_HOME": "homes/hoster-1", "HAVENMEESTER_KEY_FILE": "homes/hoster-1.key"}
timed("edition receive", "edition", "receive", "deliveries/hoster-1-1.delivery", "--fingerprint", root, "--partner",
      "hoster-1", "--as", "marleen", **home)
size = os.path.getsize(os.path.join(folder, "deliveries/hoster-1-1.delivery"))
print(f"one delivery has {size / 1e6:.2f} MB; everything is in {folder}")

#!/usr/bin/env python3
"""Make the word and name frequency files of crates/matching/data/names.

    python3 quality/make_frequencies.py DATA_FOLDER crates/matching/data/names

DATA_FOLDER holds pairs_org_ror.csv.gz (ROR, CC0), pairs_ofac.csv.gz (OFAC, public domain) and
names.json.gz (the name parts: popular names by country and Wikidata tokens, both CC0).
Writes frequencies.tsv, given_names.tsv and surnames.tsv. Standard library only; same input gives
the same bytes.
"""
import collections
import csv
import gzip
import json
import os
import re
import sys
import unicodedata

DATE = "2026-11-23"
MOST_WORDS = 25_000
LEAST_COUNT = 3
# Letters that NFKD leaves whole; folded as the readers of these files fold them.
WHOLE = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
                       "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D",
                       "þ": "th", "Þ": "TH"})
# Generation marks that Wikidata tokens carry as if they were surnames.
NOT_A_NAME = {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "jr", "sr", "of", "the", "and"}


def fold(text):
    """Lower case without accents, so that both sides of a comparison meet."""
    parts = unicodedata.normalize("NFKD", text.translate(WHOLE))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c))).casefold()


def words(text):
    """The words of a name; apostrophes join ("people's" -> "peoples")."""
    return re.findall(r"[^\W_]+", fold(re.sub(r"['’ʼ`´]", "", text)))


def organisation_names(folder):
    """Every organisation name once, compared by its words."""
    names = set()
    for file in ("pairs_org_ror.csv.gz", "pairs_ofac.csv.gz"):
        with gzip.open(os.path.join(folder, file), "rt", encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["type"] == "organisation":
                    names.add(tuple(words(row["name1"])))
                    names.add(tuple(words(row["name2"])))
    names.discard(())
    return names


def write(path, comments, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for line in comments:
            out.write("# " + line + "\n")
        for left, right in rows:
            out.write(f"{left}\t{right}\n")


def write_words(folder, out):
    names = organisation_names(folder)
    count = collections.Counter(word for name in names for word in set(name))
    rows = [(w, n) for w, n in count.items() if n >= LEAST_COUNT]
    rows.sort(key=lambda row: (-row[1], row[0]))
    rows = rows[:MOST_WORDS]
    write(os.path.join(out, "frequencies.tsv"), [
        f"N = {len(names)}",
        "word<TAB>in how many of N different organisation names it occurs (at least "
        f"{LEAST_COUNT}), most frequent first",
        "origin: ROR organisation names (CC0) and OFAC SDN names (US government, public domain);",
        "made by quality/make_frequencies.py; words folded: NFKD, no accents, casefold",
        f"licence: CC0-1.0; date: {DATE}",
    ], rows)
    return len(names), len(rows)


def add(table, name, share):
    """Several words in one cell ("Maria del Carmen") are not one name token: left out."""
    found = words(name)
    if len(found) == 1 and len(found[0]) > 1 and found[0] not in NOT_A_NAME and not found[0].isdigit():
        table[found[0]] += share


def commonness(data, by_country, worldwide):
    """Per million: half from the countries' own lists (by their share in the base), half worldwide."""
    table = collections.Counter()
    countries = [c for c in data["countries"].values() if c.get(by_country)]
    weights = sum(c["w"] for c in countries)
    for country in countries:
        total = sum(row[-1] for row in country[by_country]) or 1
        # A country's list shows its most popular names only; they are taken to cover a third of its people.
        for row in country[by_country]:
            for spelling in {row[0], row[1]} - {""}:
                add(table, spelling, country["w"] / weights * row[-1] / total / 3 * 500_000)
    total = sum(row[-1] for row in data[worldwide])
    for row in data[worldwide]:
        for spelling in {row[0], row[1]} - {""}:
            add(table, spelling, row[-1] / total * 500_000)
    return table


def write_names(data, out, file, by_country, worldwide, what):
    table = commonness(data, by_country, worldwide)
    rows = sorted(((n, max(1, round(v))) for n, v in table.items()), key=lambda r: (-r[1], r[0]))
    write(os.path.join(out, file), [
        f"{what}: name<TAB>relative commonness, per million (an order of size, not a census)",
        "origin: sigpwned/popular-names-by-country-dataset 2023-07 (CC0) and name tokens of Wikidata",
        "(CC0, by steveash/NETransliteration-COLING2018); made by quality/make_frequencies.py",
        f"licence: CC0-1.0; date: {DATE}",
    ], rows)
    return len(rows)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, out = sys.argv[1:]
    number, kept = write_words(folder, out)
    with gzip.open(os.path.join(folder, "names.json.gz"), "rt", encoding="utf-8") as file:
        data = json.load(file)
    given = write_names(data, out, "given_names.tsv", "first", "global_first", "given names")
    family = write_names(data, out, "surnames.tsv", "last", "global_last", "surnames")
    print(f"{number} names, {kept} words, {given} given names, {family} surnames")


if __name__ == "__main__":
    main()

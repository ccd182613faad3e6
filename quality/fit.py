#!/usr/bin/env python3
"""Fits the weights of the name features and writes crates/matching/data/names/weights.tsv.

Procedure (quality/README.md says why):
1. Labelled pairs come from the public sets in the data folder, and from noise that this script makes
   of company names with a fixed seed. Every entity is in one half, by a checksum of its name.
2. The feature values come from the program itself (cargo run --example name_features).
3. A logistic regression for organisations and one for persons is fitted on the training half.
   Pairs that no reading of names can join (translations, acronyms, unrelated aliases) are left out.
4. The bias is set for the shipped threshold, and everything is reported on the other half.

Needs numpy and scikit-learn. Usage: quality/fit.py DATA_FOLDER [--report-only]
"""
import collections, csv, gzip, importlib.util, json, os, random, re, subprocess, sys, zlib

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WEIGHTS = os.path.join(ROOT, "crates/matching/data/names/weights.tsv")
UNJOINABLE = {"label_translation", "acronym", "fka", "nka", "weak_aka", "alias_weak"}
MOST = 4000  # pairs of one set and kind


def half(text):
    """0: training, 1: the rest."""
    return zlib.crc32(text.encode()) & 1


def read_set(folder, name):
    path = os.path.join(folder, name + ".csv.gz")
    if not os.path.exists(path):
        print("skipped, not there:", name)
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    count, kept = collections.Counter(), []
    for row in rows:
        key = row["label"], row["kind"].split("/")[0], row["type"]
        count[key] += 1
        if count[key] <= MOST:
            kept.append((name, row["kind"].split("/")[0], row["type"], int(row["label"]), row["name1"], row["name2"], half(row["entity1"])))
    return kept


def own_cases():
    rows, folder = [], os.path.join(ROOT, "quality/cases")
    for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not file.endswith(".csv"):
            continue
        with open(os.path.join(folder, file), encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(line for line in handle if not line.startswith("#")):
                if "name2" in row and row.get("label") in ("0", "1"):
                    rows.append(("own_" + file[:-4], row["kind"], row["type"], int(row["label"]), row["name1"], row["name2"], half(row["name1"])))
    return rows


def generator(folder):
    spec = importlib.util.spec_from_file_location("make_customers", os.path.join(folder, "make_customers.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXTRA = ["Hosting", "Networks", "Global", "IT", "Services", "Group", "Holding", "Europe", "Netherlands"]


def noise(g, r, name):
    """One way in which people write a company's name differently; (kind, text) or None."""
    kind = r.choice(["typo", "variant", "cyrillic", "homoglyph", "legal_form", "spacing", "drop", "swap", "extra", "cut", "two"])
    words = g.strip_legal(name).split()
    legal = r.choice(["Ltd", "LLC", "B.V.", "GmbH", "Inc.", "S.A.", "s.r.o.", "OOO", ""])
    if kind == "typo":
        return kind, g.typo(r, name)
    if kind == "variant":
        return kind, g.variant(r, name)
    if kind == "cyrillic":
        return kind, "ООО «%s»" % g.cyr(" ".join(words)) if r.random() < .7 else g.cyr(" ".join(words))
    if kind == "homoglyph":
        return kind, g.homo(r, name)
    if kind == "legal_form":
        return kind, " ".join(words) + " " + legal
    if kind == "spacing":
        x = " ".join(words)
        return kind, r.choice([x.replace(" ", ""), x.replace(" ", "-"), x.replace(" ", "_").lower(), re.sub(r"(?<=\w)(?=[A-Z])", " ", x)])
    if kind == "drop" and len(words) > 2:
        # The last word goes: what is left still names the firm.
        return kind, " ".join(words[:-1])
    if kind == "swap" and len(words) > 1:
        return kind, " ".join(words[1:] + words[:1])
    if kind == "extra" and len(words) > 1:
        return kind, " ".join(words + [r.choice(EXTRA)])
    if kind == "cut" and len(words) > 1 and len(words[-1]) > 4:
        return kind, " ".join(words[:-1] + [words[-1][: max(3, len(words[-1]) // 2)] + "."])
    if kind == "two":
        return kind, g.typo(r, " ".join(words) + " " + legal)
    return None


COUNTRIES = ["Germany", "France", "Netherlands", "Spain", "Italy", "Poland", "Russia", "Ukraine", "China", "Japan", "Brazil", "Mexico",
             "Canada", "Austria", "Belgium", "Sweden", "Turkey", "India", "Nederland", "Deutschland", "Schweiz", "Amsterdam", "Berlin", "London"]


def told_apart(g, r, name):
    """Names that differ only in a number or a place: sister firms, not the same one."""
    words = " ".join(g.strip_legal(name).split())
    one, two = r.sample(["1", "2", "3", "4", "7", "II", "III", "IV", "VIII", "IX", "XII", "24", "44", "45", "Two", "Three"], 2)
    here, there = r.sample(COUNTRIES, 2)
    return [("number", words + " " + one, words + " " + two), ("number_one_side", words, words + " " + r.choice(["II", "III", "IV", "VII", "2", "3"])),
            ("place", words + " " + here, words + " " + there)]


def made_by_noise(folder):
    """Positives: a registry's company names with noise. Negatives: other firms with a common word."""
    path = os.path.join(folder, "base_orgs.csv.gz")
    if not os.path.exists(path):
        return []
    g, r = generator(folder), random.Random("noise")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        names = sorted({row["org_name"] for row in csv.DictReader(file) if row["org_name"] and "..." not in row["org_name"]})
    names = [name for name in names if len(g.norm(name)) > 4]
    by_word = collections.defaultdict(list)
    for name in names:
        for word in set(g.norm(g.strip_legal(name)).split()):
            by_word[word].append(name)
    rows = []
    for name in r.sample(names, min(12000, len(names))):
        made = noise(g, r, name)
        if made and made[1] and g.norm(made[1]) != g.norm(name) and len(g.norm(made[1])) > 3:
            rows.append(("noise", made[0], "organisation", 1, made[1], name, half(name)))
        words = [word for word in g.norm(g.strip_legal(name)).split() if 1 < len(by_word[word]) < 400]
        for word in words[:2]:
            other = r.choice(by_word[word])
            a, b = g.norm(g.strip_legal(name)), g.norm(g.strip_legal(other))
            if a != b and a not in b and b not in a and set(a.split()) != set(b.split()):
                rows.append(("noise", "shares_word", "organisation", 0, other, name, half(name)))
        if r.random() < .12:
            rows += [("noise", kind, "organisation", 0, a, b, half(name)) for kind, a, b in told_apart(g, r, name)]
        similar = [w for w in by_word if w[:2] == (words or ["zz"])[0][:2] and w != (words or [""])[0] and abs(len(w) - len((words or [""])[0])) < 3] if r.random() < .15 and words else []
        if similar:
            changed = g.norm(name).replace(words[0], r.choice(similar))
            rows.append(("noise", "similar_word", "organisation", 0, changed, name, half(name)))
    return rows


def bases(folder):
    """What a screening meets: the names of an invented customer base, and entries of two kinds of lists."""
    script = os.path.join(folder, "make_customers.py")
    if not os.path.exists(script):
        return [], []
    work = os.path.join(ROOT, "target/quality/fit")
    os.makedirs(work, exist_ok=True)
    stem = os.path.join(work, "base")
    if not os.path.exists(stem + ".list.jsonl"):
        subprocess.run([sys.executable, script, "--rows", "80000", "--seed", "fit", "--plant", "0", "--hard", "4000", "--out", stem + ".csv"], check=True)
    customers, entries = [], []
    with open(stem + ".csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["company"]:
                customers.append(("organisation", row["company"]))
            customers.append(("person", row["first_name"] + " " + row["last_name"]))
    with open(stem + ".list.jsonl", encoding="utf-8") as file:
        for entry in map(json.loads, file):
            if entry["name"]:
                entries += [(entry["type"], name) for name in [entry["name"]] + entry.get("aliases", [])]
    with gzip.open(os.path.join(folder, "base_orgs.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        names = sorted({row["org_name"] for row in csv.DictReader(file) if row["org_name"] and "..." not in row["org_name"]})
    chosen = random.Random("entries").sample(names, 1500)
    entries += [("organisation", name) for name in chosen]
    others = sorted(set(names) - set(chosen))
    customers += [("organisation", name) for name in random.Random("customers").sample(others, 15000)]
    with gzip.open(os.path.join(folder, "pairs_ofac.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        people = sorted({row["name1"] for row in csv.DictReader(file) if row["type"] == "person"})
    entries += [("person", name) for name in random.Random("people").sample(people, 1000)]
    return customers, entries


def usual_words():
    words = set()
    with open(os.path.join(ROOT, "crates/matching/data/names/generic_words.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#") and "\t" in line:
                words.add(line.split("\t")[0])
    return words


def may_be_the_same(g, usual, kind, a, b):
    """Whether two names could be one party's after all, so that they are no negative."""
    turn = lambda text: " ".join(reversed(text.split(",", 1))) if "," in text and "person" in kind else text
    a, b = g.norm(g.strip_legal(turn(a))).split(), g.norm(g.strip_legal(turn(b))).split()
    if not a or not b or "".join(a) == "".join(b) or set(a) == set(b):
        return True
    smaller, larger = sorted((a, b), key=lambda words: len(set(words)))
    if not set(smaller) <= set(larger):
        return False
    if kind == "person/person":
        return len(smaller) > 1 and a[-1] == b[-1]
    # One word inside a longer name is not enough: too many firms share one.
    return len(smaller) > 1 and all(word in usual or word in g.LEGAL for word in set(larger) - set(smaller))


def nearly_hits(folder, customers, entries, cut):
    """Pairs of different parties that the program nearly takes for hits, with its present weights."""
    clean = lambda text: re.sub(r"[\t\r\n]", " ", text)
    given = "".join("C\t%s\t%s\n" % (kind, clean(name)) for kind, name in customers)
    given += "".join("E\t%s\t%s\n" % (kind, clean(name)) for kind, name in entries)
    run = subprocess.run(["cargo", "run", "-q", "--release", "-p", "screening", "--example", "candidate_pairs", "--", str(cut)],
                         input=given.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True)
    g, usual, rows = generator(folder), usual_words(), []
    for line in run.stdout.decode().split("\n")[:-1]:
        kind, entry_kind, a, b = line.split("\t")
        if not may_be_the_same(g, usual, kind + "/" + entry_kind, a, b):
            rows.append(("screening", kind + "/" + entry_kind, kind + "/" + entry_kind, 0, a, b, half(b)))
    random.Random(1).shuffle(rows)
    print("nearly hits among %d customers and %d entries: %d, over the threshold before they count" % (len(customers), len(entries), len(rows)))
    return rows[:15000]


def noise_of_persons(folder):
    """Names of people in the ways that registries, forms and alphabets change them."""
    path = os.path.join(folder, "pairs_ofac.csv.gz")
    if not os.path.exists(path):
        return []
    g, r = generator(folder), random.Random("persons")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        people = sorted({row["name1"] for row in csv.DictReader(file) if row["type"] == "person" and "," in row["name1"]})
    rows = []
    for name in r.sample(people, min(3000, len(people))):
        first, last = g.split_person(name)
        plain = (first + " " + last).strip()
        for kind, made in [("typo", g.typo(r, plain)), ("variant", g.variant(r, plain)), ("cyrillic", g.cyr(plain.title())), ("homoglyph", g.homo(r, plain)),
                           ("spacing", r.choice([plain.replace(" ", ""), plain.replace(" ", "-"), plain.replace(" ", "_").lower()])),
                           ("order", last + " " + first), ("no_middle", first.split()[0] + " " + last if " " in first else None)]:
            if made and made != plain:
                rows.append(("noise_persons", kind, "person", 1, made, name, half(name)))
    return rows


def feature_values(rows):
    kind = {"organisation": "organisation", "person": "person"}
    clean = lambda text: re.sub(r"[\t\r\n]", " ", text)
    both = lambda row: row[2].split("/") if "/" in row[2] else (row[2], row[2])
    given = "".join("%s\t%s\t%s\t%s\n" % (*(kind.get(one, "unknown") for one in both(row)), clean(row[4]), clean(row[5])) for row in rows)
    run = subprocess.run(["cargo", "run", "-q", "--release", "-p", "matching", "--example", "name_features"],
                         input=given.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True)
    width, out = None, []
    for line in run.stdout.decode().split("\n")[:-1]:
        cells = [float(cell) for cell in line.split("\t")] if line else None
        width = width or (len(cells) if cells else None)
        out.append(cells)
    return np.array([cells if cells else [-9.0, 0, 0] + [0.0] * (width - 3) for cells in out])


def best_f1(score, label):
    order = np.argsort(-score)
    hits = np.cumsum(label[order])
    f1 = 2 * hits / (np.arange(len(order)) + 1 + label.sum())
    return f1.max(), score[order][f1.argmax()]


def auc(score, label):
    from scipy.stats import rankdata
    rank, positives = rankdata(score), label.sum()
    return (rank[label == 1].sum() - positives * (positives + 1) / 2) / max(1, positives * (len(label) - positives))


def at_one_percent(score, label):
    negatives = np.sort(score[label == 0])[::-1]
    return (score[label == 1] > negatives[int(0.01 * len(negatives))]).mean() if len(negatives) else 0.0


def report(rows, values, score, which):
    sets = np.array([row[0] for row in rows])
    label = np.array([row[3] for row in rows])
    part = np.array([row[6] for row in rows])
    types = np.array([row[2] for row in rows])
    kinds = np.array([row[1] for row in rows])
    for name in sorted(set(sets)):
        for kind in ("all", "organisation", "person"):
            pick = (sets == name) & np.isin(part, which) & ((types == kind) if kind != "all" else True)
            if pick.sum() < 20 or len(set(label[pick])) < 2:
                continue
            s, l = score[pick], label[pick]
            tp, fp, fn = ((s >= 0) & (l == 1)).sum(), ((s >= 0) & (l == 0)).sum(), ((s < 0) & (l == 1)).sum()
            print("%-24s %-12s n %6d  F1 %.3f (P %.3f R %.3f)  best F1 %.3f at %+.2f  AUC %.4f  R@1%% %.3f" % (
                name, kind, len(l), 2 * tp / max(1, 2 * tp + fp + fn), tp / max(1, tp + fp), tp / max(1, tp + fn), *best_f1(s, l), auc(s, l), at_one_percent(s, l)))
        for kind in sorted(set(kinds[sets == name])):
            pick = (sets == name) & (kinds == kind) & np.isin(part, which)
            if pick.sum() > 19:
                print("      %-32s %s %.3f of %d" % (kind, "recall" if label[pick].mean() > .5 else "false ", (score[pick] >= 0).mean(), pick.sum()))


# How much one set counts against the others, whatever its size.
SHARE = {"pairs_opensanctions_bench": 4.0, "noise": 6.0, "noise_persons": 2.0, "pairs_org_ror": 1.0, "pairs_ofac": 0.7, "pairs_patent_names": 1.0,
         "pairs_cross_script": 1.2, "own_dutch_lookalikes": 1.5, "own_hosting_names": 0.7, "own_persons": 0.7, "screening": 9.0}


def fit(rows, values, persons, names):
    take = np.array([row[6] == 0 and row[1] not in UNJOINABLE for row in rows]) & (values[:, 2] == persons)
    x, label = values[take][:, 3:], np.array([row[3] for row in rows])[take]
    sets = np.array([row[0] for row in rows])[take]
    weight = np.zeros(len(label))
    for name in set(sets):
        for value in (0, 1):
            pick = (sets == name) & (label == value)
            if pick.any():
                weight[pick] = SHARE.get(name, 0.5) / pick.sum()
    weight *= len(label) / weight.sum()
    model = LogisticRegression(C=1.0, tol=1e-3, fit_intercept=False, max_iter=40, solver="newton-cholesky")
    model.fit(with_products(x, names), label, sample_weight=weight)
    return model.coef_[0]


def named_in(path, constant):
    """The names in a constant of the program."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return re.findall(r'"(\w+)"', re.search(constant + r": .*?= \[(.*?)\];", file.read(), re.S).group(1))


def joint_names():
    """The features whose products count, as the program names them."""
    return named_in("crates/matching/src/names/model.rs", "JOINT")


def products(names):
    joint = joint_names()
    return [(a, b) for i, a in enumerate(joint) for b in joint[i:]]


def with_products(x, names):
    place = {name: i for i, name in enumerate(names)}
    return np.hstack([x] + [(x[:, place[a]] * x[:, place[b]])[:, None] for a, b in products(names)])


# Taken from the constant term of organisations and of persons. Pairs that a screening nearly takes for
# hits weigh so much in the fit that names differing a little fall below; this puts the threshold back
# to where the training half of the noisy names and the sanctions bench have their best F1.
BIAS = "-0.7", "-0.2"


def option(name, otherwise):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else otherwise


def main():
    folder = sys.argv[1]
    rows = sum((read_set(folder, name) for name in ("pairs_opensanctions_bench", "pairs_patent_names", "pairs_ofac", "pairs_org_ror", "pairs_cross_script")), [])
    rows += own_cases() + made_by_noise(folder) + noise_of_persons(folder)
    customers, entries = bases(folder)
    with open(WEIGHTS, encoding="utf-8") as file:
        lines = file.read().splitlines()
    names = named_in("crates/matching/src/names/features.rs", "NAMES")
    if "--report-only" not in sys.argv:
        header = [line for line in lines if line.startswith("#")]
        # Each round adds what the weights of the round before would wrongly take for hits.
        for _ in range(int(option("--rounds", "3"))):
            values = feature_values(rows)
            fitted = [fit(rows, values, persons, names) for persons in (0, 1)]
            fitted[0][0] -= float(option("--bias-organisation", BIAS[0]))
            fitted[1][0] -= float(option("--bias-person", BIAS[1]))
            with open(WEIGHTS, "w", encoding="utf-8") as file:
                file.write("\n".join(header) + "\n")
                for name, organisation, person in zip(names + ["*".join(pair) for pair in products(names)], *fitted):
                    file.write("%s\t%.4f\t%.4f\n" % (name, organisation, person))
            known = {row[4:6] for row in rows}
            rows += [row for row in nearly_hits(folder, customers, entries, -0.5) if row[4:6] not in known]
    values = feature_values(rows)
    print("on the half that was not fitted:")
    report(rows, values, values[:, 0], [1])
    if "--both" in sys.argv:
        print("on both halves:")
        report(rows, values, values[:, 0], [0, 1])
    if "--wrong" in sys.argv:
        wanted = sys.argv[sys.argv.index("--wrong") + 1]
        for row, value in zip(rows, values):
            if row[0] == wanted and (value[0] >= 0) != bool(row[3]):
                print("%d %+.2f anchored %d | %s | %s | %s" % (row[3], value[0], value[1], row[1], row[4], row[5]))


if __name__ == "__main__":
    main()

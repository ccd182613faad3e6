#!/usr/bin/env python3
"""Fits the models of the name features and writes crates/matching/data/names/model.txt.

Procedure (quality/README.md says why):
1. Labelled pairs come from the public sets in the data folder, from the project's own cases, and from
   noise that this script makes of company and person names with a fixed seed. Every entity is in one of
   five parts, by a checksum of its name; the last part is the rest that is only reported.
2. The feature values come from the program itself (cargo run --example name_features).
3. Gradient boosted trees for organisations and for persons are fitted on the training parts.
   Pairs that no reading of names can join (translations, acronyms, unrelated aliases) count little.
4. Pairs that the program nearly takes for hits in an invented customer base are added as negatives, and
   the fit is repeated; in the last round the base is larger, so that rare ones are met, too.
5. Figures are reported on the rest, and for all five parts by models that never saw the part.

Needs numpy, scipy and lightgbm. Usage: quality/fit.py DATA_FOLDER [--report-only] [--rounds N] [--cross]
"""
import collections, csv, functools, gzip, importlib.util, json, os, random, re, subprocess, sys, zlib

import lightgbm
import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MODEL = os.path.join(ROOT, "crates/matching/data/names/model.txt")
# Kinds that often share no letter. They count a little, so that what can be told of them still ranks well.
UNJOINABLE = {"label_translation", "acronym", "fka", "nka", "weak_aka", "alias_weak"}
UNJOINABLE_SHARE = 0.15
MOST = 4000  # pairs of one set and kind


PARTS = 5
REST = PARTS - 1  # Only reported. quality/src/split.rs has the same rule.


def part(text):
    return zlib.crc32(text.encode()) % PARTS


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
            kept.append((name, row["kind"].split("/")[0], row["type"], int(row["label"]), row["name1"], row["name2"], part(row["entity1"])))
    return kept


def own_cases():
    rows, folder = [], os.path.join(ROOT, "quality/cases")
    for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not file.endswith(".csv"):
            continue
        with open(os.path.join(folder, file), encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(line for line in handle if not line.startswith("#")):
                if "name2" in row and row.get("label") in ("0", "1"):
                    rows.append(("own_" + file[:-4], row["kind"], row["type"], int(row["label"]), row["name1"], row["name2"], part(row["name1"])))
    return rows


def generator(folder):
    spec = importlib.util.spec_from_file_location("make_customers", os.path.join(folder, "make_customers.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXTRA = ["Hosting", "Networks", "Global", "IT", "Services", "Group", "Holding", "Europe", "Netherlands"]


def noise(g, r, name):
    """One way in which people write a company's name differently; (kind, text) or None."""
    kind = r.choice(["typo", "variant", "cyrillic", "homoglyph", "legal_form", "spacing", "drop", "swap", "extra", "place", "cut", "two"])
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
    if kind == "extra" and len("".join(words)) > 5:
        return kind, r.choice([" ".join(words), name]) + " " + r.choice(EXTRA)
    if kind == "place" and len("".join(words)) > 5:
        return kind, r.choice([" ".join(words), name]) + r.choice([" %s", ", %s", " (%s)"]) % r.choice(COUNTRIES)
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


def within_another(g, r, name, by_word):
    """A firm called by one word that at least five firms have, and one of those that adds words of its own."""
    core = g.norm(g.strip_legal(name)).split()
    if len(core) != 1 or len(by_word[core[0]]) < 5:
        return []
    other = r.choice(by_word[core[0]])
    added = set(g.norm(g.strip_legal(other)).split()) - set(core) - usual_words()
    return [("within_another", "one_word", "organisation", 0, other, name, part(name))] if added else []


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
    by_beginning = collections.defaultdict(list)
    for word in by_word:
        by_beginning[word[:2]].append(word)
    rows = []
    for name in r.sample(names, min(12000, len(names))):
        made = noise(g, r, name)
        if made and made[1] and g.norm(made[1]) != g.norm(name) and len(g.norm(made[1])) > 3:
            rows.append(("noise", made[0], "organisation", 1, made[1], name, part(name)))
        words = [word for word in g.norm(g.strip_legal(name)).split() if 1 < len(by_word[word]) < 400]
        for word in words[:2]:
            other = r.choice(by_word[word])
            a, b = g.norm(g.strip_legal(name)), g.norm(g.strip_legal(other))
            if a != b and a not in b and b not in a and set(a.split()) != set(b.split()):
                rows.append(("noise", "shares_word", "organisation", 0, other, name, part(name)))
        rows += within_another(g, r, name, by_word)
        if r.random() < .12:
            rows += [("told_apart", kind, "organisation", 0, a, b, part(name)) for kind, a, b in told_apart(g, r, name)]
        similar = [w for w in by_beginning[words[0][:2]] if w != words[0] and abs(len(w) - len(words[0])) < 3] if words and r.random() < .15 else []
        if similar:
            changed = g.norm(name).replace(words[0], r.choice(similar))
            rows.append(("noise", "similar_word", "organisation", 0, changed, name, part(name)))
    return rows


def bases(folder, seed, size):
    """What a screening meets: the names of an invented customer base, and entries of two kinds of lists."""
    script = os.path.join(folder, "make_customers.py")
    if not os.path.exists(script):
        return [], []
    work = os.path.join(ROOT, "target/quality/fit")
    os.makedirs(work, exist_ok=True)
    stem = os.path.join(work, "base-%s-%d" % (seed, size))
    if not os.path.exists(stem + ".list.jsonl"):
        subprocess.run([sys.executable, script, "--rows", str(size), "--seed", seed, "--plant", "0", "--hard", "4000", "--out", stem + ".csv"], check=True)
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
    chosen = random.Random("entries" + seed).sample(names, 1500)
    entries += [("organisation", name) for name in chosen]
    others = sorted(set(names) - set(chosen))
    customers += [("organisation", name) for name in random.Random("customers" + seed).sample(others, 15000)]
    with gzip.open(os.path.join(folder, "pairs_ofac.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        people = sorted({row["name1"] for row in csv.DictReader(file) if row["type"] == "person"})
    entries += [("person", name) for name in random.Random("people" + seed).sample(people, 1000)]
    return customers, entries


@functools.cache
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


ROWS = 80000  # customers of the invented base of a round
ROWS_OF_LAST = 400000  # What the models still take for hits by then is rare.
MOST_NEAR = 12000  # negatives of the customer base that one round adds


def nearly_hits(folder, customers, entries, known):
    """Pairs of different parties that the program nearly takes for hits, with its present models."""
    clean = lambda text: re.sub(r"[\t\r\n]", " ", text)
    given = "".join("C\t%s\t%s\n" % (kind, clean(name)) for kind, name in customers)
    given += "".join("E\t%s\t%s\n" % (kind, clean(name)) for kind, name in entries)
    run = subprocess.run(["cargo", "run", "-q", "--release", "-p", "screening", "--example", "candidate_pairs", "--", "-1.5"],
                         input=given.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True)
    g, usual = generator(folder), usual_words()
    lines = [line.split("\t") for line in run.stdout.decode().split("\n")[:-1]]
    random.Random(1).shuffle(lines)
    # Those over the threshold first, then a sample of the rest.
    lines.sort(key=lambda cells: float(cells[0]) < 0)
    hits, rows = sum(float(cells[0]) >= 0 for cells in lines), []
    for log_odds, kind, entry_kind, a, b in lines:
        if len(rows) >= MOST_NEAR and float(log_odds) < 0:
            break
        if (a, b) not in known and not may_be_the_same(g, usual, kind + "/" + entry_kind, a, b):
            near = "wrong_hits" if float(log_odds) >= 0 else "screening"
            rows.append((near, kind + "/" + entry_kind, kind + "/" + entry_kind, 0, a, b, part(b)))
    print("among %d customers and %d entries: %d over the threshold, %d near it" % (len(customers), len(entries), hits, len(lines) - hits))
    return rows


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
                rows.append(("noise_persons", kind, "person", 1, made, name, part(name)))
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
    return np.array([cells if cells else [-9.0, 0, 0] + [0.0] * (width - 3) for cells in out], dtype=np.float32)


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
SHARE = {"pairs_opensanctions_bench": 4.0, "noise": 6.0, "told_apart": 0.4, "within_another": 0.6, "noise_persons": 2.0, "pairs_org_ror": 2.0, "pairs_ofac": 1.0,
         "pairs_patent_names": 1.0, "pairs_cross_script": 1.2, "own_dutch_lookalikes": 1.5, "own_hosting_names": 0.7, "own_persons": 0.7, "screening": 4.0, "wrong_hits": 5.0}

# Chosen by the cross-validated figures: more or deeper trees gain little on pairs that were not fitted.
TREES = 60  # crates/matching/src/names/trees.rs has room for 64, six questions deep
SETTINGS = {"objective": "binary", "learning_rate": 0.15, "num_leaves": 40, "max_depth": 6, "min_data_in_leaf": 40, "lambda_l2": 5.0,
            "seed": 1, "num_threads": 2, "deterministic": True, "force_col_wise": True, "verbosity": -1}


class Rows:
    """Labelled pairs and their feature values."""

    def __init__(self, rows):
        self.rows = rows
        self.sets, self.kinds, self.types = (np.array([row[i] for row in rows]) for i in (0, 1, 2))
        self.labels, self.parts = (np.array([row[i] for row in rows]) for i in (3, 6))
        values = feature_values(rows)
        self.log_odds, self.anchored, self.persons, self.values = values[:, 0], values[:, 1] > 0, values[:, 2] > 0, values[:, 3:]
        self.joinable = ~np.isin(self.kinds, list(UNJOINABLE))

    def weights(self, take):
        weights = np.zeros(len(self.labels))
        for name in set(self.sets[take]):
            for label in (0, 1):
                pick = take & (self.sets == name) & (self.labels == label)
                if pick.any():
                    weights[pick] = SHARE.get(name, 0.5) / pick.sum()
        weights[~self.joinable] *= UNJOINABLE_SHARE
        return weights[take] * take.sum() / weights.sum()

    def fit(self, persons, parts):
        take = np.isin(self.parts, list(parts)) & (self.persons == persons)
        data = lightgbm.Dataset(self.values[take], self.labels[take], weight=self.weights(take))
        return lightgbm.train(SETTINGS, data, TREES)

    def cross_validated(self):
        """Log-odds of every pair by models that never saw its part, as the program would cap them."""
        scores = np.zeros(len(self.labels))
        for left_out in range(PARTS):
            for persons in (False, True):
                model = self.fit(persons, [one for one in range(PARTS) if one != left_out])
                take = (self.parts == left_out) & (self.persons == persons)
                scores[take] = model.predict(self.values[take], raw_score=True) - BIAS[persons]
        lifted = ~self.anchored & (scores > UNANCHORED)
        scores[lifted] = UNANCHORED - 0.3 / (1 + scores[lifted] - UNANCHORED)
        return scores


UNANCHORED = -0.4  # model.rs: a pair that the index would not find is never a hit.


def named_in(path, constant):
    """The names in a constant of the program."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return re.findall(r'"(\w+)"', re.search(constant + r": .*?= \[(.*?)\];", file.read(), re.S).group(1))


def written(node):
    """The nodes of a tree in the order root, left, right (see crates/matching/src/names/trees.rs)."""
    if "leaf_value" in node:
        return ["=%.6g" % node["leaf_value"]]
    here = "%d:%.9g:%.6g" % (node["split_feature"], node["threshold"], node["internal_value"])
    return [here] + written(node["left_child"]) + written(node["right_child"])


def write_model(models, names):
    with open(MODEL, "w", encoding="utf-8", newline="\n") as file:
        file.write("# Decision trees over the features of two names; fitted by quality/fit.py.\n")
        file.write("# feature:threshold:expected log-odds, the branch up to the threshold first; =log-odds of a leaf\n")
        file.write("# origin: fitted on the labelled sets named in quality/README.md; licence: CC0-1.0\n")
        file.write("features %s\n" % " ".join(names))
        for name, model, bias in zip(("organisation", "person"), models, BIAS):
            file.write("model %s %.6g\n" % (name, -bias))
            for tree in model.dump_model()["tree_info"]:
                file.write(" ".join(written(tree["tree_structure"])) + "\n")


def begin_anew(names):
    """A model for other features than the program has now cannot be read: the first round begins without trees."""
    with open(MODEL, encoding="utf-8") as file:
        known = next(line for line in file if line.startswith("features ")).split()[1:]
    if known != names:
        with open(MODEL, "w", encoding="utf-8", newline="\n") as file:
            file.write("features %s\nmodel organisation 0\n=0\nmodel person 0\n=0\n" % " ".join(names))


# Taken from the log-odds of organisations and of persons: the mined negatives outweigh what a screening meets, so
# the threshold is moved back as far as 9,000 planted names (60,000 rows, seed 43) need for a recall well over 0.97
# and noisy names of the training portion for F1 0.975. An invented base (600,000 rows, seed 41, nothing planted)
# then has 0.18 alerts for each 1,000 rows.
BIAS = [-0.25, 0.15]


def option(name, otherwise):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else otherwise


def main():
    folder = sys.argv[1]
    BIAS[:] = [float(option("--bias-organisation", BIAS[0])), float(option("--bias-person", BIAS[1]))]
    rows = sum((read_set(folder, name) for name in ("pairs_opensanctions_bench", "pairs_patent_names", "pairs_ofac", "pairs_org_ror", "pairs_cross_script")), [])
    rows += own_cases() + made_by_noise(folder) + noise_of_persons(folder)
    names = named_in("crates/matching/src/names/features.rs", "NAMES")
    if "--report-only" not in sys.argv:
        begin_anew(names)
        for again in reversed(range(int(option("--rounds", "5")))):
            given = Rows(rows)
            write_model([given.fit(persons, range(REST)) for persons in (False, True)], names)
            if again:
                # The next round learns what the models of this one would wrongly take for hits, among
                # customers that it has not seen.
                customers, entries = bases(folder, "fit-%d" % again, ROWS if again > 1 else ROWS_OF_LAST)
                rows += nearly_hits(folder, customers, entries, {row[4:6] for row in rows})
    given = Rows(rows)
    print("on the rest:")
    report(rows, given.values, given.log_odds, [REST])
    if "--cross" in sys.argv:
        print("on every part, by models that never saw it:")
        report(rows, given.values, given.cross_validated(), list(range(PARTS)))
    if "--wrong" in sys.argv:
        wanted = option("--wrong", "")
        for row, value, anchored in zip(rows, given.log_odds, given.anchored):
            if row[0] == wanted and (value >= 0) != bool(row[3]) and row[6] != REST:
                print("%d %+.2f anchored %d | %s | %s | %s" % (row[3], value, anchored, row[1], row[4], row[5]))


if __name__ == "__main__":
    main()

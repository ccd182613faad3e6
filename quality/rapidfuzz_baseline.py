"""Scores a labelled pair file with every RapidFuzz scorer and prints the figures as JSON.

Every scorer runs on three cleanings: the names as they are, RapidFuzz's own default_process, and
default_process after AnyASCII transliteration. The figures have the definitions of
quality/src/measure: ties count half for the AUC, a threshold takes or leaves all pairs of one score.
The best F1 is searched on the very same pairs, which flatters the baseline.
"""
import csv
import gzip
import json
import sys

from anyascii import anyascii
from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

SCORERS = {
    "ratio": fuzz.ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "WRatio": fuzz.WRatio,
    "QRatio": fuzz.QRatio,
    "partial_ratio": fuzz.partial_ratio,
    "JaroWinkler": JaroWinkler.normalized_similarity,
}
CLEANINGS = {
    "raw": lambda name: name,
    "process": utils.default_process,
    "ascii": lambda name: utils.default_process(anyascii(name)),
}


def points(scored):
    """(true positives, false positives) at each distinct score, highest first."""
    scored.sort(key=lambda pair: -pair[0])
    found, true, false = [], 0, 0
    for place, (score, same) in enumerate(scored):
        true, false = true + same, false + (not same)
        if place + 1 == len(scored) or scored[place + 1][0] != score:
            found.append((true, false))
    return found


def figures(scored):
    curve = points(scored)
    positives, negatives = curve[-1]
    area, before_true, before_false, recall, best = 0.0, 0, 0, 0, 0.0
    for true, false in curve:
        area += (false - before_false) * (true + before_true) / 2
        before_true, before_false = true, false
        if false <= 0.01 * negatives:
            recall = true
        best = max(best, 2 * true / (true + false + positives))
    return {
        "auc": area / (positives * negatives),
        "recall_at_1_percent": recall / positives,
        "best_f1": best,
    }


def main():
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    same = [row["label"] == "1" for row in rows]
    kinds = [row["kind"].split("/")[0] for row in rows]
    result = {}
    for cleaning, clean in CLEANINGS.items():
        names = [(clean(row["name1"]), clean(row["name2"])) for row in rows]
        for name, scorer in SCORERS.items():
            scores = [scorer(left, right) for left, right in names]
            found = figures(list(zip(scores, same)))
            others = [(score, False) for score, is_same in zip(scores, same) if not is_same]
            found["kinds"] = {}
            for kind in sorted({kind for kind, is_same in zip(kinds, same) if is_same}):
                those = [(s, True) for s, k, is_same in zip(scores, kinds, same) if is_same and k == kind]
                of_kind = figures(others + those)
                del of_kind["best_f1"]
                found["kinds"][kind] = of_kind
            result[f"{name} ({cleaning})"] = found
    json.dump(result, sys.stdout, indent=1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Learn the weights of src/lexicon/en/claim_weights.tsv: how much a sentence is worth a check.

usage: claims.py --features BIN [--cv] SET...

BIN is examples/claim_features, built; SET a folder with documents.jsonl ({id, text}) and gold.jsonl ({doc, label 0 or 1}).
Logistic regression over words, pairs of words and properties of a sentence, by AdaGrad with L2; no libraries. Words and
pairs that stand in fewer than MIN documents are left out. The bias is moved so that 0.5 is the threshold of the best F
over the sets together. --cv cross-validates (5 folds) and writes nothing. Only weights are written, no text.
"""
import argparse, collections, json, math, os, random, subprocess

MIN_WORD, MIN_PAIR, EPOCHS, RATE, L2 = 4, 8, 12, 0.08, 2e-4
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "src", "lexicon", "en", "claim_weights.tsv")


def read(binary, folder):
    """Documents of a set: (set, features, label)."""
    label = {g["doc"]: g["label"] for g in map(json.loads, open(f"{folder}/gold.jsonl", encoding="utf8"))}
    seen = collections.defaultdict(set)
    out = subprocess.run([binary, f"{folder}/documents.jsonl"], capture_output=True, check=True).stdout.decode("utf8")
    for line in out.splitlines():
        doc, *features = line.split("\t")
        seen[doc].update(features)
    return [(os.path.basename(folder), sorted(seen[doc]), y) for doc, y in label.items() if doc in seen]


def vocabulary(data):
    count = collections.Counter(f for _, features, _ in data for f in features)
    least = {"word": MIN_WORD, "pair": MIN_PAIR, "property": 1}
    return {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= least[f.split(" ")[0]]))}


def train(data, index):
    w, g = [0.0] * len(index), [1e-2] * len(index)
    rows = [([index[f] for f in features if f in index], y) for _, features, y in data]
    rng = random.Random(7)
    for _ in range(EPOCHS):
        rng.shuffle(rows)
        for row, y in rows:
            s = sum(w[i] for i in row)
            e = 1 / (1 + math.exp(-max(-30, min(30, s)))) - y
            for i in row:
                d = e + L2 * w[i] * 10
                g[i] += d * d
                w[i] -= RATE * d / math.sqrt(g[i])
    return w


def scores(data, index, w):
    return [sum(w[index[f]] for f in features if f in index) for _, features, _ in data]


def f_at(pairs, t):
    tp = sum(1 for s, y in pairs if s >= t and y)
    p, n = sum(1 for s, _ in pairs if s >= t), sum(y for _, y in pairs)
    return 200 * tp / (p + n) if p + n else 0.0


def average_precision(pairs):
    hit = total = 0
    for rank, (_, y) in enumerate(sorted(pairs, reverse=True), 1):
        if y:
            hit += 1
            total += hit / rank
    return 100 * total / max(1, hit)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--features", required=True)
    a.add_argument("--cv", action="store_true")
    a.add_argument("sets", nargs="+")
    a = a.parse_args()
    data = [row for folder in a.sets for row in read(a.features, folder.rstrip("/"))]
    random.Random(3).shuffle(data)
    folds, held = 5, []
    for k in range(folds):
        test = data[k::folds]
        rest = [row for i, row in enumerate(data) if i % folds != k]
        index = vocabulary(rest)
        held += [(name, s, y) for (name, _, y), s in zip(test, scores(test, index, train(rest, index)))]
    names = sorted({name for name, _, _ in held})
    grid = [x / 20 for x in range(-60, 61)]
    best = max(grid, key=lambda t: sum(f_at([(s, y) for n, s, y in held if n == name], t) for name in names))
    for name in names:
        pairs = [(s, y) for n, s, y in held if n == name]
        own = max(f_at(pairs, t) for t in grid)
        print(f"{name}: F {f_at(pairs, best):.1f} (at its own threshold {own:.1f}) AP {average_precision(pairs):.1f} base {100 * sum(y for _, y in pairs) / len(pairs):.1f}")
    print("threshold", best)
    if a.cv:
        return
    index = vocabulary(data)
    w = train(data, index)
    w[index["property bias"]] -= best
    with open(TABLE, "w", encoding="utf8") as out:
        out.write("# Weights of the logistic regression that tells how much a sentence is worth a check. Made by training/claims.py from\n"
                  "# ClaimBuster and PoliClaim sentences: weights of words, pairs of words and properties; no text.\n"
                  "kind\tfeature\tweight\n")
        for f, i in sorted(index.items(), key=lambda item: item[0]):
            if abs(w[i]) >= 0.02:
                kind, feature = f.split(" ", 1)
                out.write(f"{kind}\t{feature}\t{w[i]:.3f}\n")


main()

#!/usr/bin/env python3
"""Learn the weights of src/lexicon/en/claim_weights.tsv: how much a sentence is worth a check.

usage: claims.py --features BIN --plain FILE.jsonl [--cv] SET...

BIN is examples/claim_features, built; FILE.jsonl plain news and releases ({id, text}), from which only word vectors are
computed; SET a folder with documents.jsonl ({id, text}) and gold.jsonl ({doc, label 0 or 1}).

Logistic regression over words, pairs of words and properties of a sentence. So that words of which the sets have few
examples learn from their likes, a word is also given its vector (positive pointwise mutual information with the words
within five, and with its neighbours, by singular values: Levy and others 2015). A sum over vectors is a sum over words,
so in the end each word has one weight, also words that no set has. Words and pairs
are scaled as `score` in src/extract/claims/features.rs does. Words mostly written with a capital are left out: names
are of their day, and what is in the lexicon is taken for a common word elsewhere. The bias is moved so that 0.5 is the
threshold of the best F over the sets together. --cv cross-validates (5 folds) and writes nothing. Only weights and
single words or pairs are written, no text. Needs numpy, scipy and scikit-learn; some five minutes.
"""
import argparse, collections, json, os, random, re, subprocess

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

MIN_WORD, MIN_PAIR, FREQUENT = 2, 3, 4
VECTORS, WITHIN, BESIDE, CONTEXTS = 30000, 128, 64, 3000
WORD, VECTOR, OWN, C = 0.75, 0.15, 0.5, 0.3      # how far each part may speak, and all of it
FOLDS, HALF = 5, 8                                        # a sentence of HALF words counts half of their sum
MOST_WORDS, LEAST = 16000, 0.04
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "src", "lexicon", "en", "claim_weights.tsv")


def features(binary, path):
    """Documents and their features, sentence after sentence."""
    with subprocess.Popen([binary, path], stdout=subprocess.PIPE, encoding="utf8") as run:
        for line in run.stdout:
            doc, *found = line.rstrip("\n").split("\t")
            yield doc, found


def read(binary, folder):
    """Documents of a set: (set, features, label)."""
    label = {g["doc"]: g["label"] for g in map(json.loads, open(f"{folder}/gold.jsonl", encoding="utf8"))}
    seen = collections.defaultdict(list)
    for doc, found in features(binary, f"{folder}/documents.jsonl"):
        seen[doc] += found
    return [(os.path.basename(folder), seen[doc], y) for doc, y in label.items() if doc in seen]


def words_of(found):
    return [f[5:] for f in found if f.startswith("word ")]


def commonly_small(path):
    """Words that are mostly written small, openings of sentences aside."""
    small, large = collections.Counter(), collections.Counter()
    for line in open(path, encoding="utf8"):
        for before, word in re.findall(r"([\w,;]) ([A-Za-z][A-Za-z'-]*)", json.loads(line)["text"]):
            (small if word[0].islower() else large)[word.lower()] += 1
    return {w for w, n in small.items() if n >= 3 and n > 1.5 * large[w]}


def positive(counts):
    """Positive pointwise mutual information, contexts smoothed."""
    counts = counts.tocoo()
    rows = np.bincount(counts.row, counts.data, counts.shape[0])
    columns = np.bincount(counts.col, counts.data, counts.shape[1]) ** .75
    value = np.log(counts.data / (rows[counts.row] * columns[counts.col] / columns.sum()))
    keep = value > 0
    return sp.csr_matrix((value[keep], (counts.row[keep], counts.col[keep])), shape=counts.shape)


def vectors(sentences):
    """Words, commonest first, and a vector for each."""
    count = collections.Counter(w for s in sentences for w in s)
    known = [w for w, n in sorted(count.items(), key=lambda x: (-x[1], x[0]))[:VECTORS] if n >= 5]
    place = {w: i for i, w in enumerate(known)}
    ids = np.array([place.get(w, -1) for s in sentences for w in s + [None] * 5])

    def pairs(away):
        one, two = ids[:-away], ids[away:]
        both = (one >= 0) & (two >= 0)
        ones = np.ones(both.sum(), np.float32)
        return sp.coo_matrix((ones, (one[both], two[both])), shape=(len(known), len(known))).tocsr()

    near = sum(pairs(away) * (1 / away) for away in range(1, 6))
    beside = pairs(1)
    parts = []
    for matrix, size in ((positive(near + near.T), WITHIN),
                         (sp.hstack([positive(beside[:, :CONTEXTS]), positive(beside.T.tocsr()[:, :CONTEXTS])]).tocsr(), BESIDE)):
        left, values, _ = randomized_svd(matrix, size, n_iter=3, random_state=1)
        part = left * np.sqrt(values)
        parts.append(part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-6))
    # Common words say less.
    weight = np.maximum(np.log1p(np.arange(len(known)) / 20), .3)
    return known, np.hstack(parts) * weight[:, None]


class Model:
    """What is learned of some documents; `place` and `table` are the word vectors."""

    def __init__(self, data, place, table):
        self.place, self.table = place, table
        only = lambda kind: lambda row: [f for f in row[1] if f.startswith(kind)]
        self.parts = []
        for kind, least in (("word ", MIN_WORD), ("pair ", MIN_PAIR)):
            vocabulary = CountVectorizer(analyzer=only(kind), min_df=least).fit(data)
            self.parts.append((vocabulary, self.rarity(vocabulary, data) * WORD))
        self.number = np.asarray((self.parts[0][0].transform(data) > 0).sum(0)).ravel()
        self.own = CountVectorizer(analyzer=only("property ")).fit(data)
        self.fit = LogisticRegression(C=C, max_iter=300, solver="liblinear", random_state=1)
        self.fit.fit(self.matrix(data), [y for _, _, y in data])

    @staticmethod
    def rarity(vocabulary, data):
        number = np.asarray((vocabulary.transform(data) > 0).sum(0)).ravel()
        return np.log(len(data) / number) / 2

    def matrix(self, data):
        scale = sp.diags([1 / (1 + len(words_of(found)) / HALF) for _, found, _ in data])
        meaning = np.zeros((len(data), self.table.shape[1]))
        for i, (_, found, _) in enumerate(data):
            for word in words_of(found):
                if word in self.place:
                    meaning[i] += self.table[self.place[word]]
        parts = [scale @ vocabulary.transform(data) @ sp.diags(weight) for vocabulary, weight in self.parts]
        return sp.hstack([*parts, scale @ sp.csr_matrix(meaning * VECTOR), self.own.transform(data) * OWN]).tocsr()

    def weights(self, small):
        """The weight of each word, pair and property. Words of few documents only where they are commonly written small."""
        (words, word_scale), (pairs, pair_scale) = self.parts
        sizes = [len(words.vocabulary_), len(pairs.vocabulary_), self.table.shape[1], len(self.own.vocabulary_)]
        word_w, pair_w, vector_w, own_w = np.split(self.fit.coef_[0], np.cumsum(sizes)[:-1])
        meaning = self.table @ (vector_w * VECTOR)
        word_w, pair_w = word_w * word_scale, pair_w * pair_scale
        out = {f: own_w[i] * OWN for f, i in self.own.vocabulary_.items()}
        out["property bias"] += self.fit.intercept_[0]
        out.update((f, pair_w[i]) for f, i in pairs.vocabulary_.items())
        frequent = {f for f, i in words.vocabulary_.items() if self.number[i] >= FREQUENT}
        every = set(words.vocabulary_) | {"word " + w for w, i in self.place.items() if i < MOST_WORDS}
        for f in every:
            word = f[5:]
            if len(word) > 32 or f not in frequent and word not in small:
                continue
            weight = word_w[words.vocabulary_[f]] if f in words.vocabulary_ else 0.0
            out[f] = weight + (meaning[self.place[word]] if word in self.place else 0.0)
        return {f: round(w, 2) for f, w in out.items() if abs(w) >= LEAST or f.startswith("property")}


def score(weights, found):
    """As `score` in src/extract/claims/features.rs."""
    own = sum(weights.get(f, 0.0) for f in found if f.startswith("property "))
    told = sum(weights.get(f, 0.0) for f in found if not f.startswith("property "))
    return own + told / (1 + len(words_of(found)) / HALF)


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
    a.add_argument("--plain", required=True)
    a.add_argument("--cv", action="store_true")
    a.add_argument("sets", nargs="+")
    a = a.parse_args()
    data = [row for folder in a.sets for row in read(a.features, folder.rstrip("/"))]
    random.Random(3).shuffle(data)
    small = commonly_small(a.plain)
    known, table = vectors([words_of(found) for _, found in features(a.features, a.plain)])
    place = {w: i for i, w in enumerate(known)}
    held = []
    for k in range(FOLDS):
        weights = Model([row for i, row in enumerate(data) if i % FOLDS != k], place, table).weights(small)
        held += [(name, score(weights, found), y) for name, found, y in data[k::FOLDS]]
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
    weights = Model(data, place, table).weights(small)
    weights["property bias"] -= best
    with open(TABLE, "w", encoding="utf8") as out:
        out.write("# Weights of the logistic regression that tells how much a sentence is worth a check. Made by training/claims.py from\n"
                  "# ClaimBuster and PoliClaim sentences, and vectors of words from plain news: weights of words, pairs of words and\n"
                  "# properties; no text.\n"
                  "kind\tfeature\tweight\n")
        for f, w in sorted(weights.items()):
            kind, feature = f.split(" ", 1)
            out.write(f"{kind}\t{feature}\t{w:.2f}\n")


main()

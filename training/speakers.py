#!/usr/bin/env python3
"""Learn whom a pronoun or a role means among those whom a text has named: language/en/speaker_weights.tsv.

usage: speakers.py --asked FILE --labels FILE --documents FILE --names choices.rs [--held SET ...] [--write TABLE] [--show N]

--asked is what `quotes::asked` gives for the documents ({id, text}), a line of {doc, source in bytes, asks, none, all: [{name,
unnamed, traits}]} for each pronoun and role that asks: those who may be meant with the names of their traits. --labels: JSON lines {set, doc, source: [start, end] in code points, speaker: [alternatives]}; an
alternative is words that all stand in the name (`!word`: must not), "" means somebody without a name. `weight` (1 where it
is missing): how many of its kind a label stands for, where the sure ones were drawn more seldom; it counts where leads are
read off, not where weights are learned. A label whose source asks nothing is left out.

The choice is a softmax over the candidates and "nobody who was named", with L2. How far the best must be ahead to be sure,
likely or worth a guess is read off predictions across documents (FOLDS folds): HIGH, MEDIUM and LOW of them right. --held leaves sets out of the learning and reports on them alone; --write fits on all that is
not held and writes the table. Only weights are written, no text. Needs numpy; seconds.
"""
import argparse, collections, json, re, unicodedata

import numpy as np

FOLDS, L2, STEPS, RATE = 8, 1.5, 1500, 0.3
HIGH, MEDIUM = 0.97, 0.88
NEAR_HIGH, NEAR_MEDIUM = 0.92, 0.78                       # right among those between one lead and the next
LOW = {"Pronoun": 0.55, "Role": 0.7}                  # a role in its own words is an answer, too
LEAST, AROUND = 10, 24                                          # of which there are so many at least; so many tell what a guess is worth


def words(name):
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return set(re.findall(r"\w+", re.sub(r"[’‘ʼ']", "", re.sub(r"[’‘ʼ']s\b", "", name))))


def fits(name, alternative):
    need = [w for w in alternative.split() if w[0] != "!"]
    without = [w[1:] for w in alternative.split() if w[0] == "!"]
    have = words(name)
    return bool(need) and all(words(w) <= have for w in need) and not any(words(w) & have for w in without)


class Case:
    """One that asks: a row of traits for each candidate, the last for nobody; which is right."""
    def __init__(self, asked, label, columns):
        self.set, self.doc, self.asks, self.asked = label["set"], label["doc"], asked["asks"], asked
        rows = [c["traits"] for c in asked["all"]] + [asked["none"]]
        self.x = np.zeros((len(rows), len(columns)))
        for i, row in enumerate(rows):
            self.x[i, [columns[t] for t in row]] = 1
        right = [i for i, c in enumerate(asked["all"]) if any(fits(c["name"], a) for a in label["speaker"])]
        if asked["asks"] == "Role":
            right = [i for i in right if not asked["all"][i]["unnamed"]]
        self.right = right or [len(rows) - 1]
        self.label, self.weight = label["speaker"], label.get("weight", 1)


def fit(cases, width):
    w = np.zeros(width)
    m, v = np.zeros(width), np.zeros(width)
    big = np.concatenate([c.x for c in cases])
    ends = np.cumsum([len(c.x) for c in cases])
    starts = np.concatenate([[0], ends[:-1]])
    own = np.repeat(np.arange(len(cases)), ends - starts)
    gold = np.zeros(len(big))
    for s, c in zip(starts, cases):
        gold[[s + i for i in c.right]] = 1
    for step in range(1, STEPS + 1):
        z = big @ w
        z -= np.maximum.reduceat(z, starts)[own]
        p = np.exp(z)
        p /= np.add.reduceat(p, starts)[own]
        q = p * gold
        q /= np.maximum(np.add.reduceat(q, starts)[own], 1e-12)
        g = big.T @ (p - q) + L2 * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= RATE * 0.1 * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
    return w


def judge(case, w):
    """How far the best is ahead, and whether it is right; None where nobody is best."""
    z = case.x @ w
    best = int(np.argmax(z))
    lead = z[best] - np.max(np.delete(z, best)) if len(z) > 1 else 9
    return best == len(z) - 1, best in case.right, float(lead)


def leads(told, low):
    """The smallest leads that make sure, likely and a guess: of (lead, right, weight). So many of all from the one before on are right,
    and of the AROUND right above."""
    told, out, top = sorted(told, reverse=True), [], 0
    share = lambda part: sum(right * weight for _, right, weight in part) / sum(weight for _, _, weight in part)
    for wanted, near in ((HIGH, NEAR_HIGH), (MEDIUM, NEAR_MEDIUM), (0, low)):
        at = top
        for i in range(top + LEAST, len(told)):
            if share(told[max(0, i + 1 - AROUND):i + 1]) < near:
                break
            if share(told[top:i + 1]) >= wanted:
                at = i
        out.append(min([max(1, round(100 * told[at][0]))] + [mark - 1 for mark in out]))
        top = at
    return out


def report(name, told, marks):
    c = collections.Counter()
    for nobody, right, lead in told:
        none = nobody or 100 * lead < marks[2]
        right = right if not none or nobody else False
        step = "nobody" if none else "high" if 100 * lead >= marks[0] else "medium" if 100 * lead >= marks[1] else "low"
        c[step, right] += 1
    n = len(told)
    steps = ["%s %d of %d" % (s, c[s, True], c[s, True] + c[s, False]) for s in ("high", "medium", "low", "nobody")]
    print("%-16s %4d: right %5.1f, wrong %5.1f; %s" % (name, n, 100 * sum(c[s, True] for s in ("high", "medium", "low", "nobody")) / max(1, n),
          100 * sum(c[s, False] for s in ("high", "medium", "low")) / max(1, n), "; ".join(steps)))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("asked", "labels", "documents"):
        args.add_argument("--" + name, required=True)
    args.add_argument("--held", nargs="*", default=[])
    args.add_argument("--names", required=True, help="language/choices.rs, for the names of the traits")
    args.add_argument("--write")
    args.add_argument("--show", type=int, default=0)
    args = args.parse_args()
    rows = lambda path: map(json.loads, open(path, encoding="utf8"))
    text = {d["id"]: d["text"] for d in rows(args.documents)}
    asked = {(a["doc"], a["source"][0]): a for a in rows(args.asked)}
    names = re.findall(r'^        "([a-z0-9-]+)",$', open(args.names, encoding="utf8").read(), re.M)
    columns = {name: i for i, name in enumerate(names)}
    cases = []
    for label in rows(args.labels):
        at = len(text[label["doc"]][:label["source"][0]].encode())
        if (label["doc"], at) in asked:
            cases.append(Case(asked[label["doc"], at], label, columns))
    table = {}
    for asks in ("Pronoun", "Role"):
        mine = [c for c in cases if c.asks == asks and c.set not in args.held]
        held = [c for c in cases if c.asks == asks and c.set in args.held]
        print("%s: %d cases of %d documents; %d held" % (asks, len(mine), len({c.doc for c in mine}), len(held)))
        docs = sorted({c.doc for c in mine})
        fold = {d: i % FOLDS for i, d in enumerate(np.random.default_rng(1).permutation(docs))}
        told = []
        for f in range(FOLDS):
            w = fit([c for c in mine if fold[c.doc] != f], len(names))
            told += [(c, judge(c, w)) for c in mine if fold[c.doc] == f]
        marks = leads([(lead, right, c.weight) for c, (nobody, right, lead) in told if not nobody], LOW[asks])
        report("across", [t for _, t in told], marks)
        for s in sorted({c.set for c in mine}):
            report("  " + s, [t for c, t in told if c.set == s], marks)
        w = fit(mine, len(names))
        report("learned on", [judge(c, w) for c in mine], marks)
        for s in sorted({c.set for c in held}):
            report("held " + s, [judge(c, w) for c in held if c.set == s], marks)
        if held:
            report("held", [judge(c, w) for c in held], marks)
        for c, (nobody, right, lead) in sorted(told, key=lambda t: -t[1][2])[:]:
            if not right and args.show and not nobody:
                args.show -= 1
                z = c.x @ w
                a = c.asked["all"]
                print("   ", c.doc[-30:], c.label, "%.2f" % lead, [(a[i]["name"] if i < len(a) else "-", round(z[i], 1)) for i in np.argsort(-z)[:3]])
        for i, name in enumerate(names):
            table.setdefault(name, []).append(round(100 * w[i]))
        for name, mark in zip(("high", "medium", "low"), marks):
            table.setdefault(name, []).append(mark)
        print("leads", marks)
    if args.write:
        with open(args.write, "w", encoding="utf8") as out:
            print("# Weights of the choice among those whom a pronoun or a role may mean, in hundredths of log-odds. Made by\n"
                  "# training/speakers.py from sources of news and releases labelled by hand; no text.\ntrait\tpronoun\trole", file=out)
            for name, row in table.items():
                print(name, *row, sep="\t", file=out)


if __name__ == "__main__":
    main()

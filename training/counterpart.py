#!/usr/bin/env python3
"""Fits the network by which check tells the counterpart of a figure, whatever its value (check/counterpart/weights.tsv), and the weights
by which another value is taken to contradict it (`other` of check/settings.rs).

usage: counterpart.py [--set NAME FOLDER PAIRS]... [--real ARTICLES STATEMENTS PAIRS]... [--changed PAIRS LABELS]... [--out-of NAME]...
                      [--write WEIGHTS.tsv]

--set      a labelled set: FOLDER holds statements.jsonl {id, text}, articles.jsonl {id, about} and gold.jsonl {doc, start, end, text,
           label, slot, why}: label supported, contradicted, unsupported (the number is said of something else) or absent; `why` of a
           contradicted row names the right value
--real     pairs of real texts on one thing, by `changed.py pairs`
--changed  such pairs in which some figures were changed by machine, by `changed.py change`
--out-of   a set to leave out: the weights are then fitted on the others, and counted on it
--write    where the weights of the network go; those of `other` are printed

PAIRS are what `check_pairs ARTICLES STATEMENTS` prints.

Values are masked: a figure that another text states is told of there in other words, so its counterpart is known, and every other figure
of that text is none; with the counterpart taken away there is none at all. The network scores each candidate; the scores, and 0 for
there being no counterpart, share one probability (softmax), and the likelihood of the true ones is made great (Adam; seed fixed).
`other` is a logistic regression, L2-regularised, by Newton's method, over how likely that makes a candidate and how the values differ; a
figure with several candidates counts by its likeliest (multiple-instance learning, Andrews et al. 2003). Dates, times, ranks and ages are
not changed by machine, and so left out of what is changed. Needs numpy.
"""
import argparse, collections, json, re
import numpy as np
from story import NUMBERS, fit as logistic, names as named, read, sigmoid

HIDDEN, EPOCHS, RATE, BATCH, L2, SEED = 16, 40, .01, 256, 1e-3, 7
# What a figure counts that nothing states, one whose counterpart was taken away, and one that follows from others.
UNSTATED, TAKEN, DERIVED = .3, .5, .7
DROP, SURE = .3, .45                                                  # how often a counterpart is taken away; how sure a support must be
ODDS = 5                                                              # the last features of `other` are the odds of the network
SAME = np.array([1.30, -1.01, .02, .75, -1.68, 1.53, 1.42, -.17, .73, -.57, -2.16, -.76, -1.51, -2.07, -.66, -.60, -.50, -.14, -3.85, -2.57,
    -1.16, -2.58, -3.15, -1.90, .90, .45, .63, .77])                  # `same` of check/settings.rs, as it was when these were fitted

class Item:
    """A figure with its candidates: `x` what is asked of each, `true` which of them are right; none of them where all are wrong."""
    def __init__(self, pairs, true, label, weight=1.0, keep=False):
        self.x = np.array([p["counterpart"] for p in pairs], np.float32); self.true = np.array(true, bool); self.label, self.weight = label, weight
        if keep: self.agrees = np.array([p["agrees"] for p in pairs], bool); self.other = [p["other"] for p in pairs]; self.same = max((sigmoid(np.array(p["same"][:len(SAME)]) @ SAME) for p in pairs if p["chosen"]), default=0)

def lines(path):
    with open(path, encoding="utf8") as f: yield from map(json.loads, f)

def digits(text): return re.sub(r"\D", "", text).strip("0") or "".join(str(v) for k, v in NUMBERS.items() if re.search(rf"\b{k}\b", text.lower()))

def names(text, why):
    """Whether `why` names the value of a figure."""
    day = re.match(r"(\d+ [A-Z][a-z]+) (?:19|20)\d\d$", text)
    if day and re.search(rf"\b{day[1]}\b", why): return True
    if re.fullmatch(r"(?:\d+ )?[A-Z][a-z]+(?: \d{4})?", text): return bool(re.search(rf"\b{text}\b", why))
    return named(text, why)

def of_set(folder, pairs, keep_pairs=False):
    text = {s["id"]: s["text"].encode() for s in read(folder + "/statements.jsonl")}; by = collections.defaultdict(list); out = []
    for r in lines(pairs): by[r["doc"]].append(r)
    said = lambda p: text[p["doc"]][p["span"]["start"]:p["span"]["end"]].decode()
    for g in read(folder + "/gold.jsonl"):
        ps = [p for r in by[g["doc"]] if r["span"]["start"] < g["end"] and g["start"] < r["span"]["end"] for p in r["pairs"] if p["counterpart"]]
        label = "derived" if g["label"] == "supported" and g["slot"] == "derived" else g["label"]; true = [False] * len(ps)
        if label == "supported": true = [p["agrees"] and p["chosen"] for p in ps]
        if label == "contradicted":
            true = [names(said(p), g["why"]) and not p["agrees"] for p in ps]
            # Of a slip of unit `why` may name the right unit alone.
            if not any(true) and g["slot"] == "unit": true = [digits(said(p)) == digits(g["text"]) != "" and not p["agrees"] for p in ps]
        out.append(Item(ps, true, label, DERIVED if label == "derived" else 1, keep=True))
        if keep_pairs: out[-1].pairs = ps
    return out

def of_real(articles, statements, pairs, rng):
    """Figures of real pairs of texts: with their counterpart, with it taken away, and without one."""
    source = {d["id"]: d["text"].encode() for d in read(statements)}; text = {d["id"]: d["text"] for d in read(articles)}; out = []
    number = lambda told: re.sub(r"\D", "", told)
    for r in lines(pairs):
        ps = [p for p in r["pairs"] if p["counterpart"]]; own = number(text[r["doc"]][r["span"]["start"]:r["span"]["end"]]); agreeing = [p for p in ps if p["agrees"] and p["chosen"]]
        if not ps or len(own.strip("0")) < 2: continue
        if not agreeing:
            if not any(p["agrees"] for p in ps): out.append(Item(ps, [False] * len(ps), "unstated", UNSTATED))
            continue
        exact = any(number(source[p["doc"]][p["span"]["start"]:p["span"]["end"]].decode()) == own for p in agreeing)
        sure = sigmoid(np.array([p["same"][:len(SAME)] for p in agreeing]) @ SAME).max() >= SURE
        if not exact or not sure or len(agreeing) > 3 or re.fullmatch(r"(19|20)\d\d", own): continue
        rest = [p for p in ps if not p["agrees"]]
        if len(ps) > 1 and rng.random() < DROP and rest: out.append(Item(rest, [False] * len(rest), "taken", TAKEN))
        out.append(Item(ps, [p["agrees"] and p["chosen"] for p in ps], "stated"))
    return out

def of_changed(pairs, labels):
    """Figures that were changed, and those that no text states."""
    labels, out = {r["doc"]: r for r in read(labels)}, []
    for r in lines(pairs):
        label, start, end = labels.get(r["doc"]), r["span"]["start"], r["span"]["end"]; ps = [p for p in r["pairs"] if p["counterpart"]]
        if not label or not any(p["other"] for p in ps) or r["kind"] in ("date", "time", "ordinal", "age"): continue
        change = next((c for c in label["changed"] if c["start"] < end and start < c["end"]), None)
        true = [bool(change) and [p["span"]["start"], p["span"]["end"]] in change["true"] for p in ps]
        stated = any(a < end and start < b for a, b in label["agreed"]) or any(sigmoid(np.array(p["same"][:len(SAME)]) @ SAME) >= .5 for p in ps if p["chosen"])
        if any(true) or not change and not stated: out.append(Item(ps, true, "changed" if change else "unstated", keep=True))
    return out

# ---- the network
def forward(net, x):
    pre = x @ net["W"] + net["c"]; hidden = np.maximum(pre, 0)
    return x @ net["l"] + net["b"] + hidden @ net["v"], pre, hidden

def train(items):
    items = [i for i in items if len(i.x)]; size, rng = items[0].x.shape[1], np.random.default_rng(SEED); draw = np.random.default_rng(SEED)
    net = dict(l=np.zeros(size), b=np.zeros(1), W=draw.normal(0, .3, (size, HIDDEN)), c=np.zeros(HIDDEN), v=draw.normal(0, .1, HIDDEN))
    first, second, step = ({k: np.zeros_like(v) for k, v in net.items()} for _ in range(2)), None, 0
    first, second = first
    for epoch in range(EPOCHS):
        order, rate = rng.permutation(len(items)), RATE * (1 - epoch / EPOCHS) + 1e-4
        for at in range(0, len(items), BATCH):
            part = [items[i] for i in order[at:at + BATCH]]; length = np.array([len(i.x) for i in part]); begins = np.cumsum(length) - length
            x, true = np.concatenate([i.x for i in part]).astype(float), np.concatenate([i.true for i in part]); score, pre, hidden = forward(net, x)
            e = np.exp(np.clip(score, -30, 30)); p = e / np.repeat(np.add.reduceat(e, begins) + 1, length); right = np.add.reduceat(p * true, begins)
            # Several true ones share what is wanted by how likely they are.
            wanted = p * true / np.repeat(np.maximum(right, 1e-9), length); d = (p - wanted) * np.repeat([i.weight for i in part], length) / len(part)
            back = d[:, None] * net["v"] * (pre > 0)
            slope = dict(l=x.T @ d + L2 * net["l"], b=np.array([d.sum()]), W=x.T @ back + L2 * net["W"], c=back.sum(0), v=hidden.T @ d + L2 * net["v"]); step += 1
            for k, g in slope.items():
                first[k] = .9 * first[k] + .1 * g; second[k] = .999 * second[k] + .001 * g ** 2
                net[k] = net[k] - rate * first[k] / (1 - .9 ** step) / (np.sqrt(second[k] / (1 - .999 ** step)) + 1e-8)
    return net

def odds(net, item):
    """As `counterpart::odds` and the last features of `story::other_features` have them."""
    score = np.clip(forward(net, item.x.astype(float))[0], -30, 30); e = np.exp(score); p = e / (1 + e.sum()); rival = np.sort(np.where(item.agrees, 0, p))[::-1]
    next_ = np.where(p >= rival[0], rival[1] if len(rival) > 1 else 0, rival[0]); clip = lambda v, most: np.clip(v, -most, most) / 4
    return np.stack([clip(np.log(p / (1 - p + 1e-9) + 1e-9), 6), clip(score, 6), clip(np.log((p + 1e-4) / (next_ + 1e-4)), 4), np.full(len(p), (p * item.agrees).sum()), np.full(len(p), 1 / (1 + e.sum()))], 1)

# ---- another value
# How much a figure counts, by its label; a support counts for nothing, as it is settled before.
WEIGHT = dict(contradicted=2, absent=2, derived=2, unsupported=.6, changed=1, unstated=.3)

def rows(net, items):
    for i in items:
        may = [k for k, other in enumerate(i.other) if other]
        if may: yield i, np.array([i.other[k][:-ODDS] for k in may]), odds(net, i)[may], i.true[may]

def train_other(net, items):
    ready = [(np.hstack([x, o]), true, i) for i, x, o, true in rows(net, [i for i in items if i.label in WEIGHT])]; w = np.zeros(ready[0][0].shape[1]); w[-ODDS] = 2
    for _ in range(5):
        X, y, s = [], [], []
        for x, true, i in ready:
            score, positive, weight = x @ w, i.label in ("contradicted", "changed"), WEIGHT[i.label]
            if positive and true.any():
                X.append(x[np.argmax(np.where(true, score, -1e9))]); y.append(1); s.append(weight)
                if not true.all(): X.append(x[np.argmax(np.where(true, -1e9, score))]); y.append(0); s.append(.5 * weight)
            elif not positive: X.append(x[np.argmax(score)]); y.append(0); s.append(weight)
        w = logistic(X, y, w, 1.0, s)
    return w

def count(name, net, w, items):
    """What would be called contradicted of a set, where nothing is settled but supports."""
    found = [(sigmoid(np.hstack([x, o]) @ w).max(), i.label) for i, x, o, _ in rows(net, [i for i in items if i.same < .6])]; n = sum(i.label == "contradicted" for i in items)
    for least in (.4, .5, .6, .7, .8):
        c = collections.Counter(label for p, label in found if p >= least); print(f"{name} {least}: recall {100 * c['contradicted'] / n:.0f}, precision {100 * (c['contradicted'] + c['unsupported']) / max(1, sum(c.values())):.0f}", dict(c))

def write(path, net, features):
    short = lambda v: f"{v:.3f}".rstrip("0").rstrip(".") if abs(v) >= .0005 else "0"; row = lambda *cells: "\t".join(cells) + "\n"
    with open(path, "w", encoding="utf8") as f:
        f.write("# The weights by which a figure's counterpart is told, whatever its value: what is asked of a pair, what it adds to the sum, and to each\n# of the hidden units; `out` is what those add to the sum. By training/counterpart.py; see MODELS.md.\n")
        f.write(row("name", "sum", *(f"h{i + 1}" for i in range(HIDDEN))))
        for k, name in enumerate(features): f.write(row(name, short(net["l"][k]), *map(short, net["W"][k])))
        f.write(row("constant", short(net["b"][0]), *map(short, net["c"]))); f.write(row("out", "0", *map(short, net["v"])))

def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); add = lambda name, n, **more: args.add_argument(name, nargs=n, action="append", default=[], **more)
    add("--set", 3); add("--real", 3); add("--changed", 2); add("--out-of", None); args.add_argument("--write"); args = args.parse_args()
    rng = np.random.default_rng(SEED); sets = {name: of_set(folder, pairs) for name, folder, pairs in args.set}
    real = [i for r in args.real for i in of_real(*r, rng)]; machine = [i for c in args.changed for i in of_changed(*c)]; print(collections.Counter(i.label for i in real + machine))
    used = [i for name, items in sets.items() if name not in args.out_of for i in items]
    net = train([i for i in used if i.label in ("absent", "derived") or i.label in ("supported", "contradicted") and i.true.any()] + real); w = train_other(net, used + machine)
    for name, items in sets.items(): count(name + (" (left out)" if name in args.out_of else ""), net, w, items)
    print("other [" + ", ".join(f"{v:.2f}" for v in w) + "]")
    if args.write:
        # The names stand in the table that is written anew.
        write(args.write, net, [l.split("\t")[0] for l in open(args.write, encoding="utf8") if l[0] != "#"][1:-2])

if __name__ == "__main__": main()

#!/usr/bin/env python3
"""Fits the weights of a check anew from those of today: `same`, `other` and `derived` of check/settings.rs and the network of
check/counterpart/weights.tsv, on labelled sets, each drawn towards its present value. What was learnt from sets that are lost is kept so.

usage: refit.py [--set NAME FOLDER PAIRS WORKED]... [--real ARTICLES STATEMENTS PAIRS]... [--changed PAIRS LABELS]... [--out-of NAME]...
                [--write CHECK]

--set     a labelled set: FOLDER holds statements.jsonl, articles.jsonl {id, about} and gold.jsonl (see counterpart.py); PAIRS and WORKED
          are what `check_pairs` and `check_pairs --worked` print for it
--real    pairs of real texts on one thing, and --changed those in which figures were changed by machine (see counterpart.py): what holds
          the weights from taking every other value in real texts for a mistake
--out-of  a set to leave out, and to count on
--write   crates/sayso-core/src/check, where the weights are replaced

The network is trained on with Adam (seed fixed) and a penalty on each step away from today's weights. The regressions see the odds of
networks that were trained without the statement in question (three folds), so that they trust them no more than on unseen texts. Needs
numpy.
"""
import argparse, collections, re
import numpy as np
import counterpart as C, derived as D
from story import read, sigmoid

FOLDS, EPOCHS, RATE, BATCH, SEED = 3, 30, .003, 128, 7
NEAR_NET, NEAR_SAME, NEAR_ODDS, NEAR_OTHER, NEAR_DERIVED = .01, 5.0, 2.0, 2.0, 3.0   # how strongly weights are drawn to those of today
BESIDE = 5                                                          # the last features of `same` are the odds of the network

def fit(X, y, w, today, near, weight=None):
    X, y, s = np.array(X), np.array(y, float), np.ones(len(y)) if weight is None else np.array(weight)
    near = np.full(X.shape[1], near) if np.isscalar(near) else near
    for _ in range(25):
        p = sigmoid(X @ w); step = np.linalg.solve((X * (s * p * (1 - p))[:, None]).T @ X + np.diag(near), X.T @ (s * (y - p)) - near * (w - today)); w = w + step
        if np.abs(step).max() < 1e-5: break
    return w

# ---- the weights of today
def settings(text, name): return np.array([float(v) for v in re.search(rf"\b{name}: \[([^\]]*)\]", text[text.index("impl Default"):])[1].replace("\n", "").split(",") if v.strip()])

def network(path):
    lines = [l.rstrip("\n").split("\t") for l in open(path, encoding="utf8") if l[0] != "#"][1:]; rows = {l[0]: [float(v) for v in l[1:]] for l in lines}
    names = [k for k in rows if k not in ("constant", "out")]; table = np.array([rows[k] for k in names])
    return dict(l=table[:, 0], b=np.array(rows["constant"][:1]), W=table[:, 1:], c=np.array(rows["constant"][1:]), v=np.array(rows["out"][1:])), names

# ---- the network
def counts(i): return len(i.x) and (i.label in ("absent", "derived", "stated", "unstated", "taken") or i.label in ("supported", "contradicted") and i.true.any())

def train_on(today, items):
    items = [i for i in items if counts(i)]; net = {k: v.copy() for k, v in today.items()}; rng = np.random.default_rng(SEED); step = 0
    first, second = ({k: np.zeros_like(v) for k, v in net.items()} for _ in range(2))
    for epoch in range(EPOCHS):
        order, rate = rng.permutation(len(items)), RATE * (1 - epoch / EPOCHS) + 1e-5
        for at in range(0, len(items), BATCH):
            part = [items[i] for i in order[at:at + BATCH]]; length = np.array([len(i.x) for i in part]); begins = np.cumsum(length) - length
            x, true = np.concatenate([i.x for i in part]).astype(float), np.concatenate([i.true for i in part]); score, pre, hidden = C.forward(net, x)
            e = np.exp(np.clip(score, -30, 30)); p = e / np.repeat(np.add.reduceat(e, begins) + 1, length); right = np.add.reduceat(p * true, begins)
            d = (p - p * true / np.repeat(np.maximum(right, 1e-9), length)) * np.repeat([i.weight for i in part], length) / len(part)
            back = d[:, None] * net["v"] * (pre > 0); slope = dict(l=x.T @ d, b=np.array([d.sum()]), W=x.T @ back, c=back.sum(0), v=hidden.T @ d); step += 1
            for k in slope:
                g = slope[k] + NEAR_NET * (net[k] - today[k]); first[k] = .9 * first[k] + .1 * g; second[k] = .999 * second[k] + .001 * g ** 2
                net[k] = net[k] - rate * first[k] / (1 - .9 ** step) / (np.sqrt(second[k] / (1 - .999 ** step)) + 1e-8)
    return net

def beside(net, item):
    """The odds of a figure's pairs as `story::same_features` has them."""
    score = np.clip(C.forward(net, item.x.astype(float))[0], -30, 30); e = np.exp(score); p = e / (1 + e.sum()); other = np.where(item.agrees, 0, p).max()
    clip = lambda v, most: np.clip(v, -most, most) / 4
    return np.stack([clip(np.log(p / (1 - p + 1e-9) + 1e-9), 6), clip(score, 6), clip(np.log((p + 1e-4) / (other + 1e-4)), 4), np.full(len(p), other), np.full(len(p), 1 / (1 + e.sum()))], 1)

# ---- the regressions
def rows_of_same(items):
    for i in items:
        chosen = [k for k, p in enumerate(i.pairs) if p["chosen"]]
        if chosen and i.label != "derived": yield np.hstack([np.array([i.pairs[k]["same"][:-BESIDE] for k in chosen]), beside(i.net, i)[chosen]]), i.label == "supported", i

def learn_same(items, today):
    near = np.full(len(today), NEAR_SAME); near[0] = .1; near[-BESIDE:] = NEAR_ODDS; w = today.copy(); ready = list(rows_of_same(items))
    for _ in range(5): w = fit([x[np.argmax(x @ w)] for x, _, _ in ready], [y for _, y, _ in ready], w, today, near)
    return w

def rows_of_other(items):
    for i in items:
        may = [k for k, other in enumerate(i.other) if other]
        if may: yield np.hstack([np.array([i.other[k][:-C.ODDS] for k in may]), C.odds(i.net, i)[may]]), i.true[may], i

def learn_other(items, today):
    ready = [r for r in rows_of_other(items) if r[2].label in C.WEIGHT]; w = today.copy(); near = np.full(len(today), NEAR_OTHER); near[0] = .1
    for _ in range(5):
        X, y, s = [], [], []
        for x, true, i in ready:
            score, positive, weight = x @ w, i.label in ("contradicted", "changed"), C.WEIGHT[i.label]
            if positive and true.any():
                X.append(x[np.argmax(np.where(true, score, -1e9))]); y.append(1); s.append(weight)
                if not true.all(): X.append(x[np.argmax(np.where(true, -1e9, score))]); y.append(0); s.append(.5 * weight)
            elif not positive: X.append(x[np.argmax(score)]); y.append(0); s.append(weight)
        w = fit(X, y, w, today, near, s)
    return w

def learn_derived(rows, today):
    w, near = today.copy(), np.full(len(today), NEAR_DERIVED); near[0] = .1
    for _ in range(4):
        X, y, s = [], [], []
        for r in rows:
            score = r["X"] @ w
            if r["derived"] and not r["true"].any(): continue
            weight = .3 if r["gold"]["label"] == "supported" and not r["derived"] else 1
            if r["true"].any(): X.append(r["X"][np.argmax(np.where(r["true"], score, -1e9))]); y.append(1); s.append(1)
            if not r["true"].all(): X.append(r["X"][np.argmax(np.where(r["true"], -1e9, score))]); y.append(0); s.append(weight)
        w = fit(X, y, w, today, near, s)
    return w

# ---- the sets
def load(name, folder, pairs, worked):
    items = C.of_set(folder, pairs, keep_pairs=True); about = {a["id"]: a["about"][0] for a in read(folder + "/articles.jsonl")}
    for i, g in zip(items, read(folder + "/gold.jsonl")): i.group = name + about[g["doc"]]
    return items, D.load(worked, folder + "/gold.jsonl", folder + "/articles.jsonl")

def count(name, items, rows, same, other, derived):
    label = np.array([i.label for _, _, i in rows_of_same(items)]); p = np.array([sigmoid((x @ same).max()) for x, _, _ in rows_of_same(items)]); n = sum(i.label == "supported" for i in items)
    for t in (.5, .6, .7): print(f"{name} same {t}: recall {100 * (p[label == 'supported'] >= t).sum() / n:.1f}, precision {100 * (label[p >= t] == 'supported').mean():.1f}, kept out {100 * (p[label == 'unsupported'] < t).mean():.1f}")
    sure = {id(i): sigmoid((x @ same).max()) for x, _, i in rows_of_same(items)}; found = [(sigmoid((x @ other).max()), i.label) for x, _, i in rows_of_other(items) if sure.get(id(i), 0) < .6]; n = sum(i.label == "contradicted" for i in items)
    for t in (.4, .5, .55, .6, .7):
        c = collections.Counter(label for q, label in found if q >= t); print(f"{name} other {t}: recall {100 * c['contradicted'] / n:.0f}, precision {100 * (c['contradicted'] + c['unsupported']) / max(1, sum(c.values())):.0f}", dict(c))
    for t in (.3, .4, .5, .6):
        c = collections.Counter("derived" if r["derived"] else r["gold"]["label"] for r in rows if sigmoid(r["X"] @ derived).max() >= t); print(f"{name} derived {t}:", dict(c))

def count_machine(items, other):
    found = [(sigmoid((x @ other).max()), i.label) for x, _, i in rows_of_other(items)]; n = sum(i.label == "changed" for i in items)
    for t in (.5, .55, .6, .7, .8):
        c = collections.Counter(label for q, label in found if q >= t); print(f"changed by machine {t}:", dict(c), "of", n)

def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); args.add_argument("--set", nargs=4, action="append", default=[]); args.add_argument("--out-of", action="append", default=[]); args.add_argument("--real", nargs=3, action="append", default=[]); args.add_argument("--changed", nargs=2, action="append", default=[]); args.add_argument("--today", default="crates/sayso-core/src/check"); args.add_argument("--write"); args = args.parse_args()
    text = open(args.today + "/settings.rs", encoding="utf8").read(); today, names = network(args.today + "/counterpart/weights.tsv"); sets = {name: load(name, *rest) for name, *rest in args.set}
    real = [i for r in args.real for i in C.of_real(*r, np.random.default_rng(SEED))]; machine = [i for c in args.changed for i in C.of_changed(*c)]; print(collections.Counter(i.label for i in real + machine))
    used = [i for name, (items, _) in sets.items() if name not in args.out_of for i in items]; net = train_on(today, used + real)
    fold = {g: k % FOLDS for k, g in enumerate(sorted({i.group for i in used}))}; nets = [train_on(today, [i for i in used if fold[i.group] != k] + real) for k in range(FOLDS)]
    for name, (items, _) in sets.items():
        for i in items: i.net = net if name in args.out_of else nets[fold[i.group]]
    for i in machine: i.net = net
    same, other = learn_same(used, settings(text, "same")), learn_other(used + machine, settings(text, "other")); derived = learn_derived([r for name, (_, rows) in sets.items() if name not in args.out_of for r in rows], settings(text, "derived"))
    for name, (items, rows) in sets.items(): count(name + (" (left out)" if name in args.out_of else " (odds by fold)"), items, rows, same, other, derived)
    if machine: count_machine(machine, other)
    if args.write:
        for name, w in (("same", same), ("other", other), ("derived", derived)):
            head, rest = text[:text.index("impl Default")], text[text.index("impl Default"):]; text = head + re.sub(rf"\b{name}: \[[^\]]*\]", lambda _: f"{name}: [" + ", ".join(f"{v:.2f}" for v in w) + "]", rest, count=1)
        open(args.write + "/settings.rs", "w", encoding="utf8").write(text); C.write(args.write + "/counterpart/weights.tsv", net, names)

if __name__ == "__main__": main()

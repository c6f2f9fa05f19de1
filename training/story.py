#!/usr/bin/env python3
"""Fits the weights by which check takes two figures of stories to be of one thing (`same` and `other` of check/settings.rs).

usage: story.py PAIRS.jsonl GOLD.jsonl STATEMENTS.jsonl ARTICLES.jsonl [CHANGED.jsonl LABELS.jsonl]

PAIRS  {doc, span, pairs: [{doc, span, agrees, chosen, same, other}]}: what `sayso::check::compared` gives for each figure
GOLD   {doc, start, end, label, slot, why}: label supported, contradicted, unsupported (the number is said of something
       else) or absent; `why` of a contradicted row names the right value

The rows of several sets may be put together (the weights of today are fitted on two, made by other hands): give their ids prefixes.

CHANGED and LABELS, of `changed.py`: the same pairs of real texts in which some figures were changed by machine, with what was changed.
`other` is fitted on them too: a changed figure and its counterpart are of one thing, and all that is said of a figure which no text
states is none. Dates, times, ranks and ages are not changed, and so left out.

Two logistic regressions, L2-regularised, by Newton's method; a figure with several candidates counts by its likeliest
(multiple-instance learning, Andrews et al. 2003). Prints what five-fold cross-validation by statement gives, then the
weights fitted on all. Needs numpy.
"""
import collections, json, re, sys
import numpy as np

def read(path): return [json.loads(line) for line in open(path, encoding="utf8")]
def sigmoid(z): return 1 / (1 + np.exp(-np.clip(z, -30, 30)))

def fit(X, y, w, l2=1.0, weight=None):
    X, y = np.array(X), np.array(y, float)
    weight = np.ones(len(y)) if weight is None else np.array(weight)
    ridge = np.full(X.shape[1], l2); ridge[0] = 0.01
    for _ in range(25):
        p = sigmoid(X @ w)
        step = np.linalg.solve((X * (weight * p * (1 - p))[:, None]).T @ X + np.diag(ridge), X.T @ (weight * (y - p)) - ridge * w)
        w = w + step
        if np.abs(step).max() < 1e-4: break
    return w

NUMBERS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13)))

def names(text, why):
    """Whether `why` names the value of a figure."""
    digits = re.sub(r"[^0-9.]", "", text)
    if digits: return bool(re.search(r"(?<![\d.])" + re.escape(digits) + r"(?!\d|\.\d)", why.replace(",", "")))
    return text.lower() in why.lower() or any(k in text.lower() and re.search(rf"\b{v}\b", why) for k, v in NUMBERS.items())

def learn_same(rows):
    w = np.zeros(rows.size_same); w[1] = 1
    for _ in range(5):
        X, y = [], []
        for r in rows:
            if r["same"] is not None and not r["derived"]:
                X.append(r["same"][np.argmax(r["same"] @ w)]); y.append(r["label"] == "supported")
        w = fit(X, y, w)
    return w

# How much a figure that nothing states counts, and a labelled one, beside a changed one.
NONE, LABELLED = .3, 2

def changed(pairs, labels, same):
    """Rows of figures that were changed (`true` tells their counterparts) and of those that no text states."""
    labels, rows = {r["doc"]: r for r in read(labels)}, []
    for r in read(pairs):
        label, (start, end) = labels.get(r["doc"]), (r["span"]["start"], r["span"]["end"])
        other = [p for p in r["pairs"] if p["other"] and not p["headline"]]
        if not label or not other or r["kind"] in ("date", "time", "ordinal", "age"): continue
        change = next((c for c in label["changed"] if c["start"] < end and start < c["end"]), None)
        true = np.array([bool(change) and [p["span"]["start"], p["span"]["end"]] in change["true"] for p in other])
        stated = any(a < end and start < b for a, b in label["agreed"]) or any(sigmoid(np.array(p["same"]) @ same) >= .5 for p in r["pairs"] if p["chosen"])
        if true.any() or not change and not stated: rows.append(dict(other=np.array([p["other"] for p in other]), true=true))
    return rows

def learn_other(rows, machine=()):
    w = np.zeros(rows.size_other); w[1] = 1
    for _ in range(4):
        X, y, s = [], [], []
        for r in machine:
            score, true = r["other"] @ w, r["true"]
            if true.any():
                X.append(r["other"][np.argmax(np.where(true, score, -1e9))]); y.append(1); s.append(1)
                if not true.all(): X.append(r["other"][np.argmax(np.where(true, -1e9, score))]); y.append(0); s.append(.5)
            else: X.append(r["other"][np.argmax(score)]); y.append(0); s.append(NONE)
        k = LABELLED if machine else 1
        for r in rows:
            if r["other"] is None or r["label"] == "supported" and not r["derived"]: continue
            score, true = r["other"] @ w, r["true"]
            if true.any():
                X.append(r["other"][np.argmax(np.where(true, score, -1e9))]); y.append(1); s.append(k)
                if not true.all(): X.append(r["other"][np.argmax(np.where(true, -1e9, score))]); y.append(0); s.append(.5 * k)
            elif r["label"] != "contradicted": X.append(r["other"][np.argmax(score)]); y.append(0); s.append(k * (.3 if r["label"] == "unsupported" else 1))
        w = fit(X, y, w, 1.0, s)
    return w

class Rows(list): pass

def load(paths):
    pairs, gold, statements, articles = map(read, paths)
    text = {s["id"]: s["text"].encode() for s in statements}; about = {a["id"]: a["about"][0] for a in articles}
    by = collections.defaultdict(list)
    for r in pairs: by[r["doc"]].append(r)
    rows = Rows()
    for g in gold:
        ps = [p for r in by[g["doc"]] if r["span"]["start"] < g["end"] and g["start"] < r["span"]["end"] for p in r["pairs"]]
        same, other = [p["same"] for p in ps if p["chosen"]], [p for p in ps if p["other"]]
        right = [g["label"] == "contradicted" and names(text[p["doc"]][p["span"]["start"]:p["span"]["end"]].decode(), g["why"]) for p in other]
        rows.append(dict(label=g["label"], slot=g["slot"], derived=g["label"] == "supported" and g["slot"] == "derived", group=about[g["doc"]], gold=g, pairs=ps,
            same=np.array(same) if same else None, other=np.array([p["other"] for p in other]) if other else None, true=np.array(right)))
    rows.size_same = max(len(r["same"][0]) for r in rows if r["same"] is not None); rows.size_other = max(len(r["other"][0]) for r in rows if r["other"] is not None)
    return rows

def part(rows, keep):
    out = Rows(r for r in rows if keep(r)); out.size_same, out.size_other = rows.size_same, rows.size_other
    return out

def cross(rows, machine):
    fold = {g: i % 5 for i, g in enumerate(sorted({r["group"] for r in rows}))}
    for f in range(5):
        train = part(rows, lambda r: fold[r["group"]] != f); ws, wo = learn_same(train), learn_other(train, machine)
        for r in rows:
            if fold[r["group"]] == f:
                r["p_same"] = sigmoid(r["same"] @ ws).max() if r["same"] is not None else 0
                r["p_other"] = sigmoid(r["other"] @ wo).max() if r["other"] is not None else 0

def main():
    rows = load(sys.argv[1:5]); machine = changed(*sys.argv[5:7], learn_same(rows)) if len(sys.argv) > 6 else []; cross(rows, machine)
    n = collections.Counter(r["label"] if not r["derived"] else "derived" for r in rows)
    for t in (.4, .5, .6):
        c = collections.Counter(r["label"] if not r["derived"] else "derived" for r in rows if r["p_same"] >= t)
        slots = collections.Counter(r["slot"] for r in rows if r["label"] == "unsupported"); out = collections.Counter(r["slot"] for r in rows if r["label"] == "unsupported" and r["p_same"] < t)
        print(f"same {t}: supported {c['supported']}/{n['supported']}, P {100 * c['supported'] / max(1, sum(c.values()) - c['derived']):.1f}, kept out {100 - 100 * c['unsupported'] / n['unsupported']:.1f}", {s: round(100 * out[s] / v) for s, v in slots.items()})
    for t in (.3, .35, .4, .5, .6):
        c = collections.Counter(r["label"] if not r["derived"] else "derived" for r in rows if r["p_same"] < .5 and r["p_other"] >= t)
        s = collections.Counter(r["slot"] for r in rows if r["label"] == "contradicted" and r["p_same"] < .5 and r["p_other"] >= t)
        print(f"other {t}:", dict(c), dict(s))
    for name, w in (("same", learn_same(rows)), ("other", learn_other(rows, machine))):
        print(name, "[" + ", ".join(f"{v:.2f}" for v in w) + "]")

if __name__ == "__main__": main()

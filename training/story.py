#!/usr/bin/env python3
"""Fits the weights by which check takes two figures of stories with agreeing values to be of one thing (`same` of check/settings.rs).

usage: story.py PAIRS.jsonl GOLD.jsonl STATEMENTS.jsonl ARTICLES.jsonl

PAIRS  {doc, span, pairs: [{doc, span, agrees, chosen, same}]}: what `sayso::check::compared` gives for each figure
GOLD   {doc, start, end, label, slot, why}: label supported, contradicted, unsupported (the number is said of something
       else) or absent; `why` of a contradicted row names the right value

The rows of several sets may be put together (the weights of today are fitted on two, made by other hands): give their ids prefixes.

A logistic regression, L2-regularised, by Newton's method; a figure with several candidates counts by its likeliest
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

NUMBERS = dict(zip("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(), range(1, 21)))

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

class Rows(list): pass

def load(paths):
    pairs, gold, statements, articles = map(read, paths)
    about = {a["id"]: a["about"][0] for a in articles}
    by = collections.defaultdict(list)
    for r in pairs: by[r["doc"]].append(r)
    rows = Rows()
    for g in gold:
        ps = [p for r in by[g["doc"]] if r["span"]["start"] < g["end"] and g["start"] < r["span"]["end"] for p in r["pairs"]]; same = [p["same"] for p in ps if p["chosen"]]
        rows.append(dict(label=g["label"], slot=g["slot"], derived=g["label"] == "supported" and g["slot"] == "derived", group=about[g["doc"]], same=np.array(same) if same else None))
    rows.size_same = max(len(r["same"][0]) for r in rows if r["same"] is not None)
    return rows

def part(rows, keep):
    out = Rows(r for r in rows if keep(r)); out.size_same = rows.size_same
    return out

def cross(rows):
    fold = {g: i % 5 for i, g in enumerate(sorted({r["group"] for r in rows}))}
    for f in range(5):
        w = learn_same(part(rows, lambda r: fold[r["group"]] != f))
        for r in rows:
            if fold[r["group"]] == f: r["p_same"] = sigmoid(r["same"] @ w).max() if r["same"] is not None else 0

def main():
    rows = load(sys.argv[1:5]); cross(rows)
    n = collections.Counter(r["label"] if not r["derived"] else "derived" for r in rows)
    for t in (.4, .5, .6):
        c = collections.Counter(r["label"] if not r["derived"] else "derived" for r in rows if r["p_same"] >= t)
        slots = collections.Counter(r["slot"] for r in rows if r["label"] == "unsupported"); out = collections.Counter(r["slot"] for r in rows if r["label"] == "unsupported" and r["p_same"] < t)
        print(f"same {t}: supported {c['supported']}/{n['supported']}, P {100 * c['supported'] / max(1, sum(c.values()) - c['derived']):.1f}, kept out {100 - 100 * c['unsupported'] / n['unsupported']:.1f}", {s: round(100 * out[s] / v) for s, v in slots.items()})
    print("same [" + ", ".join(f"{v:.2f}" for v in learn_same(rows)) + "]")

if __name__ == "__main__": main()

#!/usr/bin/env python3
"""Fits the weights by which check takes a sum of a statement's figures to be what the coverage means (`derived` of check/settings.rs).

usage: derived.py WORKED.jsonl GOLD.jsonl ARTICLES.jsonl

WORKED  {doc, span, worked: [{computation, features}]}: what `sayso::check::worked` gives for each figure
GOLD    {doc, start, end, label, slot, why}; `why` of a derived row names the terms

One logistic regression, L2-regularised, by Newton's method (as in story.py). A sum is right where the figure is supported and
derived and the sum has all numbers that `why` names; of a figure that is not derived every sum is wrong. Prints what five-fold
cross-validation by statement gives, then the weights. Needs numpy.
"""
import collections, re, sys
import numpy as np
from story import fit, read, sigmoid

SLOTS = ("derived", "hedge", "bound")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

def numbers(text):
    return {float(n.replace(",", "")) for n in NUMBER.findall(text)}

def has(computation, wanted):
    """Whether a sum has the numbers, on whatever scale."""
    got = numbers(computation)
    return all(any(abs(g - w * k) < 1e-6 * max(1, abs(g)) for g in got for k in (1, 1e3, 1e6, 1e9, 12, 60, 3600)) for w in wanted)

def load(worked, gold, articles):
    about = {a["id"]: a["about"][0] for a in read(articles)}; by = collections.defaultdict(list); rows = []
    for r in read(worked): by[r["doc"]].append(r)
    for g in read(gold):
        sums = [w for r in by[g["doc"]] if r["span"]["start"] < g["end"] and g["start"] < r["span"]["end"] for w in r["worked"]]
        if not sums: continue
        derived = g["label"] == "supported" and g["slot"] in SLOTS
        right = re.split(r"[:=]", g["why"].split(":", 1)[-1])[0]; wanted = numbers(right)
        true = [derived and bool(wanted) and has(w["computation"], wanted) for w in sums]
        rows.append(dict(X=np.array([w["features"] for w in sums]), true=np.array(true), gold=g, derived=derived, group=about[g["doc"]], sums=sums))
    return rows

def learn(rows):
    w = np.zeros(len(rows[0]["X"][0])); w[1] = 1
    for _ in range(4):
        X, y, s = [], [], []
        for r in rows:
            score = r["X"] @ w
            if r["derived"] and not r["true"].any(): continue
            if r["gold"]["label"] == "supported" and not r["derived"]: weight = .3
            else: weight = 1
            if r["true"].any(): X.append(r["X"][np.argmax(np.where(r["true"], score, -1e9))]); y.append(1); s.append(1)
            if not r["true"].all(): X.append(r["X"][np.argmax(np.where(r["true"], -1e9, score))]); y.append(0); s.append(weight)
        w = fit(X, y, w, 1.0, s)
    return w

def main():
    rows = load(*sys.argv[1:4]); fold = {g: i % 5 for i, g in enumerate(sorted({r["group"] for r in rows}))}
    for f in range(5):
        w = learn([r for r in rows if fold[r["group"]] != f])
        for r in rows:
            if fold[r["group"]] == f: r["p"] = sigmoid(r["X"] @ w); r["best"] = int(np.argmax(r["p"]))
    print(f"{sum(r['derived'] for r in rows)} derived with some sum, {sum(r['true'].any() for r in rows)} with the right one")
    for t in (.3, .4, .5, .6, .7, .8):
        c = collections.Counter(("derived" if r["derived"] else r["gold"]["label"]) for r in rows if r["p"][r["best"]] >= t)
        right = sum(r["true"][r["best"]] for r in rows if r["derived"] and r["p"][r["best"]] >= t)
        print(t, dict(c), "right terms", right)
    print("derived", "[" + ", ".join(f"{v:.2f}" for v in learn(rows)) + "]")
    if "-v" in sys.argv:
        for r in rows:
            b = r["best"]; g = r["gold"]
            print(f"{r['p'][b]:.2f} {'R' if r['true'][b] else 'r' if r['true'].any() else '-'} {g['label']}/{g['slot']} {g['doc']} [{g['text']}] {g['why']} <- {r['sums'][b]['computation']} {[round(float(x), 2) for x in r['X'][b]]}")

if __name__ == "__main__": main()

#!/usr/bin/env python3
"""Fits the weights by which check tells that the same number is said of something else (`elsewhere` of check/settings.rs).

usage: elsewhere.py [--set FOLDER PAIRS]... [--real PAIRS]...

--set   a labelled set: FOLDER holds gold.jsonl (see counterpart.py); PAIRS is what `check_pairs` prints for it. Right is a finding on a
        figure that is labelled unsupported
--real  what `check_pairs` prints for pairs of real texts on one thing, each held to name the other: of 30 such findings that we read one
        was right, so all of them count as wrong, each for a quarter of a labelled one

One logistic regression, L2-regularised, by Newton's method: the same result each time. Prints what it gives on each set left out, on
each half of the real pairs by the other, then the weights. Needs numpy; seconds.
"""
import argparse, collections, json
import numpy as np

PULL, REAL = 2.0, .25

def rows(path, gold=None):
    labels = collections.defaultdict(list)
    for line in open(gold, encoding="utf8") if gold else (): g = json.loads(line); labels[g["doc"]].append(g)
    for line in open(path, encoding="utf8"):
        r = json.loads(line); at = r["span"]; hit = [g for g in labels[r["doc"]] if at["start"] < g["end"] and g["start"] < at["end"]]
        for p in r["pairs"]:
            if p["elsewhere"] and (hit or not gold): yield p["elsewhere"], bool(gold) and hit[0]["label"] == "unsupported"

def table(path, gold=None, weight=1.0):
    found = list(rows(path, gold)); return np.array([x for x, _ in found], float), np.array([y for _, y in found], float), np.full(len(found), weight)

def fit(parts):
    X, y, s = (np.concatenate(v) for v in zip(*parts)); w = np.zeros(X.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-X @ w)); step = np.linalg.solve((X * (s * p * (1 - p))[:, None]).T @ X + PULL * np.eye(len(w)), X.T @ (s * (y - p)) - PULL * w); w = w + step
        if np.abs(step).max() < 1e-6: break
    return w

def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); args.add_argument("--set", nargs=2, action="append", default=[]); args.add_argument("--real", action="append", default=[]); args = args.parse_args()
    sets = [table(pairs, folder + "/gold.jsonl") for folder, pairs in args.set]; real = [table(pairs, weight=REAL) for pairs in args.real]; part = lambda t, m: tuple(v[m] for v in t)
    likely = lambda t, w: 1 / (1 + np.exp(-t[0] @ w)); halves = [np.arange(len(t[1])) % 2 == 0 for t in real]
    p = np.concatenate([likely(t, fit([u for u in sets if u is not t] + real)) for t in sets]); y = np.concatenate([t[1] for t in sets])
    q = np.concatenate([likely(part(t, ~m), fit(sets + [part(u, h == e) for u, h in zip(real, halves)])) for t, half in zip(real, halves) for e, m in ((True, half), (False, ~half))])
    for least in (.1, .2, .3, .5, .7, .75, .8, .85, .9): print(f"at {least}: {int(y[p >= least].sum())} of {int((p >= least).sum())} right, each set left out; {int((q >= least).sum())} of {len(q)} of real pairs")
    print([round(float(v), 2) for v in fit(sets + real)])

main()

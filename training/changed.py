#!/usr/bin/env python3
"""Makes pairs of texts on one thing and contradictions by machine, for `counterpart.py`: of pairs of real texts on one thing, some of the figures on which both agree are
changed in the later one. Texts and figures stay on the machine that this runs on; only weights are fitted on them.

usage: changed.py pairs TEXTS.jsonl.gz ARTICLES.jsonl STATEMENTS.jsonl [outlets] [many]
       changed.py change ARTICLES.jsonl STATEMENTS.jsonl PAIRS.jsonl > CHANGED_ARTICLES.jsonl 2> LABELS.jsonl

pairs   finds the closest pairs of texts of a few days by the cosine of their words (of two outlets where `outlets` is given): the
        later one becomes an article about the earlier one. With `many` less close ones, too, and each text up to four times.
change  needs what `check_pairs ARTICLES STATEMENTS` prints (with the kind of each figure). A third of the figures with two digits or
        more that both texts state are changed: a slip of the pen, or another value within about half and twice of it.

Needs numpy and scipy for `pairs`.
"""
import collections, datetime, gzip, json, random, re, sys

WORD, NUMBER = re.compile(r"[A-Za-z][a-z]{2,}"), re.compile(r"\d[\d,]*(?:\.\d+)?")
DAYS, CLOSE, SAME, MOST, LONGEST = 7, .22, .93, 1400, 12000
rng = random.Random(7)

def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf8") as f: return [json.loads(line) for line in f]

def write(path, rows):
    with open(path, "w", encoding="utf8") as f: f.writelines(json.dumps(row) + "\n" for row in rows)

def vectors(texts):
    import numpy as np, scipy.sparse as sp
    known, rows, cols = {}, [], []
    for i, d in enumerate(texts):
        for word in {w.lower() for w in WORD.findall((d.get("title") or "") + " " + d["text"][:6000])}: rows.append(i); cols.append(known.setdefault(word, len(known)))
    X = sp.csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(texts), len(known))); held = np.asarray(X.sum(0)).ravel()
    X = X @ sp.diags(np.where(held < 2, 0, np.log(len(texts) / held))); length = np.sqrt(np.asarray(X.multiply(X).sum(1)).ravel())
    return (sp.diags(1 / np.maximum(length, 1e-9)) @ X).tocsr()

def pairs(path, articles, statements, *how):
    import numpy as np
    outlets, close, same, most, times = ("outlets" in how, .20, .95, 6000, 4) if "many" in how else ("outlets" in how, CLOSE, SAME, MOST, 2)
    day = lambda d: datetime.date.fromisoformat(d["date"][:10]).toordinal()
    texts = sorted((d for d in read(path) if d.get("date") and len(d["text"]) <= LONGEST), key=day); X, days = vectors(texts), np.array([day(d) for d in texts]); found = []
    house = (lambda d: d["url"].split("/")[2]) if outlets else (lambda d: d["id"])
    for i, d in enumerate(texts):
        end = np.searchsorted(days, days[i] + DAYS, "right")
        for j, v in enumerate((X[i + 1:end] @ X[i].T).toarray().ravel()):
            if close <= v < same and house(d) != house(texts[i + 1 + j]): found.append((float(v), i, i + 1 + j))
    used, out, sources = collections.Counter(), [], {}
    for _, i, j in sorted(found, reverse=True):
        if len(out) < most and used[i] < times and used[j] < times:
            used.update((i, j)); source = dict(texts[i], id=texts[i]["id"] + "#s", kind="statement"); sources[source["id"]] = source
            out.append(dict(texts[j], id=f"p{len(out)}", kind="article", about=[source["id"]]))
    write(articles, out); write(statements, sources.values())

def other(token):
    """Another number written in the same way; None where none was found."""
    plain = token.replace(",", ""); places = len(plain.partition(".")[2]); digits = [i for i, c in enumerate(plain) if c.isdigit()]
    for _ in range(20):
        if rng.random() < .3 and len(digits) > 1:
            p = list(plain); i = rng.randrange(min(3, len(digits) - 1))
            if rng.random() < .5: p[digits[i]], p[digits[i + 1]] = p[digits[i + 1]], p[digits[i]]
            else: p[digits[i]] = str((int(p[digits[i]]) + rng.choice((1, 2, 3, -1, -2))) % 10)
            new = "".join(p)
        else:
            value = float(plain) * rng.choice((rng.uniform(.45, .9), rng.uniform(1.12, 2.2))); zeros = 10 ** (len(plain) - len(plain.rstrip("0")))
            new = f"{value:.{places}f}" if places else str(round(value / zeros) * zeros or round(value))
        x, y = float(plain), float(new)
        if y > 0 and abs(y - x) > .03 * x and (plain[0] == "0") == (new[0] == "0"): return f"{y:,.{places}f}" if "," in token else new

def change(articles, statements, found):
    articles, source, by = {d["id"]: d for d in read(articles)}, {d["id"]: d["text"].encode() for d in read(statements)}, collections.defaultdict(list)
    for r in read(found): by[r["doc"]].append(r)
    for name, rows in by.items():
        text, agreed, may = articles[name]["text"], [], []
        for r in rows:
            start, end = r["span"]["start"], r["span"]["end"]; number = NUMBER.search(text[start:end]); agrees = [p["span"] | {"doc": p["doc"]} for p in r["pairs"] if p["agrees"] and p["chosen"]]
            if not agrees or r["kind"] in ("date", "time", "ordinal", "age"): continue
            agreed.append((start, end)); plain = number[0].replace(",", "") if number else ""
            exact = [p for p in agrees if plain in source[p["doc"]][p["start"]:p["end"]].decode().replace(",", "")]
            if len(re.sub(r"\D", "", plain).strip("0")) > 1 and not re.fullmatch(r"(19|20)\d\d", plain) and 0 < len(exact) < 4: may.append((start + number.start(), start + number.end(), number[0], [(p["start"], p["end"]) for p in agrees]))
        rng.shuffle(may); picked, new, out, at, shifts, labels = [], {}, "", 0, [], []
        for m in may:
            if len(picked) < max(1, len(may) // 3) and all(abs(m[0] - p[0]) > 60 for p in picked): picked.append(m)
        for start, end, token, true in sorted(picked):
            value = new.setdefault(token, other(token))
            if value: out += text[at:start]; labels.append(dict(start=len(out), end=len(out) + len(value), true=true)); out += value; at = end; shifts.append((start, len(value) - len(token)))
        moved = lambda x: x + sum(by for place, by in shifts if place < x)
        print(json.dumps(dict(articles[name], text=out + text[at:]))); print(json.dumps(dict(doc=name, changed=labels, agreed=[[moved(a), moved(b)] for a, b in agreed])), file=sys.stderr)

if __name__ == "__main__": {"pairs": pairs, "change": change}[sys.argv[1]](*sys.argv[2:])

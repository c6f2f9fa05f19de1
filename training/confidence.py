#!/usr/bin/env python3
"""Show what the confidence of a speaker means: for each step, how often the source is right and how much it covers.

usage: confidence.py --bin BIN SET

SET is a folder with documents.jsonl ({id, text}) and gold.jsonl ({doc, quotes: [{parts, speaker_parts}]}, code points).
A quotation counts where it shares eight words of ten with one of gold that has a source; its source is right where the
two overlap. Needs nothing but Python; prints numbers, no text.
"""
import argparse, collections, json, re, subprocess

WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


def words(text, spans):
    return {m.start() + a for a, b in spans for m in WORD.finditer(text[a:b])}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--bin", required=True)
    args.add_argument("set")
    args = args.parse_args()
    rows = lambda name: map(json.loads, open(f"{args.set}/{name}.jsonl", encoding="utf8"))
    text = {r["id"]: r["text"] for r in rows("documents")}
    run = [args.bin, "extract", f"{args.set}/documents.jsonl", "--format", "jsonl"]
    found = collections.defaultdict(list)
    out = subprocess.run(run, capture_output=True, check=True).stdout.decode("utf8")
    for line in filter(None, out.split("\n")):
        r = json.loads(line)
        if r["record"] == "quote":
            source = [[r["source"]["start"], r["source"]["end"]]] if r["source"] else []
            found[r["doc"]].append((r["confidence"], words(text[r["doc"]], [[s["start"], s["end"]] for s in r["content"]]), source))
    seen, right = collections.Counter(), collections.Counter()
    for r in rows("gold"):
        gold = [(words(text[r["doc"]], q["parts"]), q["speaker_parts"]) for q in r["quotes"] if q.get("speaker_parts")]
        pairs = []
        for i, (wanted, spans) in enumerate(gold):
            for j, (_, have, source) in enumerate(found[r["doc"]]):
                share = len(wanted & have) / max(1, len(wanted | have))
                same = any(a < d and c < b for a, b in spans for c, d in source)
                if share >= 0.8: pairs.append((-share, not same, i, j))
        used = set()
        for _, wrong, i, j in sorted(pairs):
            if {("gold", i), ("found", j)} & used: continue
            used |= {("gold", i), ("found", j)}
            step = found[r["doc"]][j][0]
            seen[step] += 1
            right[step] += not wrong
    print("confidence  right  covers  quotations")
    for step in ("high", "medium", "low"):
        print(f"{step:10} {100 * right[step] / max(1, seen[step]):6.1f} {100 * seen[step] / max(1, sum(seen.values())):7.1f} {seen[step]:11}")


if __name__ == "__main__":
    main()

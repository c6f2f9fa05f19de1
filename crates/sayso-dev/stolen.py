"""With the true statement taken out of the set, how many quotations get another one?

    python3 crates/sayso-dev/stolen.py target/debug/sayso ../shared/data/trace/campaign [--groups 6] [--show 20]

Runs `sayso trace` once with all statements, then once for each group of statements left out, and looks at the quotations that
were claimed from a statement of that group. A second text of the same words and day is the same event, and no theft. What gets
another statement is counted in two: the same words on another day, and other words. Of both, those that are called altered
are false accusations, and counted once more.
"""
import argparse, collections, difflib, json, os, re, subprocess, tempfile

WORD = re.compile(r"\w+(?:['’]\w+)*")

def rows(path):
    with open(path) as file:
        return [json.loads(line) for line in file]

def words(trace):
    text = " ".join(place["text"] for place in trace["source"])
    return [w.lower().replace("’", "'") for w in WORD.findall(re.sub(r"\([A-Z ]+\)|\[[^\]]*\]", " ", text))]

def traces(binary, articles, statements):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for statement in statements:
            file.write(json.dumps(statement) + "\n")
        file.flush()
        command = [binary, "trace", articles, "--against", file.name, "--format", "jsonl", "--no-cache", "-q"]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = [json.loads(line) for line in out.splitlines()]
    return {(r["doc"], r["quote"]["start"], r["quote"]["end"]): r for r in found if r.get("statement")}

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin"); parser.add_argument("set")
    parser.add_argument("--groups", type=int, default=6); parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    articles = os.path.join(args.set, "articles.jsonl")
    statements = rows(os.path.join(args.set, "statements.jsonl"))
    day = {s["id"]: (s.get("date") or "")[:10] for s in statements}
    all_of_them = traces(args.bin, articles, statements)
    counts, shown = collections.Counter(), 0
    for group in range(args.groups):
        out = {s["id"] for i, s in enumerate(statements) if i % args.groups == group}
        left = traces(args.bin, articles, [s for s in statements if s["id"] not in out])
        for key, was in all_of_them.items():
            if was["statement"] not in out:
                continue
            counts["claimed"] += 1
            now = left.get(key)
            if now is None:
                continue
            alike = difflib.SequenceMatcher(None, words(was), words(now), False).ratio() >= 0.8
            if alike and day[was["statement"]] == day[now["statement"]]:
                counts["twice on one day"] += 1
                continue
            counts["same words, another day" if alike else "other words"] += 1
            counts["called altered"] += now["relation"] == "altered"
            if shown < args.show:
                shown += 1
                print(was["quote"]["text"][:120], "|", was["statement"], "->", now["relation"], now["confidence"], now["statement"])
    stolen = counts["same words, another day"] + counts["other words"]
    print(f"{100 * stolen / max(1, counts['claimed']):.2f} % of {counts['claimed']} get another statement; {dict(counts)}")

if __name__ == "__main__":
    main()

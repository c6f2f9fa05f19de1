"""Quotations of the sample corpus, as `tests/mcp.rs` makes them: a hundred true ones, the same altered, and a hundred that
nobody said."""

import json
from itertools import product
from pathlib import Path

GOLD = Path(__file__).resolve().parents[2] / "corpus" / "gold"
WHO = ["The ferry", "Our harbour", "The minister", "This council", "The river"]
WHAT = [
    "has never been closer to those who live beside it",
    "will be remembered for what it gave and not for what it took",
    "was always going to need more hands than money",
    "cannot go on as it did when my father worked there",
    "is nobody's enemy, whatever the papers like to say",
]
END = [
    "and I would say so to anyone who asks",
    "because the winter does not wait for a vote",
    "so let us stop counting and start mending",
    "and that is the last word you will hear from me",
]


def records(name):
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def true_ones():
    """Passages of 6 to 40 words with no mark that cuts them, and that no article has changed."""
    pieces = [span["text"] for one in records("traces.jsonl") for span in one.get("source") or []]
    direct = [one for one in records("quotes.jsonl") if one.get("kind") not in ("indirect", "mixed")]
    pieces += [span["text"] for one in direct for span in one.get("content") or []]
    changed = [one["quote"]["text"] for one in records("traces.jsonl") if one["relation"] in ("altered", "spliced")]
    found = {piece.strip("“”‘’\"") for piece in pieces}
    fits = lambda words: 6 <= len(words.split()) <= 40 and not set(words) & set("[…\n“”‘\"—")  # noqa: E731
    alone = lambda words: not any(one in words or words in one for one in changed)  # noqa: E731
    return sorted(words for words in found if fits(words) and alone(words))[:100]


def altered(words, n):
    """One change that matters: a number, a negation, a word for another, a word too much, one too few."""
    parts = words.split(" ")
    middle = len(parts) // 2
    for at, part in enumerate(parts):
        if len(part) > 1 and part.isascii() and part.isdigit():
            parts[at] = "9" + part
            return " ".join(parts)
    if "not" in parts:
        parts.remove("not")
    elif n % 3 == 0:
        parts[middle] = "lantern"
    elif n % 3 == 1:
        parts.insert(middle, "hardly")
    else:
        del parts[middle]
    return " ".join(parts)


def quotations():
    """(words, the verdicts that are right)."""
    known = true_ones()
    assert len(known) == 100
    out = [(words, {"verbatim"}) for words in known]
    changed = [altered(words, n) for n, words in enumerate(known)]
    # Somebody may have said just that.
    out += [(words, {"altered", "spliced"}) for words in changed if not any(words in other for other in known)]
    out += [(f"{who} {what}, {end}.", {"not-found"}) for who, what, end in product(WHO, WHAT, END)]
    return out

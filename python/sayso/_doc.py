"""A text with its records."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from json import loads
from typing import Any, Union

Record = dict[str, Any]
"""A record: a dict with the names of ``sayso schema``."""

Text = Union[str, Mapping[str, Any]]
"""A text: a string, or a mapping with ``text`` and what is known of it."""

FIELDS = ("id", "kind", "title", "date", "publisher", "byline", "speaker", "url", "lang")


def given(text: Text, fields: Mapping[str, Any], *, weak: bool = False) -> tuple[Any, ...]:
    """A text as the bridge takes it. ``fields`` go before those of the text, or after them where they are ``weak``."""
    own: Mapping[str, Any] = {"text": text} if isinstance(text, str) else text
    if not isinstance(own, Mapping):
        raise TypeError(f"a text is a string or a mapping with a key `text`, not {type(text).__name__}")
    known = {**fields, **own} if weak else {**own, **fields}
    body = known.get("text")
    if not isinstance(body, str):
        raise TypeError(f"`text` is a string, not {type(body).__name__}")
    about = known.get("about") or []
    rest = [None if known.get(name) is None else str(known[name]) for name in FIELDS]
    return (body, *rest, [about] if isinstance(about, str) else [str(one) for one in about])


class Doc:
    """A text with what was found in it.

    ``records`` has every record; ``quotes``, ``speakers``, ``figures`` and ``claims`` those of one kind. ``error`` says why a
    text of a batch could not be read; then there are no records. A notebook shows the text with its findings marked.
    """

    __slots__ = ("text", "id", "error", "_json", "_records")

    def __init__(self, text: str, id: str, json: str | None, error: str | None) -> None:
        self.text = text
        """The text, unchanged."""
        self.id = id
        """The id by which records name it."""
        self.error = error
        """Why it could not be read; None where it could."""
        self._json = json
        self._records: list[Record] | None = None

    @property
    def records(self) -> list[Record]:
        """Every record: the document, quotations, speakers, figures, claims."""
        if self._records is None:
            self._records = loads(self._json) if self._json is not None else []
        return self._records

    def _of(self, kind: str) -> list[Record]:
        return [record for record in self.records if record["record"] == kind]

    @property
    def quotes(self) -> list[Record]:
        """Who said what."""
        return self._of("quote")

    @property
    def speakers(self) -> list[Record]:
        """Who is quoted, and how much."""
        return self._of("speaker")

    @property
    def figures(self) -> list[Record]:
        """Numbers, sums, dates, and what they count."""
        return self._of("figure")

    @property
    def claims(self) -> list[Record]:
        """Sentences that can be checked."""
        return self._of("claim")

    def __repr__(self) -> str:
        if self.error is not None:
            return f"<sayso.Doc {self.id!r}: {self.error}>"
        return f"<sayso.Doc {self.id!r}: {len(self.quotes)} quotes, {len(self.figures)} figures, {len(self.claims)} claims>"

    def _repr_html_(self) -> str:
        if self.error is not None:
            return f"<pre>{escape(self.error)}</pre>"
        # Where marks begin and end; those of quotations enclose those of figures.
        marks: list[tuple[int, int, str, str]] = []
        for quote in self.quotes:
            who = (quote["speaker"] or {}).get("name") or "speaker not found"
            marks += [(s["start"], s["end"], "background:#fdf3d3;color:#1d2126", who) for s in quote["content"]]
        for figure in self.figures:
            span, what = figure["span"], " ".join(filter(None, (figure["value"] or figure["iso"], figure["unit"])))
            marks.append((span["start"], span["end"], "border-bottom:2px solid #1f5c85", what))
        cuts = sorted({0, len(self.text), *(m[0] for m in marks), *(m[1] for m in marks)})
        out = []
        for start, end in zip(cuts, cuts[1:]):
            over = [m for m in marks if m[0] <= start and end <= m[1]]
            words = escape(self.text[start:end])
            if over:
                style, title = ";".join(m[2] for m in over), "; ".join(m[3] for m in over)
                words = f'<span style="{style}" title="{escape(title)}">{words}</span>'
            out.append(words)
        return f'<div style="white-space:pre-wrap;max-width:44rem">{"".join(out)}</div>'

"""On whose say-so? Quotations, speakers, figures and claims of a text, and official statements beside them.

>>> import sayso
>>> doc = sayso.extract("“It rained for 12 hours,” said Ada Brandt.")
>>> doc.quotes[0]["speaker"]["name"]
'Ada Brandt'
>>> span = doc.quotes[0]["content"][0]
>>> doc.text[span["start"]:span["end"]] == span["text"]
True

Records are dicts with the names of ``sayso schema``. Offsets are half-open and count code points, as Python does. A verdict
never says that something is true: it says what a named source states.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union

from ._sayso import Archive as _Archive
from ._sayso import Statements as _Statements
from ._sayso import __version__
from ._sayso import extract as _extract
from ._doc import Doc, Record, Text, given

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "Doc",
    "Index",
    "Record",
    "Statements",
    "Text",
    "TextError",
    "__version__",
    "check",
    "extract",
    "extract_batch",
    "trace",
]


class TextError(ValueError):
    """A text could not be read: it holds too much to be a text, or a field of it is wrong."""


def extract(
    text: Text,
    *,
    id: str | None = None,
    kind: str | None = None,
    title: str | None = None,
    date: str | None = None,
    publisher: str | None = None,
    byline: str | None = None,
    speaker: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    about: Sequence[str] = (),
    model: str = "tagger",
) -> Doc:
    """Every record of one text.

    ``text`` is a string, or a mapping with the keys that are arguments here. ``date`` (ISO 8601) is the day from which
    ``this morning`` is told; ``about`` are the ids of the statements that the text covers. ``model="rules"`` is much
    faster and finds less. Raises :class:`TextError` where the text cannot be read.
    """
    fields = {
        "id": id, "kind": kind, "title": title, "date": date, "publisher": publisher, "byline": byline,
        "speaker": speaker, "url": url, "lang": lang, "about": list(about) or None,
    }
    row = given(text, {name: value for name, value in fields.items() if value is not None})
    ((records, error),) = _extract([row], model, 1)
    if records is None:
        raise TextError(error)
    return Doc(row[0], row[1] or "text", records, None)


def extract_batch(
    source: Any,
    *,
    text: str = "text",
    model: str = "tagger",
    threads: int | None = None,
    size: int = 512,
) -> Any:
    """Every record of many texts, on all cores.

    ``source`` is an iterable of texts (strings, or mappings as for :func:`extract`); then an iterator of :class:`Doc` comes
    back, in order, and a text that cannot be read is a ``Doc`` with ``error`` set. Or ``source`` is any table that speaks
    Arrow (``__arrow_c_stream__``: PyArrow, Polars, DuckDB, pandas): the column named by ``text`` is read, and the columns
    ``id``, ``title``, ``date``, ``publisher``, ``byline``, ``speaker``, ``url``, ``lang``, ``kind``, ``about`` where they are
    there; then a ``pyarrow.Table`` comes back, a row for each record, with the columns ``row`` (int64: the number of the text),
    ``doc``, ``record``, ``id``, ``start``, ``end`` (int64: of the record's first span), ``text``, ``json`` (the whole record) and
    ``error`` (a row with an error has nothing else).

    ``size`` texts are read at once; ``threads`` is the number of threads (all cores where it is None).
    """
    if hasattr(source, "__arrow_c_stream__"):
        from ._arrow import table

        return table(source, text, model, threads)
    return _docs(source, model, threads, size)


def _docs(source: Iterable[Text], model: str, threads: int | None, size: int) -> Iterator[Doc]:
    waiting: list[Any] = []

    def done() -> Iterator[Doc]:
        told = iter(_extract([row for row in waiting if not isinstance(row, Doc)], model, threads))
        for row in waiting:
            if isinstance(row, Doc):
                yield row
                continue
            records, error = next(told)
            yield Doc(row[0], row[1] or "text", records, error)
        waiting.clear()

    for one in source:
        try:
            waiting.append(given(one, {}))
        except TypeError as error:
            waiting.append(Doc("", "text", None, str(error)))
        if len(waiting) >= size:
            yield from done()
    yield from done()


class Statements:
    """Official statements, read once, ready to be compared with.

    ``texts`` are strings or mappings, as for :func:`extract`; give each an ``id``, by which records name it (else they are
    ``statement-1``, ``statement-2`` …).
    """

    def __init__(self, texts: Iterable[Text], *, model: str = "tagger") -> None:
        rows = [given(text, {"id": f"statement-{n}"}, weak=True) for n, text in enumerate(texts, 1)]
        self._inner = _Statements(rows, model)

    @classmethod
    def _of(cls, inner: _Statements) -> "Statements":
        self = cls.__new__(cls)
        self._inner = inner
        return self

    def __len__(self) -> int:
        return len(self._inner)

    def check(self, article: Union[Text, Doc]) -> list[Record]:
        """A record for each figure of an article, with what the statements state."""
        return self._one(self._inner.check, article)

    def trace(self, article: Union[Text, Doc]) -> list[Record]:
        """A record for each quoted passage of an article, with the statement that holds its words and the edit."""
        return self._one(self._inner.trace, article)

    def _one(self, compare: Any, article: Union[Text, Doc]) -> list[Record]:
        from json import loads

        row = given({"text": article.text, "id": article.id} if isinstance(article, Doc) else article, {})
        ((records, error),) = compare([row], 1)
        if records is None:
            raise TextError(error)
        return loads(records)


def _statements(against: Any) -> Statements:
    if isinstance(against, Statements):
        return against
    if isinstance(against, (str, Mapping)):
        against = [against]
    return Statements(against)


def check(article: Union[Text, Doc], against: Union[Statements, Text, Iterable[Text]]) -> list[Record]:
    """The figures of an article beside statements: a ``check`` record for each, in the order of the text.

    >>> found = sayso.check("Inspectors looked at 42 boats in May.", ["Inspectors looked at 42 boats in May."])
    >>> found[0]["verdict"]
    'supported'

    To compare many articles with the same statements, make :class:`Statements` once.
    """
    return _statements(against).check(article)


def trace(article: Union[Text, Doc], against: Union[Statements, Text, Iterable[Text]]) -> list[Record]:
    """The quotations of an article beside statements: a ``trace`` record for each quoted passage."""
    return _statements(against).trace(article)


class Index:
    """An index that ``sayso index`` made, open for reading.

    >>> index = sayso.Index("index")                                # doctest: +SKIP
    >>> for hit in index.search('"safe" AND ferry', place="quotes"):  # doctest: +SKIP
    ...     print(hit["doc"], hit["places"][0]["context"]["text"])
    """

    def __init__(self, path: Union[str, "os.PathLike[str]"]) -> None:
        self._inner = _Archive(os.fspath(path))

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._inner)

    def search(
        self,
        query: str = "",
        *,
        place: str | None = None,
        speaker: str | None = None,
        publisher: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sort: str = "score",
        limit: int = 20,
        offset: int = 0,
        places: int = 10,
    ) -> list[Record]:
        """The documents that a query finds: a ``hit`` record for each, with its places.

        The query language is that of ``sayso search``. ``place`` is ``quotes``, ``narration`` or ``headline``; ``since`` and
        ``until`` are ``2031-05-02``, ``2031-05`` or ``2031``; ``sort`` is ``score``, ``newest``, ``oldest`` or ``publisher``.
        """
        from json import loads

        _, hits = self._inner.search(
            query, place, speaker, publisher, kind, since, until, sort, limit, offset, places
        )
        return loads(hits)

    def document(self, id: str) -> Doc | None:
        """A document with its records; None where there is no such id."""
        found = self._inner.document(id)
        return None if found is None else Doc(found[0], id, found[1], None)

    def statements(self) -> Statements:
        """The statements of the index, to compare with; they stay on disk."""
        return Statements._of(self._inner.statements())

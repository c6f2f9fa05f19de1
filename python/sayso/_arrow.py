"""Tables in, tables out, through Arrow."""

from __future__ import annotations

from json import dumps, loads
from typing import Any

from ._doc import FIELDS
from ._sayso import extract


def schema() -> Any:
    """The columns of what :func:`sayso.extract_batch` makes of a table."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    return pa.schema([
        ("row", number), ("doc", text), ("record", text), ("id", text), ("start", number), ("end", number),
        ("text", text), ("json", pa.large_string()), ("error", text),
    ])


def table(source: Any, text: str, model: str, threads: int | None) -> Any:
    """The records of a table's texts."""
    import pyarrow as pa

    reader = pa.RecordBatchReader.from_stream(source)
    if text not in reader.schema.names:
        raise KeyError(f"there is no column {text!r}; there are {', '.join(reader.schema.names)}")
    batches, first = [], 0
    for batch in reader:
        batches.append(records(batch, text, model, threads, first))
        first += batch.num_rows
    return pa.Table.from_batches(batches, schema())


def records(batch: Any, text: str, model: str, threads: int | None, first: int) -> Any:
    """The records of a batch's texts, as a batch. ``first`` is the number of its first row."""
    import pyarrow as pa

    column = {name: batch.column(name).to_pylist() for name in batch.schema.names if name in (text, "about", *FIELDS)}
    nothing: list[Any] = [None] * batch.num_rows
    # A row without a text is an error row; it goes to nobody.
    rows = []
    for n, body in enumerate(column[text]):
        rest = [column.get(name, nothing)[n] for name in FIELDS]
        if rest[0] is None:
            rest[0] = f"row-{first + n}"
        about = column.get("about", nothing)[n] or []
        about = [about] if isinstance(about, str) else [str(one) for one in about]
        rows.append((body, *(None if one is None else str(one) for one in rest), about))
    sound = [n for n, row in enumerate(rows) if isinstance(row[0], str)]
    told: list[tuple[str | None, str | None]] = [(None, f"{text}: it is no text")] * len(rows)
    for n, one in zip(sound, extract([rows[n] for n in sound], model, threads)):
        told[n] = one
    out: dict[str, list[Any]] = {name: [] for name in schema().names}
    for n, (found, error) in enumerate(told):
        for record in loads(found) if found is not None else [{"doc": rows[n][1]}]:
            span = record.get("span") or (record.get("content") or [None])[0] or {}
            values = {
                "row": first + n, "doc": record["doc"], "record": record.get("record"), "id": record.get("id"),
                "start": span.get("start"), "end": span.get("end"), "text": span.get("text"),
                "json": dumps(record, ensure_ascii=False, separators=(",", ":")) if found is not None else None,
                "error": error,
            }
            for name, value in values.items():
                out[name].append(value)
    return pa.RecordBatch.from_pydict(out, schema())

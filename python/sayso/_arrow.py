"""Tables in, tables out, through Arrow."""

from __future__ import annotations

from typing import Any

from ._doc import FIELDS
from ._sayso import extract_columns


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
        if rest[0] is None or not str(rest[0]).strip():
            rest[0] = f"row-{first + n}"
        about = column.get("about", nothing)[n] or []
        about = [about] if isinstance(about, str) else [str(one) for one in about]
        given = (body, *(None if one is None else str(one) for one in rest), about)
        rows.append((str(rest[0]), given if isinstance(body, str) else None))
    length, buffers = extract_columns(rows, first, model, threads)
    wanted = schema()
    arrays = []
    for field in wanted:
        valid, offsets, values = (None if one is None else pa.py_buffer(one) for one in buffers[field.name])
        if offsets is None:
            arrays.append(pa.Array.from_buffers(field.type, length, [valid, values]))
        else:
            array = pa.Array.from_buffers(pa.large_string(), length, [valid, offsets, values])
            arrays.append(array if field.type == pa.large_string() else array.cast(field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=wanted)

"""sayso on Spark, and on what speaks its interface (Sail): a thin helper over ``mapInArrow``. sayso schedules nothing itself.

>>> from sayso.spark import extract                                   # doctest: +SKIP
>>> records = extract(spark.read.parquet("articles"), text="body")    # doctest: +SKIP
>>> records.write.mode("overwrite").parquet("records")                # doctest: +SKIP

A row comes out for each record, with the columns of :func:`sayso.extract_batch` but ``row``. A text that cannot be read is a row
with ``error`` set. Give each document an ``id``: (doc, record, id) is the key, and a rerun gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

SCHEMA = "doc string, record string, id string, start bigint, end bigint, text string, json string, error string"
"""The columns that come out."""


def extract(
    frame: Any,
    *,
    text: str = "text",
    columns: Sequence[str] | None = None,
    model: str = "tagger",
    threads: int | None = 1,
) -> Any:
    """Every record of the texts in a data frame. ``threads`` is for each task: Spark runs one on each core.

    ``columns`` names those of :data:`SCHEMA` that are wanted. What is left out here need not travel from Python to Spark:
    ``("doc", "record", "id", "json")`` is all of every record.
    """
    kinds = dict(field.strip().split(" ") for field in SCHEMA.split(","))
    wanted = list(kinds if columns is None else columns)
    unknown = [name for name in wanted if name not in kinds]
    if unknown:
        raise KeyError(f"there is no column {unknown[0]!r}; there are {', '.join(kinds)}")

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        from sayso._arrow import records

        for batch in batches:
            found = records(batch, text, model, threads, 0)
            at = found.schema.get_field_index("json")
            yield found.set_column(at, "json", found.column(at).cast("string")).select(wanted)

    return frame.mapInArrow(run, ", ".join(f"{name} {kinds[name]}" for name in wanted))


def compare(frame: Any, statements: Any, *, text: str = "text", model: str = "tagger") -> Any:
    """Checks and traces of the texts in a data frame against statements: a list of mappings, as for ``sayso.Statements``.

    They travel with the task and are read once for each. The same columns come out; ``record`` is ``check`` or ``trace``.
    """
    statements = [dict(one) if not isinstance(one, str) else one for one in statements]

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        from json import dumps

        import pyarrow as pa
        import sayso

        known = sayso.Statements(statements, model=model)
        names = [field.strip().split(" ")[0] for field in SCHEMA.split(",")]
        kinds = {name: pa.int64() if name in ("start", "end") else pa.string() for name in names}
        for batch in batches:
            out: dict[str, list[Any]] = {name: [] for name in names}
            for row in batch.to_pylist():
                article = {**{k: v for k, v in row.items() if v is not None}, "text": row.get(text)}
                try:
                    found, error = known.check(article) + known.trace(article), None
                except (sayso.TextError, TypeError) as why:
                    found, error = [{"doc": row.get("id")}], str(why)
                for record in found:
                    span = record.get("span") or record.get("quote") or {}
                    values = {
                        "doc": record["doc"], "record": record.get("record"),
                        "id": record.get("id") or record.get("quote_id"), "start": span.get("start"),
                        "end": span.get("end"), "text": span.get("text"),
                        "json": None if error else dumps(record, ensure_ascii=False, separators=(",", ":")),
                        "error": error,
                    }
                    for name, value in values.items():
                        out[name].append(value)
            yield pa.RecordBatch.from_pydict(out, pa.schema(list(kinds.items())))

    return frame.mapInArrow(run, SCHEMA)

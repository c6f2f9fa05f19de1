"""Spark's interface, on Sail (`pip install pysail pyspark-client`): the same rows as without it, a poisoned article among them."""

import pytest

pysail = pytest.importorskip("pysail.spark")
pytest.importorskip("pyspark.sql.connect")

import sayso  # noqa: E402
from sayso import spark as helper  # noqa: E402

TEXTS = [f"“The pier will open in May,” said Ada Brandt. It cost {n} million crowns." for n in range(2, 12)]


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession

    server = pysail.SparkConnectServer()
    server.start()
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


def test_records_are_those_of_the_library(session):
    rows = [(f"d{n}", text if n != 4 else None) for n, text in enumerate(TEXTS)]
    out = helper.extract(session.createDataFrame(rows, "id string, text string")).collect()
    assert [row.doc for row in out if row.error] == ["d4"]
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"id": [row[0] for row in rows], "text": [row[1] for row in rows]})
    known = sayso.extract_batch(table).drop_columns(["row"]).to_pylist()
    key = lambda row: (row["doc"], row["record"] or "", row["id"] or "", row["json"] or "")  # noqa: E731
    assert sorted((row.asDict() for row in out), key=key) == sorted(known, key=key)


def test_some_columns_alone_are_sent(session):
    frame = session.createDataFrame([("a", TEXTS[0])], "id string, text string")
    out = helper.extract(frame, columns=("json", "doc"))
    whole = helper.extract(frame).select("json", "doc").collect()
    assert out.columns == ["json", "doc"] and sorted(map(tuple, out.collect())) == sorted(map(tuple, whole))
    with pytest.raises(KeyError, match="rumour"):
        helper.extract(frame, columns=["rumour"])


def test_articles_are_compared_with_statements(session):
    frame = session.createDataFrame([("a", TEXTS[0])], "id string, text string")
    out = helper.compare(frame, [{"text": "The pier will open in June.", "id": "s"}]).collect()
    assert {row.record for row in out} == {"check", "trace"}

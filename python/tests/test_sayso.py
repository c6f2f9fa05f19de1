"""The Python package: offsets, batches, errors of rows, comparison. Texts are invented."""

import subprocess
import sys
import threading

import pytest
import sayso

TEXT = "“The pier will open in May,” said Ada Brandt 🎉, the mayor. It cost 12 million crowns."


def spans(value):
    """Every span in a record."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for one in value.values():
            yield from spans(one)
    elif isinstance(value, list):
        for one in value:
            yield from spans(one)


def test_offsets_are_those_of_python():
    doc = sayso.extract(TEXT, date="2031-05-02")
    assert doc.quotes[0]["speaker"]["name"] == "Ada Brandt"
    assert [f["value"] for f in doc.figures if f["kind"] == "money"] == ["12000000"]
    found = list(spans(doc.records))
    assert len(found) > 5
    for span in found:
        assert doc.text[span["start"] : span["end"]] == span["text"]


def test_a_mapping_is_a_text_and_arguments_go_first():
    doc = sayso.extract({"text": TEXT, "id": "a", "title": "One"}, title="Two")
    record = doc.records[0]
    assert (doc.id, record["doc"], record["title"]) == ("a", "a", "Two")
    with pytest.raises(TypeError, match="string"):
        sayso.extract({"text": None})
    with pytest.raises(sayso.TextError, match="rumour"):
        sayso.extract(TEXT, kind="rumour")


def test_a_batch_keeps_its_order_and_its_bad_rows():
    texts = [TEXT, {"text": TEXT, "kind": "rumour"}, 7, {"text": TEXT, "id": "last"}]
    docs = list(sayso.extract_batch(texts, size=2))
    assert [doc.error is None for doc in docs] == [True, False, False, True]
    assert docs[3].id == "last" and docs[3].quotes and docs[1].records == []
    assert "rumour" in repr(docs[1])


def test_a_batch_is_lazy_and_the_same_on_any_number_of_threads():
    texts = [TEXT.replace("12", str(n)) for n in range(2, 60)]
    one = [doc.records for doc in sayso.extract_batch(iter(texts), threads=1)]
    assert one == [doc.records for doc in sayso.extract_batch(texts, threads=4)]


def test_figures_and_quotations_are_compared():
    statement = {"text": "The pier will open in June. It cost 15 million crowns.", "id": "s", "speaker": "Ada Brandt"}
    article = "“The pier will open in May,” said Ada Brandt. It cost 15 million crowns."
    (trace,) = sayso.trace({"text": article, "about": ["s"]}, statement)
    assert (trace["relation"], trace["statement"]) == ("altered", "s")
    checks = sayso.check({"text": article, "about": ["s"]}, [statement])
    assert "supported" in [check["verdict"] for check in checks]
    for span in trace["source"]:
        assert statement["text"][span["start"] : span["end"]] == span["text"]
    known = sayso.Statements(["One.", "Two."])
    assert len(known) == 2 and known.trace(sayso.extract(article))[0]["relation"] == "not-found"


def test_a_notebook_shows_findings_and_no_markup_of_the_text():
    html = sayso.extract("“It <b>held</b> & stood,” said Ada Brandt.")._repr_html_()
    assert "&lt;b&gt;held" in html and "<b>" not in html and "Ada Brandt" in html


def test_the_interpreter_goes_on_meanwhile():
    ticks, done = [], threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(1)

    thread = threading.Thread(target=tick)
    thread.start()
    list(sayso.extract_batch([TEXT * 40] * 40, threads=1))
    done.set()
    thread.join()
    assert len(ticks) > 3


def test_the_docstrings_are_true():
    import doctest

    assert doctest.testmod(sayso).failed == 0


def test_tables_come_back_as_tables():
    pa = pytest.importorskip("pyarrow")
    texts = [TEXT, None, TEXT]
    table = pa.table({"id": ["a", "b", "c"], "body": pa.array(texts, pa.large_string()), "date": ["2031-05-02"] * 3})
    out = sayso.extract_batch(table, text="body")
    assert set(out["row"].to_pylist()) == {0, 1, 2}
    rows = out.to_pylist()
    (bad,) = [row for row in rows if row["error"]]
    assert (bad["row"], bad["doc"], bad["json"]) == (1, "b", None)
    for row in rows:
        if row["text"] is not None:
            assert TEXT[row["start"] : row["end"]] == row["text"]
    for kind in [pa.string(), pa.string_view()]:
        assert sayso.extract_batch(table.set_column(1, "body", pa.array(texts, kind)), text="body").equals(out)
    with pytest.raises(KeyError, match="body"):
        sayso.extract_batch(table)


def test_what_is_blank_is_not_given():
    record = sayso.extract({"text": TEXT, "title": "", "byline": " ", "publisher": "The Gull"}).records[0]
    assert (record["title"], record["byline"], record["publisher"]) == (None, None, "The Gull")
    pa = pytest.importorskip("pyarrow")
    out = sayso.extract_batch(pa.table({"id": [" "], "text": [TEXT], "title": [""]}))
    assert out["doc"][0].as_py() == "row-0" and '"title":null' in out["json"][0].as_py()


def test_other_libraries_tables_are_read():
    out = None
    rows = {"id": ["a"], "text": [TEXT]}
    for name in ["polars", "pandas"]:
        library = pytest.importorskip(name) if name == "polars" else sys.modules.get(name)
        if library is not None and hasattr(library.DataFrame, "__arrow_c_stream__"):
            out = sayso.extract_batch(library.DataFrame(rows))
            assert out.num_rows > 3
    duckdb = pytest.importorskip("duckdb")
    assert sayso.extract_batch(duckdb.sql(f"select 'a' as id, '{TEXT}' as text").to_arrow_table()).num_rows == out.num_rows


def test_an_index_is_searched(tmp_path):
    from shutil import which

    program = which("sayso")
    if program is None:
        pytest.skip("the program `sayso` is not on the path")
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "pier.txt").write_text("The pier will open in May. It cost 12 million crowns.")
    subprocess.run([program, "index", "-q", "--index", tmp_path / "index", tmp_path / "statements"], check=True)
    index = sayso.Index(tmp_path / "index")
    (hit,) = index.search("pier", kind="statement")
    assert len(index) == 1 and hit["places"][0]["span"]["text"] == "pier"
    doc = index.document(hit["doc"])
    assert doc is not None and doc.text.startswith("The pier") and index.document("nowhere") is None
    (trace,) = index.statements().trace("“The pier will open in May,” said Ada Brandt.")
    assert trace["relation"] == "verbatim"
    with pytest.raises(ValueError, match="no day"):
        index.search("pier", since="May")
    with pytest.raises(ValueError, match="nowhere"):
        sayso.Index(tmp_path / "nowhere")

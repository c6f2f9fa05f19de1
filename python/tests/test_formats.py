"""What the command writes for other tools is read by their own libraries."""

import json
from pathlib import Path

import pytest
from command import sayso

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "corpus" / "articles"


def quotes():
    """The words of each piece of each quotation, by document."""
    lines = map(json.loads, sayso("quotes", ARTICLES, "--format", "jsonl").splitlines())
    return sorted(piece["text"] for record in lines for piece in record["content"])


def test_xmi(tmp_path):
    cassis = pytest.importorskip("cassis")
    sayso("quotes", ARTICLES, "--format", "xmi", "-o", tmp_path)
    with open(tmp_path / "TypeSystem.xml", "rb") as file:
        types = cassis.load_typesystem(file)
    found = []
    for path in tmp_path.glob("*.xmi"):
        with open(path, "rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=types)
        for quote in cas.select("sayso.Quote"):
            found.append(quote.get_covered_text())
            assert quote.saidBy is None or quote.saidBy.get_covered_text().strip()
    assert sorted(found) == quotes()


def verified(tmp_path, ending):
    """A draft beside its source, in the format of that ending."""
    draft = tmp_path / "draft.txt"
    draft.write_text("“The pier is closed,” said Ada Brandt. It cost $3 million.\n", encoding="utf-8")
    source = tmp_path / "pier.md"
    source.write_text("---\nspeaker: Ada Brandt\n---\nThe pier is open. It cost $2 million.\n", encoding="utf-8")
    out = tmp_path / f"out.{ending}"
    sayso("verify", draft, "--against", source, "-o", out)
    return draft, out


def test_docx(tmp_path):
    docx = pytest.importorskip("docx")
    draft, out = verified(tmp_path, "docx")
    document = docx.Document(out)
    assert [p.text for p in document.paragraphs] == draft.read_text(encoding="utf-8").splitlines()
    comments = [comment.text for comment in document.comments]
    assert any("$2 million" in comment for comment in comments), comments


def test_junit(tmp_path):
    junit = pytest.importorskip("junitparser")
    _, out = verified(tmp_path, "xml")
    found = junit.JUnitXml.fromfile(out)
    assert (found.tests, found.failures, found.errors) == (2, 1, 0)
    kinds = {type(result).__name__ for suite in found for case in suite for result in case.result}
    assert kinds == {"Failure", "Skipped"}


def test_sarif(tmp_path):
    """Microsoft's own validator found no error in such a file (npm `@microsoft/sarif-multitool` 5.7.0)."""
    _, out = verified(tmp_path, "sarif")
    loader = pytest.importorskip("sarif.loader")
    assert loader.load_sarif_file(str(out)).get_report().get_issue_count_for_severity("error") == 1
    models = pytest.importorskip("sarif_pydantic")
    (run,) = models.Sarif.model_validate(json.loads(out.read_text(encoding="utf-8"))).runs
    assert [result.rule_id for result in run.results] == ["quotation/not-found", "figure/contradicted"]


def test_html(tmp_path):
    html5lib = pytest.importorskip("html5lib")
    _, out = verified(tmp_path, "html")
    # Strict: an error of the markup is an exception.
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(out.read_text(encoding="utf-8"))
    assert "$2 million" in "".join(page.itertext())


def test_parts(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    sayso("quotes", ARTICLES, "--partition", "month", "-o", tmp_path / "q")
    rows = duckdb.sql(f"select month, count(*) from read_parquet('{tmp_path}/q/*/*.parquet', hive_partitioning=true) group by 1")
    counts = dict(rows.fetchall())
    lines = [json.loads(line) for line in sayso("quotes", ARTICLES, "--format", "jsonl").splitlines()]
    assert sum(counts.values()) == len(lines) and "2025-05" in {str(month) for month in counts}

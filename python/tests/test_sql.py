"""The views of `examples/sql` over the sample corpus."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

duckdb = pytest.importorskip("duckdb")
ROOT = Path(__file__).parents[2]


def test_the_views_answer(tmp_path, monkeypatch):
    program = which("sayso")
    if program is None:
        pytest.skip("the program `sayso` is not on the path")
    for command, name in [("quotes", "quotes"), ("trace", "traces"), ("check", "checks")]:
        subprocess.run([program, command, "-q", ROOT / "corpus", "-o", tmp_path / f"{name}.parquet"], check=True)
    monkeypatch.chdir(tmp_path)
    db = duckdb.connect()
    db.execute((ROOT / "examples/sql/views.sql").read_text())
    name, quotations, documents, sure = db.execute("FROM most_quoted LIMIT 1").fetchone()
    assert name and quotations >= sure > 0 and documents > 0
    outlets = db.execute("SELECT sum(altered), sum(found) FROM altered_by_outlet").fetchone()
    assert 0 < outlets[0] < outlets[1]
    drift = db.execute("SELECT official, written FROM figure_drift WHERE relation = 'differs'").fetchall()
    assert drift and all(official and written for official, written in drift)

"""The notebook in `examples/` runs from top to bottom."""

import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples" / "sayso.ipynb"


def test_every_cell_runs(capsys):
    pytest.importorskip("pyarrow")
    notebook, names = json.loads(NOTEBOOK.read_text(encoding="utf-8")), {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    printed = capsys.readouterr().out
    assert "contradicted 12 million crowns" in printed and "altered" in printed
    assert names["doc"]._repr_html_().startswith("<")
    assert names["found"].column("error").null_count < len(names["found"])

"""`/api` of `sayso serve` keeps to its description: schemathesis (`pip install schemathesis`) asks what the description
allows and what it forbids, on loopback, so many questions and so many seconds."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

pytest.importorskip("schemathesis")
ROOT = Path(__file__).resolve().parents[2]
QUESTIONS, SECONDS = "25", "25"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    program = which("sayso")
    if program is None:
        pytest.skip("the command is not on the path")
    index = tmp_path_factory.mktemp("served") / "index"
    manner = ["--index", index, "--model", "rules"]
    subprocess.run([program, "index", "-q", ROOT / "corpus", *manner], check=True)
    server = subprocess.Popen([program, "serve", "--port", "0", *manner], stderr=subprocess.PIPE, text=True)
    try:
        yield next(found[0] for line in server.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
    finally:
        server.terminate()
        server.wait(30)


# That a query can be read, its description cannot say: it has a grammar of its own.
@pytest.mark.parametrize("paths, less", [("extract|check|trace", []), ("search", ["--exclude-checks", "positive_data_acceptance"])])
def test_answers_keep_to_the_description(served, tmp_path, paths, less):
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{served}/api/openapi.json", "--include-path-regex", paths]
    bounds = ["--max-examples", QUESTIONS, "--max-time", SECONDS, "--request-timeout", "20", "--seed", "7", "--workers", "1"]
    run = subprocess.run([*command, *bounds, *less], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    assert int(re.search(r"(\d+) generated", run.stdout)[1]) > 100, run.stdout

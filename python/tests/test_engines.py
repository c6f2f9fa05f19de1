"""The snippets of `docs/engines.md` run, and find what the library finds."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {"a": "“It held,” said Ada Brandt.", "b": "Nobody spoke for 3 hours."}


def snippet(heading):
    section = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.search(r"```python\n(.*?)```", section, re.S)[1]


CHECK = """
import json, sayso
want = sorted(json.dumps(r, sort_keys=True) for i, t in TEXTS.items() for r in sayso.extract(t, id=i).records)
have = sorted(json.dumps(json.loads(r), sort_keys=True) for r in rows["json"])
assert have == want, (have, want)
"""


def run(code, *before):
    code = f"TEXTS = {TEXTS!r}\n{code}\n{CHECK}"
    done = subprocess.run([*before, sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]


def test_daft():
    pytest.importorskip("daft")
    run(snippet("Daft"))


def test_ray():
    pytest.importorskip("ray")
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "ip", "link", "set", "lo", "up"]).returncode:
        pytest.skip("Ray binds all interfaces, and there is no network namespace to shut it in")
    run(snippet("Ray Data"), unshare, "-rn", "sh", "-c", 'ip link set lo up && exec "$0" "$@"')

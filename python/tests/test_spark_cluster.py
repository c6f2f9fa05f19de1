"""Real Spark (`pip install pyspark`, with Java 17): a cluster of two executors on this machine, one of them killed halfway.

The records are those of the command line, byte for byte; a poisoned article is a row with an error; a rerun gives the same.
`pyspark-client`, which Sail wants, takes the place of `pyspark`: this needs a virtual environment of its own.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from shutil import which

import pytest

pyspark = pytest.importorskip("pyspark")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
if which("java") is None or not (Path(pyspark.__file__).parent / "jars").is_dir():
    pytest.skip("there is no Java, or pyspark is the client alone", allow_module_level=True)

from sayso import spark as helper  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PARTS, COPIES = 24, 20


def articles():
    """The articles of the sample corpus, each some times with numbers of its own, and one without a text."""
    paths = sorted((ROOT / "corpus" / "articles").rglob("*.*"))
    texts = [path.read_text(encoding="utf-8") for path in paths if path.suffix in (".md", ".txt")]
    rows = []
    for copy in range(COPIES):
        for n, text in enumerate(texts):
            body = text.split("---\n", 2)[-1]
            body = re.sub(r"\d+", lambda found: str(int(found[0]) + copy), body)
            rows.append({"id": f"a{copy}-{n}", "text": body, "title": f"Article {n}", "date": f"2031-05-{copy % 28 + 1:02}"})
    rows.insert(len(rows) // 2, {"id": "poisoned", "text": None, "title": "Nothing", "date": "2031-05-02"})
    return rows


@pytest.fixture(scope="module")
def session():
    local = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost", "PYSPARK_PYTHON": sys.executable}
    before = {name: os.environ.get(name) for name in local}
    os.environ.update(local)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("sayso")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1024m",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "32",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def processes(parent):
    """The processes below one, with their command lines."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat, line = (folder / "stat").read_text(), (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        found.append((int(folder.name), int(stat.rsplit(")", 1)[1].split()[1]), line))
    below, out = {parent}, []
    while any(one[1] in below and one[0] not in below for one in found):
        for pid, above, line in found:
            if above in below and pid not in below:
                below.add(pid)
                out.append((pid, line))
    return out


def by_document(session, rows):
    """The lines of each document, and the rows with an error."""
    frame = session.createDataFrame(
        [(r["id"], r["text"], r["title"], r["date"]) for r in rows], "id string, text string, title string, date string"
    )
    lines, errors = {}, []
    for row in helper.extract(frame.repartition(PARTS, "id")).collect():
        if row.error:
            errors.append((row.doc, row.error))
        else:
            lines.setdefault(row.doc, []).append(row.json)
    return lines, errors


def in_order(rows, lines):
    return "\n".join(line for row in rows for line in lines.get(row["id"], []))


def kill_one_halfway(session, killed):
    """Kills one executor, which this test has started, when a third of the tasks are done."""
    tracker, mine = session.sparkContext.statusTracker(), os.getpid()
    for _ in range(2400):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if any(stage and stage.numTasks == PARTS and stage.numCompletedTasks >= PARTS // 3 for stage in stages):
            executors = [pid for pid, line in processes(mine) if "CoarseGrainedExecutorBackend" in line]
            os.kill(executors[0], signal.SIGKILL)
            killed.append((executors[0], max(stage.numCompletedTasks for stage in stages if stage)))
            return
        time.sleep(0.05)


def test_a_killed_executor_changes_nothing(session, tmp_path):
    program = which("sayso")
    if program is None:
        pytest.skip("the command is not on the path")
    rows = articles()
    by_document(session, rows[:50])  # Python starts.
    killed = []
    killer = threading.Thread(target=kill_one_halfway, args=(session, killed))
    killer.start()
    lines, errors = by_document(session, rows)
    killer.join()
    assert killed and killed[0][1] < PARTS, "no executor was killed halfway"
    assert [doc for doc, _ in errors] == ["poisoned"]

    pq.write_table(pa.Table.from_pylist([row for row in rows if row["text"]]), tmp_path / "articles.parquet")
    command = [program, "extract", "-q", "articles.parquet", "--format", "jsonl"]
    alone = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    # A row of a table has no file.
    alone = alone.replace('"path":"articles.parquet"', '"path":null').rstrip("\n")
    ours = in_order(rows, lines)
    assert len(ours) > 1_000_000 and ours.encode() == alone.encode()

    again, errors = by_document(session, rows)
    assert in_order(rows, again).encode() == ours.encode() and [doc for doc, _ in errors] == ["poisoned"]
    assert all(json.loads(line) for line in ours.splitlines()[:100])

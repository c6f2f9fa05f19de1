#!/usr/bin/env python3
"""What the wheel and the engines cost over the command line, in seconds of CPU: on a busy machine they say more than a clock.

    python3 python/benches/overhead.py make ARTICLES.jsonl.gz FOLDER [N]   # N articles made by varying those, as Parquet
    python3 python/benches/overhead.py wheel|sail|spark:1|spark:2 FOLDER

All read the same Parquet files and write the records as lines. `sayso` on the path, built as the wheel is (release), does the
same on one thread, before and after each run; the ratio is to the mean of both. `make` and `wheel` take pyarrow; `sail` takes
`pysail pyspark-client`, `spark:EXECUTORS` takes `pyspark` and Java, in a virtual environment of its own. An engine's first run
is cold, the others find its session awake. Each run adds a line to FOLDER/overhead.jsonl.
"""

import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

FILES, ROWS = 16, 250


def make(source, folder, number):
    """Articles whose sentences stand in another order, with one word in eight changed for another of the same text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with gzip.open(source, "rt", encoding="utf-8") as lines:
        known = [one for one in map(json.loads, lines) if one["text"]]
    schema = pa.schema([(name, pa.string()) for name in ("id", "text", "title", "date")])
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    size = 0
    for part in range(FILES):
        with pq.ParquetWriter(folder / "articles" / f"{part:02}.parquet", schema) as out:
            rows = []
            for n in range(part, number, FILES):
                one, chance = known[n % len(known)], random.Random(n)
                text = one["text"] if n < len(known) else varied(one["text"], chance)
                size += len(text.encode())
                rows.append({"id": f"a{n}", "text": text, "title": one.get("title"), "date": one.get("date")})
                if len(rows) == ROWS:
                    out.write_table(pa.Table.from_pylist(rows, schema))
                    rows = []
            if rows:
                out.write_table(pa.Table.from_pylist(rows, schema))
    print(f"{number} articles, {size / 1e6:.0f} MB of text")


def varied(text, chance):
    sentences = re.split(r"(?<=[.?!”\"]) ", text)
    words = text.split(" ")
    change = lambda word: chance.choice(words) if chance.random() < 0.125 else word  # noqa: E731
    sentences = [" ".join(change(word) for word in sentence.split(" ")) for sentence in sentences]
    chance.shuffle(sentences)
    return " ".join(sentences)


def cpu():
    """Seconds of CPU of this process and all below it, those that have ended included."""
    stats = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        stats[int(stat.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    below, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, (parent, _) in stats.items() if parent in below} - below
        below, grown = below | more, bool(more)
    return sum(stats[pid][1] for pid in below if pid in stats) / os.sysconf("SC_CLK_TCK")


def timed(work):
    before, begun = cpu(), time.perf_counter()
    work()
    return {"cpu": round(cpu() - before, 2), "seconds": round(time.perf_counter() - begun, 2)}


def plain(folder):
    """The command line on one thread."""
    command = ["sayso", "extract", "-qq", "-j1", folder / "articles", "--format", "jsonl", "-o", folder / "plain" / "0.txt"]
    (folder / "plain").mkdir(exist_ok=True)
    used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])  # noqa: E731
    before = used()
    subprocess.run(command, check=True)
    return {"cpu": round(used() - before, 2)}


runs = []
"""What the command line took, the last time at the end."""


def beside_plain(folder, name, work):
    """Seconds of CPU of some work, and how that compares with the command line just before and just after it: what else runs
    on the machine makes both slower."""
    before = runs[-1] if runs else plain(folder)
    told, after = timed(work), plain(folder)
    runs.append(after)
    against = (before["cpu"] + after["cpu"]) / 2
    found = sum(1 for path in (folder / name).glob("*.txt") for _ in open(path, "rb"))
    told |= {"what": name, "plain": against, "ratio": round(told["cpu"] / against, 3), "records": found}
    told["load"] = round(os.getloadavg()[0], 1)
    with open(folder / "overhead.jsonl", "a") as out:
        out.write(json.dumps(told) + "\n")
    return told


def show(label, told):
    took = f"{told['cpu']} s of CPU, {told['ratio']} of the command line's {told['plain']:.2f}"
    print(f"{label}: {took}; {told['seconds']} s; {told['records']} records; load {told['load']}", flush=True)


def wheel(folder):
    """Batches of Parquet files, and the lines of their records."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from sayso._arrow import records

    nothing, end = pa.scalar("", pa.large_string()), pa.scalar("\n", pa.large_string())

    def work():
        (folder / "wheel").mkdir(exist_ok=True)
        with open(folder / "wheel" / "0.txt", "wb") as out:
            for path in sorted((folder / "articles").glob("*.parquet")):
                for batch in pq.ParquetFile(path).iter_batches(ROWS):
                    lines = records(batch, "text", "tagger", 1, 0).column("json").drop_null()
                    # The values of a column lie one behind the other.
                    _, _, values = pc.binary_join_element_wise(lines, nothing, end).buffers()
                    out.write(values)

    for _ in range(3):
        show("wheel", beside_plain(folder, "wheel", work))


def job(session, folder, name):
    from sayso.spark import extract

    def work():
        frame = extract(session.read.parquet(str(folder / "articles")), columns=["json"])
        frame.where("json is not null").select("json").write.mode("overwrite").text(str(folder / name))

    show(f"{name}, cold", beside_plain(folder, name, work))
    for _ in range(2):
        show(f"{name}, warm", beside_plain(folder, name, work))


def sail(folder):
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer()
    server.start()
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    job(session, folder, "sail")
    session.stop()
    server.stop()


def spark(folder, executors):
    from pyspark.sql import SparkSession

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost", "PYSPARK_PYTHON": sys.executable}
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(ROWS))
    # An executor of one core gains nothing by collecting garbage on several.
    builder = builder.config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC")
    # A file is a task: else two executors would share one.
    session = builder.config("spark.sql.files.openCostInBytes", str(1 << 30)).getOrCreate()
    job(session, folder, f"spark-{executors}")
    session.stop()


def main():
    what, *rest = sys.argv[1:]
    if what == "make":
        return make(Path(rest[0]), Path(rest[1]), int(rest[2]) if rest[2:] else 20_000)
    folder = Path(rest[0])
    name, _, executors = what.partition(":")
    if name == "spark":
        return spark(folder, int(executors or 1))
    return {"wheel": wheel, "sail": sail}[name](folder)


main()

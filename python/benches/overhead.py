#!/usr/bin/env python3
"""What the wheel and the engines cost over the command line, in seconds of CPU: on a busy machine they say more than a clock.

    python3 python/benches/overhead.py make ARTICLES.jsonl.gz FOLDER [N]   # N articles made by varying those, as Parquet
    python3 python/benches/overhead.py plain|wheel|sail|spark:1|spark:2 FOLDER

`make` and `wheel` take pyarrow; `sail` takes `pysail pyspark-client`, `spark:EXECUTORS` takes `pyspark` and Java, in a virtual
environment of its own. `plain` takes `sayso` on the path, built as the wheel is (release). Each prints its seconds and what it
found, and adds a line to FOLDER/overhead.jsonl; `plain` is what the others are compared with. An engine runs the job twice:
the first run is told as cold, the second, on a session that is awake, as warm.
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
        known = [json.loads(line) for line in lines]
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
    found = work()
    return {"cpu": round(cpu() - before, 2), "seconds": round(time.perf_counter() - begun, 2), "records": found}


def plain(folder):
    command = ["sayso", "extract", "-q", "-j1", folder / "articles", "--format", "jsonl", "-o", folder / "plain.jsonl"]

    def work():
        subprocess.run(command, check=True)
        with open(folder / "plain.jsonl", "rb") as lines:
            return sum(1 for _ in lines)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = timed(work)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told["cpu"] = round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)
    return {"plain": told}


def wheel(folder):
    import pyarrow.parquet as pq
    from sayso._arrow import records

    def work():
        found = 0
        with open(folder / "wheel.jsonl", "w", encoding="utf-8") as out:
            for path in sorted((folder / "articles").glob("*.parquet")):
                for batch in pq.ParquetFile(path).iter_batches(ROWS):
                    lines = records(batch, "text", "tagger", 1, 0).column("json").to_pylist()
                    out.writelines(f"{line}\n" for line in lines if line is not None)
                    found += len(lines)
        return found

    return {"wheel": timed(work)}


def job(session, folder, name):
    from sayso.spark import extract

    def work():
        frame = extract(session.read.parquet(str(folder / "articles")))
        frame.select("doc", "record", "id", "json").write.mode("overwrite").parquet(str(folder / name))
        return session.read.parquet(str(folder / name)).count()

    cold = timed(work)
    return {f"{name} cold": cold, f"{name} warm": timed(work)}


def sail(folder):
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer()
    server.start()
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    told = job(session, folder, "sail")
    session.stop()
    server.stop()
    return told


def spark(folder, executors):
    from pyspark.sql import SparkSession

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost", "PYSPARK_PYTHON": sys.executable}
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(ROWS))
    # A file is a task: else two executors would share one.
    session = builder.config("spark.sql.files.openCostInBytes", str(1 << 30)).getOrCreate()
    told = job(session, folder, f"spark-{executors}")
    session.stop()
    return told


def main():
    what, *rest = sys.argv[1:]
    if what == "make":
        return make(Path(rest[0]), Path(rest[1]), int(rest[2]) if rest[2:] else 20_000)
    folder = Path(rest[0])
    known = {}
    log = folder / "overhead.jsonl"
    for line in log.read_text().splitlines() if log.exists() else []:
        known |= json.loads(line)
    name, _, executors = what.partition(":")
    told = {"plain": plain, "wheel": wheel, "sail": sail}[name](folder) if name != "spark" else spark(folder, int(executors))
    with open(log, "a") as out:
        out.write(json.dumps(told) + "\n")
    for name, one in told.items():
        against = known.get("plain")
        ratio = f", {one['cpu'] / against['cpu']:.3f} of plain" if against and name != "plain" else ""
        print(f"{name}: {one['cpu']} s of CPU{ratio}; {one['seconds']} s; {one['records']} records; load {os.getloadavg()[0]:.1f}")


main()

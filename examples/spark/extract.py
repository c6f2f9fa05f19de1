"""Every record of a folder of Parquet articles, as Parquet by kind of record: `spark-submit extract.py ARTICLES RECORDS`.

The articles have the columns `id` and `text`, and whatever else `sayso.extract_batch` reads (`title`, `date`, `publisher` …). A rerun
overwrites the same folders with the same rows; rows with an `error` stand in the folder `record=__HIVE_DEFAULT_PARTITION__`.
"""

import sys

from pyspark.sql import SparkSession
from sayso.spark import extract


def main(articles: str, records: str) -> None:
    spark = SparkSession.builder.appName("sayso").getOrCreate()
    frame = spark.read.parquet(articles)
    extract(frame).write.mode("overwrite").partitionBy("record").parquet(records)


if __name__ == "__main__":
    main(*sys.argv[1:3])

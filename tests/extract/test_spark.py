"""The same extraction on Spark, in local mode."""

from __future__ import annotations

import bz2
from pathlib import Path

import pytest

from kzturk_graph.errors import InputError
from kzturk_graph.extract import Request, extract

from .conftest import Dump, layout
from .test_reading import FAR, many

pytestmark = pytest.mark.needs("spark")
REQUEST = Request(frozenset(["Q232", f"Q{FAR + 8}", "Q30"]), 2, True, ("en",))


def test_spark_writes_the_same_bytes_and_reports(dump: Dump, tmp_path: Path) -> None:
    from pyspark.sql import SparkSession

    from kzturk_graph.extract.spark import extract_with_spark

    lines = many(3000)
    lines[1700] = lines[1700][:-9]
    raw = layout(lines)
    dump.path.write_bytes(raw)
    here = extract(str(dump.path), REQUEST, dump.output)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.hadoop.mapreduce.input.fileinputformat.split.maxsize", "40000")
        .config("spark.default.parallelism", "2")
        .getOrCreate()
    )
    try:
        there = extract_with_spark(str(dump.path), REQUEST, tmp_path / "spark.json", every=0)
        assert (tmp_path / "spark.json").read_bytes() == dump.output.read_bytes()
        assert there.passes == here.passes
        assert (there.entities, there.missing) == (here.entities, here.missing)
        assert [str(each) for each in there.problems] == [str(each) for each in here.problems]

        packed = tmp_path / "dump.json.bz2"
        packed.write_bytes(bz2.compress(raw))
        extract_with_spark(packed.as_uri(), REQUEST, tmp_path / "packed.json")
        assert (tmp_path / "packed.json").read_bytes() == dump.output.read_bytes()

        stopped = tmp_path / "stopped.json"
        seen = []

        def stop(progress: object) -> None:
            seen.append(progress)
            if len(seen) == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            extract_with_spark(str(dump.path), REQUEST, stopped, every=0, tell=stop)
        extract_with_spark(str(dump.path), REQUEST, stopped, every=0, resume=True)
        assert stopped.read_bytes() == dump.output.read_bytes()

        with pytest.raises(InputError, match="there is no such file"):
            extract_with_spark(str(tmp_path / "none.json"), REQUEST, tmp_path / "none-slice.json")
        (tmp_path / "text").write_text("no\nentities\n")
        with pytest.raises(InputError, match="not JSON"):
            extract_with_spark(str(tmp_path / "text"), REQUEST, tmp_path / "none-slice.json")
    finally:
        session.stop()

"""The nightly on generated landings: CPU seconds, wall seconds and peak memory per stage, and DuckDB's on the same files."""

import argparse
import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

from night_runs import HERE, JOBS, STAGES, compare, duckdb, generate, maintain, nightly
from night_settings import settings_document

DAY = date(2026, 11, 3)


def main():
    options = arguments()
    lakes = Path(options.folder)
    lakes.mkdir(parents=True, exist_ok=True)
    settings = lakes / "settings.json"
    settings.write_text(json.dumps(settings_document()))
    fresh = lakes / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    generate(fresh, DAY, 1, options.generations)
    runs = {}
    if options.duckdb:
        runs["DuckDB"] = duckdb(fresh, lakes / "duckdb", options.threads)
    runs["night"] = nightly(fresh, settings, options)
    if options.duckdb:
        compare(fresh, lakes / "duckdb")
    runs["empty night"] = nightly(fresh, settings, options)
    if options.history:
        runs |= with_history(lakes, settings, options)
    if options.executors:
        runs |= on_executors(lakes, settings, options)
    report(runs, options)


def arguments():
    parser = argparse.ArgumentParser(prog="benchmarks/run night", description=__doc__)
    parser.add_argument(
        "--generations",
        type=int,
        default=100_000,
        help="generations of the measured day (default 100000)",
    )
    parser.add_argument(
        "--history",
        type=int,
        default=0,
        metavar="DAYS",
        help="measure the same day on top of so many days, too",
    )
    parser.add_argument(
        "--executors",
        action="store_true",
        help="measure the day on a standalone cluster, too: with one executor of one core, and two",
    )
    parser.add_argument(
        "--threads", type=int, default=os.cpu_count(), help="of both sides (default: all)"
    )
    parser.add_argument("--memory", default="3g", help="the night's heap (default 3g)")
    parser.add_argument(
        "--folder",
        default=str(HERE / "target" / "night" / "data"),
        help="where landings and lakes go",
    )
    parser.add_argument(
        "--no-duckdb", dest="duckdb", action="store_false", help="leave out the baseline"
    )
    parser.add_argument(
        "--java",
        action="append",
        default=[],
        metavar="OPTION",
        help="a further option of the night's JVM",
    )
    return parser.parse_args()


def with_history(lakes, settings, options):
    """The measured day once more, on a lake that has days before it."""
    bucket = lakes / "history"
    shutil.rmtree(bucket, ignore_errors=True)
    generate(bucket, DAY - timedelta(days=options.history), options.history, options.generations)
    before = nightly(bucket, settings, options)
    maintain(bucket, options)
    generate(bucket, DAY, 1, options.generations)
    return {
        f"{options.history} days at once": before,
        f"night after {options.history} days": nightly(bucket, settings, options),
    }


def on_executors(lakes, settings, options):
    """The same landings on one and on two executors, each a process held to one core, with 2 GiB.

    The driver gets no further core: beside one executor that would be a second one.
    """
    jars = lakes / "spark-home" / "jars"
    shutil.rmtree(jars.parent, ignore_errors=True)
    jars.mkdir(parents=True)
    for jar in [*JOBS.glob("*.jar"), *(JOBS / "lib").glob("*.jar")]:
        (jars / jar.name).symlink_to(jar)
    cluster = {
        "SPARK_HOME": str(jars.parent),
        "SPARK_SCALA_VERSION": "2.13",
        "JAVA_HOME": str(java_on_cores(lakes / "java-on-cores")),
    }
    runs = {}
    allowed = os.sched_getaffinity(0)
    for executors in (1, 2):
        bucket = lakes / f"executors-{executors}"
        shutil.rmtree(bucket, ignore_errors=True)
        shutil.copytree(lakes / "fresh" / "landing", bucket / "landing")
        master = f"local-cluster[{executors},1,2048]"
        name = "one executor" if executors == 1 else "two executors"
        os.sched_setaffinity(0, range(executors))
        runs[name] = nightly(bucket, settings, options, master, cluster)
    os.sched_setaffinity(0, allowed)
    return runs


def java_on_cores(home):
    """A Java home whose executors get one core each, compilers and collector included, as a container's limit would."""
    java = home / "bin" / "java"
    java.parent.mkdir(parents=True, exist_ok=True)
    java.write_text(
        f"""#!/usr/bin/env bash
words="$*"
executor="${{words##*--executor-id }}"
exec taskset --cpu-list "$((${{executor%% *}} % {os.cpu_count()}))" {shutil.which("java")} "$@"
"""
    )
    java.chmod(0o755)
    return home


def report(runs, options):
    print(
        f"\n{options.generations:,} generations, {options.threads} threads; CPU s / wall s per stage\n"
    )
    print(
        f"{'':24}" + "".join(f"{stage:>17}" for stage in (*STAGES, "total")) + f"{'peak MiB':>10}"
    )
    for name, figures in runs.items():
        cells = "".join(cell(figures.get(stage)) for stage in (*STAGES, "total"))
        print(f"{name:24}{cells}{figures['total']['rss']:10.0f}")
    total = runs["night"]["total"]["cpu"]
    if "DuckDB" in runs:
        print(f"\nnight / DuckDB: {total / runs['DuckDB']['total']['cpu']:.2f} x CPU")
    if options.history:
        after = runs[f"night after {options.history} days"]["total"]["cpu"]
        print(
            f"night after {options.history} days / night on an empty history: {after / total:.2f} x CPU"
        )
    if options.executors:
        one, two = (runs[name]["total"]["wall"] for name in ("one executor", "two executors"))
        print(f"two executors: {one / two:.2f} x as fast as one")
    Path(options.folder, "result.json").write_text(json.dumps(runs, indent=2))


def cell(figures):
    return f"{figures['cpu']:9.1f} /{figures['wall']:6.1f}" if figures else " " * 17


if __name__ == "__main__":
    main()

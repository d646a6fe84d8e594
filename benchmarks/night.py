"""The nightly on generated landings: CPU seconds, wall seconds and peak memory per stage, and DuckDB's on the same files."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
JOBS = CHECKOUT / "spark-jobs" / "target"
DAY = date(2026, 11, 3)
STAGES = ("compact", "attribute", "metrics", "publish", "export")
TICK = os.sysconf("SC_CLK_TCK")


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


def generate(bucket, first, days, generations):
    built = [
        HERE / "target" / "classes",
        CHECKOUT / "events" / "target" / "classes",
        HERE / "target" / "lib" / "*",
    ]
    if not built[0].exists():
        sys.exit("Missing build: run mvn -P benchmarks -DskipTests package first")
    subprocess.run(
        [
            "java",
            "-Xmx2g",
            "-cp",
            ":".join(map(str, built)),
            "dev.copyloop.benchmarks.night.LandingGenerator",
        ]
        + [str(bucket), first.isoformat(), str(days), str(generations)],
        check=True,
    )


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


def maintain(bucket, options):
    """Joins the files of many days that one night wrote, as every week's maintenance would."""
    command = job("maintain", bucket, options, f"local[{options.threads}]")
    with bucket.with_suffix(".maintain.log").open("wb") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log)


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
    for executors in (1, 2):
        bucket = lakes / f"executors-{executors}"
        shutil.rmtree(bucket, ignore_errors=True)
        shutil.copytree(lakes / "fresh" / "landing", bucket / "landing")
        master = f"local-cluster[{executors},1,2048]"
        name = "one executor" if executors == 1 else "two executors"
        os.sched_setaffinity(0, range(executors))
        runs[name] = nightly(bucket, settings, options, master, cluster)
    os.sched_setaffinity(0, range(os.cpu_count()))
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


def nightly(bucket, settings, options, master=None, cluster=None):
    """Runs the night, in one JVM or as a cluster's driver; a stage's figures end with its first line of output."""
    command = job("nightly", bucket, options, master or f"local[{options.threads}]")
    command += ["--settings", str(settings)]
    if cluster:
        command.insert(1, "-Dspark.executor.memory=2g")
    started = time.time()
    log = bucket.with_suffix(".log")
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=os.environ | (cluster or {}),
        )
    figures, last, memory = {}, (0.0, started), 0
    for line in process.stdout:
        stage = line.split(":")[0]
        memory = max(memory, peak_memory(process.pid))
        if stage in STAGES and stage not in figures:
            now = (cpu(process.pid), time.time())
            figures[stage] = {"cpu": now[0] - last[0], "wall": now[1] - last[1]}
            last = now
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"The night failed, {log} says why: {' '.join(command)}")
    figures["total"] = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.time() - started,
        "rss": usage.ru_maxrss / 1024,
    }
    return figures


def job(name, bucket, options, master):
    """The command that runs a job on a bucket in a JVM of its own."""
    return [
        "java",
        f"@{JOBS}/java.args",
        f"-Xmx{options.memory}",
        *kept_classes(),
        *options.java,
        "-cp",
        f"{JOBS}/*:{JOBS}/lib/*",
        "dev.copyloop.jobs.Main",
        name,
        "--bucket",
        bucket.as_uri() + "/",
        "--master",
        master,
    ]


def kept_classes():
    """What ./copyloop nightly made at its first end, if it ran."""
    archive = JOBS / "jobs.jsa"
    quietly = ["-Xlog:disable", "-Xlog:all=error:stderr"]
    return [*quietly, f"-XX:SharedArchiveFile={archive}"] if archive.exists() else []


def cpu(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def peak_memory(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def duckdb(bucket, out, threads):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    started = time.time()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "night_duckdb.py"), str(bucket), str(out), str(threads)],
        stdout=subprocess.PIPE,
        text=True,
    )
    figures = {}
    for line in process.stdout:
        stage, seconds, wall = line.split()
        figures[stage] = {"cpu": float(seconds), "wall": float(wall)}
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit("DuckDB failed")
    figures["total"] = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.time() - started,
        "rss": usage.ru_maxrss / 1024,
    }
    return figures


def compare(bucket, out):
    """Both sides must have counted the same."""
    script = [sys.executable, str(HERE / "night_duckdb.py"), "--compare", str(bucket), str(out)]
    subprocess.run(script, check=True)


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


def settings_document():
    templates = []
    for number in range(20):
        copies = [
            {
                "copy_id": f"00000000-0000-{0x4000 + number:04x}-8000-{copy:012x}",
                "key": f"copy_{copy}",
                "status": "active",
                "texts": [
                    {"valid_from": "2020-01-01T00:00:00Z", "vars": {"subject": f"Subject {copy}"}}
                ],
            }
            for copy in range(5)
        ]
        binding = {
            "id": f"binding_{number}",
            "workspace": "production",
            "campaign_id": str(100 + number),
            "webhook_action_id": "900",
            "message_action_ids": ["1001"],
            "control_action_ids": ["1002"],
            "attribute_scope": "journey",
            "control_share": "0.1",
            "valid_from": "2020-01-01T00:00:00Z",
        }
        templates.append(
            {
                "template_id": f"template_{number}",
                "channel": "email",
                "variants": copies,
                "bindings": [binding],
            }
        )
    rule = {
        "rule_id": "purchase",
        "version": 1,
        "event_name": "purchase",
        "touch": "send",
        "model": "last",
        "window": "PT336H",
    }
    workspace = {
        "name": "production",
        "region": "eu",
        "default_attribute_scope": "journey",
        "first_occurrence_only": [],
    }
    org = {
        "slug": "acme",
        "time_zone": "Europe/Berlin",
        "user_key": "id",
        "event_user_key": "id",
        "internal_recipients": [],
        "workspaces": [workspace],
        "templates": templates,
        "rules": [rule],
    }
    return {"version": 1, "orgs": [org]}


if __name__ == "__main__":
    main()

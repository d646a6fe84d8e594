"""Runs what a night needs as processes of their own, and measures them: CPU seconds, wall seconds, peak memory."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
JOBS = CHECKOUT / "spark-jobs" / "target"
STAGES = ("compact", "attribute", "metrics", "publish", "export")
TICK = os.sysconf("SC_CLK_TCK")


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
    figures["total"] = total(
        process, started, f"The night failed, {log} says why: {' '.join(command)}"
    )
    return figures


def maintain(bucket, options):
    """Joins the files of many days that one night wrote, as every week's maintenance would."""
    command = job("maintain", bucket, options, f"local[{options.threads}]")
    with bucket.with_suffix(".maintain.log").open("wb") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log)


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


def total(process, started, failure):
    """What a process took, once it ended well."""
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(failure)
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.time() - started,
        "rss": usage.ru_maxrss / 1024,
    }


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
    figures["total"] = total(process, started, "DuckDB failed")
    return figures


def compare(bucket, out):
    """Both sides must have counted the same."""
    script = [sys.executable, str(HERE / "night_duckdb.py"), "--compare", str(bucket), str(out)]
    subprocess.run(script, check=True)

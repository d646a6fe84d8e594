"""Runs what an emulator carries of a generated Snowflake loader, as it is written.

That is: its tables, file formats and stage, the expressions that find a manifest's folder and its
files' names, and the statements of its transaction. SELECT and COPY from a stage and procedures
are not carried.

Usage: snowflake_loader.py LOADER.sql
"""

import json
import re
import sys
from pathlib import Path

import fakesnow
import snowflake.connector

PROCEDURE = re.compile(
    r"CREATE OR REPLACE PROCEDURE load_(?P<dataset>\w+)\(\).*?\$\$(?P<body>.*?)\$\$;", re.DOTALL
)
STAGE = re.compile(r"-- First: (CREATE STAGE .*?) STORAGE_INTEGRATION")
FOLDER = re.compile(r"REGEXP_SUBSTR\(METADATA\$FILENAME, '[^']*'\)")
NAMES = re.compile(r"LET names VARCHAR := \((.*)\);")
TRANSACTION = re.compile(r"^ +((?:DELETE|INSERT) .*);$", re.MULTILINE)


def main(loader):
    sql = Path(loader).read_text()
    datasets = [(found["dataset"], found["body"]) for found in PROCEDURE.finditer(sql)]
    require(datasets, "the loader has no procedure")
    with fakesnow.patch():
        cursor = snowflake.connector.connect(database="exports", schema="acme").cursor()
        cursor.execute(STAGE.search(sql)[1])
        for statement in plain(PROCEDURE.sub("", sql)):
            cursor.execute(statement)
        for dataset, body in datasets:
            finds_files(cursor, dataset, body)
            replaces_a_part(cursor, dataset, body)
    print(f"{len(datasets)} datasets: {', '.join(dataset for dataset, _ in datasets)}")


def plain(sql):
    lines = [line for line in sql.splitlines() if not line.startswith("--")]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]


def finds_files(cursor, dataset, body):
    for folder in (f"{dataset}/2026/11/03/", f"{dataset}/"):
        manifest = f"'exports/acme/{folder}_manifest.json'"
        expression = FOLDER.search(body)[0].replace("METADATA$FILENAME", manifest)
        found = value(cursor, f"SELECT {expression}")
        require(found == folder, f"{expression} is {found}, not {folder}")
    files = json.dumps([{"name": "part-0.parquet"}, {"name": "part-1.parquet"}])
    names = value(cursor, NAMES.search(body)[1].replace(":manifest.files", f"'{files}'"))
    require(names == "'part-0.parquet', 'part-1.parquet'", f"the names of {files} are {names}")


def replaces_a_part(cursor, dataset, body):
    """A part's rows go and its hash is noted, once; what else was loaded stays."""
    statements = TRANSACTION.findall(body)
    require(len(statements) == 3, f"{dataset}: the transaction is {statements}")
    for part in ("one", "two"):
        cursor.execute(f"INSERT INTO {dataset} (part) VALUES ('{part}')")
        run(cursor, statements[1:], part, f"old {part}")
    run(cursor, statements, "one", "new")
    parts = rows(cursor, f"SELECT part FROM {dataset}")
    require(parts == [("two",)], f"{dataset} has the parts {parts}")
    noted = rows(
        cursor,
        f"SELECT part, content_hash FROM copyloop_loaded WHERE dataset = '{dataset}' ORDER BY part",
    )
    require(noted == [("one", "new"), ("two", "old two")], f"{dataset}: noted is {noted}")


def run(cursor, statements, part, content_hash):
    cursor.execute("BEGIN TRANSACTION")
    for statement in statements:
        cursor.execute(
            statement.replace(":part", f"'{part}'").replace(":content_hash", f"'{content_hash}'")
        )
    cursor.execute("COMMIT")


def value(cursor, query):
    return rows(cursor, query)[0][0]


def rows(cursor, query):
    return cursor.execute(query).fetchall()


def require(holds, otherwise):
    if not holds:
        sys.exit(otherwise)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

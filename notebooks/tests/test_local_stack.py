"""Every notebook over what the real jobs made of a demo's traffic, compared with the tables."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from copyloop_client.connection import Connection
from copyloop_client.lake import Lake
from tests.headless import NOTEBOOKS, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::papermill.exceptions.PapermillWarning"),
]

ORG = "demo"
PEOPLE, DAYS = 1500, 10
SERVES = "Serving at"

MESSAGES = """
    CREATE VIEW messages AS
    SELECT arm, coalesce(key, copy_key) AS copy, delivery_id IN (
        SELECT delivery_id FROM engagements WHERE metric = 'clicked' AND human_class <> 'machine'
    ) AS clicked
    FROM deliveries LEFT JOIN (SELECT DISTINCT copy_id, key FROM copies) AS keys
        ON keys.copy_id = copy_key
    WHERE representative AND sent_at IS NOT NULL AND message_no = 1
"""
"""Those sent, by no daily figure."""


@dataclass(frozen=True)
class Demo:
    """A stack that serves what the night has made, and its tables as they were published."""

    connection: Connection
    tables: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.tables.execute(query).fetchall()

    def number(self, query: str) -> int:
        [(found,)] = self.rows(query)
        return int(found)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    home = tmp_path_factory.mktemp("home")
    with subprocess.Popen(
        [NOTEBOOKS.parent / "copyloop", "demo", "--people", str(PEOPLE), "--days", str(DAYS)],
        env={**os.environ, "COPYLOOP_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = next((line for line in process.stdout if line.startswith(SERVES)), None)
            assert said is not None, "the demo ended before it served"
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("COPYLOOP_HOME", str(home / "demo"))
                connection = Connection.find()
            tables = Lake(connection).open()
            tables.execute(MESSAGES)
            yield Demo(connection, tables)
        finally:
            process.terminate()


def test_generations_are_counted_alike_by_four_tools(demo: Demo, tmp_path: Path) -> None:
    text = run("exports_quickstart", demo.connection, tmp_path, org=ORG)
    generations = demo.number("SELECT count(*) FROM generations WHERE NOT test")
    assert 0 < generations < PEOPLE
    assert f"{generations:,} generations of 3 copies, counted alike by four" in text


def test_rates_are_those_of_the_single_messages(demo: Demo, tmp_path: Path) -> None:
    text = run("variant_performance", demo.connection, tmp_path, org=ORG)
    copies = demo.rows("SELECT copy, count(*), count_if(clicked) FROM messages GROUP BY copy")
    assert {copy for copy, _, _ in copies} == {"short", "question", "discount", "control"}
    for copy, sends, clicked in copies:
        assert re.search(rf"{copy} +{sends} +{clicked} {clicked / sends:.4f}", text), copy


def test_lift_compares_everybody_the_split_assigned(demo: Demo, tmp_path: Path) -> None:
    text = run("lift_vs_control", demo.connection, tmp_path, org=ORG)
    treated = demo.number("SELECT count(DISTINCT tracking_id) FROM generations WHERE NOT test")
    control = demo.number(
        "SELECT count(DISTINCT journey_id) FROM deliveries WHERE arm = 'control' "
        "AND journey_id NOT IN (SELECT tracking_id FROM generations)"
    )
    assert f"assigned: {treated:,} treatment, {control:,} control" in text
    assert "as promised" in text
    assert "0 days are left out" in text
    clicked = dict(demo.rows("SELECT arm, count_if(clicked) FROM messages GROUP BY arm"))
    for arm, units in (("treatment", treated), ("control", control)):
        rate = f"{clicked[arm] / units:.2%}"
        assert re.search(rf"{arm} +{clicked[arm]:,} of {units:,} = {rate}", text), arm


def test_lift_of_a_rule_compares_people_and_control_has_no_attributes(
    demo: Demo, tmp_path: Path
) -> None:
    chosen = {"metric": "custom:purchase", "segment": "attrs.plan"}
    text = run("lift_vs_control", demo.connection, tmp_path, org=ORG, **chosen)
    assert "measured by people with 'purchase' in its window" in text
    bought = dict(
        demo.rows(
            "SELECT arm, count(*) FROM attributed_events "
            "WHERE kind = 'lift' AND first_of_person GROUP BY arm"
        )
    )
    for arm in ("treatment", "control"):
        assert re.search(rf"{arm} +{bought[arm]} of", text), arm
    assert "no attrs.plan has both arms" in text


def test_quality_finds_every_line_and_what_was_set_aside(demo: Demo, tmp_path: Path) -> None:
    text = run("data_quality", demo.connection, tmp_path, org=ORG)
    assert f"state {Lake(demo.connection).published().number}, published" in text
    assert "everything adds up" in text
    quarantined = demo.number("SELECT count(*) FROM quarantine WHERE recovered_by IS NULL")
    assert quarantined > 0
    assert f"{quarantined:,} rows in quarantine" in text
    for source, events in demo.rows("SELECT source, count(*) FROM events GROUP BY source"):
        assert re.search(rf"{source} +{events} ", text), source

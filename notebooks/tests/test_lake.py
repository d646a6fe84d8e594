"""Tables are read from a real S3 server, as Delta tables at the versions that are published."""

import pytest
from embedded_storage import new_bucket_name

from copyloop_client.connection import Connection
from copyloop_client.lake import Lake, Publication
from tests.sample_exports import create_bucket
from tests.sample_lake import LINES, RUN


def test_the_last_published_state_is_found(lake: Lake) -> None:
    state = lake.published()
    assert (state.number, state.run_id) == (2, RUN)
    assert state.published_at.isoformat() == "2026-11-15T02:20:00+00:00"


def test_tables_are_read_as_they_were_published(lake: Lake) -> None:
    """A later version, which is not published yet, has no rows."""
    [(lines,)] = lake.open().sql("SELECT sum(lines) FROM landing_ledger").fetchall()
    assert lines == sum(LINES.values())


def test_settings_are_those_of_the_state(lake: Lake) -> None:
    assert lake.settings()["orgs"][0]["slug"] == "demo"


def test_before_the_first_night_there_is_nothing(connection: Connection) -> None:
    empty = Connection(
        new_bucket_name(),
        connection.access_key,
        connection.secret_key,
        endpoint=connection.endpoint,
    )
    create_bucket(empty)
    with pytest.raises(LookupError, match="no night ran yet"):
        Lake(empty).published()


def test_a_form_of_another_release_is_refused() -> None:
    with pytest.raises(ValueError, match="schema version 2"):
        Publication.of({"schema_version": 2})

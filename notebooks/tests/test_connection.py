from pathlib import Path

import pytest

from copyloop_client.connection import Connection

SETTINGS = {
    "COPYLOOP_BUCKET": "lake",
    "AWS_ACCESS_KEY_ID": "reader",
    "AWS_SECRET_ACCESS_KEY": "it's secret",
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        *SETTINGS,
        "AWS_REGION",
        "AWS_SESSION_TOKEN",
        "COPYLOOP_S3_ENDPOINT",
        "COPYLOOP_HOME",
    ):
        monkeypatch.delenv(name, raising=False)


def test_local_stack_is_found_from_a_folder_below(tmp_path: Path) -> None:
    write_local_settings(tmp_path)
    below = tmp_path / "notebooks" / "mine"
    below.mkdir(parents=True)
    found = Connection.find(below)
    assert found == Connection("local", "key", "a b", endpoint="http://127.0.0.1:9000")


def test_another_home_is_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_local_settings(tmp_path / "here")
    monkeypatch.setenv("COPYLOOP_HOME", str(tmp_path / "here" / ".copyloop"))
    assert Connection.find(tmp_path / "elsewhere").bucket == "local"
    monkeypatch.setenv("COPYLOOP_HOME", str(tmp_path))
    with pytest.raises(LookupError):
        Connection.find(tmp_path / "here")


def test_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_local_settings(tmp_path)
    monkeypatch.setenv("COPYLOOP_BUCKET", "other")
    assert Connection.find(tmp_path).bucket == "other"


def test_defaults_are_those_of_aws() -> None:
    found = Connection.of(SETTINGS)
    assert (found.region, found.endpoint, found.session_token) == ("us-east-1", None, None)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"COPYLOOP_BUCKET, .* not set.*\./copyloop up"):
        Connection.find(tmp_path)


def test_secret_is_not_printed() -> None:
    found = Connection.of({**SETTINGS, "AWS_SESSION_TOKEN": "temporary"})
    assert "secret" not in repr(found).replace("secret_key", "")
    assert "temporary" not in repr(found)


def test_duckdb_takes_any_secret_and_endpoint() -> None:
    variables = {**SETTINGS, "COPYLOOP_S3_ENDPOINT": "https://storage.example:9000"}
    database = Connection.of(variables).duckdb()
    row = database.sql("SELECT scope, secret_string FROM duckdb_secrets()").fetchone()
    assert row is not None
    assert row[0] == ["s3://lake"]
    assert "endpoint=storage.example:9000" in row[1]
    assert "use_ssl=true" in row[1]


def write_local_settings(folder: Path) -> None:
    (folder / ".copyloop").mkdir(parents=True)
    (folder / ".copyloop" / "local.env").write_text(
        "# The local stack.\n"
        "COPYLOOP_BUCKET=local\nCOPYLOOP_S3_ENDPOINT=http://127.0.0.1:9000\n"
        "AWS_ACCESS_KEY_ID=key\nexport AWS_SECRET_ACCESS_KEY='a b'\n",
        encoding="utf-8",
    )

"""A real S3 server with exports in it, laid out as the batch lays them out."""

from collections.abc import Iterator

import pytest
from embedded_storage import embedded_storage, new_bucket_name

from copyloop_client.connection import Connection
from copyloop_client.exports import Exports
from copyloop_client.lake import Lake
from tests.sample_exports import create_bucket, write_exports
from tests.sample_figures import write_figures
from tests.sample_lake import write_lake


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with embedded_storage(tmp_path_factory.mktemp("storage")) as variables:
        yield variables


@pytest.fixture(scope="session")
def connection(storage: dict[str, str]) -> Connection:
    connection = Connection.of({**storage, "COPYLOOP_BUCKET": new_bucket_name()})
    create_bucket(connection)
    return connection


@pytest.fixture(scope="session")
def exports(connection: Connection) -> Exports:
    exports = Exports(connection, "demo")
    write_exports(exports)
    write_figures(exports)
    return exports


@pytest.fixture(scope="session")
def lake(connection: Connection) -> Lake:
    write_lake(connection)
    return Lake(connection)

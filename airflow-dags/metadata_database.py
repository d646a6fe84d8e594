"""Makes Airflow's database on a PostgreSQL server and prints its address for SQLAlchemy.

The server is COPYLOOP_PG_URL's, postgresql://USER:PASSWORD@HOST:PORT/ANY.
"""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2

DATABASE = "airflow"


def ensure(url: str) -> str:
    """The address of the database, which exists then."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()
    return urlunsplit(urlsplit(url)._replace(scheme="postgresql+psycopg2", path=f"/{DATABASE}"))


if __name__ == "__main__":
    print(ensure(os.environ["COPYLOOP_PG_URL"]))

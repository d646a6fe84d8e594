# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% tags=["parameters"]
org = "demo"

# %% [markdown]
# # Reading an export
#
# The exports are Parquet files in a bucket, by UTC hour:
# `exports/<org>/generations/YYYY/MM/DD/HH`. Here the same question is asked with four tools: how
# many generations did each copy get? Where the bucket is comes from `.copyloop/local.env` (the
# local stack) or from the environment.

# %%
import pandas
import polars

from copyloop_client.connection import Connection
from copyloop_client.exports import Exports
from copyloop_client.spark import session

exports = Exports(Connection.find(), org)

# %% [markdown]
# ## DuckDB

# %%
database = exports.open()
query = "SELECT copy_id, count(*) FROM generations GROUP BY copy_id"
by_duckdb = dict(database.sql(query).fetchall())
by_duckdb

# %% [markdown]
# ## pandas

# %%
folder, filesystem = exports.folder("generations"), exports.connection.filesystem()
generations = pandas.read_parquet(folder, filesystem=filesystem, columns=["copy_id"])
by_pandas = generations["copy_id"].value_counts().to_dict()
by_pandas

# %% [markdown]
# ## Polars

# %%
address, options = exports.glob("generations"), exports.connection.storage_options()
lazy = polars.scan_parquet(address, storage_options=options)
counts = lazy.group_by("copy_id").len().collect()
by_polars = dict(counts.iter_rows())
by_polars

# %% [markdown]
# ## Spark
#
# By Spark Connect: the server that `SPARK_REMOTE` names, else one on this machine. Databricks has a
# session by the name `spark` already.

# %%
spark = session(exports.connection)
files = spark.read.option("recursiveFileLookup", "true").parquet(f"s3a://{folder}")
counts = files.groupBy("copy_id").count()
by_spark = {row["copy_id"]: row["count"] for row in counts.collect()}
by_spark

# %% [markdown]
# ## The same answer

# %% tags=["result"]
assert by_duckdb == by_pandas == by_polars == by_spark
print(f"{sum(by_duckdb.values()):,} generations of {len(by_duckdb)} copies, counted alike by four")

# %% [markdown]
# ## One row
#
# `vars` holds the texts as they were served, `attrs` what was known about the person.

# %%
files.first().asDict()

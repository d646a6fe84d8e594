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
days = 14

# %% [markdown]
# # Can the figures be trusted
#
# Read from the lake's tables as they were published last, so the keys must be allowed to read the
# whole bucket.

# %% tags=["result"]
from copyloop_client import plots, quality
from copyloop_client.connection import Connection
from copyloop_client.lake import Lake

lake = Lake(Connection.find())
state = lake.published()
database = lake.open()
print(f"state {state.number}, published {state.published_at:%Y-%m-%d %H:%M} UTC by {state.run_id}")

# %% [markdown]
# ## Does everything add up
#
# Every acknowledged line is kept, a duplicate, superseded or quarantined; every delivery is in the
# daily figures. A difference other than 0 is a fault of this system.

# %% tags=["result"]
lines = quality.landed_lines(database)
print(lines.to_string(index=False))
deliveries = quality.deliveries_by_arm(database, org)
print(deliveries.to_string(index=False))
differences = int(lines["difference"].abs().sum() + deliveries["difference"].abs().sum())
print(
    "everything adds up" if differences == 0 else f"ALARM: {differences} rows are unaccounted for"
)

# %% [markdown]
# ## What could not be understood
#
# Kept with its bytes; a replay takes it up once the cause is gone. `unverified` needs the
# workspace's signing key, the others the sender.

# %% tags=["result"]
quarantine = quality.quarantine_by_reason(database, org)
print(f"{quarantine['rows'].sum():,} rows in quarantine")
if not quarantine.empty:
    print(quarantine.to_string(index=False))

# %% [markdown]
# ## How late events come

# %% tags=["result"]
print(quality.lateness(database, org).to_string(index=False, float_format="{:.3f}".format))

# %%
plots.arrival_curve(quality.arrival_curve(database, org), f"{org}: how soon events are here")
# %% [markdown]
# ## How complete the last days are
#
# By how soon events came so far. Read no rate from a day below 90 %.

# %% tags=["result"]
complete = quality.completeness(database, org, state.published_at, days)
provisional = complete[complete["expected_share"] < quality.COMPLETE]
print(f"{len(provisional)} of the last {len(complete)} days are provisional")
gaps = quality.empty_hours(database)
print("no hour without landings" if gaps.empty else gaps.to_string(index=False))
plots.completeness(complete, f"{org}: events per day, and the share expected to be here")

# %% [markdown]
# ## What was restated
#
# Published figures that changed after they were final.

# %% tags=["result"]
restated = quality.restatements(database, org)
print(f"{len(restated):,} restatements")
if not restated.empty:
    print(restated.head(20).to_string(index=False))

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
template_id = ""
first_day = "2015-01-01"
last_day = "2999-12-31"
metric = "unique_clicks_not_machine"

# %% [markdown]
# # Which copy does best
#
# Rates are of cohorts: of the messages sent on a day, the share that had at least one such event by
# now. The last days are not over yet: late events still raise them. Messages beyond the first of a
# journey are left out.

# %%
from datetime import date

from copyloop_client import figures, plots
from copyloop_client.connection import Connection
from copyloop_client.exports import Exports

database = Exports(Connection.find(), org).open()
template = template_id or figures.only_template(database)
scope = figures.Scope(template, date.fromisoformat(first_day), date.fromisoformat(last_day))
unit = f"{figures.METRICS[metric]}, share of sends"

# %% [markdown]
# ## Over all days

# %% tags=["result"]
rates = figures.rates_by_copy(database, scope, metric)
print(rates.to_string(index=False, float_format="{:.4f}".format))

# %%
plots.rates_per_copy(rates, f"{template}: rate per copy", unit)
# %% [markdown]
# Machines open and click links too, to check them. The difference is theirs.

# %%
everyone = metric.removesuffix("_human").removesuffix("_not_machine")
plots.rates_per_copy(
    figures.rates_by_copy(database, scope, everyone),
    f"{template}: rate per copy, machines included",
    f"{figures.METRICS[everyone]}, share of sends",
)
# %% [markdown]
# ## By the day it was sent

# %%
daily = figures.rates_by_copy_and_day(database, scope, metric)
plots.rates_per_day(daily, f"{template}: rate per copy and cohort", unit)
# %% [markdown]
# ## By the day it happened
#
# Counts only: what happened on a day belongs to the sends of many days.

# %%
events = figures.events_by_copy_and_day(database, scope, metric)
plots.events_per_day(events, f"{template}: events per copy and day", figures.METRICS[metric])

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
control_share = 0.0
segment = "weekday"
tuning_units = 20_000
minimum_effect = 0.05
alpha = 0.05

# %% [markdown]
# # Is the treatment better than control
#
# By intention to treat: everyone whom the split assigned counts, also where a call was lost.
# `metric` is one of `figures.METRICS`, or `custom:purchase` for the people with an event of the
# rule or custom metric `purchase`. `control_share` 0 takes the shares from the settings in the
# lake; another value holds for all days and needs the exports alone. `tuning_units` (the people
# expected at the decision), `minimum_effect` and `alpha` are fixed when the experiment starts.

# %%
from datetime import date

from IPython.display import display

from copyloop_client import arms, figures, plots
from copyloop_client import lift as lifts
from copyloop_client.connection import Connection
from copyloop_client.exports import Exports
from copyloop_client.lake import Lake
from copyloop_client.org_calendar import calendar_of
from copyloop_client.periods import Period, periods
from copyloop_client.proportions import newcombe
from copyloop_client.sample_ratio import ALARM, always_valid_sample_ratio_p, sample_ratio_p
from copyloop_client.segments import lift_by_segment

connection = Connection.find()
database = Exports(connection, org).open()
template = template_id or figures.only_template(database)
scope = figures.Scope(template, date.fromisoformat(first_day), date.fromisoformat(last_day))

# %% [markdown]
# ## Which days belong together
#
# Only days of one share can be added up. A day on which it changed is left out.

# %% tags=["result"]
assigned = arms.assigned_by_day(database, scope)
days = [day.date() for day in assigned["send_date"]]
if control_share:
    parts = [Period(tuple(days), control_share)] if days else []
else:
    parts = periods(Lake(connection).settings(), org, template, days)
for part in parts:
    print(f"{part}: {part.control_share:.1%} control")
print(f"{len(days) - sum(len(part.days) for part in parts)} days are left out")

# %% [markdown]
# ## First: did the split do what it promised
#
# If not, trust no figure below: look for calls that never came, or a filter before the split.

# %% tags=["result"]
ratios = []
for part in parts:
    chosen = assigned[[day in part.days for day in days]][["treatment", "control"]].astype(int)
    shares = [1 - part.control_share, part.control_share]
    counts = chosen.sum().tolist()
    one_look, nightly = (
        sample_ratio_p(counts, shares),
        always_valid_sample_ratio_p(chosen.to_numpy().tolist(), shares),
    )
    ratios += [one_look, nightly]
    print(f"assigned: {counts[0]:,} treatment, {counts[1]:,} control, in {part}")
    print(f"  sample ratio: p = {one_look:.4g} for one look, {nightly:.4g} for nightly looks")
alarm = min(ratios, default=1.0) < ALARM / max(len(parts), 1)
print("ALARM: do not read on" if alarm else "as promised")

# %% [markdown]
# ## The effect
#
# One row per period; together they are weighted by what each can tell.

# %% tags=["result"]
strata, effects = [], []
for part in parts:
    found = arms.proportions(database, figures.Scope(template, days=part.days), metric)
    treatment, control = found["treatment"], found["control"]
    difference = newcombe(treatment, control, alpha)
    print(f"{part}")
    print(f"  treatment {treatment.successes:,} of {treatment.units:,} = {treatment.rate:.2%}")
    print(f"  control   {control.successes:,} of {control.units:,} = {control.rate:.2%}")
    print(
        f"  difference {(treatment.rate - control.rate) * 100:+.2f} points "
        f"({difference.low * 100:+.2f} to {difference.high * 100:+.2f})"
    )
    strata.append((treatment, control))
    effects.append(lifts.lift_of(treatment, control))
effect = lifts.pooled([each for each in effects if each is not None])

# %%
if effect is None:
    print("An arm has none yet: there is no ratio, read the difference above.")
else:
    intervals = {
        "for nightly looks": lifts.always_valid_interval(effect, tuning_units, alpha),
        "for one look only": lifts.fixed_interval(effect, alpha),
    }
    display(plots.lift(effect, intervals, f"{template}: lift over control, {arms.label(metric)}"))
    p = lifts.always_valid_p(effect, tuning_units, alpha)
    print(f"always-valid p = {p:.3g}")

# %% [markdown]
# ## In words

# %% tags=["result"]
verdict = lifts.verdict(
    effect,
    [lifts.total(arm) for arm in zip(*strata, strict=True)],
    full_days=max(len(days) - 1, 0),
    tuning_units=tuning_units,
    minimum_effect=minimum_effect,
    alpha=alpha,
)
print(f"{template}, treatment against control: {'the split is broken' if alarm else verdict}")
print(f"measured by {arms.label(metric)}, {1 - alpha:.0%} confidence")

# %% [markdown]
# ## By segment
#
# Exploratory: of many segments some differ by chance. `adjusted p` takes that into account
# (Benjamini and Hochberg); read a segment from 10 % down as a question for the next experiment.
# `weekday`, `channel` and `workspace` are what both arms always have. `attrs.plan`, or another
# attribute of the calls, needs a split that generate makes: where the campaign splits, control
# makes no call.

# %% tags=["result"]
scopes = [figures.Scope(template, days=part.days) for part in parts]
if segment.startswith(arms.ATTRIBUTE):
    lake, name = Lake(connection), segment.removeprefix(arms.ATTRIBUTE)
    tables, days_of = lake.open(), calendar_of(lake.settings(), org)
    by_period = [
        arms.proportions_by_attribute(tables, org, days_of, scope, metric, name) for scope in scopes
    ]
else:
    by_period = [arms.proportions_by(database, scope, metric, segment) for scope in scopes]
by_segment = lift_by_segment(by_period, tuning_units, alpha)
if by_segment.empty:
    print(f"no {segment} has both arms")
else:
    print(by_segment.to_string(index=False, float_format="{:.4f}".format))

# %%
if not by_segment.empty:
    display(plots.lift_by_segment(by_segment, f"{template}: lift over control by {segment}"))

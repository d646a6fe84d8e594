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
control_share = 0.5
tuning_units = 20_000
minimum_effect = 0.05
alpha = 0.05

# %% [markdown]
# # Is the treatment better than control
#
# By intention to treat: everyone whom the split assigned counts, also where a call was lost. Choose
# days within one period of constant `control_share`. `tuning_units` (the people expected at the
# decision), `minimum_effect` and `alpha` are fixed when the experiment starts.

# %%
from datetime import date

from copyloop_client import figures, plots
from copyloop_client import lift as lifts
from copyloop_client.connection import Connection
from copyloop_client.exports import Exports
from copyloop_client.proportions import newcombe
from copyloop_client.sample_ratio import ALARM, always_valid_sample_ratio_p, sample_ratio_p

database = Exports(Connection.find(), org).open()
template = template_id or figures.only_template(database)
scope = figures.Scope(template, date.fromisoformat(first_day), date.fromisoformat(last_day))

# %% [markdown]
# ## First: did the split do what it promised
#
# If not, trust no figure below: look for calls that never came, or a filter before the split.

# %% tags=["result"]
assigned = figures.assigned_by_day(database, scope)
shares = [1 - control_share, control_share]
days = assigned[["treatment", "control"]].astype(int).to_numpy().tolist()
counts = [sum(day[arm] for day in days) for arm in (0, 1)]
ratio_p, ratio_valid_p = sample_ratio_p(counts, shares), always_valid_sample_ratio_p(days, shares)
print(
    f"assigned: {counts[0]:,} treatment, {counts[1]:,} control, promised {shares[0]:.1%} treatment"
)
print(f"sample ratio: p = {ratio_p:.4g} for one look, {ratio_valid_p:.4g} for nightly looks")
print("ALARM: do not read on" if min(ratio_p, ratio_valid_p) < ALARM else "as promised")

# %% [markdown]
# ## The effect

# %% tags=["result"]
arms = figures.arm_proportions(database, scope, metric)
treatment, control = arms["treatment"], arms["control"]
difference = newcombe(treatment, control, alpha)
print(f"treatment {treatment.successes:,} of {treatment.units:,} = {treatment.rate:.2%}")
print(f"control   {control.successes:,} of {control.units:,} = {control.rate:.2%}")
print(
    f"difference {(treatment.rate - control.rate) * 100:+.2f} points "
    f"({difference.low * 100:+.2f} to {difference.high * 100:+.2f})"
)

# %%
effect = lifts.log_lift(lifts.Arm.of_proportion(treatment), lifts.Arm.of_proportion(control))
if effect is None:
    print("An arm has none yet: there is no ratio, read the difference above.")
else:
    intervals = {
        "for nightly looks": lifts.always_valid_interval(effect, tuning_units, alpha),
        "for one look only": lifts.fixed_interval(effect, alpha),
    }
    plots.lift(effect, intervals, f"{template}: lift over control, {figures.METRICS[metric]}")
    p = lifts.always_valid_p(effect, tuning_units, alpha)
    print(f"always-valid p = {p:.3g}")

# %% [markdown]
# ## In words

# %% tags=["result"]
verdict = lifts.verdict(
    treatment,
    control,
    full_days=max(len(assigned) - 1, 0),
    tuning_units=tuning_units,
    minimum_effect=minimum_effect,
    alpha=alpha,
)
print(f"{template}: treatment is {verdict}")
print(f"measured by {figures.METRICS[metric]}, {1 - alpha:.0%} confidence")

"""Plots that say what they show, in colours that everybody can tell apart (Okabe and Ito)."""

import textwrap
from collections.abc import Mapping

import matplotlib.pyplot as plt
import pandas
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from copyloop_client.lift import LogLift
from copyloop_client.proportions import Interval
from copyloop_client.quality import COMPLETE

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442")
_CONTROL = "#555555"
_MARKERS = "osD^vPp"
_CONTROL_MARKER = "X"


def rates_per_copy(rates: pandas.DataFrame, title: str, unit: str) -> Figure:
    """One point per copy with its interval, best on top; from ``rates_by_copy``."""
    shown = rates.dropna(subset="rate").sort_values("rate")
    figure, axes = _axes(title, height=1.4 + 0.5 * max(len(shown), 1))
    styles = _styles(rates["copy"])
    points = shown[["copy", "rate", "low", "high"]].to_numpy().tolist()
    for position, (copy, rate, low, high) in enumerate(points):
        colour, marker = styles[copy]
        spread = [[rate - low], [high - rate]]
        axes.errorbar(rate, position, xerr=spread, fmt=marker, color=colour, capsize=4)
        _label(axes, f"{rate:.2%}", rate, position)
    names = shown[["copy", "units"]].to_numpy().tolist()
    labels = [f"{copy}  ({units:,} sends)" for copy, units in names]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(-0.6, len(labels) - 0.3)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=1))
    axes.set_xlabel(f"{unit}; bars: 95 % interval (Wilson)")
    return figure


def rates_per_day(rates: pandas.DataFrame, title: str, unit: str) -> Figure:
    """One line per copy over the send dates with its interval; from ``rates_by_copy_and_day``."""
    figure, axes = _axes(title)
    for copy, (colour, marker) in _styles(rates["copy"]).items():
        line = rates[rates["copy"] == copy]
        axes.plot(line["send_date"], line["rate"], marker=marker, color=colour, label=copy)
        axes.fill_between(line["send_date"], line["low"], line["high"], color=colour, alpha=0.15)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=1))
    axes.set_xlabel("day sent (the org's time zone)")
    axes.set_ylabel(f"{_wrapped(unit)}\n(band: 95 % interval)")
    return _finished(figure, axes)


def events_per_day(events: pandas.DataFrame, title: str, unit: str) -> Figure:
    """One line per copy over the event dates; from ``events_by_copy_and_day``."""
    figure, axes = _axes(title)
    for copy, (colour, marker) in _styles(events["copy"]).items():
        line = events[events["copy"] == copy]
        axes.plot(line["event_date"], line["successes"], marker=marker, color=colour, label=copy)
    axes.set_xlabel("day it happened (the org's time zone)")
    axes.set_ylabel(_wrapped(unit))
    axes.set_ylim(bottom=0)
    return _finished(figure, axes)


def lift(effect: LogLift, intervals: Mapping[str, Interval], title: str) -> Figure:
    """The lift with each of its intervals, by what the interval is called."""
    figure, axes = _axes(title, height=1.6 + 0.6 * len(intervals))
    names = list(intervals)[::-1]
    for position, interval in enumerate(intervals[name] for name in names):
        colour = _COLOURS[0] if position else _CONTROL
        spread = [[effect.lift - interval.low], [interval.high - effect.lift]]
        axes.errorbar(effect.lift, position, xerr=spread, fmt="o", color=colour, capsize=5)
        text = f"{effect.lift:+.1%}  ({interval.low:+.1%} to {interval.high:+.1%})"
        _label(axes, text, effect.lift, position)
    axes.axvline(0, color="black", linewidth=1, linestyle="--")
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.5, len(intervals) - 0.3)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("treatment compared with control (0 % = no difference)")
    return figure


def lift_by_segment(segments: pandas.DataFrame, title: str) -> Figure:
    """The lift of each segment with its always-valid interval, in the order given."""
    figure, axes = _axes(title, height=1.6 + 0.5 * max(len(segments), 1))
    names = segments.iloc[::-1, :2].to_numpy().tolist()
    points = segments[["lift", "low", "high"]].iloc[::-1].to_numpy().tolist()
    for position, (lifted, low, high) in enumerate(points):
        spread = [[lifted - low], [high - lifted]]
        axes.errorbar(lifted, position, xerr=spread, fmt="o", color=_COLOURS[0], capsize=4)
        _label(axes, f"{lifted:+.1%}  ({low:+.0%} to {high:+.0%})", lifted, position)
    # A small segment's interval has no upper end worth drawing: its label says it.
    drawn = max(1.0, 3 * max(lifted for lifted, _, _ in points))
    if any(high > drawn for _, _, high in points):
        axes.set_xlim(-1.05, drawn)
    axes.axvline(0, color="black", linewidth=1, linestyle="--")
    axes.set_yticks(
        range(len(names)), [f"{name}  ({units:,.0f} assigned)" for name, units in names]
    )
    axes.set_ylim(-0.6, len(names) - 0.2)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("treatment compared with control; bars: 95 % interval for nightly looks")
    return figure


def arrival_curve(curve: pandas.DataFrame, title: str) -> Figure:
    """The share of events that had come by some time; from ``quality.arrival_curve``."""
    figure, axes = _axes(title, height=3.2)
    positions = range(len(curve))
    axes.plot(positions, curve["share"], marker=_MARKERS[0], color=_COLOURS[0])
    for position, share in zip(positions, curve["share"], strict=True):
        _label(axes, f"{share:.1%}", position, share)
    axes.set_xticks(positions, curve["after"])
    axes.set_xlabel("time after the event happened")
    axes.set_ylabel("share of events that\nhad been received")
    axes.set_ylim(0, 1.15)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure


def completeness(complete: pandas.DataFrame, title: str) -> Figure:
    """One bar per day, hatched while the day is provisional; from ``quality.completeness``."""
    figure, axes = _axes(title)
    provisional = complete["expected_share"] < COMPLETE
    for chosen, hatch, label in (
        (~provisional, None, "complete"),
        (provisional, "//", f"provisional: below {COMPLETE:.0%}"),
    ):
        part = complete[chosen]
        axes.bar(
            part["date"].dt.strftime("%Y-%m-%d"),
            part["events"],
            color=_COLOURS[0] if hatch is None else "white",
            edgecolor=_COLOURS[0],
            hatch=hatch,
            label=label,
        )
    for number, (events, share) in enumerate(complete[["events", "expected_share"]].to_numpy()):
        _label(axes, f"{share:.0%}", number, events)
    axes.set_xlabel("day it happened (UTC); above each bar: share expected to be here")
    axes.set_ylabel("events")
    axes.margins(y=0.15)
    return _finished(figure, axes, "day")


def _wrapped(unit: str) -> str:
    return textwrap.fill(unit, width=32)


def _label(axes: Axes, text: str, x: float, y: float) -> None:
    axes.annotate(text, (x, y), xytext=(0, 8), textcoords="offset points", ha="center", size=9)


def _axes(title: str, height: float = 4.0) -> tuple[Figure, Axes]:
    figure, axes = plt.subplots(figsize=(9, height), layout="constrained")
    # A notebook shows what a cell returns, and once more each figure that is still open.
    plt.close(figure)
    axes.set_title(title, loc="left", fontweight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(visible=True, alpha=0.25)
    return figure, axes


def _finished(figure: Figure, axes: Axes, legend: str = "copy") -> Figure:
    axes.legend(title=legend, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    figure.autofmt_xdate()
    return figure


def _styles(copies: pandas.Series) -> dict[str, tuple[str, str]]:
    """A colour and a marker per copy, the same in every plot; control is grey."""
    names = sorted(str(name) for name in copies.unique() if name != "control")
    styles = {
        name: (_COLOURS[index % len(_COLOURS)], _MARKERS[index % len(_MARKERS)])
        for index, name in enumerate(names)
    }
    return (
        {**styles, "control": (_CONTROL, _CONTROL_MARKER)} if "control" in set(copies) else styles
    )

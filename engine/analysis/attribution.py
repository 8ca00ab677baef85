"""Through which channels a tie lost its strength, from the start to the moment at which it fractured.

Every change of a commitment is booked to a channel and nothing is booked to a tie once it has
fractured, so the books of a fractured tie end with its fracture and add up to what it lost.
"""

from typing import Any

from wedge.engine.analysis.estimates import LEVEL, mean_of, t_quantile
from wedge.engine.model.words import CHANNELS

TIE = ["world", "source", "target"]
COLUMNS = [*TIE, "fracture_round", "start", "end", "loss", "channel", "change", "share"]


def losses(ties: Any) -> Any:
    """A row for each fractured tie of each world and channel; ``ties`` is the table of ties, as a data frame.

    ``change`` is what the channel did to the tie and ``share`` its part of the loss: below zero where it
    mended. Over the channels of a tie, changes add up to ``end - start`` and shares to one; a tie that was
    below its breaking point from the start has lost nothing, and no shares.
    """
    broken = ties[ties["fractured"].astype(bool)]
    known = broken[[*TIE, "fracture_round"]].assign(start=broken["commitment_start"], end=broken["commitment_end"])
    known["loss"] = known["start"] - known["end"]
    changes = broken[[*TIE, *CHANNELS]].melt(id_vars=TIE, var_name="channel", value_name="change")
    found = known.merge(changes, on=TIE, how="left", sort=False)
    found["share"] = -found["change"] / found["loss"].where(found["loss"] > 0)
    order = found["channel"].map({channel: c for c, channel in enumerate(CHANNELS)})
    found = found.assign(order=order).sort_values([*TIE, "order"], kind="stable")
    return found[COLUMNS].reset_index(drop=True)


MEANS = [
    "source", "target", "worlds", "start", "end", "loss", "channel",
    "change", "change_low", "change_high", "share", "share_low", "share_high",
]  # fmt: skip


def mean_losses(found: Any) -> Any:
    """The same in the mean over worlds: a row for each tie and channel, with 95 % t intervals.

    ``share`` is the mean change over the mean loss, so that shares add up to one; its interval is
    that of a ratio of two means (delta method).
    """
    import pandas as pd

    rows = []
    for (source, target), tie in found.groupby(["source", "target"], sort=True):
        for channel in CHANNELS:
            mine = tie[tie["channel"] == channel]
            rows.append({"source": source, "target": target} | _of_channel(mine, channel))
    return pd.DataFrame(rows, columns=MEANS)


def _of_channel(mine: Any, channel: str) -> dict[str, Any]:
    change, loss = mine["change"].to_numpy(), mine["loss"].to_numpy()
    mean = mean_of(change)
    share = -mean.mean / float(loss.mean()) if loss.mean() > 0 else float("nan")
    reach = _reach_of_ratio(-change, loss, share)
    return {
        "worlds": mean.n, "start": float(mine["start"].mean()), "end": float(mine["end"].mean()),
        "loss": float(loss.mean()), "channel": channel,
        "change": mean.mean, "change_low": mean.low, "change_high": mean.high,
        "share": share, "share_low": share - reach, "share_high": share + reach,
    }  # fmt: skip


def _reach_of_ratio(part: Any, whole: Any, share: float) -> float:
    """Half the width of the interval of ``mean(part) / mean(whole)`` = ``share``; nan with fewer than two worlds."""
    n = len(part)
    if n < 2:
        return float("nan")
    error = float((part - share * whole).std(ddof=1)) / (n**0.5 * abs(float(whole.mean())))
    return t_quantile(n - 1, LEVEL) * error

"""Numbers of a report computed again from the Parquet files with plain SQL, by none of the code that wrote them."""

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import recounting_structure
from scipy.stats import norm, t

Z = float(norm.ppf(0.975))

# What happens: table, condition on its rows, and when it has happened.
HAPPENS = {
    r"alliances\.(\w+)\.(fractured|split)": ("alliances", "alliance = '{0}'", "{1}"),
    r"ties\.(\w+)\.(\w+)\.(fractured|withheld|suspended|restored)": (
        "ties",
        "source = '{0}' AND target = '{1}'",
        "{2}",
    ),
    r"talks\.(settled|out_of_rounds|walked_out)": ("runs", "TRUE", "ending = '{0}'"),
    r"talks\.peace": ("runs", "TRUE", "peace_day IS NOT NULL"),
    r"stages\.(\w+)\.settled": ("stages", "stage = '{0}'", "standing = 'settled'"),
    r"issues\.(\w+)\.settled": ("issues", "issue = '{0}'", "settled"),
    r"states\.(\w+)\.(conceded_precondition|gone)": ("states", "state = '{0}'", "{1}"),
    r"states\.(\w+)\.order_changed": ("states", "state = '{0}'", "order_changes > 0"),
    r"states\.(\w+)\.most_blamed": ("runs", "TRUE", "blamed = '{0}'"),
    r"events\.(\w+)\.happened": ("events", "event = '{0}'", "happened"),
}
# What is a number in each world.
MEASURED = {
    r"alliances\.(\w+)\.days_held": ("alliances", "alliance = '{0}'", "coalesce(fracture_day, {horizon})"),
    r"ties\.(\w+)\.(\w+)\.days_held": (
        "ties",
        "source = '{0}' AND target = '{1}'",
        "coalesce(fracture_day, {horizon})",
    ),
    r"ties\.(\w+)\.(\w+)\.commitment_end": ("ties", "source = '{0}' AND target = '{1}'", "commitment_end"),
    r"states\.(\w+)\.payoff": ("states", "state = '{0}'", "payoff"),
    r"talks\.days": ("runs", "TRUE", "end_day"),
    r"talks\.war_days": ("runs", "TRUE", "coalesce(peace_day, {horizon})"),
    r"talks\.stages_settled": ("runs", "TRUE", "stages_settled"),
}


class Recount:
    """The files of some experiments by their labels."""

    def __init__(self, folders: dict[str, Path]) -> None:
        self.folders = folders
        self.ask = cache(self._ask)
        self._database = duckdb.connect()

    def number(self, of: str) -> float:
        """The number that ``of`` speaks of. Raises KeyError for one that nobody here knows."""
        label, _, path = of.rpartition("/")
        family, _, rest = path.partition(".")
        if family == "structure":
            folder = self.folders[label.partition("~")[0]]
            beside = next(path for path in (folder.parent / "theories", folder / "theories") if path.is_dir())
            return recounting_structure.number(beside, label, rest)
        if "~" in label:
            a, b = label.split("~")
            name, _, field = rest.rpartition(".")
            return self.pair(a, b, name)[field]
        return float(getattr(self, f"_{family}")(label, rest))

    def _ask(self, label: str, sql: str) -> list[Any]:
        """One row of an answer over the files of an experiment."""
        folder = self.folders[label]
        for table in re.findall(r"@(\w+)", sql):
            sql = sql.replace(f"@{table}", f"read_parquet('{folder}/{table}/part-*.parquet')")
        return self._database.execute(sql).fetchall()

    def manifest(self, label: str) -> Any:
        """What the manifest says."""
        return json.loads((self.folders[label] / "manifest.json").read_text(encoding="utf-8"))

    def _shares(self, label: str, rest: str) -> float:
        name, _, field = rest.rpartition(".")
        table, where, value = meant(HAPPENS, name)
        ((count, n),) = self.ask(label, f"SELECT count(*) FILTER ({value}), count(*) FROM @{table} WHERE {where}")
        low, high = wilson(count, n)
        return {"share": count / n, "low": low, "high": high, "n": n}[field]

    def _means(self, label: str, rest: str) -> float:
        name, _, field = rest.rpartition(".")
        table, where, value = meant(MEASURED, name)
        value = value.format(horizon=self.manifest(label)["horizon"])
        ((n, mean, sd),) = self.ask(
            label, f"SELECT count({value}), avg({value}), stddev_samp({value}) FROM @{table} WHERE {where}"
        )
        reach = float(t.ppf(0.975, n - 1)) * sd / math.sqrt(n)
        return {"mean": mean, "low": mean - reach, "high": mean + reach}[field]

    def _when(self, label: str, rest: str) -> float:
        alliance = re.fullmatch(r"alliances\.(\w+)\.fractured\.median", rest)
        assert alliance is not None
        ((median,),) = self.ask(
            label, f"SELECT median(fracture_day) FROM @alliances WHERE fractured AND alliance = '{alliance[1]}'"
        )
        return float(median)

    def _broke(self, label: str, rest: str) -> float:
        alliance, source, target, _ = rest.split(".")
        ((share,),) = self.ask(
            label,
            "SELECT count(*) FILTER (t.fracture_round = a.fracture_round) / count(*) FROM @alliances a JOIN @ties t USING (world) "
            f"WHERE a.fractured AND a.alliance = '{alliance}' AND t.source = '{source}' AND t.target = '{target}'",
        )
        return float(share)

    def _channels(self, label: str, rest: str) -> float:
        source, target, channel, _ = rest.split(".")
        channels = ("daylight", "abandonment", "burden", "rally", "repair", "shock", "noise", "clipped")
        means = ", ".join(f"avg({name})" for name in channels)
        (found,) = self.ask(
            label, f"SELECT {means} FROM @ties WHERE fractured AND source = '{source}' AND target = '{target}'"
        )
        lost = dict(zip(channels, (max(0.0, -change) for change in found), strict=True))
        return lost[channel] / sum(lost.values())

    def _inputs(self, label: str, rest: str) -> float:
        if rest in ("uncertain", "judgements"):
            columns = {row[0] for row in self.ask(label, "DESCRIBE SELECT * FROM @inputs")} - {"world"}
            return len(
                columns if rest == "uncertain" else columns & set(self.manifest(label)["scenario"]["judgements"])
            )
        path, _, field = rest.rpartition(".")
        rank = "rank() OVER (ORDER BY {0}) + (count(*) OVER (PARTITION BY {0}) - 1) / 2 AS {1}"
        of_value, of_broke = rank.format(f'"{path}"', "x"), rank.format("broke", "y")
        ((value, n),) = self.ask(
            label,
            f"SELECT corr(x, y), count(*) FROM (SELECT {of_value}, {of_broke} FROM @inputs JOIN "
            "(SELECT world, max(fractured::INT) AS broke FROM @alliances GROUP BY world) USING (world))",
        )
        reach = Z / math.sqrt(n - 3)
        ends = {"low": math.tanh(math.atanh(value) - reach), "high": math.tanh(math.atanh(value) + reach)}
        return ({"correlation": value} | ends)[field]

    def _numbers(self, label: str, rest: str) -> float:
        told = self.manifest(label)["scenario"]
        return len(told["judgements"]) if rest == "judgements" else told["given"]

    def _seed(self, label: str, rest: str) -> float:
        return self.manifest(label)["seed"]

    def _worlds(self, label: str, rest: str) -> float:
        return self.ask(label, "SELECT count(*) FROM @runs")[0][0]

    def _failed(self, label: str, rest: str) -> float:
        return len(list((self.folders[label] / "failed").glob("*")))

    def _baselines(self, label: str, rest: str) -> float:
        from recounting_baselines import number

        return number(self, label, rest)

    def pair(self, a: str, b: str, name: str) -> dict[str, float]:
        """All that is said of a share of a pair, counted world by world."""
        table, where, value = meant(HAPPENS, name.removeprefix("shares."))
        happened = [dict(self.ask(who, f"SELECT world, ({value}) FROM @{table} WHERE {where}")) for who in (a, b)]
        cells = [(happened[0][world], happened[1][world]) for world in happened[0]]
        both, only_a, only_b, neither = (
            cells.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))
        )
        low, high = newcombe(both, only_a, only_b, neither)
        told = {"both": both, "only_a": only_a, "only_b": only_b, "neither": neither, "n": len(cells)}
        return told | {"difference": (only_a - only_b) / len(cells), "low": low, "high": high}


def meant(known: dict[str, tuple[str, str, str]], name: str) -> tuple[str, str, str]:
    """Table, condition and value of an observable."""
    for pattern, told in known.items():
        found = re.fullmatch(pattern, name)
        if found:
            table, where, value = told
            for place, word in enumerate(found.groups()):
                where, value = where.replace(f"{{{place}}}", word), value.replace(f"{{{place}}}", word)
            return table, where, value
    raise KeyError(name)


def wilson(count: int, n: int) -> tuple[float, float]:
    """Wilson's interval, as the two shares that are Z standard errors away from what was seen."""
    p = count / n
    root = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = ((p + Z * Z / (2 * n) + side * root) / (1 + Z * Z / n) for side in (-1, 1))
    return (0.0 if count == 0 else low), (1.0 if count == n else high)


def newcombe(both: int, only_a: int, only_b: int, neither: int) -> tuple[float, float]:
    """Newcombe's interval for the difference of paired shares (1998, Statistics in Medicine 17:2635, method 10)."""
    n = both + only_a + only_b + neither
    a, b = both + only_a, both + only_b
    (low_a, high_a), (low_b, high_b) = wilson(a, n), wilson(b, n)
    product = a * (n - a) * b * (n - b)
    crossed = both * neither - only_a * only_b
    if crossed > 0:
        crossed = max(crossed - n / 2, 0)
    phi = crossed / math.sqrt(product) if product else 0.0
    p, q = a / n, b / n
    down = math.sqrt(max(0.0, (p - low_a) ** 2 - 2 * phi * (p - low_a) * (high_b - q) + (high_b - q) ** 2))
    up = math.sqrt(max(0.0, (high_a - p) ** 2 - 2 * phi * (high_a - p) * (q - low_b) + (q - low_b) ** 2))
    return max(-1.0, p - q - down), min(1.0, p - q + up)

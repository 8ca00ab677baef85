"""What ``wedge run --dry-run`` says: the scenario as it is resolved, the plan, and about how long it takes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wedge.engine.cli.common import DONE, out, out_json, say

if TYPE_CHECKING:
    from wedge.engine.cli.run import Playing
    from wedge.engine.scenario import Scenario


def say_plan(
    scenario: "Scenario", how: "Playing", until: dict[str, Any], folder: Path, as_json: bool, baselines: bool
) -> int:
    """Say it, and play nothing; ``until`` says by which rule one would stop, ``baselines`` that simple models would be played too."""
    from wedge.engine.experiment.guessing import seconds_for
    from wedge.engine.experiment.parts import parts_of
    from wedge.engine.experiment.plan import describe
    from wedge.engine.experiment.progress import span
    from wedge.engine.experiment.running import plan_of, plan_until

    plan = plan_of(scenario, how.worlds, how.seed, rounds_of=how.told)
    if until:
        plan = plan_until(plan, **until)
    parts = len(parts_of(how.worlds, plan.sizes))
    chosen, seconds = seconds_for(scenario, plan, how.driver)
    told = describe(plan) | {"folder": str(folder), "driver": chosen, "seconds": seconds}
    if as_json:
        out_json({"plan": told, "scenario": scenario.resolved()})
        return DONE
    import yaml

    out(yaml.safe_dump(_plain(scenario.resolved()), sort_keys=False, allow_unicode=True).rstrip())
    at_most = "at most " if until else ""
    by = {"both": "the traced driver until the rules are compiled"}.get(chosen, f"the {chosen} driver")
    say(f"scenario {scenario.code}, whose meaning has the SHA-256 {scenario.sha256}")
    say(f"{at_most}{how.worlds:,} worlds of {scenario.code}, seed {how.seed}, {parts} parts, by {by}")
    if until:
        say(f"{plan.rule}; looked at from {plan.worlds:,} worlds on")
    say(f"{at_most}about {span(seconds)} for one worker, very roughly")
    if baselines:
        say("the simple models that are played play the same worlds twice more")
    say(f"would be stored in {folder}")
    return DONE


def _plain(value: Any) -> Any:
    import json

    return json.loads(json.dumps(value))

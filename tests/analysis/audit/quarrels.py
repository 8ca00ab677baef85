"""The quarrel that the tests of the audit look at: a rival, a client, and a patron that would rather have peace."""

import json
from pathlib import Path

from small_games import SCRATCH, game, small

from wedge.engine.analysis.variants import Source

TIES = {
    ("patron", "client"): {"commitment": 0.6, "support": 0.4},
    ("client", "patron"): {"commitment": 0.7, "dependence": 0.4},
}
IDEALS = {
    "client": {"border": {"ideal": 0.0, "salience": 3, "red_line": 0.8}, "truce": 1.0},
    "patron": {"border": {"ideal": 0.7, "salience": 1}, "truce": {"ideal": 1.0, "salience": 3}},
    "rival": {"border": {"ideal": 1.0, "salience": 3}, "truce": {"ideal": 0.5, "salience": 1}},
}
STAGES = [{"stage": "border", "issues": ["border"]}, {"stage": "truce", "issues": ["truce"], "after": "border"}]


def quarrel(*sets, **rest):
    """The quarrel, with something put over it."""
    return game(small(IDEALS, TIES, war="truce", **{"agenda": STAGES, **rest}), *sets)


def source(name, ties=TIES, **rest):
    """The quarrel in a file of that name, to be loaded again and again."""
    path = Path(SCRATCH.name) / f"{name}.yaml"
    path.write_text(json.dumps(small(IDEALS, ties, war="truce", **{"agenda": STAGES, **rest})), encoding="utf-8")
    return Source(str(path))

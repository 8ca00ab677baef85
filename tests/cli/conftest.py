"""Calling commands as a user does, without a new process."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from wedge.engine.cli.main import main


class Said(NamedTuple):
    """What a call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Stdout as JSON."""
        return json.loads(self.out)


@pytest.fixture
def wedge(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Call ``wedge`` with these words."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(
        "wedge.engine.report.painting.Painter", nullcontext
    )  # this process draws alone: see test_painting.py
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def wedge(*words: object) -> Said:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(int(left.value.code or 0), out, err)

    return wedge


@pytest.fixture
def write_scenario(tmp_path: Path) -> Callable[..., Path]:
    """A small scenario with some of its text replaced, as a file."""

    def write_scenario(*changes: tuple[str, str]) -> Path:
        text = (Path(__file__).parent / "small.yaml").read_text()
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path = tmp_path / "talks.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_scenario

"""``wedge roles``: role sheets as files and as data."""


def test_it_prints_the_files_it_wrote(wedge, write_scenario, tmp_path):
    """The index first; what to do next goes to stderr."""
    code, out, err = wedge("roles", write_scenario(), "--out", tmp_path / "roles")
    assert 0 == code
    assert "index.html" == out.splitlines()[0].rpartition("/")[2]
    assert {line.rpartition("/")[2] for line in out.splitlines()} == {
        path.name for path in (tmp_path / "roles").iterdir()
    }
    assert "next: wedge play" in err


def test_json_stands_alone_and_writes_nothing(wedge, write_scenario, tmp_path, monkeypatch):
    """Unless a folder is named."""
    path = write_scenario()
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    said = wedge("roles", path, "--json")
    assert len(said.data) > 1
    assert before == set(tmp_path.iterdir())


def test_a_single_state(wedge, write_scenario):
    """By its name."""
    first = wedge("roles", write_scenario(), "--json").data[0]["state"]
    assert [first] == [sheet["state"] for sheet in wedge("roles", write_scenario(), "--json", "--state", first).data]


def test_an_unknown_state_is_refused(wedge, write_scenario):
    """Exit code 2 and no traceback."""
    code, _, err = wedge("roles", write_scenario(), "--state", "atlantis", "--json")
    assert 2 == code
    assert "there is no state 'atlantis'" in err

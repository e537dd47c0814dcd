"""The child process that reads: what it may take, and what is said where it meets a limit."""

import json
import sys
from pathlib import Path

import pytest

from fundtracker.sheets.files import child
from fundtracker.sheets.files.child import read_in_child
from fundtracker.sheets.files.turns import StillReadingError, one_at_a_time
from fundtracker.sheets.unsafe import WorkbookRefusedError

CONTENT = b"Name,Amount\nA,1\n"


def _read(task: str, content: bytes | Path = CONTENT) -> list[str]:
    task = f"tests.sheets.files.tasks:{task}"
    return list(read_in_child(content, file_name="May – 1.csv", task=task, options={"map": {"Café": "name"}}))


def test_gives_the_lines_of_the_task(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    told = ["May – 1", 2, {"map": {"Café": "name"}}]
    assert [json.loads(line) for line in _read("tell")] == [told]
    assert [json.loads(line) for line in _read("tell", path)] == [told]


LIMITED = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits but the clock")


@pytest.mark.parametrize(
    ("task", "says"),
    [
        ("refuse", "^This will not do – “at all”.$"),
        ("fail", "is damaged"),
        pytest.param("hoard", "takes more memory to read than is allowed", marks=LIMITED),
        pytest.param("crash", "takes more memory to read than is allowed", marks=LIMITED),
    ],
)
def test_whatever_goes_wrong_is_said_before_the_first_line(task: str, says: str) -> None:
    with pytest.raises(WorkbookRefusedError, match=says):
        read_in_child(CONTENT, file_name="", task=f"tests.sheets.files.tasks:{task}")


def test_the_child_is_ended_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WALL_SECONDS", 1)
    with pytest.raises(WorkbookRefusedError, match="takes longer to read than is allowed"):
        _read("sleep")


def test_a_fault_of_the_program_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(WorkbookRefusedError):
        _read("fail")
    assert "KeyError: 'nothing'" in caplog.text


def test_the_child_has_no_secrets_and_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDTRACKER_DATABASE", "postgresql://office:secret@localhost/books")
    names, modules = json.loads(_read("look_round")[0])
    assert not [name for name in names if name.startswith("FUNDTRACKER")]
    assert not {"sqlalchemy", "openpyxl", "flask"} & set(modules)


def test_a_person_has_one_file_read_at_a_time(tmp_path: Path) -> None:
    with one_at_a_time(tmp_path, 1):
        with one_at_a_time(tmp_path, 2):
            pass
        with (
            pytest.raises(StillReadingError, match="Another file of yours is still being read"),
            one_at_a_time(tmp_path, 1),
        ):
            pass
    with one_at_a_time(tmp_path, 1):
        pass

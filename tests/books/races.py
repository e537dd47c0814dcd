"""What each process of a race does: it opens its own engine, waits at the line, and says what came of it."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.services import allocations, awards, payments, reversals, variations
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.posting import Particulars
from fundtracker.store.engine import open_engine
from fundtracker.store.tables import Award, BudgetLine, Entry, Organisation
from fundtracker.store.transactions import transaction

Runner = Callable[..., Counter[str]]
# One server imports everything once and forks each process; forking the test's own process, which has
# threads, is deprecated from Python 3.12.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.books.races"])
LONGEST = 120  # seconds for a whole race, on a busy machine
ON = date(2020, 6, 30)


def race(runner: Runner, url: str, processes: int, *arguments: Any) -> Counter[str]:
    """Run one function in many processes that start together, and add up what they say."""
    line = FORKS.Barrier(processes)
    runs = []
    for number in range(processes):
        ours, theirs = FORKS.Pipe(duplex=False)
        process = FORKS.Process(target=_run, args=(runner, url, number, (line, theirs), arguments))
        process.start()
        theirs.close()
        runs.append((process, ours))
    said = Counter[str]()
    for process, ours in runs:
        said += ours.recv() if ours.poll(LONGEST) else Counter({"did not finish": 1})
        process.join(LONGEST)
    return said


def _run(runner: Runner, url: str, number: int, turn: tuple[Barrier, Connection], arguments: Sequence[Any]) -> None:
    line, answer = turn
    line.wait(LONGEST)
    try:
        answer.send(runner(url, number, *arguments))
    except BaseException as error:
        answer.send(Counter({f"{type(error).__name__}: {error}"[:500]: 1}))
        raise


def award_from_one_fund(url: str, number: int, attempts: int, amount: int) -> Counter[str]:
    """Award from the first budget line again and again, the same pence each time."""
    engine = open_engine(url)
    said = Counter[str]()
    with Session(engine) as session:
        for _ in range(attempts):
            said[_attempt(session, lambda: award_one(session, amount))] += 1
    engine.dispose()
    return said


def award_without_the_contract(url: str, number: int, attempts: int, amount: int) -> Counter[str]:
    """Do what the books never do, on a table of its own: read what is left, then insert."""
    engine = create_engine(url, connect_args={"timeout": LONGEST} if url.startswith("sqlite") else {})
    said = Counter[str]()
    for _ in range(attempts):
        with engine.begin() as connection:
            left = connection.scalar(text("SELECT 10000 - COALESCE(SUM(amount), 0) FROM scratch")) or 0
            if left < amount:
                said["refused"] += 1
                continue
        time.sleep(0.001)  # as long as it takes to decide
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO scratch (amount) VALUES (:amount)"), {"amount": amount})
            said["awarded"] += 1
    engine.dispose()
    return said


def keep_books(url: str, number: int, seed: int, turns: int) -> Counter[str]:
    """Do operations of every sort, drawn at random, on whatever the other processes have left."""
    engine = open_engine(url)
    chance = random.Random(seed * 1_000 + number)  # noqa: S311 - a test's dice, not a secret
    said = Counter[str]()
    with Session(engine) as session:
        for _ in range(turns):
            verb = chance.choice(MIX)
            said[_attempt(session, lambda verb=verb: verb(session, chance))] += 1  # type: ignore[misc]  # called at once
    engine.dispose()
    return said


def _attempt(session: Session, verb: Callable[[], object]) -> str:
    try:
        with transaction(session):
            verb()
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


def _facts() -> Particulars:
    return Particulars(on=ON, by=Actor("tests"), decision="D")


def award_one(session: Session, amount: int) -> Award:
    """Award so many pence from the first budget line."""
    line = session.scalars(select(BudgetLine).order_by(BudgetLine.id)).first()
    recipient = session.scalars(select(Organisation)).first()
    assert line is not None
    assert recipient is not None
    share = Share(line=line, amount=Pence(amount))
    details = AwardDetails(recipient=recipient, shares=(share,), reasons="R")
    return awards.record_award(session, details=details, particulars=_facts())


def _pay(session: Session, chance: random.Random) -> None:
    line = _any_award(session, chance).lines[0]
    payments.pay(session, line=line, amount=Pence(chance.randint(1, 5_000)), particulars=_facts())


def _refund(session: Session, chance: random.Random) -> None:
    line, amount = _any_award(session, chance).lines[0], Pence(chance.randint(1, 2_000))
    lowers = chance.random() < 0.5
    payments.refund(session, line=line, amount=amount, lowers_award=lowers, particulars=_facts())


def _vary(session: Session, chance: random.Random) -> None:
    line = _any_award(session, chance).lines[0]
    variations.vary_award(session, line=line, by=chance.randint(-3_000, 3_000), particulars=_facts())


def _withdraw(session: Session, chance: random.Random) -> None:
    variations.withdraw_award(
        session, award=_any_award(session, chance), keep_paid=chance.random() < 0.5, particulars=_facts()
    )


def _transfer(session: Session, chance: random.Random) -> None:
    lines = list(session.scalars(select(BudgetLine).order_by(BudgetLine.id)))
    source, target = chance.sample(lines, 2)
    allocations.transfer(
        session, source=source, target=target, amount=Pence(chance.randint(1, 4_000)), particulars=_facts()
    )


def _reverse(session: Session, chance: random.Random) -> None:
    numbers = list(session.scalars(select(Entry.number).where(Entry.reverses.is_(None))))
    entry = reversals.find_entry(session, chance.choice(numbers))
    reversals.reverse_entry(session, entry=entry, particulars=_facts())


def _award_some(session: Session, chance: random.Random) -> None:
    award_one(session, chance.randint(1, 6_000))


def _any_award(session: Session, chance: random.Random) -> Award:
    return chance.choice(list(session.scalars(select(Award).order_by(Award.id))))


MIX = (_award_some, _award_some, _pay, _pay, _refund, _vary, _withdraw, _transfer, _reverse)

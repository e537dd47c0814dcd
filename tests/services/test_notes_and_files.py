"""Notes and files on every record that has them: kept, counted, taken back and removed, and nothing lost."""

from collections.abc import Callable

import pytest

from fundtracker.domain.files import FileKind
from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, ReasonMissingError, Refusal, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.terms import ContactKind
from fundtracker.domain.years import now
from fundtracker.services import claims, files, notes
from fundtracker.services.claims import ClaimDetails, Cost
from fundtracker.services.events import events_of
from fundtracker.services.files import Owner, TooManyFilesError, attach
from fundtracker.services.hanging import beside
from fundtracker.services.returns import ReturnPlan, plan_returns
from fundtracker.store.awards import Award
from fundtracker.store.decisions import DecisionRecord
from fundtracker.store.files import Attachment
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books, particulars, pence

ANN = Actor("Ann")


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00."""
    return books.award(books.fund("5,000", reference="SRF20"), "900", to=books.organisation("Riders"))


def keep(books: Books, owner: Owner, content: bytes = b"words", name: str = "a.txt") -> Attachment:
    return books.change(attach, owner=owner, name=name, kind=FileKind.TXT, content=content, by=ANN)


def _claim(books: Books, award: Award) -> Owner:
    return books.do(
        claims.log_claim,
        details=ClaimDetails(line=award.lines[0], costs=[Cost(description="Ink", amount=pence("5"))]),
    )


def _return(books: Books, award: Award) -> Owner:
    (one,) = books.do(plan_returns, award=award, plan=ReturnPlan(about="Report", first=LATER))
    return one


def _decision(books: Books, award: Award) -> Owner:
    decision = DecisionRecord(reference="PCC/D/2020/02", award_id=award.id, title="T", made_at=now(), made_by="t")
    with transaction(books.session):
        books.session.add(decision)
    return decision


OWNERS: dict[str, Callable[[Books, Award], Owner]] = {
    "award": lambda _books, award: award,
    "organisation": lambda _books, award: award.organisation,
    "fund": lambda _books, award: award.lines[0].budget_line.fund,
    "claim": _claim,
    "return": _return,
    "decision": _decision,
}


class TestFiles:
    @pytest.mark.parametrize("owner", OWNERS)
    def test_each_record_keeps_its_own(self, books: Books, award: Award, owner: str) -> None:
        record = OWNERS[owner](books, award)
        kept = keep(books, record)
        assert (kept.size, len(kept.digest), kept.made_by) == (5, 64, "Ann")
        assert list(files.files_of(books.session, record)) == [kept]
        assert files.attached_to(books.session, kept) is record
        assert beside(books.session, record) == (0, 1)
        told = files.told_of(record)
        assert told
        assert events_of(books.session, told)[-1].narrative == "a.txt attached."

    def test_removing_takes_what_it_held_and_leaves_what_tells_it(self, books: Books, award: Award) -> None:
        kept = keep(books, award)
        books.session.expire_all()
        assert files.content_of(kept) == b"words"
        with pytest.raises(ReasonMissingError, match="why it is removed"):
            books.change(files.remove, attached=kept, why=" ", by=ANN)
        digest = kept.digest
        books.change(files.remove, attached=kept, why="Somebody else’s letter", by=ANN)
        assert (kept.content, kept.digest, kept.undone_why) == (None, digest, "Somebody else’s letter")
        with pytest.raises(NotFoundRefusal, match="was removed: Somebody else’s letter"):
            files.content_of(kept)
        with pytest.raises(WrongStateError, match="removed already"):
            books.change(files.remove, attached=kept, why="Again", by=ANN)
        assert beside(books.session, award) == (0, 0)
        assert keep(books, award).id != kept.id  # the same one may be attached again

    def test_not_twice_and_not_without_end(self, books: Books, award: Award, monkeypatch: pytest.MonkeyPatch) -> None:
        keep(books, award)
        with pytest.raises(NothingToDoError, match=r"attached already, as a\.txt"):
            keep(books, award, name="b.txt")
        monkeypatch.setattr(files, "MOST_FILES", 1)
        with pytest.raises(TooManyFilesError, match="1 files are attached"):
            keep(books, award, b"other")


class TestNotes:
    def test_they_are_read_newest_first_and_taken_back_with_a_reason(self, books: Books, award: Award) -> None:
        def write(words: str, kind: ContactKind) -> object:
            return books.change(notes.write_note, about=award, kind=kind, particulars=particulars(narrative=words))

        write("They asked for time", ContactKind.CALL)
        visit = notes.find_note(books.session, 1)
        write("Two pitches\nwere seen", ContactKind.VISIT)
        assert [note.words for note in notes.notes_of(books.session, award)] == [
            "Two pitches\nwere seen", "They asked for time",
        ]  # fmt: skip
        books.change(notes.take_back_note, note=visit, why="Another group", by=ANN)
        assert (visit.undone_by, visit.undone_why, visit.words) == ("Ann", "Another group", "They asked for time")
        assert beside(books.session, award) == (1, 0)
        assert notes.noted(books.session, visit) is award

    @pytest.mark.parametrize(
        ("words", "kind", "says"),
        [("", NothingToDoError, "what is to be remembered"), ("\x00", Refusal, "character that Excel cannot keep")],
    )
    def test_words_are_asked_for(self, books: Books, award: Award, words: str, kind: type[Refusal], says: str) -> None:
        with pytest.raises(kind, match=says):
            books.change(notes.write_note, about=award, kind=ContactKind.NOTE, particulars=particulars(narrative=words))

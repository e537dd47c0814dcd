"""Papers in every state: kept and signed, kept before the books moved on, and a paragraph in a person's own words."""

from datetime import date

from fundtracker.domain.quarters import Quarter
from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear
from fundtracker.services.papers.keeping import keep_paper, sign_paper
from fundtracker.services.papers.making import make_paper
from fundtracker.services.papers.panel import draft_panel
from fundtracker.services.papers.templates import template_to_keep
from fundtracker.services.papers.words import find_place, write_words
from fundtracker.sheets.word.making import DEFAULT
from fundtracker.store.papers import Paper
from fundtracker.store.transactions import transaction
from tests.books.builder import Books

ANN, CHIEF = Actor("Commissioning Officer"), Actor("Chief Executive")
QUARTER = Quarter(FinancialYear(2020), 1)
PLACE = "fund.PCRF20.given"
ASKED = {
    PaperKind.SUMMARY: {"year": "2020/21", "by": "area"},
    PaperKind.EXCEPTIONS: {},
    PaperKind.FUND_BRIEFING: {"fund": "MANY20", "year": "2020/21"},
}


def keep_papers(books: Books) -> None:
    """Keep the Panel's section twice, with words edited and a signature, and one paper of other kinds."""
    signed = _keep(books, PaperKind.PANEL, {"year": "2020/21", "quarter": "1"}, date(2020, 9, 21))
    books.change(sign_paper, paper=signed, roles={Role.CHIEF_EXECUTIVE}, by=CHIEF, words="Read <b>twice</b>.")
    said = find_place(draft_panel(books.session, QUARTER).said, PLACE)
    with transaction(books.session):
        write_words(
            books.session, kind=PaperKind.PANEL, occasion=QUARTER.key, said=said, read=said.read, by=ANN,
            words="In all [[given out]] was given out.\n- To <i>everyone</i>",
        )  # fmt: skip
    _keep(books, PaperKind.PANEL, {"year": "2020/21", "quarter": "1"}, None)
    for kind, asked in ASKED.items():
        _keep(books, kind, asked, None)


def _keep(books: Books, kind: PaperKind, asked: dict[str, str], meeting_on: date | None) -> Paper:
    with transaction(books.session):
        content = make_paper(books.session, kind, asked)
        own = DEFAULT.read_bytes()
        template = template_to_keep(books.session, kind=kind, own=own, by=ANN) if kind is PaperKind.PANEL else None
        return keep_paper(books.session, content, asked=asked, by=ANN, meeting_on=meeting_on, template=template)

"""An office with a row in every table, and with words that are hard to carry."""

from sqlalchemy import Engine

from fundtracker.domain.papers import Content, Words
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import PaperKind
from fundtracker.services import applications, bids
from fundtracker.services.papers.keeping import keep_paper
from fundtracker.store.engine import WRITE
from tests.books.builder import LATER, Books
from tests.store.rows import OTHERS

FORMULA = '=HYPERLINK("http://example.org","x")'


def keep_everything(books: Books) -> Engine:
    """Keep a row in every table, and give the engine."""
    fund = books.fund("100", outcomes=("Fewer casualties – «ñ» \u2028 line",))
    award = books.award(fund, "60", to=books.organisation(FORMULA), reasons='Said "so",\nand \\ more\ttoo 🚲')
    books.pay(award, "50")
    details = applications.ApplicationDetails(
        fund=fund, organisation=award.organisation, asked_for=None, outcomes=tuple(fund.outcomes)
    )
    books.do(applications.log_application, details=details)
    books.do(bids.record_bid, details=bids.BidDetails(title="T", funder="F"))
    paper = Content(PaperKind.EXCEPTIONS, "Exceptions", LATER, 3, (Words("k", "Nothing is late."),))
    books.change(keep_paper, content=paper, asked={}, by=Actor("tests"))
    books.session.rollback()
    engine: Engine = books.session.get_bind().engine
    nothing = "CAST('' AS BLOB)" if engine.dialect.name == "sqlite" else "''"
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        for statement in OTHERS:
            if not statement.startswith("INSERT INTO paper "):  # one that can be read is kept already
                connection.exec_driver_sql(statement.replace("'N', ''", f"'N', {nothing}"))
        connection.commit()
    return engine

"""The pages of one fund's ledger, in a browser without a screen."""

from tests.books.builder import Books
from tests.web.visitor import Visitor, words


def test_opens_a_long_ledger_at_its_end_or_at_an_entry(books: Books, officer: Visitor) -> None:
    fund = books.fund("50,000")
    for _ in range(60):
        books.award(fund, "10")

    newest = officer.get(f"/funds/{fund.reference}")
    older = officer.get(f"/funds/{fund.reference}?before=12")
    at_entry = officer.get(f"/funds/{fund.reference}?entry=2")

    assert "Brought forward 50,000.00 100.00 0.00 49,900.00" in words(newest)
    assert "Entries #12 to #61 of this ledger" in words(newest)
    assert f'href="/funds/{fund.reference}?before=12#ledger"' in newest.text
    assert 'id="entry-61"' in newest.text
    assert "Balance on" in words(newest)
    for page, link in ((older, "after=11"), (at_entry, "before=2"), (at_entry, "after=51"), (at_entry, "after=0")):
        assert f'href="/funds/{fund.reference}?{link}#ledger"' in page.text
        assert 'id="entry-2"' in page.text
        assert 'id="entry-61"' not in page.text
        assert "Balance on" not in words(page)
    for wrong in ("before=0", "after=x", "before=999999999999999999999", "entry=77", "entry=²", "page=2"):
        assert officer.get(f"/funds/{fund.reference}?{wrong}").status_code == 200

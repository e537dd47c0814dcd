"""The worked examples that the office's formulas were written down with, to the penny."""

from tests.books.builder import Books, pence


class TestCovidResponseFund:
    def test_leaves_what_the_panel_was_told(self, books: Books) -> None:
        fund = books.fund("50,000", name="Covid-19 response fund 2020")

        for amount, left in (("1,064", "48,936"), ("1,680", "47,256"), ("810", "46,446"), ("43,725.94", "2,720.06")):
            books.pay(books.award(fund, amount), amount)
            assert fund.lines[0].remaining == pence(left)

        line = fund.lines[0]
        assert (line.awarded, line.paid) == (pence("47,279.94"), pence("47,279.94"))

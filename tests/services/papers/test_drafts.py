"""Drafts and phrases: figures in their places, and sentences that read as people write them."""

import pytest

from fundtracker.services.papers.drafts import Draft, Fact, from_edited
from fundtracker.services.papers.phrases import amount, funder_name, listed, some, the_fund, use_of
from fundtracker.services.papers.words import FigureTypedError, FigureUnknownError, check_figures

DRAFT = Draft("a", "In total [[given out]] of the [[earmarked]] earmarked.", bullets=("[[A-1]] to one",),
              facts={"given out": Fact("£47,279.94"), "earmarked": Fact("£50,000"), "A-1": Fact("£810")})  # fmt: skip


def test_figures_stand_in_their_places() -> None:
    words = DRAFT.filled()
    assert words.text == "In total £47,279.94 of the £50,000 earmarked."
    assert words.bullets == ("£810 to one",)
    assert DRAFT.fill("[[gone]]") == "(not in the books)"


def test_words_to_edit_are_read_back_as_they_were() -> None:
    assert from_edited(DRAFT.words) == (DRAFT.text, DRAFT.bullets)
    assert from_edited("One\n\n• two\n* three\nfour") == ("One\nfour", ("two", "three"))


@pytest.mark.parametrize(
    "typed",
    ["It cost £48,000", "about £5", "£10m", "47,279.94 was given", "GBP 50", "500 pounds", "2.5 million pounds", "£ 3"],
)
def test_an_amount_that_is_typed_is_refused(typed: str) -> None:
    with pytest.raises(FigureTypedError, match="Amounts come from the books"):
        check_figures(f"{typed} of [[earmarked]]", DRAFT)


@pytest.mark.parametrize("typed", ["[[awarded]]", "[[]]", "[[given", "given]]", "[[given\nout]]"])
def test_a_figure_that_the_paragraph_does_not_have_is_refused(typed: str) -> None:
    with pytest.raises(FigureUnknownError):
        check_figures(typed, DRAFT)


def test_numbers_that_are_no_money_may_be_typed() -> None:
    check_figures("On 21 September 2020, 21,000 victims in 4 areas had [[given out]]: 36% more, by 17.30.", DRAFT)


def test_amounts_keep_their_pence_unless_they_are_whole_pounds() -> None:
    assert [amount(4727994), amount(5000000), amount(106400), amount(50)] == [
        "£47,279.94",
        "£50,000",
        "£1,064",
        "£0.50",
    ]


@pytest.mark.parametrize(
    ("benefits", "purpose", "says"),
    [
        ("Weobley Support Group", "Deliver food", "to enable the Weobley Support Group to deliver food"),
        ("Polish Support Group", "Items for nurses", "to enable the Polish Support Group to provide items for nurses"),
        ("The Bridge", "Refurbish bicycles", "to enable the Bridge to refurbish bicycles"),
        ("young people", "Train mentors", "to enable young people to train mentors"),
        ("", "Help support vulnerable people.", "to help support vulnerable people"),
        ("", "CCTV in the car park", "for CCTV in the car park"),
        ("", "Telford hub", "for Telford hub"),
        ("", "Support for victims", "support for victims"),
        ("Weobley Support Group", "", "for the benefit of the Weobley Support Group"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_uses_read_as_sentences(benefits: str, purpose: str, says: str) -> None:
    assert use_of(benefits, purpose, frozenset({"Telford"})) == says


def test_names_and_lists_read_as_sentences() -> None:
    assert funder_name("Ministry of Justice (as stated)") == ("the Ministry of Justice", "as stated")
    assert funder_name("NHS England") == ("NHS England", "")
    assert (the_fund("Safer Roads Fund 2020"), the_fund("CCTV 2020")) == ("the Safer Roads Fund 2020", "CCTV 2020")
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [some(1, "award"), some(1_300, "award")] == ["1 award", "1,300 awards"]

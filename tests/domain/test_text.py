"""Text that every page and workbook can hold, the names that match, and references said aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.references import ReferenceNotAllowedError, clean_reference, suggest_fund_reference
from fundtracker.domain.text import LONGEST, TextNotAllowedError, clean, match_key, name_line, one_line, slug
from fundtracker.domain.years import FinancialYear


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""), ("  a  ", "a"), ("a\r\nb\rc", "a\nb\nc"), ("Z\u0307", "Ż"),
        ("King’s & Queen's", "King’s & Queen's"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"), ("emoji 🚲", "emoji 🚲"), ("a\tb", "a\tb"),
    ],
)  # fmt: skip
def test_text_is_kept_as_typed_but_for_its_ends(typed: str | None, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x1B, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_a_character_that_excel_cannot_keep_is_named(code: int) -> None:
    with pytest.raises(TextNotAllowedError, match=f"U\\+{code:04X}"):
        clean(f"a{chr(code)}b")


def test_text_and_names_have_a_length_that_fits() -> None:
    assert len(clean("x" * LONGEST)) == LONGEST
    with pytest.raises(TextNotAllowedError, match="32,001 characters long"):
        clean("x" * (LONGEST + 1))
    assert name_line(" The \n Bridge ") == "The Bridge"
    with pytest.raises(TextNotAllowedError, match=r"401 characters long\. Make a name 400 or fewer"):
        name_line("x" * 401)


@given(st.text())
def test_one_line_is_one_line_or_refused(typed: str) -> None:
    try:
        tidy = one_line(typed)
    except TextNotAllowedError:
        return
    assert len(tidy.splitlines()) <= 1
    assert one_line(tidy) == tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King's Heath", "kings heath"), ("King’s Heath", "KINGS  HEATH"), ("Telford & Wrekin", "Telford and Wrekin"),
        ("The Bridge, Malvern.", "the bridge malvern"), ("Straße", "STRASSE"), ("ﬁre", "Fire"), ("№ 5", "no 5"),
    ],
)  # fmt: skip
def test_names_match_whatever_their_case_spaces_and_punctuation(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


def test_names_that_differ_by_a_letter_do_not_match() -> None:
    assert match_key("Żółw") != match_key("Zolw")
    assert match_key("Wellington TC") != match_key("Wellington PC")
    assert match_key(None) == match_key("&-'").replace("and", "").strip() == ""


def test_a_file_name_holds_letters_figures_and_dashes() -> None:
    assert slug("Safer Roads Fund 2020/21: King’s") == "safer-roads-fund-2020-21-kings"
    assert slug("№…/../") == "no"
    assert slug("公") == "fund"


@pytest.mark.parametrize("typed", ["SRF20-014", "RG/2020 7", "a.b_c", "1", "R" * 40])
def test_a_reference_is_letters_figures_and_a_few_marks(typed: str) -> None:
    assert clean_reference(f"  {typed} ") == typed


@pytest.mark.parametrize("typed", ["", "-1", "=1", "a//b", "a/", "a/../b", "é", "a?b", "R" * 41, "a#1", "../a"])
def test_what_could_not_be_said_or_linked_is_no_reference(typed: str) -> None:
    with pytest.raises(ReferenceNotAllowedError, match="cannot be a reference"):
        clean_reference(typed)


@pytest.mark.parametrize(
    ("name", "taken", "reference"),
    [
        ("Safer Roads Fund 2020", (), "SRF20"), ("Safer Roads Fund 2020", ("srf20",), "SRF20B"),
        ("Covid-19 response fund", (), "CRF20"), ("Fund for the Victims of Crime in Telford", (), "FVCT20"),
        ("2020", (), "FUND20"), ("Żółty", (), "FUND20"), ("King's Heath", (), "KH20"),
    ],
)  # fmt: skip
def test_a_fund_is_given_its_initials_and_year(name: str, taken: tuple[str, ...], reference: str) -> None:
    assert suggest_fund_reference(name, FinancialYear(2020), frozenset(taken)) == reference


def test_plain_letters_make_the_same_key_by_the_quick_way() -> None:
    for code in range(128):
        text = f" Ab{chr(code)}9{chr(code)}Y"
        assert f"{match_key(text)}é" == match_key(f"{text}é")

"""What an email address and a password must be."""

import pytest

from fundtracker.domain.people import EmailNotUnderstoodError, PasswordRefusedError, check_password, clean_email


@pytest.mark.parametrize("text", ["Ann@Example.org", " ann@example.org "])
def test_an_address_is_kept_in_one_form(text: str) -> None:
    assert clean_email(text) == "ann@example.org"


@pytest.mark.parametrize("text", ["", "ann", "ann@", "@example.org", "ann@example", "a b@example.org", "a@b@c.org",
                                  "ann@example.org, bob@example.org", "a@" + "b" * 260 + ".org"])  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(EmailNotUnderstoodError):
        clean_email(text)


@pytest.mark.parametrize(
    "words",
    [
        "violet ladder tuesday",
        "x7#Kp!m2Qw9z",
        "ünïcödé wörds ok",
        "kestrel lantern harbour " * 5,
        "grants for kestrels 44",
    ],
)
def test_three_random_words_will_do(words: str) -> None:
    check_password(words, context=("ann@example.org", "Ann Lee", "West Mercia OPCC"))


@pytest.mark.parametrize(
    "words",
    [
        "password1234", "Password12345!", "fundtracker123", "FundTracker2026", "qwertyuiop123", "aaaaaaaaaaaa",
        "abcabcabcabc", "123456789012", "west mercia opcc", "WestMercia2026", "ann.lee@example.org", "            ",
        "letmeinletmein", "iloveyou1234", "welcome-to-opcc", "Liverpool2026!", "summer2026!!", "correct horse",
        "annlee1234567", "qwertyuiopasdf", "P4ssw0rd!P4ssw0rd!",
    ],
)  # fmt: skip
def test_what_a_guesser_tries_first_is_refused(words: str) -> None:
    with pytest.raises(PasswordRefusedError, match="others would guess"):
        check_password(words, context=("ann.lee@example.org", "Ann Lee", "West Mercia OPCC"))


@pytest.mark.parametrize(("length", "fits"), [(11, False), (12, True), (128, True), (129, False)])
def test_a_password_has_12_to_128_characters(length: int, fits: bool) -> None:
    words = "".join(chr(0x4E00 + number * number * 7 % 5_000) for number in range(length))
    if fits:
        check_password(words)
    else:
        with pytest.raises(PasswordRefusedError, match="characters or"):
            check_password(words)

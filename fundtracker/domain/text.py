"""Text that people type: what every page, workbook and file can hold."""

import re
import unicodedata

from fundtracker.domain.refusals import Refusal

LONGEST = 32_000  # Excel holds 32,767 characters in a cell
LONGEST_NAME = 400

# Characters that XML 1.0 (and so every workbook) forbids, and lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_APART = {code: " " for code in range(128) if not chr(code).isalnum()} | {ord("&"): " and ", ord("'"): None}


class TextNotAllowedError(Refusal):
    """Text that no workbook could hold."""


def clean(text: str | None) -> str:
    """Trim text and make its line ends plain; raises TextNotAllowedError for what Excel cannot hold."""
    if text is None:
        return ""
    tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if found := _FORBIDDEN.search(tidy):
        code = f"U+{ord(found[0]):04X}"
        raise TextNotAllowedError(f"This holds a character that Excel cannot keep ({code}). Take it out and try again.")
    if len(tidy) > LONGEST:
        raise TextNotAllowedError(f"This is {len(tidy):,} characters long. Make it {LONGEST:,} or fewer.")
    return tidy


def one_line(text: str | None) -> str:
    """Trim text and turn every run of spaces and line breaks into one space."""
    return _SPACES.sub(" ", clean(text)).strip()


def name_line(text: str | None) -> str:
    """Tidy a name into one line; raises TextNotAllowedError for one too long to be listed."""
    tidy = one_line(text)
    if len(tidy) > LONGEST_NAME:
        raise TextNotAllowedError(f"This is {len(tidy):,} characters long. Make a name {LONGEST_NAME} or fewer.")
    return tidy


def match_key(text: str | None) -> str:
    """Reduce a name to what tells it apart: letters and figures, whatever the case, spaces and punctuation."""
    if text is not None and text.isascii():  # as most are; this is asked of every cell of a file
        return " ".join(text.lower().translate(_APART).split())[:LONGEST_NAME]
    folded = unicodedata.normalize("NFKC", text or "").casefold().replace("&", " and ")
    plain = folded.replace("'", "").replace("’", "")
    # Some letters fold to many: the key stays as short as the name it stands for.
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())[:LONGEST_NAME]


def slug(text: str) -> str:
    """Reduce a name to what a file name can hold: `safer-roads-fund-2020`."""
    plain = (
        unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    )  # a typed apostrophe
    return "-".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())[:80] or "fund"

"""Headings in the one form in which they are looked for: `Supplier No.`, `SupplierNumber` and `Number of Supplier`."""

import re
from functools import lru_cache

from fundtracker.domain.text import match_key
from fundtracker.sheets.tables import any_of

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]", re.DOTALL)
_SAME = {
    word: meaning
    for meaning, words in {
        "number": "no num nbr nr no.", "reference": "ref", "amount": "amt", "organisation": "org organization",
        "invoice": "inv", "department": "dept", "description": "desc descr", "inc": "incl including inclusive includes",
        "exc": "excl excluding exclusive excludes ex", "transaction": "trans tran txn", "centre": "center cent ctr",
        "account": "acct acc", "vendor": "vend", "supplier": "supp", "currency": "curr ccy", "value": "val",
        "net": "nett", "payment": "pmt pymt", "document": "doc", "programme": "program prog",
        "posting": "pstng", "credit": "cr", "debit": "dr", "service": "svc", "recipient": "recip",
    }.items()
    for word in words.split()
}  # fmt: skip
_NO_MEANING = any_of("the a an gbp pound sterling in")
_NOT_TURNED = any_of("net number respect exc inc")


@lru_cache(maxsize=8192)
def wordings(title: str) -> tuple[str, ...]:
    """Give the forms in which a heading is looked for, the surest first: whole, without brackets, without numbers."""
    spaced = _CAMEL.sub(" ", title) if "_" in title or " " not in title.strip() else title
    bare = _wording(_ASIDE.sub(" ", spaced))
    numberless = " ".join(word for word in bare.split() if not word.isdecimal())  # `Awarded 2020/21`, `Org:0:Name`
    forms = (_wording(spaced), bare, numberless)
    return tuple(dict.fromkeys(form for form in forms if form)) or (("amount",) if "£" in title else ())


def _wording(text: str) -> str:
    words = match_key(text.replace("%", " percent ").replace("#", " number ")).split()
    told = [word for word in (_singular(_SAME.get(word, word)) for word in words) if word not in _NO_MEANING]
    if told.count("of") == 1 and 0 < (at := told.index("of")) < len(told) - 1 and told[at - 1] not in _NOT_TURNED:
        told = told[at + 1 :] + told[:at]  # `date of payment` is `payment date`
    return " ".join(told)


def _singular(word: str) -> str:
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if ends and len(word) > len("fees") else word

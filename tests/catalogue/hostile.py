"""Forms filled in as nobody would: each field of a page's own form, left out, empty, huge, wrong or sent again."""

import io
import random
from dataclasses import dataclass

from tests.catalogue.visits import Tags

Answer = str | tuple[io.BytesIO, str]
Answers = dict[str, list[Answer]]

AWFUL = (
    "", " ", "0", "-1", "-0.01", "0.001", "1e9", "1.005", "NaN", "Infinity", "9" * 40, "£1,064.00", "(810)", "١٢٣",
    "10,00", "£10m", "92233720368547758.08", "31 February 2020", "29/2/2021", "0001-01-01", "9999-12-31", "1/1/1/1",
    "tomorrow", "\x00", "a\x00b", "\r\n\r\n", "\u202e\u200b\ufeff", "💷", "ویلنگٹن ٹاؤن", "<script>alert(1)</script>",
    "' OR 1=1 --", "%s%n{{7*7}}", "../../etc/passwd", "None", "true", "[]", '{"a": 1}', "=HYPERLINK(1)", "W" * 401,
    "W" * 20_000, "new " * 100, "nonsense", "1", "2", "-9999999999999999999", "check", "record", "NIL20", "SSF20-001/1",
)  # fmt: skip
STEPS = ("check", "record", "record", "change", "work-out", "", "nonsense")


@dataclass(frozen=True)
class Field:
    """One field of a page's form: its kind, and the answers that the page itself offers."""

    name: str
    kind: str
    offered: tuple[str, ...]

    @property
    def fair(self) -> str:
        """Give an answer that a person might give."""
        if self.offered and any(self.offered):
            return next(answer for answer in reversed(self.offered) if answer)
        if self.kind == "decimal":
            return "1.00"
        dated = self.name in {"on", "spend_by", "opens_on"} or self.name.endswith("_on")
        return "1 July 2020" if dated else "Words of 2020"


def fields_of(page: Tags) -> list[Field]:
    """Give the fields of a page's forms that are posted, with what each offers."""
    found: dict[str, Field] = {}
    selected = ""
    for tag, given in page.found:
        if tag == "select":
            selected = given.get("name", "")
        name = selected if tag == "option" else given.get("name", "")
        if tag in {"input", "select", "textarea", "option"} and name not in {"", "csrf_token", "q"}:
            kind = given.get("inputmode") or given.get("type") or tag
            known = found.get(name, Field(name, kind, ()))
            offered = (*known.offered, given["value"]) if "value" in given else known.offered
            found[name] = Field(name, known.kind, offered)
    return list(found.values())


def fill_in(fields: list[Field], chance: random.Random) -> Answers:
    """Fill a form in: fairly but for a field or two, or wrong from beginning to end."""
    answers: Answers = {field.name: [field.fair] for field in fields}
    wrong = fields if chance.random() < 0.4 else chance.sample(fields, min(len(fields), chance.randrange(3)))
    for field in wrong:
        answers[field.name] = _wrong(field, chance)
    for field in fields:
        if field.kind == "file":
            content = chance.choice((b"", b"PK\x03\x04nonsense", b"a,b\n1,2\n", b"\x00" * 5_000))
            answers[field.name] = [(io.BytesIO(content), chance.choice(("a.xlsx", "", "../../a.xlsm", "W" * 500)))]
    if chance.random() < 0.1:
        answers[f"rows-{chance.choice(('0', '7', '99999999', 'x'))}-amount"] = ["1.00"]
    answers["step"] = [chance.choice(STEPS)]
    return answers


def _wrong(field: Field, chance: random.Random) -> list[Answer]:
    how = chance.random()
    if how < 0.15:
        return []
    if how < 0.3:
        return [chance.choice((*AWFUL, *field.offered)) for _ in range(chance.choice((2, 3, 40)))]
    return [chance.choice(AWFUL)]

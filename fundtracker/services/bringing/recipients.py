"""The organisations that rows name: those of the books, and those that are new, each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import LONGEST_NAME, match_key, name_line
from fundtracker.services.bringing.known import CHARITY, COMPANY, Known

Values = Mapping[str, str | int | date]
# What stands where a name was taken out: it is no one body, so it does not count as one.
_WITHHELD = ("redacted", "withheld", "personal data", "individual", "not disclosed", "anonymous")


class NoOneOrganisationError(Refusal):
    """A row that does not say which organisation it means."""


@dataclass(slots=True)
class Recipient:
    """An organisation that rows name: `id` is None while it is new; what it states is its first row's."""

    token: int
    name: str
    id: int | None
    stated: dict[str, str]
    rows: int = 0
    identifiers: list[str] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    told: int = 0

    @property
    def stands_for_several(self) -> bool:
        """Say whether the name stands where names were taken out."""
        return is_withheld(self.name)


def is_withheld(name: str) -> bool:
    """Say whether a name stands where names were taken out."""
    key = match_key(name)
    return any(word in key for word in _WITHHELD) and len(key.split()) <= len(("personal", "data", "redacted"))


class Recipients:
    """Finds whom rows name: by published identifier, else by exact name whatever its case, spaces and punctuation."""

    def __init__(self, known: Known, same: Mapping[str, int]) -> None:
        self.known = known
        self.met: dict[int, Recipient] = {}
        known_or_new = {0, *known.names}
        self._same = {name_line(name): number for name, number in same.items() if number in known_or_new}
        self._new = 0

    def find(self, values: Values) -> Recipient:
        """
        Give the organisation of a row, new where the books and earlier rows have none, and learn its spelling.

        Raises NoOneOrganisationError where nothing names one, or the name is several's.
        """
        number, name, published = self.look(values), name_line(str(values.get("organisation", ""))), _published(values)
        if number is None:
            number = self._add(name, values)
        recipient = self._recipient(number)
        recipient.rows += 1
        if published and published not in self.known.by_identifier:
            self.known.learn_identifier(published, number)
            recipient.identifiers.append(published)
        if match_key(name) and (number, name) not in self.known.spellings:
            self.known.learn_name(name, number)
            recipient.spellings.append(name)
        return recipient

    def look(self, values: Values) -> int | None:
        """Give the number of the organisation that a row names, None where it would be new; raises as `find` does."""
        name, published = name_line(str(values.get("organisation", ""))), _published(values)
        if name in self._same:
            return self._same[name] or self._new_named(name)
        found = self._by_identifier(published, _registered(values))
        if found is not None:
            return found
        if not match_key(name):
            raise NoOneOrganisationError("it names no organisation")
        named = [one for one in self.known.by_name.get(match_key(name), ()) if self._may_have(one, published)]
        if len(named) > 1:
            raise NoOneOrganisationError(
                f"{len(named)} organisations are called {name}: merge them, or give a published identifier"
            )
        return named[0] if named else None

    def other_number(self, values: Values, number: int) -> str:
        """Say where an organisation is known with another charity or company number than a row that names it states."""
        known = self.known.numbers.get(number, {})
        if name_line(str(values.get("organisation", ""))) in self._same:
            return ""
        for scheme, stated in _numbers(values):
            if (other := known.get(scheme, stated)) != stated:
                there = f"{self.name_of(number)} is known with the {_SCHEMES[scheme]} number {other}"
                return f"{there}, and this row says {stated}. See whether they are one organisation"
        return ""

    def name_of(self, number: int) -> str:
        """Give the name that an organisation has, in the books or in the file."""
        return self.known.names.get(number, "")

    def _by_identifier(self, published: str, registered: list[str]) -> int | None:
        if (found := self.known.by_identifier.get(published)) is not None:
            return found
        # One published as GB-CHC-1164883 is the one whose charity number is 1164883, and the other way about.
        numbers = [published, *registered] if published else registered
        others = (self.known.by_number.get(number, self.known.by_identifier.get(number)) for number in numbers)
        return next((one for one in others if one is not None and self._may_have(one, published)), None)

    def _may_have(self, number: int, published: str) -> bool:
        """Say whether an organisation may be that of a published identifier: not where it has another already."""
        return not published or number not in self.known.published

    def _new_named(self, name: str) -> int | None:
        """Give the organisation that an earlier row began under a name that a person said is new."""
        return next((one for one in self.known.by_name.get(match_key(name), ()) if one < 0), None)

    def _add(self, name: str, values: Values) -> int:
        if not match_key(name):
            raise NoOneOrganisationError("it names no organisation")
        self._new += 1
        number = -self._new
        stated = {key: str(values[key]) for key in _STATED if values.get(key)}
        self.met[number] = Recipient(number, name, None, stated)
        self.known.names[number] = name
        self.known.learn_name(name, number)
        for scheme, registered in _numbers(values):
            self.known.learn_number(scheme, registered, number)
        return number

    def _recipient(self, number: int) -> Recipient:
        if number not in self.met:
            self.met[number] = Recipient(number, self.known.names.get(number, ""), number, {})
        return self.met[number]


_SCHEMES = {CHARITY: "charity", COMPANY: "company"}
_STATED = ("type", "charity_number", "company_number", "area", "address", "contact", "notes")


def _published(values: Values) -> str:
    published = "".join(str(values.get("organisation_identifier", "")).split())
    return published if len(published) <= LONGEST_NAME else ""


def _registered(values: Values) -> list[str]:
    """Give the identifiers that a row's charity and company numbers make."""
    return [f"{scheme}-{number}" for scheme, number in _numbers(values)]


def _numbers(values: Values) -> list[tuple[str, str]]:
    numbers = ((CHARITY, values.get("charity_number")), (COMPANY, values.get("company_number")))
    return [(scheme, str(number).strip()) for scheme, number in numbers if number]

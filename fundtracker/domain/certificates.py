"""The certificate of a year-end grant statement: the office's own words, with places for the figures."""

import re
from collections.abc import Mapping

from fundtracker.domain.refusals import Refusal

DEFAULT_CERTIFICATE = (
    "I certify that {amount} was spent from {fund} in {year}, on the purposes and within the dates that {funder} "
    "agreed; that it is drawn from the office’s books and agrees with its accounting records, but for the differences "
    "listed above; and that no part of it has been claimed from any other funder."
)
PLACES = ("fund", "reference", "funder", "year", "amount", "as_at", "office")
_PLACE = re.compile(r"\{([^{}]*)\}")


class PlaceNotKnownError(Refusal):
    """A place in a certificate that no figure fills."""


def check_certificate(text: str) -> None:
    """Refuse a place that nothing fills; raises PlaceNotKnownError."""
    for name in _PLACE.findall(text):
        if name not in PLACES:
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise PlaceNotKnownError(f"Nothing fills {{{name}}}. Use only {known}.", field="certificate")


def fill_certificate(text: str, facts: Mapping[str, str]) -> str:
    """Put facts into the places of a certificate's text; the default text where there is none."""
    return _PLACE.sub(lambda place: facts.get(place[1], place[0]), text or DEFAULT_CERTIFICATE)

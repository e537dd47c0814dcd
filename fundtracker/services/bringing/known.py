"""What the books know of organisations, read once: published identifiers, names of now and once, and numbers."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.text import match_key
from fundtracker.services.organisations import roots
from fundtracker.store.organisations import Organisation, OrganisationIdentifier, OtherName

CHARITY, COMPANY = "GB-CHC", "GB-COH"


@dataclass
class Known:
    """Organisations of the books by their ids, merged ones as what they are now."""

    by_identifier: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, str] = field(default_factory=dict)
    spellings: set[tuple[int, str]] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    numbers: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def learn_identifier(self, identifier: str, organisation_id: int) -> None:
        """Note whose a published identifier is; the first that had it keeps it."""
        self.by_identifier.setdefault(identifier, organisation_id)
        self.published.add(organisation_id)

    def learn_number(self, scheme: str, number: str, organisation_id: int) -> None:
        """Note whose a charity or company number is; the first that had it keeps it."""
        self.by_number.setdefault(f"{scheme}-{number}", organisation_id)
        self.numbers[organisation_id].setdefault(scheme, number)

    def learn_name(self, name: str, organisation_id: int) -> None:
        """Note a name as it is spelled."""
        self.spellings.add((organisation_id, name))
        if (key := match_key(name)) and organisation_id not in self.by_name[key]:
            self.by_name[key].append(organisation_id)


def read_known(session: Session) -> Known:
    """Read what the books know of every organisation."""
    known, into = Known(), roots(session)
    published = select(OrganisationIdentifier.identifier, OrganisationIdentifier.organisation_id)
    for identifier, number in session.execute(published.order_by(OrganisationIdentifier.id)):
        known.learn_identifier(identifier, into.get(number, number))
    columns = (Organisation.id, Organisation.name, Organisation.charity_number, Organisation.company_number)
    for number, name, charity, company in session.execute(select(*columns).order_by(Organisation.id)):
        now = into.get(number, number)
        known.learn_name(name, now)
        if now == number:
            known.names[number] = name
        for scheme, registered in ((CHARITY, charity), (COMPANY, company)):
            if registered:
                known.learn_number(scheme, registered, now)
    once = select(OtherName.organisation_id, OtherName.name).order_by(OtherName.id)
    for number, name in session.execute(once):
        known.learn_name(name, into.get(number, number))
    return known

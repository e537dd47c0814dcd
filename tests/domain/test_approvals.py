"""Who may approve what: the bands of each kind, and separation by person."""

import pytest

from fundtracker.domain.approvals import (
    PLACEHOLDERS,
    ApprovalKind,
    ApprovalRefusedError,
    Approver,
    Post,
    Subject,
    approving_post,
    band_for,
    may_decide,
)
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor, Role

ANN, BOB, CEO = Actor("Ann", 1), Actor("Bob", 2), Actor("Cy", 3)
SAID = frozenset({Subject.FINANCIAL, Subject.LEGAL})
KIND = ApprovalKind


def approved(kind: KIND, pence: int, *posts: Post, by: Actor = BOB, said: frozenset[Subject] = SAID) -> bool:
    band = band_for(kind, Pence(pence), PLACEHOLDERS)
    try:
        approving_post(band, Approver(by, posts), hands=frozenset({1}), said=said)
    except ApprovalRefusedError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "pence", "no", "yes"),
    [
        (KIND.AWARD, 500_000, Role.COMMISSIONING, Role.MANAGER),
        (KIND.AWARD, 500_001, Role.MANAGER, Role.CHIEF_EXECUTIVE),
        (KIND.VARIATION, 2_500_000, Role.CHIEF_FINANCE, Role.CHIEF_EXECUTIVE),
        (KIND.AWARD, 2_500_001, Role.CHIEF_EXECUTIVE, Role.DEPUTY),
        (KIND.AWARD, 10_000_001, Role.DEPUTY, Role.COMMISSIONER),
        (KIND.TRANSFER, 2_500_000, Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE),
        (KIND.CARRY_FORWARD, 2_500_001, Role.CHIEF_FINANCE, Role.COMMISSIONER),
        (KIND.ALLOWANCE, 2_500_001, Role.DEPUTY, Role.COMMISSIONER),
        (KIND.WRITE_OFF, 100_000, Role.MANAGER, Role.CHIEF_FINANCE),
        (KIND.WRITE_OFF, 100_001, Role.CHIEF_FINANCE, Role.COMMISSIONER),
        (KIND.PAYMENT, 1, Role.COMMISSIONER, Role.FINANCE),
    ],
)
def test_the_figure_says_which_post(kind: KIND, pence: int, no: Role, yes: Role) -> None:
    assert not approved(kind, pence, Post(no))
    assert approved(kind, pence, Post(yes))


def test_a_higher_post_may_always_and_an_administrator_never() -> None:
    for kind in KIND:
        assert approved(kind, 1, Post(Role.COMMISSIONER)) is (kind is not KIND.PAYMENT)
        administrator = Approver(BOB, (Post(Role.ADMINISTRATOR),))
        assert not may_decide(kind, administrator, PLACEHOLDERS)


def test_who_asked_does_not_approve_nor_in_their_place_another() -> None:
    every = tuple(Post(role) for role in Role)
    assert not approved(KIND.AWARD, 1, *every, by=ANN)
    assert not approved(KIND.AWARD, 1, *every, by=Actor("a command"))
    assert not approved(KIND.AWARD, 1, Post(Role.CHIEF_EXECUTIVE, acting_for=ANN))
    assert approved(KIND.AWARD, 1, Post(Role.CHIEF_EXECUTIVE, acting_for=CEO))


def test_what_has_to_be_said_first() -> None:
    commissioner = Post(Role.COMMISSIONER)
    assert not approved(KIND.AWARD, 10_000_001, commissioner, said=frozenset({Subject.FINANCIAL}))
    assert not approved(KIND.AWARD, 2_500_001, commissioner, said=frozenset())
    assert approved(KIND.AWARD, 2_500_001, commissioner, said=frozenset({Subject.FINANCIAL}))
    assert band_for(KIND.AWARD, Pence(10_000_001), PLACEHOLDERS).says(Pence(10_000_001)) == (
        "£100,000.01: the Commissioner approves whatever it comes to, after a financial comment and a legal comment"
    )

"""Approvals: what waits for one, who may give it by what it comes to, and what has to be said first."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor, Role


class ApprovalKind(StrEnum):
    """What waits for an approval, in the words that a page shows."""

    AWARD = "award"
    VARIATION = "variation"
    ALLOWANCE = "over-allocation"
    TRANSFER = "transfer"
    CARRY_FORWARD = "carry forward"
    WRITE_OFF = "write-off"
    PAYMENT = "payment"


class StepKind(StrEnum):
    """What somebody did with a request; all but a comment settle it."""

    COMMENTED = "commented"
    APPROVED = "approved"
    DECLINED = "declined"
    SENT_BACK = "sent back"
    WITHDRAWN = "withdrawn"


class Subject(StrEnum):
    """What a comment is about."""

    PLAIN = "general"
    FINANCIAL = "financial"
    LEGAL = "legal"


class ApprovalRefusedError(Refusal):
    """An approval by somebody who may not give it, or before what it needs has been said."""


class SettledAlreadyError(Refusal):
    """A step with a request that was approved, declined, sent back or withdrawn before."""


class NotApprovedError(Refusal):
    """Money moved by one person alone."""


# A financial comment is the chief finance officer's; a legal one the chief executive's, who gets the office's advice.
COMMENTS: dict[Subject, Role] = {Subject.FINANCIAL: Role.CHIEF_FINANCE, Subject.LEGAL: Role.CHIEF_EXECUTIVE}
_COMMISSIONERS = (Role.DEPUTY, Role.COMMISSIONER)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Up to how many pence each post approves; what is above the last is the Commissioner's."""

    manager: Pence
    chief_executive: Pence
    deputy: Pence
    chief_finance: Pence  # over-allocations, transfers, carry forwards
    write_off: Pence


PLACEHOLDERS = Limits(
    manager=Pence(500_000),
    chief_executive=Pence(2_500_000),
    deputy=Pence(10_000_000),
    chief_finance=Pence(2_500_000),
    write_off=Pence(100_000),
)
"""No office publishes its limits for grants: these stand until the office says its own."""


@dataclass(frozen=True)
class Band:
    """The posts that may approve what comes to no more than so many pence (None: any sum), the first the usual one."""

    up_to: Pence | None
    posts: tuple[Role, ...]
    needs: tuple[Subject, ...] = ()

    def says(self, figure: Pence) -> str:
        """Say in words who approves a sum of pence, and what has to be said before."""
        needs = " and a ".join(f"{subject.value} comment" for subject in self.needs)
        over = "whatever it comes to" if self.up_to is None else f"up to {pounds(self.up_to)}"
        return f"{pounds(figure)}: the {self.posts[0]} approves {over}" + (f", after a {needs}" if needs else "")


def bands(kind: ApprovalKind, limits: Limits) -> tuple[Band, ...]:
    """Give who may approve a kind of movement, the smallest sums first; a post with a higher limit may always."""
    match kind:
        case ApprovalKind.PAYMENT:
            return (Band(None, (Role.FINANCE, Role.CHIEF_FINANCE)),)
        case ApprovalKind.WRITE_OFF:
            return _money(limits.write_off)
        case ApprovalKind.ALLOWANCE | ApprovalKind.TRANSFER | ApprovalKind.CARRY_FORWARD:
            return _money(limits.chief_finance)
    top = (Subject.FINANCIAL, Subject.LEGAL)
    return (
        Band(limits.manager, (Role.MANAGER, Role.CHIEF_EXECUTIVE, *_COMMISSIONERS)),
        Band(limits.chief_executive, (Role.CHIEF_EXECUTIVE, *_COMMISSIONERS)),
        Band(limits.deputy, _COMMISSIONERS, (Subject.FINANCIAL,)),
        Band(None, (Role.COMMISSIONER,), top),
    )


def _money(chief_finance: Pence) -> tuple[Band, ...]:
    commissioner = (Role.COMMISSIONER,)
    return Band(chief_finance, (Role.CHIEF_FINANCE, *commissioner)), Band(None, commissioner)


def band_for(kind: ApprovalKind, figure: Pence, limits: Limits) -> Band:
    """Give the band that a sum of pence falls in."""
    return next(band for band in bands(kind, limits) if band.up_to is None or figure <= band.up_to)


@dataclass(frozen=True)
class Post:
    """A post that somebody holds today, of their own or in the place of a person who is away."""

    role: Role
    acting_for: Actor | None = None


@dataclass(frozen=True)
class Approver:
    """Who looks at a request, in which posts."""

    actor: Actor
    posts: tuple[Post, ...]

    def post_in(self, roles: AbstractSet[Role], *, but_for: frozenset[int]) -> Post | None:
        """Give the first post among some roles, never one held for a person who had a hand in what is asked."""
        usable = (p for p in self.posts if p.acting_for is None or p.acting_for.person_id not in but_for)
        return next((post for post in usable if post.role in roles), None)


def may_decide(kind: ApprovalKind, approver: Approver, limits: Limits) -> bool:
    """Say whether somebody holds a post that decides on this kind of movement, whatever its sum."""
    posts = {role for band in bands(kind, limits) for role in band.posts}
    return any(post.role in posts for post in approver.posts)


def approving_post(band: Band, approver: Approver, *, hands: frozenset[int], said: AbstractSet[Subject]) -> Post:
    """
    Give the post in which somebody approves; `hands` are the people who asked, `said` the comments that stand.

    Raises ApprovalRefusedError for whoever asked, for a sum beyond every post held, and before a comment it needs.
    """
    if approver.actor.person_id is None or approver.actor.person_id in hands:
        raise ApprovalRefusedError("You had a hand in this, so another person decides it.")
    post = approver.post_in(frozenset(band.posts), but_for=hands)
    if post is None:
        raise ApprovalRefusedError(f"This is not yours to approve: it is for the {band.posts[0]}, or a post above.")
    for subject in band.needs:
        if subject not in said:
            raise ApprovalRefusedError(
                f"It needs a {subject.value} comment by the {COMMENTS[subject]} before it is approved."
            )
    return post

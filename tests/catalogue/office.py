"""An office in every state that a page can meet: the demonstration's story, and what it does not have, beside it."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.cli.demo import AREAS, NAME, OBJECTIVES, PANEL, STORY
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.statuses import BidStatus, Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services import (
    allocations,
    applications,
    awards,
    bids,
    funders,
    funds,
    gifts,
    organisations,
    payments,
    people,
    variations,
)
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.imports.waiting import keep_file
from fundtracker.services.office import set_up_office
from fundtracker.services.tokens import hash_token
from fundtracker.sheets.office import bring_in
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books, particulars
from tests.catalogue.approving import keep_approvals
from tests.catalogue.cases import keep_cases
from tests.catalogue.importing import keep_imports
from tests.catalogue.paying import keep_paying
from tests.catalogue.people import keep_people
from tests.catalogue.reconciling import keep_reconciling
from tests.catalogue.reporting import keep_papers
from tests.catalogue.terms import keep_terms
from tests.catalogue.year_end import keep_year_end

LONG = "Weobley " + "W" * 120
MANY = 1_200
LINK = "the-link-that-a-new-person-was-sent"
NAMES = ("Cyngor Cymuned Llanfair Pwllgwyngyll", "ویلنگٹن ٹاؤن کونسل", "惠灵顿镇议会", "Sïân’s & <b>Söns</b> “Ltd”")


def keep_every_state(session: Session) -> None:
    """Fill an empty, migrated database."""
    books = Books(session)
    with transaction(session):
        set_up_office(session, name=NAME, panel_name=PANEL, objectives=OBJECTIVES, areas=AREAS)
        for role in Role:
            people.add_person(session, email=email_of(role), name=role.value.title(), role=role)
        gone = people.add_person(session, email="gone@example.org", name=LONG[:100], role=Role.FINANCE)
        people.disable_person(session, gone)
        new = people.add_person(session, email="new@example.org", name="New", role=Role.CHIEF_EXECUTIVE)
        people.make_link(session, new)
        new.link_hash = hash_token(LINK)
    answer = bring_in(session, STORY.read_bytes(), file_name=STORY.name, by=COMMAND_LINE)
    assert not answer.refused, answer.refused
    keep_waiting_files(session)
    for keep in (keep_edges, keep_states, keep_owing, keep_lines, keep_bids, keep_organisations, keep_many):
        keep(books)
    keep_imports(books)
    keep_year_end(books)
    keep_paying(books)
    keep_reconciling(books)
    keep_terms(books)
    keep_papers(books)
    keep_people(books)
    keep_approvals(books)
    keep_cases(books)


def email_of(role: Role) -> str:
    """Give the address that a post's person signs in with."""
    return f"{role.value.lower().replace(' ', '.')}@example.org"


def keep_waiting_files(session: Session) -> None:
    """Leave a workbook waiting for each person who may confirm one."""
    with transaction(session):
        for number in range(1, len(Role) + 1):
            keep_file(session, person_id=number, file_name=STORY.name, content=STORY.read_bytes(), undated=None,
                      year=None)  # fmt: skip


def ask(books: Books, fund: Fund, name: str, amount: int | None) -> Application:
    """Log an application from a new organisation."""
    details = applications.ApplicationDetails(
        fund=fund, organisation=books.organisation(name), asked_for=None if amount is None else Pence(amount),
        purpose=f"For {name}", benefits="Everybody", outcomes=tuple(fund.outcomes),
    )  # fmt: skip
    return books.do(applications.log_application, LATER, details=details)


def keep_edges(books: Books) -> None:
    """Keep a fund with nothing, one below zero, ten billion pounds, long words and names in other alphabets."""
    books.fund(name="Nothing Yet Fund", reference="NIL20")
    below = books.fund("1,000.00", name="Below Zero Fund", reference="CUT20", outcomes=("Fewer collisions", LONG))
    books.award(below, "900.00", to=books.organisation("Kempsey Parish Council"))
    books.do(allocations.record_cut, line=below.lines[0], amount="500.00")
    ask(books, below, "Kempsey Parish Council", 10_000)
    large = books.fund("9,999,999,999.99", name=LONG, reference="A" * 36 + "-2/0", purpose=LONG, notes=LONG)
    books.pay(books.award(large, "8,888,888,888.88", to=books.organisation(LONG), purpose=LONG), "7,777,777,777.77")
    for number, name in enumerate(NAMES):
        fund = books.fund("1,000.00", name=name, reference=f"ALPH2{number}", outcomes=(name,))
        asked = ask(books, fund, name, 90_000 if number else None)
        share = Share(line=fund.lines[0], amount=Pence(10_000))
        details = AwardDetails(recipient=asked.organisation, shares=(share,), application=asked, reasons=name)
        books.do(awards.record_award, LATER, details=details)


def keep_states(books: Books) -> None:
    """Keep a suspended and a closed fund with money left, and applications and awards that came to each end."""
    for reference, verb in (("SUS20", funds.suspend_fund), ("CLS20", funds.close_fund)):
        fund = books.fund("5,000.00", name=f"Fund {reference}", reference=reference)
        books.award(fund, "400.00", to=books.organisation(f"Payee of {reference}"))
        ask(books, fund, f"Asker of {reference}", 20_000)
        books.do(verb, fund=fund)
    fund = books.fund("5,000.00", name="Ended Fund", reference="END20")
    declined, withdrawn = ask(books, fund, "Declined Ltd", 70_000), ask(books, fund, "Withdrawn Ltd", 70_000)
    books.do(applications.decline, application=declined, reasons="Outside the area")
    books.do(applications.withdraw_application, application=withdrawn)
    done = books.award(fund, "300.00", to=books.organisation("Done Ltd"))
    books.pay(done, "300.00")
    books.do(awards.complete_award, award=done)
    books.do(variations.withdraw_award, award=books.award(fund, "200.00"), keep_paid=True)
    reversed_award = books.award(fund, "100.00")
    books.reverse(-1)
    assert reversed_award.lines[0].awarded == 0


def keep_owing(books: Books) -> None:
    """Keep money to recover, refunded, reversed, written off, paid in error, received and returned."""
    fund = books.fund("9,000.00", name="Owing Fund", reference="OWE20")
    books.do(funders.record_receipt, line=fund.lines[0], amount="9,000.00")
    books.do(funders.return_to_funder, line=fund.lines[0], amount="1,000.00")
    books.do(allocations.allow_over, line=fund.lines[0], amount=50_000)
    owing = books.award(fund, "800.00", to=books.organisation("Owing Ltd"))
    books.pay(owing, "800.00")
    books.do(variations.vary_award, line=owing.lines[0], by=-30_000)
    books.do(variations.write_off, line=owing.lines[0], amount=Pence(10_000))
    back = books.award(fund, "700.00", to=books.organisation("Refund Ltd"))
    books.pay(back, "600.00")
    books.do(payments.refund, line=back.lines[0], amount="100.00", lowers_award=True)
    books.pay(back, "50.00")
    books.reverse(-1)
    wrong = books.pay(books.award(fund, "60.00", to=books.organisation("Right Ltd")), "60.00")
    books.do(payments.move_payment, payment=wrong, holder=books.organisation("Wrong Ltd"))
    books.do(gifts.record_gift, details=AwardDetails(recipient=owing.organisation, shares=(), purpose="Hi-vis vests"))
    given = AwardDetails(recipient=owing.organisation, shares=(), purpose="Cones")
    books.do(gifts.record_gift, details=given, fund=fund, estimated_value="75.00")


def keep_lines(books: Books) -> None:
    """Keep a fund of several lines: lots, capital, next year's, an award over two and one that waits for money."""
    fund = books.fund("6,000.00", name="Safer Streets Fund", reference="SSF20", lot="Lot 1")
    capital = books.line(fund, "4,000.00", year=FinancialYear(2020), lot="Lot 2", spend_type=SpendType.CAPITAL)
    later = books.line(fund, year=FinancialYear(2021), lot="Lot 1")
    books.do(allocations.carry_forward, line=fund.lines[0], amount="500.00")
    books.do(allocations.transfer, source=fund.lines[0], target=capital, amount="100.00", switch_decision="D/9")
    to = books.organisation("Telford Riders")
    both = (Share(line=fund.lines[0], amount=Pence(70_000)), Share(line=capital, amount=Pence(40_000)))
    books.pay(books.award_shares(*both, to=to), "500.00")
    books.award(later, "900.00", to=to, subject_to_funding=True)
    books.award(capital, None, to=to)


def keep_bids(books: Books) -> None:
    """Keep a bid in each state, one of them a national opportunity with no amount of ours."""
    submitted = date(2020, 5, 1)
    for status in BidStatus:
        details = bids.BidDetails(title=f"Bid {status.value}", funder="Home Office", sought=Pence(5_000_000))
        bid = books.do(bids.record_bid, submitted, details=details)
        if status in (BidStatus.WON, BidStatus.WON_IN_PART):
            amount = Pence(5_000_000 if status is BidStatus.WON else 3_000_000)
            opened = funds.FundDetails(
                name=f"Fund {status.value}", funder="Home Office", source=Source.EXTERNAL, year=FinancialYear(2020)
            )
            books.do(bids.win_bid, bid=bid, amount=amount, fund_details=opened)
        elif status is not BidStatus.IN_DEVELOPMENT:
            books.do(bids.move_bid_on, bid=bid, status=status)
    pot = bids.BidDetails(title=LONG, funder=LONG, national_pot=Pence(1_000_000_000))
    books.do(bids.record_bid, submitted, details=pot)


def keep_organisations(books: Books) -> None:
    """Keep two organisations merged into one, two that look alike, and one that stands for several."""
    one, other = books.organisation("Pontesbury PC"), books.organisation("Pontesbury Parish Council.")
    books.do(organisations.merge, organisation=one, into=other)
    books.organisation("Pontesbury parish council", charity_number="1234567", contact=LONG, notes=LONG)
    books.organisation("Several small recipients", stands_for_several=True)
    books.organisation(LONG)


def keep_many(books: Books) -> None:
    """Keep a fund with more applications, awards and payments than any page shows."""
    fund = books.fund("900,000.00", name="Everybody Fund", reference="MANY20")
    facts = particulars(LATER)
    with transaction(books.session) as session:
        for number in range(MANY):
            known = organisations.OrganisationDetails(name=f"Asker {number:04d}")
            who = organisations.add_organisation(session, details=known, particulars=facts)
            asking = applications.ApplicationDetails(fund=fund, organisation=who, asked_for=Pence(10_000 + number))
            asked = applications.log_application(session, details=asking, particulars=facts)
            if number % 4:
                share = Share(line=fund.lines[0], amount=Pence(9_000))
                details = AwardDetails(recipient=who, shares=(share,), application=asked, reasons="As asked")
                award = awards.record_award(session, details=details, particulars=facts)
                if number % 4 > 1:
                    payments.pay(session, line=award.lines[0], amount=Pence(5_000), particulars=facts)

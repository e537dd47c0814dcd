"""Questions as people type them: what each asks, what is asked back, and what is left to the search, on each engine."""

from urllib.parse import unquote_plus

from sqlalchemy.orm import Session

from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.funders import record_receipt
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.office import set_up_office
from fundtracker.services.organisations import keep_name, merge
from fundtracker.services.payments import refund
from fundtracker.services.questions.answering import Answer, answer
from fundtracker.store.office import Area, Objective
from tests.books.builder import DAY, LATER, Books

WEOBLEY, VICTIMS = "organisation=1", "organisation=2"
ASKED = {
    # As it may be typed: capitals or none, a question mark or none, short forms, apostrophes, a pound sign, a slip.
    "How much did we give Weobley Parish Council?": f"figure=awarded&{WEOBLEY}",
    "how much did we give weobley pc": f"figure=awarded&{WEOBLEY}",
    "HOW MUCH HAVE WE GIVEN TO WEOBLEY P.C. IN 2020/21": f"figure=awarded&{WEOBLEY}&year=2020/21",
    "How much £ did we award Weobley Hundred": f"figure=awarded&{WEOBLEY}",  # another name of it
    "how much did we awrad village helpers": f"figure=awarded&{WEOBLEY}",  # merged into it
    "grants to weobley": f"figure=awarded&{WEOBLEY}",
    "how much has Weobley had?": f"figure=awarded&{WEOBLEY}",
    "How much for Weobley?": f"figure=awarded&{WEOBLEY}",
    "what did we pay Victim Support": f"figure=net paid&{VICTIMS}",
    "paid victim support": f"figure=net paid&{VICTIMS}",
    "what have we spent on Victim Support since April 2020?": f"figure=net paid&{VICTIMS}&since=2020-04-01",
    "how much do we still owe Victim Support": f"figure=to pay&{VICTIMS}",
    "What does Victim Support owe us?": f"figure=to recover&{VICTIMS}",
    "how much did Victim Support give back": f"figure=recovered&{VICTIMS}",
    # Funds, by their names, part of them, or their references.
    "what is left in Safer Roads in 2020/21": "figure=remaining&fund=SRF20&year=2020/21",
    "What's left in the Safer Roads Fund 2020?": "figure=remaining&fund=SRF20",
    "whats left in safer roads 2020": "figure=remaining&fund=SRF20",
    "how much is in SRF20": "figure=allocated&fund=SRF20",
    "How many awards from the commissioner's covid fund?": "figure=awards&fund=CRF20",
    "covid fund left": "figure=remaining&fund=CRF20",
    "how much did we get from the Home Office?": "figure=received&funder=Home Office",
    "How much did the Home Office give us": "figure=received&funder=Home Office",
    "how much did we return to the Home Office": "figure=returned&funder=Home Office",
    # Places, objectives, kinds, years, days, and several of them.
    "How much did we give parish councils in Herefordshire in 2020/21":
        "figure=awarded&area=Herefordshire&recipient_type=Parish or town council&year=2020/21",
    "how many charities did we fund in 2020-21": "figure=organisations&recipient_type=Charity&year=2020/21",
    "How much did we give in Telford": "figure=awarded&area=Telford & Wrekin",
    "how much have we given to putting victims first?": "figure=awarded&objective=Putting victims and survivors first",
    "how much capital is left": "figure=remaining&spend_type=capital",
    "How much of the reserves is left?": "figure=remaining&source=reserve",
    "how much did we award as at 30 June 2020": "figure=awarded&as_at=2020-06-30",
    "awarded 2020/21": "figure=awarded&year=2020/21",
    "How much did we give in 2020?": "figure=awarded&year=2020/21",
    "What is still to pay?": "figure=to pay",
}  # fmt: skip
NOT_ASKED = ("Weobley Parish Council", "weobley", "Safer Roads Fund 2020", "Safer Roads", "Victim Support?", "award",
             "payments due", "left luggage", "?", "#1204", "1,064.00", "£")  # fmt: skip
OF_NO_AWARD = "What is remaining belongs to no award, so it has no organisation. Ask for what is awarded, paid or owed."
ASKED_BACK = {
    "how much did we give weobly parish council": ("Nothing in the books is called “weobly parish council”.",
                                                   ["Weobley Parish Council"]),
    "what is left in safer roads": ("“safer roads” may be any of 2 names.",
                                    ["Safer Roads Fund 2019 (example)", "Safer Roads Fund 2020"]),
    "How much did we give Telford?": ("“telford” may be any of 2 names.",
                                      ["Telford & Wrekin (area)", "Telford Riders"]),
    "Who did we give most to?": ("“most” was not understood.", []),
    "How is the weather": ("“weather” was not understood.", []),
    "How much did we give Narnia Council?": ("“narnia council” was not understood.", []),
    "how much": ("It was not understood which figure this asks for.", []),
    "What is left for Weobley?": (OF_NO_AWARD, []),
}  # fmt: skip


def keep(books: Books) -> None:
    objectives, areas = ("Putting victims and survivors first",), ("Herefordshire", "Telford & Wrekin")
    books.change(set_up_office, name="Office", panel_name="Panel", objectives=objectives, areas=areas)
    session = books.session
    victims, area = session.get(Objective, 1), session.get(Area, 1)
    weobley = books.organisation("Weobley Parish Council", type="Parish or town council", area=area)
    support = books.organisation("Victim Support", type="Charity")
    books.organisation("Telford Riders", type="Charity")
    books.do(merge, organisation=books.organisation("Village Helpers"), into=weobley)
    books.change(keep_name, organisation=weobley, name="Weobley Hundred")
    roads = books.fund("50,000", reference="SRF20", objective=victims)
    books.fund("900", name="Safer Roads Fund 2019 (example)", reference="SRF19", year=2019, source=Source.RESERVE)
    details = FundDetails(name="Commissioner's Covid-19 response fund", reference="CRF20", funder="Home Office",
                          source=Source.EXTERNAL, year=FinancialYear(2020), spend_type=SpendType.CAPITAL)  # fmt: skip
    covid = books.do(open_fund, DAY, details=details)
    books.allocate(covid.lines[0], "900")
    books.pay(books.award(roads, "1,064", to=weobley), "1,000")
    award = books.award(covid, "500", to=support)
    books.pay(award, "300")
    books.do(refund, line=award.lines[0], amount="50", lowers_award=False)
    books.do(record_receipt, line=covid.lines[0], amount="700")


def test_questions_are_understood_as_people_type_them(books: Books, session: Session) -> None:
    keep(books)

    read = {question: answer(session, question) for question in ASKED}

    wrong = {question: said for question, said in read.items() if not said or unquote_plus(said.ask) != ASKED[question]}
    assert wrong == {}


def test_a_name_alone_is_searched_for_and_what_is_not_sure_is_asked_back(books: Books, session: Session) -> None:
    keep(books)

    assert {text: answer(session, text) for text in NOT_ASKED} == dict.fromkeys(NOT_ASKED)
    asked_back = {text: answer(session, text) or Answer(about="") for text in ASKED_BACK}
    assert {text: (said.problem, sorted(one.name for one in said.meanings)) for text, said in asked_back.items()} == (
        ASKED_BACK
    )
    assert {said.ask for said in asked_back.values()} == {""}


def test_the_answer_is_a_sentence(books: Books, session: Session) -> None:
    keep(books)

    def says(question: str) -> str:
        said = answer(session, question)
        return said.says if said else ""

    assert says("How much did we give Weobley Parish Council?") == "£1,064.00 in 1 award since June 2020"
    assert says("How much did we give Weobley in 2020/21?") == "£1,064.00 in 1 award in 2020/21"
    assert says("what did we pay victim support") == "£250.00 in 2 payments and refunds since June 2020"
    assert says("how much did we pay Weobley since 1 April 2020") == "£1,000.00 in 1 payment since 1 April 2020"
    assert says("what is left in SRF20") == "£48,936.00 left to award of £50,000.00 allocated"
    assert says("what do we owe victim support") == "£250.00 to pay on 1 award line"
    assert says("how many charities did we fund") == "1 organisation awarded money, £500.00 together"
    assert says("how much did we get from the home office") == "£700.00 in 1 receipt since June 2020"
    assert says("how much is allocated to SRF20") == "£50,000.00 allocated"
    assert says("what did we pay Telford Riders") == "£0.00"
    said = answer(session, "How much did we give Weobley?")
    assert said is not None
    assert said.of.startswith("Awarded by all funds to Weobley Parish Council, as at ")
    assert (said.about, said.count) == ("Weobley Parish Council", 1)
    assert books.award_lines()[0].award.awarded_on == LATER

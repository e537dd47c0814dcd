"""The headings that offices give to the columns of their own workbooks, in the form that match_key gives."""


def names(text: str) -> tuple[str, ...]:
    """Give the headings of a list that is written with bars between them."""
    return tuple(" ".join(name.split()) for name in text.split("|"))


_NOTES = names("note|notes|remark|remarks|comment|comments")
_PARAGRAPH = names("para|paragraph|para no|paragraph no|para number|report para|source para|para ref")
_OBJECTIVE = names(
    "plan objective|objective|police and crime plan objective|plan priority|police and crime plan priority|priority|"
    "theme"
)
_YEAR = names("year|financial year|fy|fin year|year of account|budget year")
_LOT = names("lot|strand|stream|ring fence|sub pot")
_SPEND_TYPE = names(
    "rev cap|cap rev|revenue capital|capital revenue|revenue or capital|capital or revenue|spend type|rev or cap|"
    "cap or rev|expenditure type|r c|c r|r or c|c or r|type of spend|type of expenditure"
)
_DECISION = names(
    "decision reference|decision ref|decision no|decision number|decision notice|decision record|decision|pcc decision"
)
_CURRENCY = names("currency|ccy")

FUNDS = {
    "name": names(
        "fund|fund name|name of fund|pot|pot name|funding pot|funding stream|name|fund title|scheme|scheme name|"
        "funding|title|grant fund|programme|program|grant programme|funding programme"
    ),
    "reference": names(
        "fund ref|fund reference|ref|reference|fund code|code|fund no|fund id|pot ref|our ref|ref no|id"
    ),
    "funder": names(
        "funder|funded by|funding body|grantor|name of funder|who from|from whom|grant from|given by|"
        "provider of funding|provider of funds|funding provider|provider|funding from|received from|awarding body|"
        "awarded by|grant provider|donor|from"
    ),
    "source": names(
        "where the money is from|where money is from|source|funding source|source of funding|source of funds|"
        "source of money|source type|source of the money|where from|own or external|external or own|fund type|"
        "type of fund|type of funding|funding type|internal external|external internal|internal or external|"
        "external or internal|own external|external own|type"
    ),
    "amount": names(
        "amount|allocation|allocated|amount allocated|fund amount|allocation amount|total allocation|value|fund value|"
        "total fund|total amount|amount secured|amount of fund|funding amount|pot size|total funding|total pot|size|"
        "original allocation|sum|total|amount available|grant amount|budget|total budget|annual budget|"
        "amount of funding|grant value|award amount|grant|pounds|gbp"
    ),
    "objective": _OBJECTIVE,
    "status": names(
        "status|fund status|state|position|open or closed|open closed|closed or open|live closed|live or closed|"
        "current status|live|is it live|active|is it active|open|is it open|still open"
    ),
    "opens": names(
        "opens|opened|open date|opening date|opens on|opened on|launch date|launched|start date|starts|start"
    ),
    "spend_by": names(
        "spend by|spend by date|to be spent by|spent by|must be spent by|end date|ends|end|expires|expiry date|expiry"
    ),
    "spend_type": _SPEND_TYPE,
    "allocated_on": names(
        "date allocated|allocated on|allocation date|date of allocation|date|date agreed|date secured|date approved|"
        "approved on|agreed on|decision date|date of decision"
    ),
    "year": _YEAR,
    "lot": _LOT,
    "programme": names("programme|program|initiative"),
    "purpose": names("purpose|description|what for|what it is for|details|aim|use"),
    "eligibility": names("eligibility|eligible|who can apply|who may apply|who is eligible"),
    "decision": _DECISION,
    "paragraph": _PARAGRAPH,
    "notes": _NOTES,
    "currency": _CURRENCY,
}

ORGANISATIONS = {
    "name": names(
        "organisation|organisation name|name of organisation|organization|organization name|recipient|recipient name|"
        "grantee|provider|provider name|name|supplier|payee|body|group|applicant|paid to|partner"
    ),
    "type": names(
        "type|organisation type|type of organisation|organization type|kind|category|sector|legal form|legal status"
    ),
    "area": names(
        "area|district|location|place|region|area served|local authority area|policing area|county|where|geography"
    ),
    "charity_number": names(
        "charity number|charity no|registered charity number|registered charity no|charity reg no|charity"
    ),
    "company_number": names(
        "company number|company no|registered company number|company reg no|companies house number|company"
    ),
    "contact": names("contact|contact name|main contact|contact details|contact person|email|e mail|telephone|phone"),
    "address": names("address|postal address|postcode|post code"),
    "notes": _NOTES,
}

AWARDS = {
    "reference": names(
        "award ref|award reference|ref|reference|award no|award number|award id|grant ref|grant reference|grant no|"
        "grant number|grant id|our ref|our reference|ref no|reference number|id"
    ),
    "fund": names(
        "fund|fund name|pot|funding pot|from fund|which fund|fund ref|fund reference|fund code|funded from|pot name|"
        "paid from|awarded from|scheme|grant scheme|grant fund|funding stream|funding|budget|grant programme|"
        "scheme name|programme|program"
    ),
    "organisation": names(
        "organisation paid|organisation|organisation name|recipient|recipient organisation|recipient name|grantee|"
        "paid to|awarded to|payee|grant recipient|name of organisation|organization|organization paid|"
        "recipient organization|lead organisation|provider|supplier|who to|to whom|applicant|who|name"
    ),
    "benefits": names(
        "for group|for the group|group|beneficiary|beneficiaries|beneficiary group|on behalf of|group it is for|"
        "for whom|who benefits|end recipient|for"
    ),
    "purpose": names(
        "purpose|what for|what it is for|purpose of award|purpose of grant|grant purpose|project|project title|"
        "project name|details|description|activity|use|used for|summary"
    ),
    "asked_for": names(
        "asked for|amount asked for|requested|amount requested|applied for|amount applied for|sum requested|asked|"
        "request|amount sought|bid amount|ask"
    ),
    "amount": names(
        "awarded|amount awarded|award amount|grant awarded|award value|value of award|amount of award|grant amount|"
        "amount of grant|sum awarded|total awarded|amount agreed|amount approved|approved amount|agreed amount|"
        "amount given|given|amount|award|grant value|value|grant|total|sum|total award|total amount|"
        "approved|agreed|amount of funding|grant agreed|grant approved|granted|pounds|gbp"
    ),
    "awarded_on": names(
        "date awarded|award date|awarded on|date of award|date|date of grant|grant date|decision date|"
        "date of decision|date approved|approved on|date agreed|agreed on|decided on|award made|"
        "approved date|agreed date|awarded date|approval date|date of approval|date of agreement"
    ),
    "type": names("type|award type|type of award|grant or contract|grant contract|grant type|kind|form"),
    "paid_on": names("date paid|paid on|payment date|date of payment|paid date"),
    "paid_amount": names(
        "paid pounds|amount paid|paid amount|sum paid|total paid|paid to date|amount paid to date|paid so far|"
        "value paid|payments"
    ),
    "paid": names(
        "paid|paid y n|paid yes no|has it been paid|been paid|paid yet|payment made|payment|payment status|paid in full"
    ),
    "status": names("status|award status|state|outcome|result"),
    "paragraph": _PARAGRAPH,
    "notes": _NOTES,
    "objective": _OBJECTIVE,
    "area": names("area|district|location|region|area served|local authority area|county"),
    "starts_on": names("start date|starts|starts on|start|project start|from|funding start"),
    "ends_on": names("end date|ends|ends on|end|project end|until|funding end"),
    "reasons": names("reasons|reason|reasons for award|reason for award|rationale|justification"),
    "conditions": names("conditions|condition|grant conditions|conditions of award"),
    "legal_power": names("legal power|power|statutory power|act"),
    "decision": _DECISION,
    "year": _YEAR,
    "lot": _LOT,
    "spend_type": _SPEND_TYPE,
    "currency": _CURRENCY,
}

BIDS = {
    "reference": names("bid ref|bid reference|bid no|bid number|bid id|ref|reference|our ref|ref no"),
    "title": names(
        "bid|bid title|title|bid name|name of bid|bid for|name|project|project name|project title|opportunity|"
        "what for|purpose|description|subject|scheme|scheme name|fund|fund name|programme|grant|round"
    ),
    "funder": names(
        "funder|funding body|bid to|submitted to|to whom|who to|national funder|grantor|department|"
        "provider of funding|funding provider|awarding body"
    ),
    "sought": names(
        "amount sought|sought|amount bid for|amount|bid amount|amount requested|requested|asked for|amount asked for|"
        "bid value|value|value of bid|amount applied for|our bid|sum sought|bid for amount|pounds|gbp"
    ),
    "national_pot": names(
        "national pot|national fund|national total|national amount|national funding|total pot|pot|total fund|fund total"
    ),
    "status": names("status|bid status|stage|state|position|result|outcome|progress"),
    "outcome_expected": names(
        "outcome expected|expected outcome|outcome due|decision expected|decision due|result expected|expected|"
        "when expected|outcome date|decision date|when we will know"
    ),
    "submitted_on": names("date submitted|submitted on|submission date|date of bid|bid date|date|submitted"),
    "partners": names("partners|partner|with|joint with|partner organisations"),
    "paragraph": _PARAGRAPH,
    "notes": _NOTES,
    "currency": _CURRENCY,
}

OUTCOMES = {
    "words": names("outcome|outcome sought|intended outcome|outcomes sought|outcomes|aim|description|result"),
    "fund": names("fund|fund name|pot|fund ref|fund reference"),
}

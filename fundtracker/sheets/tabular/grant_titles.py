"""What the columns of lists of organisations, applications and awards are usually headed, 360Giving's titles first."""

from fundtracker.sheets import titles as office
from fundtracker.sheets.tables import Titles
from fundtracker.sheets.titles import names

ORGANISATION: Titles = {
    "organisation": names(
        "recipient org name|recipient organisation name|recipient organisation|organisation name|"
        "name of organisation|organisation paid|recipient name|name of recipient|grant recipient|recipient|"
        "grantee|grantee name|organisation|organisation funded|funded organisation|successful applicant|"
        "applicant organisation|applicant name|name of applicant|applicant|lead organisation|"
        "lead applicant|delivery organisation|delivery partner|charity name|name of charity|group name|"
        "name of group|awarded to|paid to|payee|payee name|provider|provider name|supplier name|supplier|"
        "vendor name|beneficiary name|recipient ind name|who to|organisation trading name|legal name|"
        "trading name|name|charity|club|group|beneficiary|body|partner"
    ),
    "organisation_identifier": names(
        "recipient org identifier|recipient organisation identifier|organisation identifier|"
        "recipient identifier|recipient organisation id|organisation id|recipient id|org id|grantee id|"
        "recipient ind identifier"
    ),
    "charity_number": (
        *names(
            "recipient org charity number|charity registration number|charity commission number|"
            "charity reference|charity id|registered charity"
        ),
        *office.ORGANISATIONS["charity_number"],
    ),
    "company_number": (
        *names(
            "recipient org company number|company registration number|companies house ref|crn|"
            "company registration|company id"
        ),
        *office.ORGANISATIONS["company_number"],
    ),
    "type": (
        *names(
            "recipient org organisation type|recipient type|type of recipient|applicant type|"
            "recipient category|organisation category|organisation sector"
        ),
        *names("organisation type|type of organisation|sector|legal form|legal status"),
    ),
    "area": (
        *names("beneficiary location name|beneficiary location|ward|locality|area of benefit|district or borough"),
        *office.ORGANISATIONS["area"],
    ),
    "address": names(
        "recipient org street address|street address|postal address|address|full address|"
        "registered address|address line 1|address 1|line 1|street|correspondence address"
    ),
    "town": names("recipient org city|town|city|town or city|town city|post town|address town"),
    "county": names("recipient org county|county"),
    "postcode": names("recipient org postal code|postcode|post code|postal code|recipient postcode|zip"),
    "contact": names(
        "contact|contact name|main contact|contact details|contact person|contact email|email|e mail|"
        "email address|telephone|phone"
    ),
}
CURRENCY = (*office.AWARDS["currency"], "currency code", "document currency", "invoice currency")
NOTES = (*office.AWARDS["notes"], "additional information", "other information")

GRANT: Titles = {
    **ORGANISATION,
    "identifier": names("identifier|grant identifier|award identifier|360giving identifier|unique identifier|360g id"),
    "reference": (
        *office.AWARDS["reference"],
        *names(
            "application ref|app number|application id|application number|case reference|case ref|"
            "agreement number|agreement reference|unique reference|unique reference number|urn|"
            "project reference"
        ),
    ),
    "title": names(
        "title|grant title|award title|project title|title of project|project name|name of project|project|"
        "application title|title of grant"
    ),
    "purpose": (
        *names(
            "description|project description|grant description|description of project|purpose of funding|"
            "purpose of the grant|summary of purpose|what the grant is for|project summary|grant details"
        ),
        *office.AWARDS["purpose"],
    ),
    "asked_for": (
        *names(
            "amount applied for|grant requested|total requested|grant requested amount|funding requested|"
            "requested grant|grant applied for|value requested|amount of request|total applied for"
        ),
        *office.AWARDS["asked_for"],
    ),
    "benefits": office.AWARDS["benefits"],
    "starts_on": (
        *names(
            "planned dates start date|project start date|grant start date|actual dates start date|"
            "funding start date|from date|agreement start date"
        ),
        *office.AWARDS["starts_on"],
    ),
    "ends_on": (
        *names(
            "planned dates end date|project end date|grant end date|actual dates end date|funding end date|"
            "to date|agreement end date"
        ),
        *office.AWARDS["ends_on"],
    ),
    "programme": names(
        "grant programme title|grant programme|programme title|programme|fund name|fund|name of fund|"
        "scheme|scheme name|grant scheme|funding scheme|funding stream|funding programme|grant fund|"
        "funding pot|pot|theme|grant programme code|round|funding round"
    ),
    "status": office.AWARDS["status"],
    "notes": NOTES,
    "currency": CURRENCY,
}
_AWARDED = (
    *names(
        "amount awarded|grant awarded|awarded amount|award amount|grant award|grant award amount|"
        "total grant awarded|total awarded|awarded|amount approved|approved amount|grant approved|"
        "grant offered|amount offered|offer amount|funding awarded|amount of funding awarded|"
        "value of award|award value|value of grant|grant value|grant amount|amount granted|amount of grant|"
        "total grant|total award|funding amount|amount of funding|allocation|amount allocated|"
        "amount funded|funding|sum awarded|agreed grant|contribution"
    ),
    *office.AWARDS["amount"],
)
AWARDS: Titles = {
    **GRANT,
    "amount": _AWARDED,
    "paid": (
        *names("amount disbursed|grant paid|paid amount|total paid|actual payment"),
        *office.AWARDS["paid_amount"],
        "paid",
        "payment",
    ),
    "awarded_on": (
        *office.AWARDS["awarded_on"],
        *names(
            "date of panel|panel date|date grant awarded|offer date|date of offer|date of grant award|"
            "grant award date|agreement date|month awarded|effective date"
        ),
    ),
    "conditions": office.AWARDS["conditions"],
    "reasons": office.AWARDS["reasons"],
    "legal_power": office.AWARDS["legal_power"],
    "decision_reference": office.AWARDS["decision"],
}
APPLICATIONS: Titles = {
    **GRANT,
    "status": (*GRANT["status"], *names("decision|decision made|panel decision|application status")),
    "asked_for": (*GRANT["asked_for"], *names("amount|grant amount|value|total|sum|bid value|total cost to us")),
    "received_on": names(
        "date received|received on|application date|date of application|date submitted|submitted on|"
        "submission date|submitted|received|date applied|applied on|date"
    ),
}
ORGANISATIONS: Titles = {
    **ORGANISATION,
    "organisation_identifier": (*ORGANISATION["organisation_identifier"], "identifier", "org identifier"),
    "supplier_number": names("supplier number|supplier id|supplier code|vendor number|vendor id|creditor number"),
    "type": (*ORGANISATION["type"], *office.ORGANISATIONS["type"]),  # a type alone may be that of an award
    "notes": NOTES,
}

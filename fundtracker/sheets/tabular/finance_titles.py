"""What the columns of payments and of finance systems' extracts are usually headed: Oracle, SAP, Unit4, councils."""

from fundtracker.sheets.tables import Titles
from fundtracker.sheets.tabular import grant_titles as grants
from fundtracker.sheets.titles import names

_DAY = names(
    "payment date|date paid|paid date|paid on|date of payment|payment run date|bacs date|cheque date|"
    "transaction date|date of transaction|posting date|posted date|date posted|gl date|g l date|"
    "accounting date|ledger date|tran date|effective date|clearing date|cleared date|processed date|"
    "date processed|value date|document date|voucher date|invoice date|date of invoice|date|entry date|"
    "period end date|month"
)
_PAYEE = names(
    "supplier name|vendor name|payee name|beneficiary name|creditor name|merchant name|apar name|"
    "ap ar name|name of supplier|name of payee|supplier payee name|supplier id t|supplier t|apar id t|"
    "supplier|payee|vendor|beneficiary|creditor|merchant|paid to|recipient name|recipient|"
    "organisation name|supplier or payee|redacted supplier name|trading name|name 1|"
    "supplier description|supplier full name|company|creditor or supplier|party name|organisation|"
    "provider|company name|name"
)
_SUPPLIER_NUMBER = names(
    "supplier number|supplier id|supplier code|supplier ref|supplier account|supplier account number|"
    "vendor number|vendor id|vendor code|vendor account|creditor number|creditor id|creditor code|"
    "creditor ref|apar id|ap ar id|payee id|payee number|beneficiary other id|beneficiary id|vendor|"
    "supplier|account number"
)
_INVOICE = names(
    "invoice number|supplier invoice number|purchase invoice number|invoice reference|invoice id|"
    "supplier invoice reference|external reference|ext inv ref|external invoice reference|"
    "your reference|supplier reference number|invoice"
)
_REFERENCE = names(
    "transaction number|transaction reference|transaction id|voucher number|voucher no|voucher|"
    "payment reference|payment number|payment id|document number|accounting document|journal reference|"
    "journal number|journal id|clearing document|bacs reference|cheque number|unique reference|"
    "unique transaction reference|reference number|reference|our reference|internal reference|doc ref|"
    "assignment"
)
_DESCRIPTION = names(
    "description|extended description|long description|narrative|purpose|line description|"
    "transaction description|item text|text|narration|details|invoice description|"
    "purpose of expenditure|purpose of spend|summary of purpose of expenditure|"
    "summary of the purpose of the expenditure|expenditure description|detailed expense type|"
    "expense description|particulars|payment description|g l description|gl description|"
    "account description|expense type|expenditure type|expenditure category|merchant category|"
    "subjective description|procurement category"
)
_ACCOUNT = names(
    "subjective|subjective code|account|account code|gl code|g l code|gl account|g l account|nominal|"
    "nominal code|ledger code|natural account|expense code|expenditure code|expenditure account|"
    "detail code|cost element|account number"
)
_COST_CENTRE = names(
    "cost centre|cost centre code|cost centre number|costc|responsibility centre|responsibility code|profit centre|cc"
)
_AMOUNT = names(
    "amount|payment amount|amount paid|paid amount|transaction amount|line amount|distribution amount|"
    "amount gbp|amount in local currency|amount local currency|sum of amount|cheque amount|bacs amount|"
    "payment total|total amount paid|amount spent|journal amount|home value|actual|invoice line amount|"
    "invoice amount|value|transaction value|line value|payment value|amount in lc|spend|spend amount|"
    "paid|sum|payment|total|total amount|total paid|total value|cost|ap amount|invoice value|"
    "total invoice amount|invoice total|total invoice value"
)
FINANCE: Titles = {
    "on_date": _DAY,
    "payee": _PAYEE,
    "supplier_number": _SUPPLIER_NUMBER,
    "reference": _REFERENCE,
    "invoice_number": _INVOICE,
    "description": _DESCRIPTION,
    "unit": names(
        "organisational unit|expense area|expenditure area|responsible unit|department|department name|"
        "directorate|directorate name|service|service area|service division|service division org|"
        "business unit|division|cost centre name|cost centre description|service label|entity|"
        "cost centre group|service name|service area categorisation|portfolio|team|unit"
    ),
    "cost_centre": _COST_CENTRE,
    "account": _ACCOUNT,
    "project": names("project|project code|project number|project id|wbs element|job code|activity code"),
    "amount": _AMOUNT,
    "net": names(
        "net amount|net value|amount net|net|amount net of vat|net of vat|amount exc vat|value exc vat|"
        "total exc vat|net amount exc vat|payment amount exc vat|invoice amount exc vat|exc vat|"
        "cost exc vat|amount exc irrecoverable vat|amount paid exc vat|net total|total net|"
        "net invoice amount|net payment|amount exc tax|net line amount|amount without vat"
    ),
    "vat": names(
        "vat amount|vat|vat value|amount of vat|recoverable vat|recoverable vat amount|input vat|"
        "tax amount|tax|vat element|total vat|vat paid|vat total"
    ),
    "gross": names(
        "gross amount|gross value|amount gross|gross|total inc vat|amount inc vat|value inc vat|"
        "gross amount inc vat|total amount inc vat|payment amount inc vat|invoice amount inc vat|inc vat|"
        "cost inc vat|gross total|total gross|gross invoice amount|gross payment|amount with vat|"
        "amount paid inc vat|amount inc tax|gross line amount"
    ),
    "debit": names("debit|debit amount|debit value|dr amount"),
    "credit": names("credit|credit amount|credit value|cr amount"),
    "sign": names(
        "dr cr|debit credit|d c|d c indicator|debit credit indicator|dr or cr|inv crn|"
        "invoice or credit note|invoice type|transaction type|document type|type"
    ),
    "currency": grants.CURRENCY,
    "notes": grants.NOTES,
}
PAYMENTS: Titles = {
    "award_reference": names(
        "award reference|award ref|grant reference|grant ref|award|award number|grant number|award id|"
        "grant id|agreement number|agreement reference|award identifier|grant identifier|our ref|"
        "our reference|grant"
    ),
    "organisation": (*names("organisation paid|paid to|payee|payee name"), *grants.ORGANISATION["organisation"]),
    "organisation_identifier": grants.ORGANISATION["organisation_identifier"],
    "supplier_number": _SUPPLIER_NUMBER,
    "amount": (
        *names("amount paid|paid amount|payment amount|grant paid|paid|instalment amount|instalment"),
        *_AMOUNT,
        "gross amount",
        "total inc vat",
        "net amount",
        "gross",
        "net",
    ),
    "paid_on": _DAY,
    "voucher": names(
        "bacs reference|bacs ref|bacs|voucher number|voucher|payment reference|payment ref|payment number|"
        "cheque number|chaps reference|remittance number|transaction number|document number"
    ),
    "invoice_number": _INVOICE,
    "identifier": names("payment identifier|transaction identifier|unique identifier|identifier"),
    "reference": _REFERENCE,
    "description": _DESCRIPTION,
    "cost_centre": _COST_CENTRE,
    "account": _ACCOUNT,
    "programme": grants.GRANT["programme"],
    "status": names("status|payment status|state"),
    "notes": grants.NOTES,
    "currency": grants.CURRENCY,
}

"""The columns of finance systems' extracts: heading, field and a cell, a line each."""

FINANCE = {
    "West Mercia Police": """
        URI |  | x
        Company Name |  | West Mercia Police
        Transaction Date | on_date | 01/04/2024
        Voucher Number | reference | V1
        Invoice Number | invoice_number | I1
        Amount | amount | 600.00
        Supplier | payee | ABC
        G/L Description | description | Grants
        G/L Code | account | 41000
        Cost Centre | cost_centre | A1
        INV/CRN | sign | INV
        Total Invoice Amount |  | 1000.00
    """,
    "Oracle": """
        VENDOR_NAME | payee | ABC
        VENDOR_NUM | supplier_number | 1001
        INVOICE_NUM | invoice_number | I1
        INVOICE_DATE |  | 01-APR-24
        INVOICE_TYPE | sign | STANDARD
        INVOICE_AMOUNT |  | 1200.00
        DISTRIBUTION_AMOUNT | amount | 1000.00
        ACCOUNTING_DATE | on_date | 03-APR-24
        COST_CENTRE | cost_centre | 12345
        SUBJECTIVE | account | 41000
    """,
    "SAP": """
        Vendor | supplier_number | 100001
        Name 1 | payee | ABC
        Document Number | reference | 5100001
        Doc. Date |  | 01.04.2024
        Pstng Date | on_date | 03.04.2024
        Amount in local currency | amount | 1,000.00
        Text | description | Grant
        Cost Ctr | cost_centre | 12345
        G/L Account | account | 410000
        D/C | sign | S
    """,
    "Unit4": """
        APAR ID | supplier_number | 10001
        ApAr Name(T) | payee | ABC
        Trans.no | reference | 123
        Voucher date | on_date | 01/04/2024
        Amount | amount | 100.00
        Text | description | Grant
        Costc | cost_centre | 1234
        Account | account | 5678
        Ext.inv.ref | invoice_number | I1
    """,
    "Advanced eFinancials": """
        Supplier Name | payee | ABC
        Supplier Ref | supplier_number | S1
        Trans Ref | reference | 1
        Date Paid | on_date | 01/04/24
        Net Amount | net | 100.00
        VAT Amount | vat | 20.00
        Gross Amount | gross | 120.00
        Expense Description | description | X
        Cost Centre | cost_centre | 1
        Detail Code | account | 2
    """,
    "Trafford": """
        OrganisationLabel |  | Trafford
        EffectiveDate |  | 2025-03-31
        OrganisationalUnit | unit | Grants
        BeneficiaryName | payee | ABC
        BeneficiaryOtherID | supplier_number | 100166
        PaymentDate | on_date | 2025-03-26
        TransactionNumber | reference | 5100483123
        Amount | amount | 42035.00
        IrrecoverableVATAmount |  | 0.00
        Purpose | description | Refuge
        InvoiceNumber | invoice_number | 30739
        ProfitCentre | cost_centre | 255193
        VATRegistrationNumber |  | NA
    """,
    "Derbyshire": """
        Body Name |  | Derbyshire
        Service Area Categorisation | unit | Grants
        Supplier name | payee | ABC
        Transaction number | reference | 1
        Date | on_date | 01/04/2024
        Amount (net of VAT) | net | £1,000.00
        Text | description | Hub
    """,
    "Eden": """
        Body |  | https://example.org/eden
        Body name |  | Eden District Council
        Date | on_date | 01/04/2024
        Transaction Number | reference | 1
        Amount | amount | 600.00
        Supplier | payee | ABC
        Supplier ID | supplier_number | S1
        Expense Area | unit | Parks
        Expense Type |  | Repairs
        Expense code | account | 0012
        Extended Description | description | Mend a wall
    """,
    "Durham": """
        Service area | unit | Adults
        Service division |  | Care
        Expense type |  | Grants
        Expense code | account | 1234
        Detailed expense type | description | Grants to groups
        Payment date | on_date | 01/04/2024
        Transaction number | reference | 1
        Amount Exc VAT | net | 600.00
        Supplier name | payee | ABC
    """,
    "a department of government": """
        Department family |  | Home Office
        Entity |  | Home Office
        Date | on_date | 01/04/2024
        Expense Type |  | Grants
        Expense area | unit | Public safety
        Supplier | payee | ABC
        Transaction number | reference | 1
        Amount | amount | 30,000.00
        Description | description | Safer Streets
        Supplier Postcode |  | WR1 1AA
        VAT registration number |  | GB1
        Purchase invoice number | invoice_number | I1
    """,
    "a thrifty force": """
        Payee Name | payee | ABC
        Inv Ref | invoice_number | I1
        Pymt Date | on_date | 01/04/2024
        Nett £ | net | 5.00
        VAT £ | vat | 1.00
        Gross £ | gross | 6.00
    """,
    "Calderdale": """
        Organisation Name |  | Calderdale Council
        Date | on_date | 01/04/2024
        Internal Ref Number | reference | 1
        Net Amount | net | 600.00
        Irrecoverable VAT |  | 0
        Supplier(Beneficiary) Name | payee | ABC
        Supplier ID | supplier_number | S1
        Expense Area | unit | Parks
    """,
    "Gateshead": """
        Nstrg(T) |  | Adults
        TransNo | reference | 200058164
        Seq no |  | 1
        Supplier ID(T) | payee | ABC
        Amount | amount | 600.00
        Updated | on_date | 2021-09-16
    """,
    "Newcastle": """
        Directorate | unit | Adults
        Paid Date | on_date | 01/04/2024
        Supplier Name | payee | ABC
        Internal Ref | reference | 1
        Cost Centre | cost_centre | 1MK34
        Cost Centre Name |  | Shared lives
        Total (excludes VAT) | net | 600.00
    """,
    "Oxford": """
        Client |  | OCC
        Service Area | unit | Fund
        Expenditure Catergory | description | Grants
        Expenditure Code | account | Z1
        Paid Date | on_date | 01/04/2024
        Trans No | reference | 1 - 1
        Amount | amount | 5000.00
        Supplier ID | supplier_number | 20000000
        Supplier Name | payee | ABC
    """,
    "any council": """
        Supplier | payee | ABC
        Total Inc VAT | gross | 1,200.00
        Payment Date | on_date | 01/04/2024
        Subjective | account | Grants
        Cost Centre | cost_centre | A
        VAT % |  | 20
        VAT Reg No |  | GB1
    """,
    "a ledger": """
        Posting Date | on_date | 01/04/2024
        Document No | reference | 1
        Narrative | description | Grant
        Debit | debit | 100.00
        Credit | credit |
    """,
}


def columns(described: str) -> tuple[list[list[str]], list[str]]:
    """Give a table of one row, and the field of each column, from lines of a heading, a field and a cell."""
    lines = [[part.strip() for part in line.split("|")] for line in described.strip().splitlines()]
    return [[line[0] for line in lines], [line[2] for line in lines]], [line[1] for line in lines]

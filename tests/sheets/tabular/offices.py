"""The columns of lists that offices keep: heading, field and a cell, a line each."""

from fundtracker.domain.statuses import BatchKind

OFFICES = [
    (
        BatchKind.AWARDS,
        """
        Award No. | reference | 1
        Name of organisation | organisation | ABC
        Project | title | Cafe
        Grant awarded (£) | amount | 1,000
        Date of decision | awarded_on | 03/04/23
        Charity No. | charity_number | 1234567
        Comments | notes | x
    """,
    ),
    (
        BatchKind.AWARDS,
        """
        Grantee | organisation | ABC
        Sum requested | asked_for | 5
        Value of award | amount | 4
        Panel date | awarded_on | 1 May 2023
        What for | purpose | Hub
        Ward | area | North
        Conditions | conditions | none
        Decision ref | decision_reference | D1
    """,
    ),
    (
        BatchKind.PAYMENTS,
        """
        Grant ref | award_reference | A-1
        Payee | organisation | ABC
        Amount Paid | amount | 1,000.00
        Date of payment | paid_on | 01/02/2024
        BACS ref | voucher | B1
        Inv no | invoice_number | I1
    """,
    ),
    (
        BatchKind.APPLICATIONS,
        """
        App no | reference | 1
        Name of Applicant | organisation | ABC
        Amount requested (£) | asked_for | 5000
        Date received | received_on | 01/02/2024
        Project title | title | Hub
        District | area | Malvern
    """,
    ),
    (
        BatchKind.ORGANISATIONS,
        """
        Charity name | organisation | ABC
        Registered charity number | charity_number | 1234567
        Companies House No | company_number | 1234567
        Address | address | 1 High St
        Town | town | Malvern
        Post Code | postcode | WR14 1AA
        E-mail | contact | a@example.org
        Type | type | Charity
    """,
    ),
]

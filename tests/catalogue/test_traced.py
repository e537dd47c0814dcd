"""Every penny of the office in every state leads from its funder, through fund and award, to who was paid."""

import sqlite3
from pathlib import Path

from tests.harness.figures import Measured

EVERY = "SELECT SUM(ABS(amount)) FROM entry WHERE kind IN ('payment', 'refund')"
TRACED = """
SELECT SUM(ABS(e.amount)) FROM entry e
JOIN award_line al ON al.id = e.award_line_id AND al.budget_line_id = e.budget_line_id
JOIN award a ON a.id = al.award_id
JOIN organisation o ON o.id = a.organisation_id AND o.name <> ''
JOIN budget_line bl ON bl.id = al.budget_line_id
JOIN fund f ON f.id = bl.fund_id AND f.id = e.fund_id AND f.funder <> ''
LEFT JOIN payment p ON p.id = e.payment_id AND p.award_line_id = al.id
WHERE e.kind = 'refund' OR (e.kind = 'payment' AND p.reference <> '')
"""
# What is kept at each place on the way: from the fund's lines to the award's, and from both to the entries.
BETWEEN = """
SELECT f.reference FROM fund f WHERE
  (SELECT SUM(paid - recovered) FROM budget_line WHERE fund_id = f.id) IS NOT
  (SELECT COALESCE(SUM(al.paid - al.recovered), 0) FROM award_line al
     JOIN budget_line bl ON bl.id = al.budget_line_id WHERE bl.fund_id = f.id)
OR (SELECT SUM(paid - recovered) FROM budget_line WHERE fund_id = f.id) IS NOT
  (SELECT COALESCE(SUM(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0) FROM entry
     WHERE fund_id = f.id AND kind IN ('payment', 'refund'))
"""


def test_every_penny_is_traced_from_funder_to_recipient(kept_office: Path, figure: Measured) -> None:
    connection = sqlite3.connect(f"file:{kept_office}?mode=ro", uri=True)
    (pence,), (traced,) = connection.execute(EVERY).fetchone(), connection.execute(TRACED).fetchone()
    apart = connection.execute(BETWEEN).fetchall()
    connection.close()

    figure(6, pence=pence, traced=traced or 0)
    assert traced == pence > 1_000_000
    assert apart == []

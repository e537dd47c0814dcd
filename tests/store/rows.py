"""A row for each table that the services of a small office leave empty, as raw SQL."""

OTHERS = (
    "INSERT INTO area (name) VALUES ('A')",
    "INSERT INTO objective (name) VALUES ('O')",
    "INSERT INTO office (id, name, panel_name, demonstration) VALUES (1, 'O', 'P', false)",
    (
        "INSERT INTO person (email, name, role, active, failures, link_hash) "
        "VALUES ('a@b.example', 'A', 'finance officer', true, 0, 'h')"
    ),
    (
        "INSERT INTO batch (file_name, digest, rows_taken, amount_taken, brought_in_at, brought_in_by) "
        "VALUES ('f', 'd', 1, 1, '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO sign_in (token_hash, person_id, started_at, seen_at) "
        "VALUES ('t', 1, '2020-06-30 12:00:00', '2020-06-30 12:00:00')"
    ),
    "INSERT INTO other_name (organisation_id, name, match_key) VALUES (1, 'A', 'a')",
    (
        "INSERT INTO waiting_file (key, person_id, kind, file_name, content, answers, sent_at) "
        "VALUES ('k', 1, 'awards', 'f', '', '', '2020-06-30 12:00:00')"
    ),
    "INSERT INTO organisation_identifier (organisation_id, identifier) VALUES (1, 'GB-CHC-1164883')",
    (
        "INSERT INTO saved_map (kind, name, columns, saved_at, saved_by) "
        "VALUES ('awards', 'M', '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO claim (reference, award_line_id, status, received_on, decided_by, notes) "
        "VALUES ('C1', 1, 'received', '2020-06-30', '', '')"
    ),
    (
        "INSERT INTO claim_item (claim_id, position, description, reason, claimed, certified) "
        "VALUES (1, 0, 'D', '', 100, 100)"
    ),
    (
        "INSERT INTO instalment (award_line_id, position, due_on, amount, condition, held_why, po_number, "
        "cost_centre, subjective, project) VALUES (1, 0, '2020-06-30', 100, '', '', '', '', '', '')"
    ),
    (
        "INSERT INTO payment_run (reference, pay_on, status, made_at, made_by, authorised_by, sent_by, stopped_by, "
        "stopped_why) VALUES ('RUN-001', '2020-06-30', 'drawn up', '2020-06-30 12:00:00', 'b', '', '', '', '')"
    ),
    "INSERT INTO run_line (run_id, award_line_id, position, amount, invoice_number) VALUES (1, 1, 0, 100, '')",
    (
        "INSERT INTO expected_receipt (budget_line_id, kind, due_on, amount, reference, notes, dropped_why, made_at, "
        "made_by) VALUES (1, 'claim', '2020-06-30', 100, '', '', '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO finance_line (batch_id, row, sheet, on_date, payee_key, payee, supplier_number, reference, "
        "invoice_number, description, unit, cost_centre, account, net, vat, gross, amount) "
        "VALUES (1, 2, '', '2020-06-30', '', '', '', '', '', '', '', '', '', 100, 20, 120, 100)"
    ),
    (
        "INSERT INTO matching (reason, note, owner, score, difference, made_at, made_by, undone_by, undone_why) "
        "VALUES ('', '', '', 100, 0, '2020-06-30 12:00:00', 'b', '', '')"
    ),
    "INSERT INTO matching_line (matching_id, finance_line_id, live) VALUES (1, 1, true)",
    "INSERT INTO matching_entry (matching_id, entry_number, live) VALUES (1, 3, true)",
    (
        "INSERT INTO explained (finance_line_id, reason, note, owner, live, made_at, made_by, undone_by, undone_why) "
        "VALUES (1, 'timing', '', '', true, '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO period_record (step, to_date, finance_total, tracker_total, explained, why, made_at, made_by) "
        "VALUES ('asked', '2020-06-30', 1, 1, 0, '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO balance_assertion (fund_id, on_date, stated, found, last_entry, source, made_at, made_by) "
        "VALUES (1, '2020-06-30', 1, 1, 3, '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO accrual (reference, kind, budget_line_id, amount, period_end, reverses_on, narrative, made_at, "
        "made_by, undone_by, undone_why) "
        "VALUES ('ACC-001', 'accrual', 1, 1, '2020-06-30', '2020-07-01', '', '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO word_template (kind, name, content, digest, made_at, made_by) "
        "VALUES ('panel', 'N', '', 'd', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO paper (reference, kind, title, subject, as_at, last_entry, content, made_at, made_by) "
        "VALUES ('PAPER-001', 'panel', 'T', '', '2020-06-30', 3, '', '2020-06-30 12:00:00', 'b')"
    ),
    "INSERT INTO paper_signature (paper_id, words, made_at, made_by) VALUES (1, '', '2020-06-30 12:00:00', 'b')",
    (
        "INSERT INTO paper_words (kind, occasion, place, words, made_at, made_by) "
        "VALUES ('panel', '2020/21-Q1', 'P', '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO forecast_record (fund_id, year, amount, sure, reason, made_at, made_by) "
        "VALUES (1, 2020, 1, 'high', '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO match_funding (fund_id, year, cash, in_kind, source, made_at, made_by) "
        "VALUES (1, 2020, 1, 1, '', '2020-06-30 12:00:00', 'b')"
    ),
    "INSERT INTO exception_rule (rule, watched, owner, action) VALUES ('R', true, '', '')",
    (
        "INSERT INTO exception_step (key, owner, action, note, made_at, made_by) "
        "VALUES ('K', '', '', '', '2020-06-30 12:00:00', 'b')"
    ),
    "INSERT INTO person (email, name, role, active, failures) VALUES ('c@b.example', 'C', 'viewer', true, 0)",
    "INSERT INTO person_role (person_id, role) VALUES (1, 'viewer')",
    (
        "INSERT INTO absence (person_id, deputy_id, from_on, until_on, why, made_at, made_by, undone_by, undone_why) "
        "VALUES (1, 2, '2020-06-30', '2020-07-01', '', '2020-06-30 12:00:00', 'b', '', '')"
    ),
    "INSERT INTO second_factor (person_id, secret, last_step) VALUES (1, 's', 0)",
    "INSERT INTO recovery_code (person_id, code_hash) VALUES (1, 'h')",
    "INSERT INTO outside_identity (person_id, issuer, subject) VALUES (1, 'i', 's')",
    "INSERT INTO address_count (address, since, asked) VALUES ('a', '2020-06-30 12:00:00', 1)",
    (
        "INSERT INTO batch_row (batch_id, row, copy, sheet, fate, says, cells, key, amount) "
        "VALUES (1, 2, 0, '', 'taken', '', '', 'k', 100)"
    ),
    (
        "INSERT INTO monitoring_return (award_id, about, due_on, accepted_first, status, settled_by, note, made_at, "
        "made_by, undone_by, undone_why) "
        "VALUES (1, 'A', '2020-06-30', false, 'scheduled', '', '', '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO award_condition (award_id, says, before_payment, status, settled_by, note, made_at, made_by, "
        "undone_by, undone_why) VALUES (1, 'S', true, 'met', '', '', '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO agreement (award_id, offered_on, status, signed_by, settled_by, note, made_at, made_by, "
        "undone_by, undone_why) "
        "VALUES (1, '2020-06-30', 'offered', '', '', '', '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO note (kind, on_date, words, award_id, made_at, made_by, undone_by, undone_why) "
        "VALUES ('call', '2020-06-30', 'W', 1, '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO attachment (name, kind, size, digest, award_id, made_at, made_by, undone_by, undone_why) "
        "VALUES ('F', 'pdf', 1, 'd', 1, '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO interest (person_id, organisation_id, words, made_at, made_by, undone_by, undone_why) "
        "VALUES (1, 1, '', '2020-06-30 12:00:00', 'b', '', '')"
    ),
    (
        "INSERT INTO criterion (fund_id, name, guidance, most, weight, position, live) "
        "VALUES (1, 'C', '', 10, 1, 0, true)"
    ),
    "INSERT INTO assessment (application_id, words, made_at, made_by) VALUES (1, '', '2020-06-30 12:00:00', 'b')",
    "INSERT INTO assessment_score (assessment_id, criterion_id, score, reason) VALUES (1, 1, 5, 'R')",
    (
        "INSERT INTO recommendation (application_id, amount, score, reason, made_at, made_by) "
        "VALUES (1, 100, 5, '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO decision_record (reference, title, approval_of, decision_maker, summary, proposal, interests, "
        "part_one, finance, legal, risk, equality, consultation, part_two, exempt_reason, exempt, made_at, made_by) "
        "VALUES ('D1', 'T', '', '', '', '', '', '', '', '', '', '', '', '', '', false, '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO decision_signature (decision_id, signed_on, words, made_at, made_by) "
        "VALUES (1, '2020-06-30', '', '2020-06-30 12:00:00', 'b')"
    ),
    ("INSERT INTO decision_gap (entry_number, why, made_at, made_by) VALUES (1, 'W', '2020-06-30 12:00:00', 'b')"),
    (
        "INSERT INTO approval_limits (from_on, manager, chief_executive, deputy, chief_finance, write_off, made_at, "
        "made_by) VALUES ('2020-06-30', 1, 2, 3, 4, 5, '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO approval_request (kind, verb, title, amount, figure, fund_id, follows_id, reason, details, told, "
        "address, answers, made_at, made_by) "
        "VALUES ('award', 'award', 'T', 1, 1, 1, 1, '', '', '', '', '', '2020-06-30 12:00:00', 'b')"
    ),
    (
        "INSERT INTO approval_step (request_id, kind, subject, words, interests, post, acting_for, rule, figure, "
        "balance, made_at, made_by) "
        "VALUES (1, 'commented', 'general', '', '', '', '', '', 1, 1, '2020-06-30 12:00:00', 'b')"
    ),
)

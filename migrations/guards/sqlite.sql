-- The books guard themselves: what the code refuses in words, these triggers refuse again,
-- whatever wrote the statement. One statement ends at each line of dashes.

CREATE TRIGGER entry_insert_guard BEFORE INSERT ON entry BEGIN
  -- Needs no pragma: INSERT OR REPLACE is refused before it can delete the row it would replace.
  SELECT RAISE(ABORT, 'entry: the number is not the last plus one')
    WHERE NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM entry)
       OR NEW.number > (SELECT last_entry FROM book);
  SELECT RAISE(ABORT, 'entry: already reversed')
    WHERE EXISTS (SELECT 1 FROM entry WHERE reverses = NEW.reverses);
  SELECT RAISE(ABORT, 'entry: already replaced')
    WHERE EXISTS (SELECT 1 FROM entry WHERE replaces = NEW.replaces);
  SELECT RAISE(ABORT, 'entry: the period is closed')
    WHERE NEW.on_date <= (SELECT closed_to FROM book);
  SELECT RAISE(ABORT, 'entry: dated after it was posted')
    WHERE NEW.on_date > date(NEW.posted_at, '+1 hour');
  SELECT RAISE(ABORT, 'entry: the fund is not the budget line''s')
    WHERE NEW.fund_id IS NOT (SELECT fund_id FROM budget_line WHERE id = NEW.budget_line_id);
  SELECT RAISE(ABORT, 'entry: the budget line is not the award line''s')
    WHERE NEW.award_line_id IS NOT NULL
      AND NEW.budget_line_id IS NOT (SELECT budget_line_id FROM award_line WHERE id = NEW.award_line_id);
  SELECT RAISE(ABORT, 'entry: the payment is not the award line''s')
    WHERE NEW.payment_id IS NOT NULL
      AND NEW.award_line_id IS NOT (SELECT award_line_id FROM payment WHERE id = NEW.payment_id);
  SELECT RAISE(ABORT, 'entry: a reversal undoes one entry in full, once, and never a reversal')
    WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM entry e
      WHERE e.number = NEW.reverses AND e.reverses IS NULL
        AND e.kind = NEW.kind AND e.amount = -NEW.amount AND e.on_date <= NEW.on_date
        AND e.budget_line_id = NEW.budget_line_id AND e.award_line_id IS NEW.award_line_id
        AND e.payment_id IS NEW.payment_id);
  SELECT RAISE(ABORT, 'entry: what it replaces is of another kind or line')
    WHERE NEW.replaces IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM entry e
      WHERE e.number = NEW.replaces AND e.reverses IS NULL AND e.kind = NEW.kind
        AND e.budget_line_id = NEW.budget_line_id AND e.award_line_id IS NEW.award_line_id);
END
-----
CREATE TRIGGER entry_moves_the_kept_rows AFTER INSERT ON entry BEGIN
  UPDATE budget_line SET
    allocated = allocated + CASE WHEN NEW.kind IN ('allocation', 'uplift', 'reduction', 'funder cut', 'transfer out',
      'transfer in', 'carry forward out', 'carry forward in') THEN NEW.amount ELSE 0 END,
    over_allowed = over_allowed + CASE WHEN NEW.kind = 'allowance' THEN NEW.amount ELSE 0 END,
    awarded = awarded + CASE WHEN NEW.kind IN ('award', 'variation', 'withdrawal', 'write-off')
      THEN NEW.amount ELSE 0 END,
    paid = paid + CASE WHEN NEW.kind = 'payment' THEN NEW.amount ELSE 0 END,
    recovered = recovered + CASE WHEN NEW.kind = 'refund' THEN NEW.amount ELSE 0 END,
    received = received + CASE WHEN NEW.kind = 'receipt' THEN NEW.amount ELSE 0 END,
    returned = returned + CASE WHEN NEW.kind = 'return to funder' THEN NEW.amount ELSE 0 END,
    last_entry = NEW.number
    WHERE id = NEW.budget_line_id;
  UPDATE award_line SET
    awarded = awarded + CASE WHEN NEW.kind IN ('award', 'variation', 'withdrawal', 'write-off')
      THEN NEW.amount ELSE 0 END,
    paid = paid + CASE WHEN NEW.kind = 'payment' THEN NEW.amount ELSE 0 END,
    recovered = recovered + CASE WHEN NEW.kind = 'refund' THEN NEW.amount ELSE 0 END,
    last_entry = NEW.number
    WHERE id = NEW.award_line_id;

  SELECT RAISE(ABORT, 'guard: more awarded than allocated and allowed')
    WHERE NEW.amount > 0 AND NEW.kind IN ('award', 'variation', 'withdrawal')
      AND EXISTS (SELECT 1 FROM budget_line
        WHERE id = NEW.budget_line_id AND awarded > allocated + over_allowed)
      -- The second half of a replacement is guarded on the difference only.
      AND NOT EXISTS (SELECT 1 FROM entry f
        WHERE f.number = NEW.number - 1 AND (f.reverses = NEW.replaces OR f.replaces = NEW.reverses)
          AND f.amount <= -NEW.amount);
  SELECT RAISE(ABORT, 'guard: less allocated than awarded')
    WHERE NEW.amount < 0
      AND NEW.kind IN ('allocation', 'uplift', 'reduction', 'transfer out', 'transfer in',
        'carry forward out', 'carry forward in')
      AND EXISTS (SELECT 1 FROM budget_line WHERE id = NEW.budget_line_id AND allocated < awarded)
      AND NOT EXISTS (SELECT 1 FROM entry f
        WHERE f.number = NEW.number - 1 AND (f.reverses = NEW.replaces OR f.replaces = NEW.reverses)
          AND f.amount >= -NEW.amount);
  SELECT RAISE(ABORT, 'guard: more written off than was to recover')
    WHERE NEW.kind = 'write-off' AND NEW.amount > 0
      AND EXISTS (SELECT 1 FROM award_line WHERE id = NEW.award_line_id AND awarded > paid - recovered);
  SELECT RAISE(ABORT, 'guard: more paid than awarded')
    WHERE NEW.kind = 'payment' AND NEW.amount > 0
      AND EXISTS (SELECT 1 FROM award_line l JOIN award a ON a.id = l.award_id
        WHERE l.id = NEW.award_line_id AND l.paid - l.recovered > l.awarded AND a.type <> 'paid in error')
      AND NOT EXISTS (SELECT 1 FROM entry f
        WHERE f.number = NEW.number - 1 AND (f.reverses = NEW.replaces OR f.replaces = NEW.reverses)
          AND f.amount <= -NEW.amount);
  SELECT RAISE(ABORT, 'guard: more returned than received')
    WHERE NEW.kind IN ('receipt', 'return to funder')
      AND (SELECT SUM(returned) > SUM(received) FROM budget_line WHERE fund_id = NEW.fund_id);
  SELECT RAISE(ABORT, 'entry: the remaining figure differs from the rows')
    WHERE NEW.fund_remaining_after IS NOT
      (SELECT SUM(allocated - awarded) FROM budget_line WHERE fund_id = NEW.fund_id);
END
-----
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'entry: entries are never changed; reverse it and post again');
END
-----
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'entry: entries are never deleted; reverse it');
END
-----
CREATE TRIGGER budget_line_opens_empty BEFORE INSERT ON budget_line BEGIN
  SELECT RAISE(ABORT, 'budget_line: opens at zero, and only once')
    WHERE NEW.allocated <> 0 OR NEW.over_allowed <> 0 OR NEW.awarded <> 0 OR NEW.paid <> 0
       OR NEW.recovered <> 0 OR NEW.received <> 0 OR NEW.returned <> 0 OR NEW.last_entry <> 0
       OR EXISTS (SELECT 1 FROM budget_line WHERE id = NEW.id)
       OR EXISTS (SELECT 1 FROM budget_line WHERE last_entry > 0 AND fund_id = NEW.fund_id AND year = NEW.year
            AND lot = NEW.lot AND spend_type = NEW.spend_type);
END
-----
CREATE TRIGGER budget_line_moves_by_entry BEFORE UPDATE ON budget_line BEGIN
  SELECT RAISE(ABORT, 'budget_line: only an entry moves the money')
    WHERE (NEW.allocated <> OLD.allocated OR NEW.over_allowed <> OLD.over_allowed OR NEW.awarded <> OLD.awarded
        OR NEW.paid <> OLD.paid OR NEW.recovered <> OLD.recovered OR NEW.received <> OLD.received
        OR NEW.returned <> OLD.returned OR NEW.last_entry <> OLD.last_entry)
      AND NOT EXISTS (SELECT 1 FROM entry e
        WHERE e.number = NEW.last_entry AND NEW.last_entry > OLD.last_entry AND e.budget_line_id = NEW.id
          AND NEW.allocated = OLD.allocated + CASE WHEN e.kind IN ('allocation', 'uplift', 'reduction', 'funder cut',
            'transfer out', 'transfer in', 'carry forward out', 'carry forward in') THEN e.amount ELSE 0 END
          AND NEW.over_allowed = OLD.over_allowed + CASE WHEN e.kind = 'allowance' THEN e.amount ELSE 0 END
          AND NEW.awarded = OLD.awarded + CASE WHEN e.kind IN ('award', 'variation', 'withdrawal', 'write-off')
            THEN e.amount ELSE 0 END
          AND NEW.paid = OLD.paid + CASE WHEN e.kind = 'payment' THEN e.amount ELSE 0 END
          AND NEW.recovered = OLD.recovered + CASE WHEN e.kind = 'refund' THEN e.amount ELSE 0 END
          AND NEW.received = OLD.received + CASE WHEN e.kind = 'receipt' THEN e.amount ELSE 0 END
          AND NEW.returned = OLD.returned + CASE WHEN e.kind = 'return to funder' THEN e.amount ELSE 0 END);
  -- Needs no pragma: UPDATE OR REPLACE would delete the line whose place it takes.
  SELECT RAISE(ABORT, 'budget_line: a line keeps its number, and takes no other line''s place')
    WHERE NEW.id <> OLD.id OR EXISTS (SELECT 1 FROM budget_line WHERE id <> OLD.id AND fund_id = NEW.fund_id
      AND year = NEW.year AND lot = NEW.lot AND spend_type = NEW.spend_type);
  SELECT RAISE(ABORT, 'budget_line: a line with entries keeps its fund, year, lot and spend type')
    WHERE OLD.last_entry > 0 AND (NEW.fund_id <> OLD.fund_id OR NEW.year <> OLD.year
      OR NEW.lot <> OLD.lot OR NEW.spend_type <> OLD.spend_type);
END
-----
CREATE TRIGGER budget_line_stays BEFORE DELETE ON budget_line BEGIN
  SELECT RAISE(ABORT, 'budget_line: a line with entries is never deleted') WHERE OLD.last_entry > 0;
END
-----
CREATE TRIGGER award_line_opens_empty BEFORE INSERT ON award_line BEGIN
  SELECT RAISE(ABORT, 'award_line: opens at zero, and only once')
    WHERE NEW.awarded <> 0 OR NEW.paid <> 0 OR NEW.recovered <> 0 OR NEW.last_entry <> 0
       OR EXISTS (SELECT 1 FROM award_line WHERE id = NEW.id);
END
-----
CREATE TRIGGER award_line_moves_by_entry BEFORE UPDATE ON award_line BEGIN
  SELECT RAISE(ABORT, 'award_line: only an entry moves the money')
    WHERE (NEW.awarded <> OLD.awarded OR NEW.paid <> OLD.paid OR NEW.recovered <> OLD.recovered
        OR NEW.last_entry <> OLD.last_entry)
      AND NOT EXISTS (SELECT 1 FROM entry e
        WHERE e.number = NEW.last_entry AND NEW.last_entry > OLD.last_entry AND e.award_line_id = NEW.id
          AND NEW.awarded = OLD.awarded + CASE WHEN e.kind IN ('award', 'variation', 'withdrawal', 'write-off')
            THEN e.amount ELSE 0 END
          AND NEW.paid = OLD.paid + CASE WHEN e.kind = 'payment' THEN e.amount ELSE 0 END
          AND NEW.recovered = OLD.recovered + CASE WHEN e.kind = 'refund' THEN e.amount ELSE 0 END);
  SELECT RAISE(ABORT, 'award_line: a line keeps its number') WHERE NEW.id <> OLD.id;
  SELECT RAISE(ABORT, 'award_line: a line with entries keeps its award and budget line')
    WHERE OLD.last_entry > 0
      AND (NEW.award_id <> OLD.award_id OR NEW.budget_line_id <> OLD.budget_line_id);
END
-----
CREATE TRIGGER award_line_stays BEFORE DELETE ON award_line BEGIN
  SELECT RAISE(ABORT, 'award_line: a line with entries is never deleted') WHERE OLD.last_entry > 0;
END
-----
CREATE TRIGGER book_is_one_row BEFORE INSERT ON book BEGIN
  SELECT RAISE(ABORT, 'book: there is one book') WHERE EXISTS (SELECT 1 FROM book);
END
-----
CREATE TRIGGER book_never_goes_back BEFORE UPDATE ON book BEGIN
  SELECT RAISE(ABORT, 'book: entry numbers never go back') WHERE NEW.last_entry < OLD.last_entry OR NEW.id <> OLD.id;
END
-----
CREATE TRIGGER book_stays BEFORE DELETE ON book BEGIN
  SELECT RAISE(ABORT, 'book: the book is never deleted');
END
-----
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'event: events are never changed');
END
-----
CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'event: events are never deleted');
END
-----
CREATE TRIGGER event_is_new BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'event: events are never replaced') WHERE EXISTS (SELECT 1 FROM event WHERE id = NEW.id);
END
-----

-- The books guard themselves: what the code refuses in words, these triggers refuse again,
-- whatever wrote the statement. One statement ends at each line of dashes.

CREATE FUNCTION ft_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
-----
CREATE FUNCTION ft_refuse_if(refused boolean, reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF refused THEN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$
-----
CREATE FUNCTION ft_moves(kind text, measure text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT measure = CASE
    WHEN kind IN ('allocation', 'uplift', 'reduction', 'funder cut', 'transfer out', 'transfer in',
      'carry forward out', 'carry forward in') THEN 'allocated'
    WHEN kind IN ('award', 'variation', 'withdrawal', 'write-off') THEN 'awarded'
    WHEN kind = 'allowance' THEN 'over_allowed'
    WHEN kind = 'payment' THEN 'paid'
    WHEN kind = 'refund' THEN 'recovered'
    WHEN kind = 'receipt' THEN 'received'
    WHEN kind = 'return to funder' THEN 'returned' END
$$
-----
CREATE FUNCTION ft_part(e entry, measure text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN ft_moves(e.kind, measure) THEN e.amount ELSE 0 END
$$
-----
-- The second half of a replacement is guarded on the difference only.
CREATE FUNCTION ft_made_room_for(e entry) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (SELECT 1 FROM entry f
    WHERE f.number = e.number - 1 AND (f.reverses = e.replaces OR f.replaces = e.reverses)
      AND CASE WHEN e.amount > 0 THEN f.amount <= -e.amount ELSE f.amount >= -e.amount END)
$$
-----
CREATE FUNCTION ft_entry_insert_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ft_refuse_if(
    NEW.number IS DISTINCT FROM (SELECT COALESCE(MAX(number), 0) + 1 FROM entry)
    OR NEW.number > (SELECT last_entry FROM book),
    'entry: the number is not the last plus one');
  PERFORM ft_refuse_if(NEW.on_date <= (SELECT closed_to FROM book), 'entry: the period is closed');
  PERFORM ft_refuse_if(
    NEW.on_date > (NEW.posted_at AT TIME ZONE 'UTC' + interval '1 hour')::date, 'entry: dated after it was posted');
  PERFORM ft_refuse_if(
    NEW.fund_id IS DISTINCT FROM (SELECT fund_id FROM budget_line WHERE id = NEW.budget_line_id),
    'entry: the fund is not the budget line''s');
  PERFORM ft_refuse_if(
    NEW.award_line_id IS NOT NULL
    AND NEW.budget_line_id IS DISTINCT FROM (SELECT budget_line_id FROM award_line WHERE id = NEW.award_line_id),
    'entry: the budget line is not the award line''s');
  PERFORM ft_refuse_if(
    NEW.payment_id IS NOT NULL
    AND NEW.award_line_id IS DISTINCT FROM (SELECT award_line_id FROM payment WHERE id = NEW.payment_id),
    'entry: the payment is not the award line''s');
  PERFORM ft_refuse_if(
    NEW.reverses IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM entry e
      WHERE e.number = NEW.reverses AND e.reverses IS NULL
        AND e.kind = NEW.kind AND e.amount = -NEW.amount AND e.on_date <= NEW.on_date
        AND e.budget_line_id = NEW.budget_line_id AND e.award_line_id IS NOT DISTINCT FROM NEW.award_line_id
        AND e.payment_id IS NOT DISTINCT FROM NEW.payment_id),
    'entry: a reversal undoes one entry in full, once, and never a reversal');
  PERFORM ft_refuse_if(
    NEW.replaces IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM entry e
      WHERE e.number = NEW.replaces AND e.reverses IS NULL AND e.kind = NEW.kind
        AND e.budget_line_id = NEW.budget_line_id AND e.award_line_id IS NOT DISTINCT FROM NEW.award_line_id),
    'entry: what it replaces is of another kind or line');
  RETURN NEW;
END $$
-----
CREATE TRIGGER entry_insert_guard BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION ft_entry_insert_guard()
-----
CREATE FUNCTION ft_entry_moves_the_kept_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE budget_line SET
    allocated = allocated + ft_part(NEW, 'allocated'), over_allowed = over_allowed + ft_part(NEW, 'over_allowed'),
    awarded = awarded + ft_part(NEW, 'awarded'), paid = paid + ft_part(NEW, 'paid'),
    recovered = recovered + ft_part(NEW, 'recovered'), received = received + ft_part(NEW, 'received'),
    returned = returned + ft_part(NEW, 'returned'), last_entry = NEW.number
    WHERE id = NEW.budget_line_id;
  UPDATE award_line SET
    awarded = awarded + ft_part(NEW, 'awarded'), paid = paid + ft_part(NEW, 'paid'),
    recovered = recovered + ft_part(NEW, 'recovered'), last_entry = NEW.number
    WHERE id = NEW.award_line_id;

  PERFORM ft_refuse_if(
    NEW.amount > 0 AND NEW.kind IN ('award', 'variation', 'withdrawal')
    AND EXISTS (SELECT 1 FROM budget_line WHERE id = NEW.budget_line_id AND awarded > allocated + over_allowed)
    AND NOT ft_made_room_for(NEW),
    'guard: more awarded than allocated and allowed');
  PERFORM ft_refuse_if(
    NEW.amount < 0 AND NEW.kind <> 'funder cut' AND ft_moves(NEW.kind, 'allocated')
    AND EXISTS (SELECT 1 FROM budget_line WHERE id = NEW.budget_line_id AND allocated < awarded)
    AND NOT ft_made_room_for(NEW),
    'guard: less allocated than awarded');
  PERFORM ft_refuse_if(
    NEW.kind = 'write-off' AND NEW.amount > 0
    AND EXISTS (SELECT 1 FROM award_line WHERE id = NEW.award_line_id AND awarded > paid - recovered),
    'guard: more written off than was to recover');
  PERFORM ft_refuse_if(
    NEW.kind = 'payment' AND NEW.amount > 0
    AND EXISTS (SELECT 1 FROM award_line l JOIN award a ON a.id = l.award_id
      WHERE l.id = NEW.award_line_id AND l.paid - l.recovered > l.awarded AND a.type <> 'paid in error')
    AND NOT ft_made_room_for(NEW),
    'guard: more paid than awarded');
  PERFORM ft_refuse_if(
    NEW.kind IN ('receipt', 'return to funder')
    AND (SELECT SUM(returned) > SUM(received) FROM budget_line WHERE fund_id = NEW.fund_id),
    'guard: more returned than received');
  PERFORM ft_refuse_if(
    NEW.fund_remaining_after IS DISTINCT FROM
      (SELECT SUM(allocated - awarded) FROM budget_line WHERE fund_id = NEW.fund_id),
    'entry: the remaining figure differs from the rows');
  RETURN NULL;
END $$
-----
CREATE TRIGGER entry_moves_the_kept_rows AFTER INSERT ON entry
  FOR EACH ROW EXECUTE FUNCTION ft_entry_moves_the_kept_rows()
-----
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry
  FOR EACH ROW EXECUTE FUNCTION ft_refuse('entry: entries are never changed; reverse it and post again')
-----
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry
  FOR EACH ROW EXECUTE FUNCTION ft_refuse('entry: entries are never deleted; reverse it')
-----
CREATE TRIGGER entry_never_emptied BEFORE TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION ft_refuse('entry: entries are never deleted; reverse it')
-----
CREATE FUNCTION ft_budget_line_opens_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ft_refuse_if(
    NEW.allocated <> 0 OR NEW.over_allowed <> 0 OR NEW.awarded <> 0 OR NEW.paid <> 0 OR NEW.recovered <> 0
    OR NEW.received <> 0 OR NEW.returned <> 0 OR NEW.last_entry <> 0,
    'budget_line: opens at zero, and only once');
  RETURN NEW;
END $$
-----
CREATE TRIGGER budget_line_opens_empty BEFORE INSERT ON budget_line
  FOR EACH ROW EXECUTE FUNCTION ft_budget_line_opens_empty()
-----
CREATE FUNCTION ft_budget_line_moves_by_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ft_refuse_if(
    (NEW.allocated, NEW.over_allowed, NEW.awarded, NEW.paid, NEW.recovered, NEW.received, NEW.returned, NEW.last_entry)
    IS DISTINCT FROM
    (OLD.allocated, OLD.over_allowed, OLD.awarded, OLD.paid, OLD.recovered, OLD.received, OLD.returned, OLD.last_entry)
    AND NOT EXISTS (SELECT 1 FROM entry e
      WHERE e.number = NEW.last_entry AND NEW.last_entry > OLD.last_entry AND e.budget_line_id = NEW.id
        AND NEW.allocated = OLD.allocated + ft_part(e, 'allocated')
        AND NEW.over_allowed = OLD.over_allowed + ft_part(e, 'over_allowed')
        AND NEW.awarded = OLD.awarded + ft_part(e, 'awarded')
        AND NEW.paid = OLD.paid + ft_part(e, 'paid')
        AND NEW.recovered = OLD.recovered + ft_part(e, 'recovered')
        AND NEW.received = OLD.received + ft_part(e, 'received')
        AND NEW.returned = OLD.returned + ft_part(e, 'returned')),
    'budget_line: only an entry moves the money');
  PERFORM ft_refuse_if(NEW.id <> OLD.id, 'budget_line: a line keeps its number, and takes no other line''s place');
  PERFORM ft_refuse_if(
    OLD.last_entry > 0 AND (NEW.fund_id, NEW.year, NEW.lot, NEW.spend_type)
      IS DISTINCT FROM (OLD.fund_id, OLD.year, OLD.lot, OLD.spend_type),
    'budget_line: a line with entries keeps its fund, year, lot and spend type');
  RETURN NEW;
END $$
-----
CREATE TRIGGER budget_line_moves_by_entry BEFORE UPDATE ON budget_line
  FOR EACH ROW EXECUTE FUNCTION ft_budget_line_moves_by_entry()
-----
CREATE TRIGGER budget_line_stays BEFORE DELETE ON budget_line FOR EACH ROW WHEN (OLD.last_entry > 0)
  EXECUTE FUNCTION ft_refuse('budget_line: a line with entries is never deleted')
-----
CREATE FUNCTION ft_award_line_opens_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ft_refuse_if(
    NEW.awarded <> 0 OR NEW.paid <> 0 OR NEW.recovered <> 0 OR NEW.last_entry <> 0,
    'award_line: opens at zero, and only once');
  RETURN NEW;
END $$
-----
CREATE TRIGGER award_line_opens_empty BEFORE INSERT ON award_line
  FOR EACH ROW EXECUTE FUNCTION ft_award_line_opens_empty()
-----
CREATE FUNCTION ft_award_line_moves_by_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ft_refuse_if(
    (NEW.awarded, NEW.paid, NEW.recovered, NEW.last_entry)
    IS DISTINCT FROM (OLD.awarded, OLD.paid, OLD.recovered, OLD.last_entry)
    AND NOT EXISTS (SELECT 1 FROM entry e
      WHERE e.number = NEW.last_entry AND NEW.last_entry > OLD.last_entry AND e.award_line_id = NEW.id
        AND NEW.awarded = OLD.awarded + ft_part(e, 'awarded')
        AND NEW.paid = OLD.paid + ft_part(e, 'paid')
        AND NEW.recovered = OLD.recovered + ft_part(e, 'recovered')),
    'award_line: only an entry moves the money');
  PERFORM ft_refuse_if(NEW.id <> OLD.id, 'award_line: a line keeps its number');
  PERFORM ft_refuse_if(
    OLD.last_entry > 0 AND (NEW.award_id, NEW.budget_line_id)
      IS DISTINCT FROM (OLD.award_id, OLD.budget_line_id),
    'award_line: a line with entries keeps its award and budget line');
  RETURN NEW;
END $$
-----
CREATE TRIGGER award_line_moves_by_entry BEFORE UPDATE ON award_line
  FOR EACH ROW EXECUTE FUNCTION ft_award_line_moves_by_entry()
-----
CREATE TRIGGER award_line_stays BEFORE DELETE ON award_line FOR EACH ROW WHEN (OLD.last_entry > 0)
  EXECUTE FUNCTION ft_refuse('award_line: a line with entries is never deleted')
-----
CREATE FUNCTION ft_book_never_goes_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ft_refuse_if(NEW.last_entry < OLD.last_entry OR NEW.id <> OLD.id, 'book: entry numbers never go back');
  RETURN NEW;
END $$
-----
CREATE TRIGGER book_never_goes_back BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION ft_book_never_goes_back()
-----
CREATE TRIGGER book_stays BEFORE DELETE ON book FOR EACH ROW
  EXECUTE FUNCTION ft_refuse('book: the book is never deleted')
-----
CREATE TRIGGER book_never_emptied BEFORE TRUNCATE ON book
  FOR EACH STATEMENT EXECUTE FUNCTION ft_refuse('book: the book is never deleted')
-----
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event FOR EACH ROW
  EXECUTE FUNCTION ft_refuse('event: events are never changed')
-----
CREATE TRIGGER event_never_goes BEFORE DELETE ON event FOR EACH ROW
  EXECUTE FUNCTION ft_refuse('event: events are never deleted')
-----
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event FOR EACH STATEMENT
  EXECUTE FUNCTION ft_refuse('event: events are never deleted')
-----

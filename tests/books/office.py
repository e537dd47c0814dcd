"""The office's verbs on the plain model: what each posts, and when it is refused."""

from tests.books.model import AwardState, Model, Posted

LEGS = ("transfer out", "transfer in", "carry forward out", "carry forward in")


def move(model: Model, lines: tuple[int, int], amount: int, on: int, word: str) -> None:
    source, target = lines
    model.need(amount <= model.remaining(source), "NotEnoughLeftError")
    out = Posted(f"{word} out", -amount, source, on)
    model.post(out, Posted(f"{word} in", amount, target, on))


def authorise(model: Model, kind: str, amount: int, line: int, on: int) -> None:
    model.need(amount < 0 or model.funds[model.lines[line][0]] != "closed", "FundNotOpenError")
    model.post(Posted(kind, amount, line, on))


def carry_forward(model: Model, line: int, amount: int, on: int) -> None:
    fund, year = model.lines[line]
    if (fund, year + 1) not in model.lines:
        model.lines.append((fund, year + 1))
    move(model, (line, model.lines.index((fund, year + 1))), amount, on, "carry forward")


def award(model: Model, shares: list[tuple[int, int | None]], on: int, application: int | None = None) -> None:
    for line, _ in shares:
        model.need(model.funds[model.lines[line][0]] == "open", "FundNotOpenError")
    new = _new_award(model, [line for line, _ in shares], on)
    new.application = application
    model.post(*(
        Posted("award", amount, line, on, award_line=own)
        for (line, amount), own in zip(shares, new.lines, strict=True) if amount is not None
    ))  # fmt: skip
    if application is not None:
        model.need(model.applications[application] == "received", "WrongStateError")
        model.applications[application] = "decided"


def settle(model: Model, own: int, amount: int, on: int) -> None:
    number, line = model.award_lines[own]
    model.need(not model.has_entry(own), "WrongStateError")
    model.need(model.awards[number].state != "withdrawn", "WrongStateError")
    model.need(model.funds[model.lines[line][0]] == "open", "FundNotOpenError")
    model.need(on >= model.awards[number].on, "DateRefusedError")
    model.post(Posted("award", amount, line, on, award_line=own))


def vary(model: Model, own: int, by: int, on: int) -> None:
    number, line = model.award_lines[own]
    stands(model, number)
    model.need(model.has_entry(own), "WrongStateError")
    model.need(by < 0 or _award_stands(model, own), "WrongStateError")
    model.need(by < 0 or model.funds[model.lines[line][0]] == "open", "FundNotOpenError")
    model.need(model.of_award("awarded", own) + by >= 0, "BelowZeroError")
    model.post(Posted("variation", by, line, on, award_line=own))


def withdraw(model: Model, number: int, on: int, *, keep_paid: bool) -> None:
    stands(model, number)
    award = model.awards[number]
    model.need(on >= award.on, "DateRefusedError")
    drafts = []
    for own in award.lines:
        kept = model.of_award("paid", own) - model.of_award("recovered", own) if keep_paid else 0
        fall = model.of_award("awarded", own) - kept
        if fall > 0:
            drafts.append(Posted("withdrawal", -fall, model.award_lines[own][1], on, award_line=own))
    award.state, award.withdrawn_on = "withdrawn", on
    model.post(*drafts)


def write_off(model: Model, own: int, amount: int, on: int) -> None:
    model.need(model.owed(own), "NothingToDoError")
    model.post(Posted("write-off", amount, model.award_lines[own][1], on, award_line=own))


def pay(model: Model, own: int, amount: int, on: int) -> None:
    number, line = model.award_lines[own]
    model.need(model.funds[model.lines[line][0]] != "suspended", "FundNotOpenError")
    model.need(not model.awards[number].in_error, "WrongStateError")
    _post_payment(model, own, amount, on)


def refund(model: Model, own: int, amount: int, on: int, *, lowers: bool) -> None:
    (number, line), drafts = model.award_lines[own], []
    lowers = lowers or model.awards[number].in_error
    fall = min(max(0, amount - model.owed(own)), model.of_award("awarded", own)) if lowers else 0
    if fall:
        drafts.append(Posted("variation", -fall, line, on, award_line=own))
    model.post(*drafts, Posted("refund", amount, line, on, award_line=own))


def move_payment(model: Model, payment: int, on: int, *, same: bool) -> None:
    entries = [n for n, e in enumerate(model.entries) if e.payment == payment and e.reverses is None]
    live = [n for n in entries if model.reversal(n) is None]
    model.need(live and live[-1] == entries[-1], "WrongStateError")
    model.need(not same, "NothingToDoError")
    made = model.entries[live[-1]]
    reverse(model, live[-1], on)
    new = _new_award(model, [made.line], on)
    new.in_error = True
    _post_payment(model, new.lines[0], made.amount, on)


def reverse(model: Model, number: int, on: int) -> None:
    entry = model.entries[number]
    both = [n for n, e in enumerate(model.entries) if e.posting == entry.posting and e.kind in LEGS]
    numbers = sorted(both, reverse=True) if entry.kind in LEGS else [number]
    for n in numbers:
        model.need(model.entries[n].reverses is None and model.reversal(n) is None, "NotReversibleError")
    model.post(*(_opposite(model, n, on) for n in numbers))
    _put_back(model, entry)


def replace(model: Model, number: int, amount: int, on: int) -> None:
    entry = model.entries[number]
    model.need(entry.reverses is None and model.reversal(number) is None, "NotReversibleError")
    model.need(entry.kind not in LEGS, "NotReversibleError")
    signed = amount if entry.amount > 0 else -amount
    again = Posted(entry.kind, signed, entry.line, on, award_line=entry.award_line, payment=entry.payment)
    undo = _opposite(model, number, on)
    rise, fall = (undo, again) if undo.amount > 0 else (again, undo)
    first, second = (fall, rise) if _has_room_to_fall(model, fall) else (rise, fall)
    second.spare = abs(first.amount)
    model.post(first, second)


def complete(model: Model, number: int) -> None:
    award = model.awards[number]
    model.need(award.state == "awarded", "WrongStateError")
    for own in award.lines:
        model.need(model.settled(own) and model.has_entry(own), "WrongStateError")
    award.state = "completed"


def reopen(model: Model, number: int, on: int) -> None:
    award = model.awards[number]
    model.need(award.state != "awarded", "WrongStateError")
    takes_back = [n for n, e in enumerate(model.entries) if e.kind == "withdrawal" and e.award_line in award.lines]
    live = [n for n in takes_back if model.entries[n].reverses is None and model.reversal(n) is None]
    model.need(award.state == "completed" or not live, "WrongStateError")
    model.need(on >= award.on and on >= (award.withdrawn_on or 0), "DateRefusedError")
    award.state, award.withdrawn_on = "awarded", None


def _award_stands(model: Model, own: int) -> bool:
    made = [n for n, e in enumerate(model.entries) if (e.kind, e.award_line, e.reverses) == ("award", own, None)]
    return not made or any(model.reversal(n) is None for n in made)


def merge(model: Model, one: int, into: int) -> None:
    model.need(one not in model.merged, "MergeRefusedError")
    model.need(root(model, into) != one, "MergeRefusedError")
    model.merged[one] = root(model, into)


def root(model: Model, one: int) -> int:
    while one in model.merged:
        one = model.merged[one]
    return one


def stands(model: Model, number: int) -> None:
    award = model.awards[number]
    model.need(award.state != "withdrawn" and not award.in_error, "WrongStateError")


def _new_award(model: Model, lines: list[int], on: int) -> AwardState:
    owns = list(range(len(model.award_lines), len(model.award_lines) + len(lines)))
    model.award_lines += [(len(model.awards), line) for line in lines]
    model.awards.append(AwardState(owns, on))
    return model.awards[-1]


def _post_payment(model: Model, own: int, amount: int, on: int) -> None:
    model.payments.append(own)
    paid = len(model.payments) - 1
    model.post(Posted("payment", amount, model.award_lines[own][1], on, award_line=own, payment=paid))


def _opposite(model: Model, number: int, on: int) -> Posted:
    e = model.entries[number]
    return Posted(e.kind, -e.amount, e.line, on, award_line=e.award_line, payment=e.payment, reverses=number)


def _has_room_to_fall(model: Model, fall: Posted) -> bool:
    if fall.award_line is not None and fall.measure == "awarded":
        return model.of_award("awarded", fall.award_line) + fall.amount >= 0
    if fall.award_line is not None and fall.measure == "paid":
        return model.of_award("paid", fall.award_line) + fall.amount >= model.of_award("recovered", fall.award_line)
    return fall.measure in ("recovered", "returned")


def _put_back(model: Model, entry: Posted) -> None:
    if entry.award_line is None:
        return
    award = model.awards[model.award_lines[entry.award_line][0]]
    if entry.kind == "withdrawal":
        award.state, award.withdrawn_on = "awarded", None
    emptied = not any(model.of_award("awarded", own) for own in award.lines)
    if entry.kind == "award" and award.application is not None and emptied:
        model.applications[award.application] = "received"

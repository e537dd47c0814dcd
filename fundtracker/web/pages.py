"""Every blueprint, in the order of the navigation."""

from flask import Blueprint

from fundtracker.web import (
    application_page,
    application_steps,
    applications,
    award_ending,
    award_varying,
    awards,
    bid_winning,
    bids,
    decisions,
    entries,
    fund_lines,
    fund_moving,
    fund_opening,
    fund_recorded,
    fund_states,
    fund_transfers,
    funds,
    gifts,
    home,
    imports,
    ledgers,
    lists,
    merging,
    organisation_adding,
    organisations,
    password,
    payment_runs,
    payments,
    people,
    refunds,
    search,
    settings,
    sign_in,
    suggestions,
    undoing,
    words,
    wrong_payments,
)

# A blueprint whose pages stand in several modules is named by each of them, and joined once.
MODULES = (
    *(home, sign_in, password, search),
    *(funds, fund_opening, ledgers, *lists.MODULES),
    *(fund_moving, fund_transfers, fund_recorded, fund_states, fund_lines),
    *(applications, application_page, application_steps, decisions, suggestions),
    *(awards, award_varying, award_ending, gifts, payments),
    *(organisations, organisation_adding, merging),
    *(bids, bid_winning),
    *(payment_runs, refunds, wrong_payments, entries, undoing),
    *(words, imports),
    *(people, settings),
)
BLUEPRINTS: tuple[Blueprint, ...] = tuple(dict.fromkeys(module.pages for module in MODULES))

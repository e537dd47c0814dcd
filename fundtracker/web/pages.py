"""Every blueprint, in the order of the navigation."""

from flask import Blueprint

from fundtracker.web import (
    applications,
    awards,
    decisions,
    entries,
    fund_allocating,
    fund_opening,
    funds,
    gifts,
    home,
    imports,
    ledgers,
    lists,
    organisations,
    payments,
    people,
    search,
    settings,
    sign_in,
    undoing,
    words,
)

# A blueprint whose pages stand in several modules is named by each of them, and joined once.
MODULES = (
    *(home, sign_in, search),
    *(funds, fund_opening, fund_allocating, ledgers, *lists.MODULES),
    *(applications, decisions, awards, gifts, payments, organisations),
    *(entries, undoing),
    *(words, imports),
    *(people, settings),
)
BLUEPRINTS: tuple[Blueprint, ...] = tuple(dict.fromkeys(module.pages for module in MODULES))

"""The lists: filtered, sorted and paged by their address, and downloaded as they are filtered."""

from fundtracker.web.lists import applications, awards, bids, funds, organisations, payments

MODULES = (funds, applications, awards, payments, organisations, bids)

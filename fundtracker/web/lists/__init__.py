"""The lists: filtered, sorted and paged by their address, and downloaded as they are filtered."""

from fundtracker.web.lists import applications, awards, bids, organisations, payments

MODULES = (applications, awards, payments, organisations, bids)

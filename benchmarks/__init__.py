"""Measurements of the exports beside their peers, in one run; `make bench` makes them."""

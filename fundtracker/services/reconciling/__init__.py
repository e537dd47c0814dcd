"""Reconciling: our payments beside the finance system's lines, until every penny has its like or its reason."""

"""Recording: a whole workbook in the caller's transaction, as one batch; all of it, or a refusal that names the rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import match_key, one_line
from fundtracker.domain.years import now
from fundtracker.services.imports import recorded_awards, recorded_funds
from fundtracker.services.imports.outcome import At, Fate, ImportRefusedError, Outcome
from fundtracker.services.imports.plan import Plan, make_plan
from fundtracker.services.imports.understood import OrganisationStated, Understood
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.store.office import Area, Batch, Objective
from fundtracker.store.organisations import Organisation

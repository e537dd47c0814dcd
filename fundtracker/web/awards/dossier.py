"""The dossier of an award: its download."""

from flask import Response

from fundtracker.sheets.dossier.writing import ZIP, write_dossier
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.db import db, reading
from fundtracker.web.lists.sending import send_file
from fundtracker.web.signed_in import this_person


@pages.get("/awards/<path:ref>/dossier")
def dossier(ref: str) -> Response:
    """Send all that is recorded of an award, with what proves that none of it was altered."""
    made = write_dossier(db.engine, reading(), ref, made_by=this_person().name)
    return send_file(made.chunks, ZIP, made.file_name)

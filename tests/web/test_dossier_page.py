"""The dossier's download: found on the award's page, and whole."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from fundtracker.domain.roles import Role
from fundtracker.services.history.heads import find_head
from tests.books.builder import Books
from tests.web.visitor import Visitor


def test_the_awards_page_leads_to_its_dossier(books: Books, signed_in: Callable[[Role], Visitor]) -> None:
    award = books.award(books.fund("5,000", reference="SRF20"), "600")
    books.pay(award, "50")
    reference, viewer = award.reference, signed_in(Role.VIEWER)
    assert f'href="/awards/{reference}/dossier"' in viewer.get(f"/awards/{reference}").text
    books.session.rollback()
    head = str(find_head(books.session))
    books.session.rollback()

    sent = viewer.get(f"/awards/{reference}/dossier")

    assert sent.status_code == 200
    assert sent.headers["Content-Disposition"].startswith("attachment; filename=dossier-srf20-001-")
    with zipfile.ZipFile(BytesIO(sent.data)) as package:
        assert package.testzip() is None
        assert head.split(":", maxsplit=1)[0] in package.read("README.txt").decode()
    assert viewer.get("/awards/NONE-1/dossier").status_code == 404

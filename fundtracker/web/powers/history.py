"""Who may open which page of the history."""

from typing import Final

from fundtracker.domain.roles import Power

HISTORY: Final = {
    "awards.dossier": Power.READ,
    "history.index": Power.READ,
    "history.download": Power.READ,
    "history.erase": Power.ADMINISTER,
}

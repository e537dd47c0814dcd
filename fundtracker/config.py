"""Every setting, its FUNDTRACKER_ variable and its default."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).parent
DATABASE_FILE = "fundtracker.sqlite"
_PROVIDER = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ROLES_CLAIM", "ROLES")


@dataclass(frozen=True)
class Provider:
    """
    The office's identity provider, where people sign in by OpenID Connect; `FUNDTRACKER_OIDC_` stands before each name.

    `ISSUER`, `CLIENT_ID` and `CLIENT_SECRET` are needed. Where `ROLES` is set, like "Grants.Pay=finance officer,
    Grants.Read=viewer", what the claim named by `ROLES_CLAIM` holds says which posts a person has.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    roles_claim: str = "roles"
    roles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Provider | None":
        """Read the provider's settings; None where no issuer is named. Raises ValueError for half of them."""
        given = {name: environ.get(f"FUNDTRACKER_OIDC_{name}", "").strip() for name in _PROVIDER}
        if not given["ISSUER"]:
            return None
        if not (given["CLIENT_ID"] and given["CLIENT_SECRET"]):
            raise ValueError("FUNDTRACKER_OIDC_ISSUER needs FUNDTRACKER_OIDC_CLIENT_ID and _CLIENT_SECRET beside it")
        pairs = (pair.partition("=") for pair in given["ROLES"].split(",") if pair.strip())
        roles = {claim.strip(): post.strip() for claim, _, post in pairs}
        return cls(given["ISSUER"], given["CLIENT_ID"], given["CLIENT_SECRET"], given["ROLES_CLAIM"] or "roles", roles)


@dataclass(frozen=True)
class Settings:
    """
    Where this office keeps its database and secret.

    `FUNDTRACKER_INSTANCE` names the folder, `FUNDTRACKER_DATABASE` another database's URL,
    `FUNDTRACKER_HTTPS` says 1 where the pages are served over https, and `FUNDTRACKER_HOSTS` lists the
    names, with commas, that the pages answer to (any, where it is not set). `FUNDTRACKER_PROXIES` says how many
    servers stand in front, so that a visitor's own address is known. `FUNDTRACKER_SECOND_STEP=optional` lets those
    who approve, and administrators, sign in by a password alone.
    """

    instance: Path
    database: str
    https: bool = False
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    second_step: bool = True
    provider: Provider | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, *, folder: str = "") -> "Settings":
        """Read the settings from the environment; `folder` is a folder inside the default instance."""
        named = environ.get("FUNDTRACKER_INSTANCE")
        instance = (Path(named) if named else _default_instance() / folder).resolve()
        database = environ.get("FUNDTRACKER_DATABASE") or f"sqlite:///{instance / DATABASE_FILE}"
        hosts = tuple(environ.get("FUNDTRACKER_HOSTS", "").replace(",", " ").split())
        return cls(
            instance, _with_driver(database), environ.get("FUNDTRACKER_HTTPS") == "1", hosts,
            proxies=int(environ.get("FUNDTRACKER_PROXIES") or 0),
            second_step=environ.get("FUNDTRACKER_SECOND_STEP") != "optional", provider=Provider.read(environ),
        )  # fmt: skip

    def secret_key(self) -> str:
        """Give the key that signs forms and cookies, made at first use and readable by its owner only."""
        path = self.instance / "secret_key"
        if not path.exists():
            self.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        return path.read_text(encoding="ascii")


def beside(name: str) -> Path:
    """Find `templates` or `migrations`: inside an installed package, else beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def _default_instance() -> Path:
    # Data inside an installed package's folder would go with the next upgrade: use the folder in hand.
    checkout = PACKAGE.parent
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "instance"


def _with_driver(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url

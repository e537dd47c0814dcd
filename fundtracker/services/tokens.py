"""Random tokens: only the hash of one is kept."""

import hashlib


def hash_token(token: str) -> str:
    """Hash a random token; it has so many bits that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()

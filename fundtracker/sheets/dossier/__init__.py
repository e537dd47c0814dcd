"""The dossier of one award: all that is recorded of it in one ZIP, and what proves that none of it was altered."""

"""Decision records: numbered, drafted from the case and signed; and the money that moved without one."""

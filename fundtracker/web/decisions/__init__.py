"""Decision records: drafted, signed, listed, and the money that moved without one."""

"""The tables and the one way to write them; checks and triggers stand in the migrations."""

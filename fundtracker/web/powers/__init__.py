"""Parts of the table of who may open which page, one for each kind of record; `web/access.py` joins them."""

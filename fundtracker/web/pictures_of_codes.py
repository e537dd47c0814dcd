"""Pictures that a phone's camera reads."""

from markupsafe import Markup


def picture_of(address: str) -> Markup:
    """Draw an address as a QR code, in SVG without styles."""
    import segno  # noqa: PLC0415 - it takes an eighth of a second to load, and few pages draw one

    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=4, svgclass="ft-code", lineclass=None, omitsize=True))  # noqa: S704 - drawn from an address that segno escapes

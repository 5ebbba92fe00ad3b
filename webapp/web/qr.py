"""A link as a QR code, for phones in the room."""

from markupsafe import Markup


def code(address: str) -> Markup:
    """An SVG picture without any style of its own; whoever shows it says what it is."""
    import segno  # here: only the last step of a meeting needs it

    made = segno.make_qr(address, error="m")
    # Only the shape of the squares comes from `address`, no text of it.
    return Markup(made.svg_inline(border=4, omitsize=True, light="#fff", svgclass="qr", lineclass=None))  # nosec B704 # noqa: S704

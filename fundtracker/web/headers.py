"""What every answer says to the browser, and how much a request may hold."""

from flask import Flask, Response, request

from fundtracker.domain.files import LARGEST
from fundtracker.services.files import OWNERS

# The one hash is that of the line of script in the page template of govuk-frontend-jinja 4.1.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; "
    "style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_OFF = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "sync-xhr", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=31536000"
FOR_GOOD = "public, max-age=31536000, immutable"

SMALL_BODY = 256 * 1024
LARGE_BODY = 30 * 1024 * 1024
# Pages that take a file, with the most that each takes; every other page takes a form and no more.
ATTACHED_BODY = LARGEST + SMALL_BODY
LARGE_BODIES = {
    **dict.fromkeys(("imports.send", "reconcile.upload", "templates.edit", "templates.letter"), LARGE_BODY),
    **{f"files.attach_{kind.__tablename__}": ATTACHED_BODY for kind in OWNERS},
}


def set_up_headers(app: Flask, *, https: bool) -> None:
    """Put the headers on every answer and the limits on every request."""
    app.config.update(MAX_CONTENT_LENGTH=SMALL_BODY, MAX_FORM_PARTS=200)

    @app.before_request
    def limit_body() -> None:
        if request.endpoint in LARGE_BODIES:
            request.max_content_length = LARGE_BODIES[request.endpoint]

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # a file that is sent has a stricter policy of its own
        if https:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        response.headers["Cache-Control"] = _cache()
        return response


def _cache() -> str:
    if request.endpoint != "static":
        return "no-store"
    return FOR_GOOD if "v" in request.args else "no-cache"

"""A small site with one fault of each kind, on which a scanner shows that it finds what it looks for.

Beside each fault stands the same thing done right, which a scanner must leave alone: `SOUND`.
"""

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

SCRIPT, LEAVES, FAILS, STORES = "/echo", "/leave", "/number", "/notes"
FAULTS = {SCRIPT: "reflected script", LEAVES: "open redirect", FAILS: "an error of ours", STORES: "stored script"}
SOUND = ("/sound/echo", "/sound/leave", "/sound/number", "/sound/notes")
PAGE = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Planted</title></head><body>{}</body></html>"
FORM = '<form action="{}" method="{}"><label>Text <input name="{}" value="1"></label><button>Send</button></form>'


def site() -> Flask:
    """The app. What is kept is kept in it alone."""
    app, kept = Flask(__name__), {STORES: list[str](), SOUND[3]: list[str]()}

    app.secret_key = "of no use anywhere else"

    @app.get("/")
    def index() -> str:
        lead = "".join(f'<a href="{path}">{path}</a> ' for path in (STORES, SOUND[3]))
        asked = ((SCRIPT, "q"), (LEAVES, "next"), (FAILS, "n"), (SOUND[0], "q"), (SOUND[1], "next"), (SOUND[2], "n"))
        lead += "".join(f'<a href="{path}?{name}=1">{path}</a> ' for path, name in asked)
        return PAGE.format(lead)

    @app.get(SCRIPT)
    def echo() -> str:
        return PAGE.format(f"<p>You looked for {request.args.get('q', '')}</p>")

    @app.get(SOUND[0])
    def echo_escaped() -> str:
        return PAGE.format(f"<p>You looked for {escape(request.args.get('q', ''))}</p>")

    @app.get(LEAVES)
    def leave() -> ResponseReturnValue:
        return redirect(request.args.get("next") or "/")

    @app.get(SOUND[1])
    def leave_within() -> ResponseReturnValue:
        return redirect("/")

    @app.get(FAILS)
    def number() -> str:
        return PAGE.format(f"<p>{int(request.args.get('n', '1'))}</p>")

    @app.get(SOUND[2])
    def number_or_404() -> str:
        said = request.args.get("n", "1")
        if not (said.isascii() and said.isdecimal() and len(said) < 10):
            abort(404)
        return PAGE.format(f"<p>{int(said)}</p>")

    @app.route(STORES, methods=["GET", "POST"])
    @app.route(SOUND[3], methods=["GET", "POST"], endpoint="notes_escaped")
    def notes() -> ResponseReturnValue:
        here = kept[request.path]
        if request.method == "POST":
            here.append(request.form.get("text", "")[:500])
            return redirect(request.path, 303)
        show = str if request.path == STORES else escape
        return PAGE.format(FORM.format(request.path, "post", "text") + "".join(f"<p>{show(said)}</p>" for said in here))

    return app

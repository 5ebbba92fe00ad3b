"""Packs in each state: empty, full, with long words, shared, opened signed out. See history_of_packs."""

from functools import partial

from tests.browser.state import PRACTITIONER, State, open_all
from webapp.packs.pdf import LAYOUTS

busy = partial(State, scene="busy")
NAMING = "Mrs Edna Ogden of 14 Mill Lane would like it"


STATES = (
    State("packs where nothing is", PRACTITIONER, "/pack", scene="bare"),
    busy("packs", PRACTITIONER, "/pack"),
    busy("begin a pack, naming somebody", PRACTITIONER, "/pack",
         act=lambda page: page.send("Begin this pack", name=NAMING)),
    busy("pack", PRACTITIONER, "/pack/1", do=open_all),
    busy("pack with nothing in it", PRACTITIONER, "/pack/2"),
    busy("rename a pack", PRACTITIONER, "/pack/1/name"),
    busy("say why it might suit, naming somebody", PRACTITIONER, "/pack/1/items/1/note",
         act=lambda page: page.send("Keep this note", note=NAMING)),
    busy("listing just added to a pack", PRACTITIONER, "/directory/shuttle-larder",
         act=lambda page: page.send("/pack/items")),
    *(busy(f"pack on paper, {layout}", PRACTITIONER, f"/pack/1/print?layout={layout}") for layout in LAYOUTS),
    *(busy(f"shared, {layout}", None, f"/s/{{shared}}?layout={layout}") for layout in LAYOUTS),
    busy("shared, in Urdu", None, "/s/{shared}?lang=ur&layout=easy", do=open_all),
    busy("pack with letters that the PDF has not", PRACTITIONER, "/pack/1.pdf"),
    busy("shared link that does not work", None, "/s/nothing-of-ours"),
    State("links where nothing is", PRACTITIONER, "/pack/links", scene="bare"),
    busy("links", PRACTITIONER, "/pack/links"),
    busy("link", PRACTITIONER, "/pack/links/1"),
)  # fmt: skip

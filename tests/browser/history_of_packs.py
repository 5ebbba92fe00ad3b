"""Packs of the busy site: one with something of each kind in it, and a letter that no PDF has; one that is empty."""

from tests.support.client import Client


def gather(person: Client, long: str) -> dict[str, str]:
    """The first pack has one of everything, and one that closed; the second is empty. What addresses may say."""
    for path in ("/directory/bobbin-larder", "/directory/shuttle-larder", *guidance(person)):
        assert person.post("/pack/items", {"path": path}).status == 303
    assert person.get("/pack/1/items/1/note").send("Keep this note", note=long).status == 303
    assert person.get("/pack/1/items/2/note").send("Keep this note", note="You like to sing 😀").status == 303
    assert person.get("/pack").send("Begin this pack", name=long[:80]).status == 303
    made = person.get("/pack/1").send("Make a link")
    assert made.status == 303
    shared = person.get(made.location).soup.select_one("#link-address").get_text()
    return {"shared": shared.rsplit("/", 1)[1]}


def guidance(person: Client) -> list[str]:
    """A page of the toolkit and one of TEC."""
    return [
        next(
            href
            for href in person.get(f"{section}").links("main a[href]")
            if href.startswith(section) and href != section
        )
        for section in ("/toolkit/", "/tec/")
    ]

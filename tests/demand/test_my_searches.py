"""My own searches: the last eight, those I saved, and nobody else's."""

from tests.support.client import Client


def test_the_last_eight_are_listed_for_me_alone(priya: Client, stranger: Client, finish) -> None:
    assert "will be listed here" in priya.get("/searches").words
    for n in range(10):
        finish(priya, f"/directory?q=walking&page={n}&cost=free&activity=walking&within={n + 1}&near=M18")
    page = priya.get("/searches")
    assert len([href for href in page.links() if href.startswith("/directory?q=walking")]) == 8
    assert "walking · within 10 miles of M18" in page.words
    assert "walking" not in stranger.get("/searches").words
    assert "walking · within 10 miles" in priya.get("/directory").words
    assert "walking · within 10 miles" in priya.get("/").words


def test_forget_these(priya: Client, finish) -> None:
    finish(priya, "/directory?q=walking")
    page = priya.get("/searches").send("Forget these").follow()
    assert "walking" not in page.soup.select_one("main").text
    assert "Your recent searches are forgotten." in page.words


def test_save_open_rename_remove_and_bring_back(priya: Client) -> None:
    address = "/directory?q=singing&place=gorton-levenshulme"
    after = priya.get(address).send("Save this search")
    assert after.location == address
    page = priya.get("/searches")
    assert "singing · Gorton and Levenshulme" in page.words
    assert address in page.links()
    renaming = page.links("a[href$='/name']")[0]
    renamed = priya.post(renaming, {"name": "Choirs in the east"}).follow()
    assert "Choirs in the east" in renamed.words
    assert "singing · Gorton and Levenshulme" in renamed.words
    gone = renamed.send("Remove Choirs in the east").follow()
    assert "“Choirs in the east” is removed" in gone.words
    assert address not in gone.links()
    assert address in gone.send("Bring it back").follow().links()


def test_saving_twice_saves_once(priya: Client) -> None:
    page = priya.get("/directory?q=singing")
    page.send("Save this search")
    page.send("Save this search")
    assert len(priya.get("/searches").links("a[href$='/name']")) == 1


def test_a_search_that_names_somebody_is_not_saved(priya: Client) -> None:
    after = priya.get("/directory?q=lunch+for+Mrs+Edna+Ogden").send("Save this search").follow()
    assert "Not saved" in after.words
    assert "Ogden" not in priya.get("/searches").text


def test_a_name_must_name_nobody_and_be_there(priya: Client) -> None:
    priya.get("/directory?q=singing").send("Save this search")
    renaming = priya.get("/searches").links("a[href$='/name']")[0]
    assert priya.get(renaming).soup.select_one("input#name")["value"] == "singing"
    assert priya.post(renaming, {"name": "For Mrs Edna Ogden"}).status == 422
    wrong = priya.post(renaming, {"name": " "})
    assert wrong.errors == ["Say what to call it"]


def test_nobody_reaches_anothers(priya: Client, stranger: Client) -> None:
    priya.get("/directory?q=singing").send("Save this search")
    path = priya.get("/searches").links("a[href$='/name']")[0].removesuffix("/name")
    stranger.get(f"{path}/name", status=404)
    for act in ("name", "remove", "restore"):
        assert stranger.post(f"{path}/{act}", {"name": "mine"}).status == 404
    assert "singing" not in stranger.get(f"/searches?removed={path.rsplit('/', 1)[1]}").words
    assert len(priya.get("/searches").links("a[href$='/name']")) == 1


def test_too_many_are_refused(priya: Client) -> None:
    for n in range(50):
        priya.get(f"/directory?q=singing&within={n + 1}&near=M18", part=True).send("Save this search")
    after = priya.get("/directory?q=mending").send("Save this search").follow()
    assert "you have 50 saved searches already" in after.words


def test_an_old_page_says_so(priya: Client) -> None:
    after = priya.post("/searches/saved", {"search": "nonsense"}).follow()
    assert "open for too long" in after.words

"""A facilitator runs a meeting from the page: one step at a time, with a clock, and what the room said."""

from collections.abc import Callable

from bs4 import Tag

from tests.spotlights.conftest import PAGE, plan
from tests.support.client import Answer, Client
from tests.support.clock import Clock
from webapp.spotlights import slides

Browsers = Callable[[str], Client]


def shown(answer: Answer) -> Tag:
    """The one step that a browser without scripts shows."""
    (step,) = answer.soup.select("[data-step]:not([hidden])")
    return step


def walk(person: Client, address: str) -> list[str]:
    """The words of each step, one page after the other by the way on."""
    said = []
    while True:
        page = person.get(address)
        said.append(" ".join(shown(page).get_text(" ").split()))
        following = page.soup.select_one("a[data-next]:not([hidden])")
        if following is None:
            return said
        address = str(following["href"])


def test_each_step_is_a_page_of_its_own_without_scripts(femi: Client) -> None:
    session = plan(femi, day="2026-03-24", at="09:00").rsplit("/", 1)[1]
    said = walk(femi, f"{PAGE}/run?session={session}")
    assert said[0].startswith("Asking carers")
    assert (
        said[1]
        == "Agenda 9:00am Hear. Read the case 9:10am Look. What did you notice first? 9:25am Try. Choose one thing"
    )
    assert said[2].startswith("Case prompt Invented for this session.")
    assert said[3:6] == [
        "Question 1 of 2 What would she say she does?",
        "Question 2 of 2 What has she given up?",
        "Take it back to practice Ask one person what they have given up.",
    ]
    assert "What will you try?" in said[-1]
    assert "Wait longer" not in " ".join(said)  # the facilitator's notes are not for the screen


def test_the_clock_begins_when_the_meeting_does(femi: Client) -> None:
    agenda = shown(femi.get(f"{PAGE}/run?step=2&began=14:20")).get_text(" ")
    for time in ("2:20pm", "2:30pm", "2:45pm"):
        assert time in agenda
    # Without a session and without a beginning, the agenda says how long each part is.
    assert "15 min" in shown(femi.get(f"{PAGE}/run?step=2")).get_text(" ")


def test_what_the_room_said_is_kept_in_place_and_guarded(femi: Client) -> None:
    address = plan(femi, day="2026-03-24", at="09:00")
    run = f"{PAGE}/run?session={address.rsplit('/', 1)[1]}&step=4"
    page = femi.get(run)
    kept = page.send("Save these notes", part=True, notes="Nobody had asked her")
    assert (kept.status, kept.is_whole) == (200, False)
    assert "Saved at 9:30am" in kept.words
    refused = page.send("Save these notes", part=True, notes="Ring Ann Lee on 0161 496 0999")
    assert refused.status == 422
    assert refused.soup.select_one("textarea").get_text().strip() == "Ring Ann Lee on 0161 496 0999"  # type: ignore[union-attr]
    # Whoever began before the first was saved loses nothing, and overwrites nothing.
    late = page.send("Save these notes", part=True, notes="She laughed")
    assert late.status == 409
    assert "Nobody had asked her" in late.words
    both = late.send("Save these notes", notes="Nobody had asked her. She laughed")
    assert "step=4" in both.location
    assert "Nobody had asked her. She laughed" in femi.get(address).words


def test_a_meeting_is_run_by_who_holds_it(browser_of: Browsers) -> None:
    theirs = plan(browser_of("connie"), team="ardwick-longsight").rsplit("/", 1)[1]
    femi = browser_of("femi")
    femi.get(f"{PAGE}/run?session={theirs}", status=403)
    femi.post(f"{PAGE}/sessions/{theirs}/notes", {"notes": "x"}, status=403)
    femi.get(f"{PAGE}/run?session=999", status=404)
    browser_of("priya").get(f"{PAGE}/run", status=403)


def test_the_page_alone_finds_the_session_of_today(femi: Client, clock: Clock) -> None:
    plan(femi, day="2026-03-25", at="14:00")
    assert not femi.get(f"{PAGE}/run").soup.select("textarea")
    address = plan(femi, day="2026-03-24", at="10:00")
    form = femi.get(f"{PAGE}/run").soup.select_one("#room form")
    assert form
    assert form["action"] == f"{address}/notes"


def test_agendas_of_any_shape_give_their_minutes() -> None:
    def table(*rows: str) -> list[tuple[str, int | None, int | None]]:
        lines = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows]
        steps = slides.steps(f"<h2>Agenda</h2><div><table>{''.join(lines)}</table></div>")
        return [(part.words.striptags(), part.minutes, part.after) for step in steps for part in step.parts]

    assert table("Time|For|What", ":00|4 min|Write", ":04|8 min|Read") == [("Write", 4, 0), ("Read", 8, 4)]
    assert table("From|To|Activity|The cycle", "0|5|Sit|Feel", "5|15|Say|Think") == [("Sit", 5, 0), ("Say", 10, 5)]
    said = table("Station|First", "Wear it (12 minutes)|Go", "Rest|Sit")
    assert said == [("Wear it (12 minutes). Go", 12, 0), ("Rest. Sit", None, 12)]
    assert table("What", "Talk", "More") == [("Talk", None, 0), ("More", None, None)]


def test_nothing_of_a_page_but_its_words_comes_to_the_screen() -> None:
    html = '<h2>Case prompt</h2><p>One <a href="/x" class="y">&lt;b&gt; &amp; <em>two</em></a><br>three</p>'
    (step,) = slides.steps(html)
    assert step.texts == ("One &lt;b&gt; &amp; <em>two</em><br>three",)

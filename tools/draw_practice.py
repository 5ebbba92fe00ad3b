"""Draws the pictures of the toolkit into content/media/diagrams: `python tools/draw_practice.py`."""

import math
from pathlib import Path

from drawing import CARE, GOOD, INK, SAND, TEAL, TINT, WHITE, Drawing

FOLDER = Path(__file__).parent.parent / "content" / "media" / "diagrams"


def kolb() -> None:
    d = Drawing("Kolb's cycle in a community of practice", 400, 420)
    places = [
        (110, 16, "1. What happened", "Tell it in scenes. You could film it."),
        (214, 150, "2. What we noticed", "A round, nobody corrects."),
    ]
    places += [
        (110, 284, "3. What it might mean", "One idea, tested on the story."),
        (6, 150, "4. What we’ll try", "One act, one name, one date."),
    ]
    for x, y, head, text in places:
        d.step(x, y, 180, 112, head, text)
    for bend in (
        "M292 84Q330 100 322 146",
        "M322 264Q322 320 294 340",
        "M108 340Q72 320 74 266",
        "M74 148Q74 96 106 80",
    ):
        d.bent(bend)
    d.save(FOLDER, "kolb-cycle")


def kcvets() -> None:
    d = Drawing("KcVETS: five lenses on one piece of work", 400, 470)
    lenses = [
        ("Kc", "Knowledge, made together", "What did they teach me?"),
        ("V", "Values and ethics", "Whose values won?"),
        ("E", "Experience", "Who did this remind me of?"),
        ("T", "Theories and methods", "Which one was I using?"),
        ("S", "Skills", "What did I do, minute by minute?"),
    ]
    for number, (letters, head, ask) in enumerate(lenses):
        y = 10 + number * 92
        d.box(58, y, 332, 80, TINT)
        d.circle(50, y + 40, 38, TEAL, TEAL)
        d.words(50, y + 50, letters, 28, bold=True, fill=WHITE, middle=True)
        d.words(100, y + 34, head, 18, bold=True)
        d.words(100, y + 60, ask, 15)
    d.save(FOLDER, "kcvets-lenses")


TIES = [
    ("Wife", "thick"),
    ("Sons", "thin"),
    ("Workmate", "dashed"),
    ("Mosque", "dashed"),
    ("Nurse", "thick"),
    ("Homecare", "thin"),
]


def eco_map() -> None:
    d = Drawing("An invented eco-map", 400, 500)
    _spokes(d, TIES, "Him, 69")
    for number, (line, means) in enumerate(
        (("thick", "Strong"), ("thin", "There, but slight"), ("dashed", "Uncertain or faded"))
    ):
        y = 432 + number * 26
        _tie(d, 30, y - 5, 100, y - 5, line)
        d.words(120, y, means, 16)
    d.save(FOLDER, "eco-map")


def _spokes(d: Drawing, ties: list[tuple[str, str]], middle: str) -> None:
    places = [
        (
            200 + 142 * math.cos(math.tau * n / len(ties) - math.pi / 2),
            204 + 146 * math.sin(math.tau * n / len(ties) - math.pi / 2),
        )
        for n in range(len(ties))
    ]
    for (x, y), (_, line) in zip(places, ties, strict=True):
        _tie(d, 200, 204, x, y, line)
    for (x, y), (name, _) in zip(places, ties, strict=True):
        d.circle(x, y, 50, TINT)
        d.words(x, y + 6, name, 16, bold=True, middle=True)
    d.circle(200, 204, 52, SAND)
    d.words(200, 210, middle, 17, bold=True, middle=True)


def _tie(d: Drawing, x1: float, y1: float, x2: float, y2: float, line: str) -> None:
    width = {"thick": 8, "thin": 2, "dashed": 3}[line]
    d.path(f"M{x1:g} {y1:g}L{x2:g} {y2:g}", INK, width, dashed="9 9" if line == "dashed" else "")


def asset_map() -> None:
    d = Drawing("An invented asset map in four corners", 400, 440)
    corners = [
        (8, 8, "Me", ["Signwriter", "Urdu poetry", "Patient"]),
        (204, 8, "My people", ["Wife, near", "Two sons, far", "★ Workmate"]),
        (8, 224, "My places", ["★ Mosque", "Bench by shops"]),
        (204, 224, "My things", ["Good brushes", "Bus pass", "Allowance"]),
    ]
    for x, y, head, things in corners:
        d.box(x, y, 188, 208, TINT)
        top = y if y < 100 else y + 44  # below the circle in the middle
        d.words(x + 14, top + 30, head, 19, bold=True)
        for number, thing in enumerate(things):
            d.words(x + 14, top + 62 + number * 26, thing, 16)
    d.circle(200, 220, 44, TEAL, WHITE)
    d.words(200, 226, "Him, 69", 17, bold=True, fill=WHITE, middle=True)
    d.save(FOLDER, "asset-map")


def three_conversations() -> None:
    d = Drawing("Three Conversations: which one now?", 400, 446)
    d.box(30, 10, 340, 48, SAND)
    d.words(200, 40, "What is happening in this life?", 17, bold=True, middle=True)
    rows = [
        ("1. Listen and connect", "No crisis. Find what they want, introduce, check that it worked.", GOOD),
        (
            "2. Work intensively",
            "Something must change now. Stay close for days. Decide nothing long-term in the storm.",
            CARE,
        ),
        ("3. Build a good life", "The first two are done, and support is needed over time. Begin with the life.", TINT),
    ]
    for number, (head, text, fill) in enumerate(rows):
        y = 90 + number * 126
        d.arrow((200, y - 30), (200, y - 3))
        d.step(20, y, 360, 94, head, text, fill)
    d.save(FOLDER, "three-conversations")


def gap_loop() -> None:
    d = Drawing("What becomes of a gap that you report", 400, 560)
    steps = [
        ("1. You report it", "What is missing, where, for whom."),
        ("2. Others say “me too”", "It counts people, and names none."),
        ("3. A commissioner answers", "Try it, plan it, or not now and why."),
        ("4. Everyone who asked is told", "By message and on this page."),
        ("5. It is met", "The new group stands in the directory."),
    ]
    for number, (head, text) in enumerate(steps):
        y = 10 + number * 110
        d.step(60, y, 330, 80, head, text, GOOD if number == 4 else TINT)
        if number < 4:
            d.arrow((225, y + 81), (225, y + 107))
    d.bent("M58 492H24V50H56")
    d.save(FOLDER, "gap-loop")


def governance() -> None:
    d = Drawing("Who decides what in the programme, and how an answer comes back", 400, 640)
    rungs = [
        ("You and your team", "Try it in one person's plan.", TINT),
        ("Facilitator", "Ask another team. Plan a spotlight.", TINT),
        ("Conveners", "See what several teams share.", TINT),
        ("Workstream lead", "Change the process. Test something.", CARE),
        ("Programme board", "Scale it, adapt it, or stop it.", CARE),
        ("Council scrutiny", "Ask in public, and advise.", SAND),
    ]
    for number, (head, text, fill) in enumerate(rungs):
        y = 548 - number * 104  # the first stands at the foot, as one climbs
        d.step(70, y, 316, 76, head, text, fill)
        if number < len(rungs) - 1:
            d.arrow((228, y - 1), (228, y - 25))
    d.bent("M68 66H26V586H66")
    d.words(20, 18, "An answer comes back to whoever asked", 16, bold=True)
    d.save(FOLDER, "governance")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for draw in (kolb, kcvets, eco_map, asset_map, three_conversations, gap_loop, governance):
        draw()

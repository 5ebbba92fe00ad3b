"""Draws the small pictures of easy-read pages into content/media/easy-read: `python tools/draw_easy_read.py`."""

from pathlib import Path

from drawing import BAD_INK, GOOD_INK, INK, LINE, SAND, TEAL, TINT, WHITE, Drawing

FOLDER = Path(__file__).parent.parent / "content" / "media" / "easy-read"


def new(title: str) -> Drawing:
    return Drawing(title, 160, 160)


def people() -> None:
    d = new("Two people talking")
    d.person(48, 74, 1.2)
    d.person(112, 74, 1.2, TEAL)
    d.path("M40 20h50a8 8 0 0 1 8 8v12a8 8 0 0 1-8 8h-30l-10 10v-10h-10a8 8 0 0 1-8-8v-12a8 8 0 0 1 8-8z", INK, 2, TINT)
    d.save(FOLDER, "talk")

    d = new("Somebody who helps another person")
    d.person(52, 50, 1.1)
    d.person(112, 62, 1.3, TEAL)
    d.path("M64 118Q90 140 118 118", TEAL, 6)
    d.save(FOLDER, "help")

    d = new("A person with a thought of their own")
    d.person(60, 80, 1.5)
    d.circle(120, 40, 28, TINT)
    d.circle(94, 68, 6, TINT)
    d.words(120, 52, "?", 34, bold=True, middle=True)
    d.save(FOLDER, "decide")


def things() -> None:
    d = new("A house")
    d.path("M20 80L80 26L140 80", INK, 5)
    d.box(36, 80, 88, 64, TINT, INK, 2)
    d.box(68, 100, 24, 44, TEAL, INK, 2)
    d.save(FOLDER, "home")

    d = new("A telephone")
    d.box(52, 14, 56, 132, TINT, INK, 10)
    d.box(60, 30, 40, 84, WHITE, INK, 2)
    d.circle(80, 130, 7, WHITE, INK)
    d.save(FOLDER, "phone")

    d = new("A letter with lines of writing")
    d.box(36, 16, 88, 128, WHITE, INK, 2)
    d.path("M50 44h60M50 64h60M50 84h60M50 104h36", TEAL, 5)
    d.save(FOLDER, "paper")

    d = new("A clock")
    d.circle(80, 80, 60, TINT, INK)
    d.path("M80 80V40M80 80H108", INK, 6)
    d.save(FOLDER, "time")

    d = new("Coins")
    for y in (124, 104, 84):
        d.add(f'<ellipse cx="62" cy="{y}" rx="38" ry="14" fill="{SAND}" stroke="{INK}" stroke-width="2"/>')
    d.circle(112, 62, 30, SAND, INK)
    d.words(112, 74, "£", 32, bold=True, middle=True)
    d.save(FOLDER, "money")

    d = new("An alarm button on a cord")
    d.path("M80 14Q30 60 80 96Q130 60 80 14", TEAL, 4)
    d.circle(80, 112, 30, TINT, INK)
    d.circle(80, 112, 14, BAD_INK, INK)
    d.save(FOLDER, "alarm")


def signs() -> None:
    d = new("A tick: yes")
    d.circle(80, 80, 60, WHITE, GOOD_INK)
    d.path("M48 82L72 106L114 56", GOOD_INK, 12)
    d.save(FOLDER, "yes")

    d = new("A hand that says stop")
    d.box(50, 64, 64, 70, SAND, INK, 16)
    for x, top in ((50, 30), (67, 20), (84, 22), (101, 34)):
        d.box(x, top, 13, 60, SAND, INK, 6)
    d.path("M50 100L30 78", INK, 10)
    d.save(FOLDER, "stop")

    d = new("A cup of tea to rest with")
    d.box(40, 60, 70, 62, TINT, INK, 10)
    d.path("M110 74a18 18 0 0 1 0 34", INK, 5)
    d.path("M60 48q-8 -10 0 -20M84 48q-8 -10 0 -20", LINE, 4)
    d.path("M30 132h90", INK, 4)
    d.save(FOLDER, "rest")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    people()
    things()
    signs()

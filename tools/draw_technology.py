"""Draws the pictures of the technology pages into content/media/diagrams: `python tools/draw_technology.py`."""

from pathlib import Path

from drawing import BAD, BAD_INK, CARE, GOOD, GOOD_INK, INK, LINE, SAND, TEAL, TINT, WHITE, Drawing

FOLDER = Path(__file__).parent.parent / "content" / "media" / "diagrams"


def alarm_call() -> None:
    d = Drawing("What happens when an alarm goes off", 400, 584)
    steps = [
        ("1. Button pressed", "Or a sensor notices something."),
        ("2. The hub makes a sound", "It calls the centre. This takes some seconds."),
        ("3. An operator speaks", "They see the name, the address and what is on file."),
    ]
    y = 16.0
    for head, text in steps:
        d.step(40, y, 320, 82, head, text)
        d.arrow((200, y + 83), (200, y + 112))
        y += 114
    d.box(40, y, 320, 44, SAND)
    d.words(200, y + 28, "4. Can the person be heard?", 17, bold=True, middle=True)
    d.arrow((105, y + 45), (105, y + 74))
    d.arrow((295, y + 45), (295, y + 74))
    d.step(16, y + 76, 178, 132, "Yes, and well", "The call ends. A wrong press is welcome.", GOOD)
    d.step(
        206, y + 76, 178, 132, "Help needed, or no answer", "The responder is rung, or 999. They need a way in.", CARE
    )
    d.save(FOLDER, "alarm-call")


def hub_socket() -> None:
    d = Drawing("Where an alarm hub is plugged in, and what that means after January 2027", 400, 480)
    rows = [
        (
            "Wall phone socket",
            "Analogue. It will be affected when the line ends. Ask for a digital unit and a date.",
            BAD,
            False,
        ),
        ("Back of the router", "Digital line. Test it, and ask what happens in a power cut.", CARE, True),
        ("SIM card, no cable", "Mobile. Check signal and battery. 3G only? Treat it as dead.", GOOD, True),
    ]
    for number, (head, text, fill, good) in enumerate(rows):
        y = 12 + number * 156
        d.box(12, y, 376, 144, fill, BAD_INK if fill == BAD else TEAL)
        d.box(26, y + 38, 92, 92, WHITE, INK)
        if number == 0:
            d.box(52, y + 66, 40, 34, TINT, INK, 3)
            d.path(f"M60 {y + 78}h24v12h-24z", INK)
        elif number == 1:
            d.box(38, y + 86, 68, 26, TINT, INK, 4)
            d.path(f"M50 {y + 86}v-30M94 {y + 86}v-30", INK, 3)
            for dot in range(3):
                d.circle(54 + dot * 18, y + 99, 3, TEAL)
        else:
            for bar in range(4):
                d.box(42 + bar * 16, y + 102 - bar * 12, 11, 10 + bar * 12, TEAL, TEAL, 1)
        d.words(132, y + 32, head, 18, bold=True)
        d.block(132, y + 60, 240, text, 16)
        d.verdict(366, y + 22, good)
    d.save(FOLDER, "hub-socket")


def falls_detector() -> None:
    d = Drawing("A falls detector worn where it works, and where it does not", 400, 470)
    d.words(20, 30, "Worn, day and night", 18, bold=True, fill=GOOD_INK)
    for x, where in ((30, "wrist"), (212, "neck")):
        d.box(x, 46, 158, 176, GOOD)
        d.person(x + 79, 92, 1.3)
        if where == "wrist":
            d.path(f"M{x + 116} 150L{x + 128} 186", INK, 9)
            d.box(x + 116, 168, 22, 18, TEAL, INK, 4)
            d.words(x + 79, 212, "On the wrist", 16, bold=True, middle=True)
        else:
            d.path(f"M{x + 62} 112L{x + 79} 142L{x + 96} 112", TEAL, 3)
            d.circle(x + 79, 148, 10, TEAL, INK)
            d.words(x + 79, 212, "Round the neck", 16, bold=True, middle=True)
        d.verdict(x + 140, 64, True)
    d.words(20, 258, "Not worn: it cannot help", 18, bold=True, fill=BAD_INK)
    for x, label in ((12, "By the bed"), (140, "In a drawer"), (268, "On a hook")):
        d.box(x, 274, 120, 180, BAD, BAD_INK)
        d.verdict(x + 100, 294, False)
        if label == "By the bed":
            d.box(x + 20, 370, 80, 10, WHITE, INK, 1)
            d.path(f"M{x + 28} 380v36M{x + 92} 380v36", INK, 3)
            d.circle(x + 60, 360, 10, TEAL, INK)
        elif label == "In a drawer":
            d.box(x + 20, 336, 80, 76, WHITE, INK, 2)
            d.path(f"M{x + 20} 374h80M{x + 52} 354h16M{x + 52} 392h16", INK, 3)
        else:
            d.path(f"M{x + 60} 326v14a10 10 0 0 0 18 0", INK, 3)
            d.path(f"M{x + 70} 346v36", TEAL, 3)
            d.circle(x + 70, 390, 10, TEAL, INK)
        d.words(x + 60, 440, label, 16, bold=True, middle=True)
    d.save(FOLDER, "falls-detector-worn")


def flat_plan() -> None:
    d = Drawing("A flat with sensors: which goes in which room", 400, 480)
    d.box(20, 20, 360, 300, SAND, INK, 2)
    rooms = [("Living room", 20, 20, 200, 160), ("Kitchen", 220, 20, 160, 160), ("Bedroom", 20, 220, 240, 100)]
    rooms += [("Bathroom", 260, 220, 120, 100), ("Hall", 20, 180, 360, 40)]
    for name, x, y, w, h in rooms:
        d.box(x, y, w, h, WHITE, INK, 1)
        d.words(x + 8, y + 22, name, 15, bold=True)
    marks = [("S", 130, 200), ("S", 110, 130), ("H", 300, 90), ("C", 352, 50), ("F", 250, 150), ("F", 330, 285)]
    marks += [("T", 50, 80), ("M", 150, 280), ("B", 60, 280), ("D", 360, 200)]
    for letter, x, y in marks:
        d.circle(x, y, 14, TEAL, INK)
        d.words(x, y + 6, letter, 16, bold=True, fill=WHITE, middle=True)
    key = ["S Smoke: hall and living room", "H Heat: kitchen ceiling", "C Carbon monoxide: by the boiler"]
    key += ["F Flood: floor by sink and bath", "T Temperature: living room", "M Motion, B Bed, D Front door"]
    for number, text in enumerate(key):
        d.words(24, 350 + number * 23, text, 16)
    d.save(FOLDER, "sensors-in-a-flat")


def devices() -> None:
    """One picture for each device's card: nothing in it needs reading."""
    d = Drawing("A pendant alarm and its hub", 240, 180)
    d.path("M70 10Q20 60 70 108Q120 60 70 10", TEAL, 4)
    d.circle(70, 120, 26, TINT, INK)
    d.circle(70, 120, 12, BAD_INK, INK)
    d.box(130, 70, 96, 80, TINT, INK)
    d.circle(178, 104, 18, WHITE, INK)
    d.path("M150 136h56", LINE, 4)
    d.save(FOLDER, "device-pendant-alarm")

    d = Drawing("A falls detector on a wrist", 240, 180)
    d.path("M60 170V110Q60 60 90 40L150 10", INK, 3)
    d.path("M140 170V120Q140 90 180 60", INK, 3)
    d.box(52, 106, 96, 34, TEAL, INK, 6)
    d.box(74, 98, 50, 50, TINT, INK)
    d.circle(99, 123, 12, BAD_INK, INK)
    d.save(FOLDER, "device-falls-detector")

    d = Drawing("A round medication dispenser with a lid", 240, 180)
    d.circle(120, 92, 78, TINT, INK)
    for x, y in ((120, 34), (161, 51), (178, 92), (161, 133), (120, 150), (79, 133), (62, 92), (79, 51)):
        d.circle(x, y, 13, WHITE, INK)
    d.circle(120, 92, 26, WHITE, INK)
    d.path("M120 92V74M120 92H134", TEAL, 4)
    d.circle(161, 51, 8, TEAL, INK)
    d.save(FOLDER, "device-medication-dispenser")

    d = Drawing("A smoke alarm on a ceiling", 240, 180)
    d.path("M20 24H220", INK, 5)
    d.box(70, 26, 100, 34, TINT, INK, 10)
    d.circle(120, 46, 6, BAD_INK, INK)
    d.path("M60 90Q40 110 60 130M180 90Q200 110 180 130M92 84Q76 104 92 124M148 84Q164 104 148 124", TEAL, 4)
    d.path("M110 170q-10 -18 6 -30q-14 -16 6 -34", LINE, 5)
    d.save(FOLDER, "device-smoke-alarm")

    d = Drawing("A small motion sensor in the corner of a room", 240, 180)
    d.path("M20 170V20H220", INK, 4)
    d.box(34, 34, 50, 62, TINT, INK)
    d.circle(59, 66, 14, WHITE, INK)
    d.path("M90 66L200 90M90 76L180 150M78 100L110 170", TEAL, 3, dashed="8 8")
    d.save(FOLDER, "device-motion-sensor")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for draw in (alarm_call, hub_socket, falls_detector, flat_plan, devices):
        draw()

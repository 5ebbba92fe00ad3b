"""Makes the three demonstration films of content/media/films: `python tools/make_films.py`. Needs Chromium and ffmpeg.

Each film is a row of drawn scenes. What is said stands in the picture and in the captions, so no sound is needed.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from drawing import BAD_INK, CARE, GOOD, GOOD_INK, INK, SAND, TEAL, TINT, WHITE, Drawing
from playwright.sync_api import Page, sync_playwright

from webapp.library.checks import drawings

FOLDER = Path(__file__).parent.parent / "content" / "media" / "films"
WIDTH, HEIGHT = 640, 360
ONE_LINE = 38  # letters of the large type in the band below
SMALL = 2 * 1024 * 1024  # bytes: a film must not cost a phone more
VP9 = ("-c:v", "libvpx-vp9", "-crf", "34", "-b:v", "0", "-row-mt", "1")
H264 = ("-c:v", "libx264", "-crf", "26", "-pix_fmt", "yuv420p", "-movflags", "+faststart")


@dataclass(frozen=True)
class Scene:
    """`seconds` of one picture, with what is said. `chapter` begins a chapter, where it is not empty."""

    seconds: int
    said: str
    draw: Callable[[Drawing], None]
    chapter: str = ""


def _hub(d: Drawing, x: float, y: float, waves: bool = False) -> None:
    d.box(x, y, 110, 84, TINT, INK)
    d.circle(x + 55, y + 36, 20, WHITE, INK)
    d.path(f"M{x + 24} {y + 70}h62", INK, 3)
    if waves:
        d.path(f"M{x + 124} {y + 16}q16 26 0 52M{x + 142} {y + 4}q26 38 0 76", TEAL, 4)


def _wearer(d: Drawing, x: float, y: float, where: str = "neck", pressed: bool = False) -> None:
    d.person(x, y, 2.2)
    if where == "neck":
        d.path(f"M{x - 24} {y + 36}L{x} {y + 76}L{x + 24} {y + 36}", TEAL, 4)
        d.circle(x, y + 84, 14, BAD_INK if pressed else TEAL, INK)
    elif where == "wrist":
        d.path(f"M{x + 56} {y + 92}L{x + 84} {y + 122}", INK, 14)
        d.box(x + 64, y + 92, 34, 28, BAD_INK if pressed else TEAL, INK, 6)


def _operator(d: Drawing, x: float, y: float) -> None:
    d.person(x, y, 2.2, TEAL)
    d.path(f"M{x - 38} {y}a38 38 0 0 1 76 0M{x - 38} {y}v18M{x + 38} {y}v16l-18 16", INK, 5)


def _box_of_pills(d: Drawing, x: float, y: float, shown: int = 0) -> None:
    d.circle(x, y, 100, TINT, INK)
    spaces = ((0, -74), (52, -52), (74, 0), (52, 52), (0, 74), (-52, 52), (-74, 0), (-52, -52))
    for number, (dx, dy) in enumerate(spaces):
        d.circle(x + dx, y + dy, 17, BAD_INK if number == shown else WHITE, INK)
    d.circle(x, y, 30, WHITE, INK)
    d.path(f"M{x} {y}V{y - 20}M{x} {y}H{x + 15}", TEAL, 5)


def _verdict(good: bool, draw: Callable[[Drawing], None]) -> Callable[[Drawing], None]:
    def both(d: Drawing) -> None:
        d.box(170, 20, 300, 230, GOOD if good else CARE, GOOD_INK if good else BAD_INK)
        draw(d)
        d.verdict(446, 46, good)

    return both


def _fallen(d: Drawing) -> None:
    d.path("M120 236H520", INK, 4)
    d.circle(210, 206, 26, WHITE, INK)
    d.path("M236 222C280 180 360 190 430 228z", INK, 2, WHITE)
    d.box(330, 190, 36, 28, TEAL, INK, 6)
    d.path("M380 176q14 24 0 48M398 166q22 34 0 68", BAD_INK, 4)


def _call(d: Drawing) -> None:
    _hub(d, 110, 110, waves=True)
    d.arrow((320, 150), (400, 150))
    _operator(d, 500, 110)


def _needed(d: Drawing) -> None:
    d.box(170, 20, 300, 230, CARE)
    _operator(d, 320, 90)


def _put_away(d: Drawing) -> None:
    d.box(240, 60, 160, 150, WHITE, INK, 4)
    d.path("M240 135h160M300 98h40M300 172h40", INK, 4)
    d.circle(320, 40, 16, TEAL, INK)
    d.verdict(430, 60, False)


def _two_people(d: Drawing) -> None:
    d.person(230, 90, 2.0)
    d.person(410, 90, 2.0, TEAL)


def _time_for_a_dose(d: Drawing) -> None:
    _box_of_pills(d, 300, 130, 1)
    d.path("M420 90q20 40 0 80M444 74q30 56 0 112", TEAL, 5)


def _dose_comes_out(d: Drawing) -> None:
    _box_of_pills(d, 320, 110, 4)
    d.arrow((320, 214), (320, 246))


def _pills(shown: int, y: float = 130) -> Callable[[Drawing], None]:
    return partial(_box_of_pills, x=320, y=y, shown=shown)


NECK = partial(_wearer, x=320, y=90)
NECK_PRESSED = partial(_wearer, x=320, y=90, pressed=True)
WRIST = partial(_wearer, x=320, y=90, where="wrist")
WRIST_PRESSED = partial(_wearer, x=320, y=90, where="wrist", pressed=True)
HUB = partial(_hub, x=265, y=110)
HUB_RINGS = partial(_hub, x=245, y=110, waves=True)


def _pharmacist(d: Drawing) -> None:
    d.person(320, 90, 2.2, TEAL)
    d.path("M320 150v44M298 172h44", GOOD_INK, 10)


FILMS: dict[str, list[Scene]] = {
    "pendant-alarm": [
        Scene(
            5,
            "This is an alarm button. It is worn round the neck or on the wrist.",
            NECK,
            "What it is",
        ),
        Scene(5, "This box is the hub. It stays plugged in.", HUB),
        Scene(6, "Press the button when you need help.", NECK_PRESSED, "A call"),
        Scene(
            6,
            "The hub makes a sound, and calls the centre. This takes some seconds.",
            HUB_RINGS,
        ),
        Scene(6, "An operator speaks through the hub: “Hello. Are you all right?”", _call),
        Scene(6, "Well? Say so. The call ends, and nobody minds.", _verdict(True, NECK)),
        Scene(
            6,
            "Not well, or no answer? They ring your responder, or 999.",
            _needed,
        ),
        Scene(6, "By the bed it cannot help. Wear it, in the bath too if it is waterproof.", _put_away, "Every day"),
        Scene(6, "Once a month press it. Say at once: “This is a test.”", _call),
    ],
    "falls-detector": [
        Scene(
            5,
            "This detector notices a drop, a knock and then stillness.",
            WRIST,
            "What it is",
        ),
        Scene(6, "The button comes first. If you can press, press.", WRIST_PRESSED),
        Scene(6, "You fall. It buzzes, and waits for a short while.", _fallen, "A fall"),
        Scene(6, "Well? Cancel it, as you were shown.", _verdict(True, WRIST)),
        Scene(6, "Not cancelled? The hub calls the centre by itself.", HUB_RINGS),
        Scene(7, "The operator asks: “Are you hurt? Can you move?”", _call),
        Scene(
            7,
            "Hurt: 999. Not hurt: a responder who is trained to lift.",
            _needed,
        ),
        Scene(
            6,
            "It can miss a slow slide. Press the button then.",
            WRIST_PRESSED,
            "What it misses",
        ),
        Scene(6, "In a drawer it cannot help. Snug on the wrist, it can.", _put_away),
    ],
    "medication-dispenser": [
        Scene(5, "This box holds medicines, a space for each time.", _pills(0, 130), "What it is"),
        Scene(
            6,
            "First a pharmacist checks that each medicine may go in.",
            _pharmacist,
            "Before it starts",
        ),
        Scene(6, "One named person fills it. Another can stand in.", _two_people),
        Scene(6, "It is time. The box makes a sound and shows a light.", _time_for_a_dose, "A dose"),
        Scene(6, "Turn it over, as you were shown. The medicine drops out.", _dose_comes_out),
        Scene(6, "Taken out: the sound stops.", _verdict(True, _pills(2, 134))),
        Scene(7, "Not taken out? It tells the centre, or the person in your plan.", _call),
        Scene(
            7,
            "Do not open it for a missed dose. Ask your pharmacist.",
            _verdict(False, _pills(3, 134)),
            "When one is missed",
        ),
        Scene(
            6,
            "It shows that a dose came out. It cannot show that it was swallowed.",
            _pills(5, 130),
        ),
    ],
}


def picture(scene: Scene) -> str:
    """The scene as SVG, with what is said in a band below."""
    d = Drawing(scene.said, WIDTH, HEIGHT)
    scene.draw(d)
    d.box(-4, 262, WIDTH + 8, 110, SAND, SAND, 0)
    d.block(40, 304 if len(scene.said) > ONE_LINE else 320, WIDTH - 80, scene.said, 23, bold=True, middle=True)
    return "\n".join([*d.parts, "</g>", "</svg>"])


def clock(seconds: int) -> str:
    return f"00:{seconds // 60:02d}:{seconds % 60:02d}.000"


def cues(scenes: list[Scene], chapters: bool) -> str:
    """Captions, or chapters, as WebVTT."""
    starts = [sum(s.seconds for s in scenes[:number]) for number in range(len(scenes) + 1)]
    if not chapters:
        marks = [(starts[n], starts[n + 1], scene.said) for n, scene in enumerate(scenes)]
    else:
        begun = [(starts[n], scene.chapter) for n, scene in enumerate(scenes) if scene.chapter]
        ends = [*(at for at, _ in begun[1:]), starts[-1]]
        marks = [(at, end, name) for (at, name), end in zip(begun, ends, strict=True)]
    return "WEBVTT\n\n" + "\n".join(f"{clock(a)} --> {clock(b)}\n{text}\n" for a, b, text in marks)


def make(name: str, scenes: list[Scene], page: Page, folder: Path) -> None:
    """Both files of one film, its captions, its chapters and the picture it begins with."""
    listed = []
    for number, scene in enumerate(scenes):
        still = folder / f"{name}-{number}.png"
        (folder / "drawn.svg").write_text(picture(scene))
        if faults := list(drawings.faults(folder / "drawn.svg", f"{name}, scene {number + 1}")):
            raise SystemExit("\n".join(map(str, faults)))
        page.set_content(f'<body style="margin:0">{picture(scene)}</body>')
        page.screenshot(path=still)
        listed.append(f"file '{still}'\nduration {scene.seconds}\n")
    (folder / "list.txt").write_text("".join([*listed, f"file '{still}'\n"]))
    for kind, how in ((".webm", VP9), (".mp4", H264)):
        film = FOLDER / f"{name}{kind}"
        told = ("-hide_banner", "-loglevel", "error", "-y", "-f", "concat", "-safe", "0", "-i", folder / "list.txt")
        subprocess.run(["ffmpeg", *told, "-r", "10", "-g", "50", *how, "-an", film], check=True)
        if film.stat().st_size > SMALL:
            raise SystemExit(f"{film.name} is over {SMALL >> 20} MB")
    (FOLDER / f"{name}.vtt").write_text(cues(scenes, chapters=False))
    (FOLDER / f"{name}-chapters.vtt").write_text(cues(scenes, chapters=True))
    (folder / f"{name}-0.png").replace(FOLDER / f"{name}.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        finder = [sys.executable, Path(__file__).with_name("find_browser.py")]
        chromium = subprocess.run(finder, check=True, capture_output=True, text=True).stdout.strip()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, scenes in FILMS.items():
            make(name, scenes, page, Path(folder))

"""Paints the scenes of content/media/scenes: `python -m tools.paint_scenes`. Needs Chromium.

They stand where a council puts photographs of its own: nobody in them is anybody. Light comes from the left.
"""

import io
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tools.scene_parts import CLOTH, HEIGHT, WIDTH, Scene, arm, lighter, mug, person, tree, walker

FOLDER = Path(__file__).parent.parent / "content" / "media" / "scenes"


def kitchen_table(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, s.shade("#f7ead2", "#efd9b4"))
    s.rect(180, 90, 520, 420, "#fffaf0", 14)
    s.rect(205, 115, 470, 370, s.shade("#cfe6ee", "#eaf4ea"))
    tree(s, 350, 486, 0.8)
    s.path("M440 115v370M205 300h470", edge="#fffaf0", width=16)
    for x in (150, 640):
        s.path(f"M{x} 80q40 220 0 470h90q10 -240 -20 -470z", s.shade("#d98e6a", "#c26f4c"))
    s.rect(980, 120, 470, 26, "#a77b54", 6)
    for n, colour in enumerate(("#0b5d5e", "#b5523b", "#d59a2b", "#f7f2e8", "#46598f")):
        s.rect(1010 + n * 84, 60, 60, 60, s.shade(lighter(colour), colour), 12)
    s.oval(1200, 330, 96, 96, "#fffaf0", 'stroke="#a77b54" stroke-width="14"')
    s.path("M1200 330v-58M1200 330h40", edge="#463a33", width=8)
    person(s, 480, 560, 3, 1.5, 1, 380)
    person(s, 1120, 560, 5, 1.5, -1, 380)
    s.rect(60, 800, 1480, 230, s.shade("#b98658", "#94643c"), 26)
    s.rect(60, 800, 1480, 16, "#cf9d70", 8)
    arm(s, "M355 690Q420 800 560 820", 3, (590, 818), 1.5)
    arm(s, "M1245 690Q1200 800 1050 830", 5, (1020, 832), 1.5)
    mug(s, 690, 836, "#f7f2e8")
    mug(s, 930, 850, "#46598f")
    s.rect(720, 880, 190, 40, "#f7f2e8", 20)
    for dx in (0, 55, 110):
        s.oval(760 + dx, 878, 30, 16, "#c98f4c")
    s.path("M1180 880l150 -26l34 66l-156 30z", "#fffaf0")
    s.path("M1210 896l110 -18M1218 914l90 -14", edge="#8a9296", width=5)


def garden(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, s.shade("#bfe0ea", "#f4f1dc"))
    s.oval(1290, 190, 90, 90, "#fbe3a2")
    s.path("M0 520Q400 400 820 470T1600 430V700H0z", "#a9c08a")
    for x, size in ((140, 0.9), (1480, 1.05), (1260, 0.75)):
        tree(s, x, 560, size)
    for x in range(0, WIDTH, 84):
        s.rect(x + 8, 500, 58, 120, s.shade("#d8b48a", "#b98f63", across=True), 8)
    s.rect(0, 530, WIDTH, 18, "#a67d54")
    s.rect(0, 600, WIDTH, 400, s.shade("#93ad6c", "#6f8d4c"))
    s.rect(560, 330, 330, 290, s.shade("#8f6f54", "#735640"), 6)
    s.path("M520 350L725 230L930 350z", s.shade("#5d7f84", "#41646a"))
    s.rect(680, 430, 100, 190, "#5a4231", 4)
    for row, y in enumerate((720, 850)):
        s.path(f"M{60 - row * 60} {y}H{1560 + row * 60}l40 96H{20 - row * 60}z", s.shade("#7a5a40", "#5b412d"))
        for n in range(17 - row):
            x = 90 + n * (90 + row * 16)
            leaf = ("#3f7a3a", "#6d9a3c", "#2f6b4f")[(n + row) % 3]
            for dx, high in ((-40, 34), (40, 34), (-22, 62), (22, 62), (0, 76)):
                s.path(
                    f"M{x} {y + 52}Q{x + dx * 1.5} {y + 30} {x + dx} {y + 52 - high}"
                    f"Q{x + dx * 0.2} {y + 10} {x} {y + 52}z",
                    leaf,
                )
            if n % 3 == 0:
                for dx in (-18, 16):
                    s.oval(x + dx, y + 28 - dx * 0.6, 14, 14, ("#c8402f", "#e08a2c")[row])
    walker(s, 400, 760, 2, 0.92, 1)
    s.path("M472 560L520 770", edge="#8a6a4c", width=12)
    walker(s, 1050, 740, 4, 0.92, -1)
    s.rect(930, 560, 92, 78, s.shade("#7d98a0", "#5f7c85"), 8)
    s.path("M930 580l-56 -26M1022 580q30 20 0 42", edge="#5f7c85", width=14)


def walking_group(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, s.shade("#cfe3ea", "#f6ead0"))
    s.path("M0 480Q300 380 640 440T1600 400V640H0z", "#a8bf92")
    s.rect(0, 560, WIDTH, 440, s.shade("#9bb572", "#76935a"))
    s.path("M0 1000L560 560h190L1600 930v70z", s.shade("#e7d6b6", "#cfb68c"))
    for x, y, size, leaf in ((120, 700, 1.3, "#c08a35"), (330, 590, 0.8, "#6f8f4e"), (980, 580, 0.8, "#b5703b"),
                             (1230, 620, 1.1, "#6f8f4e"), (1500, 700, 1.4, "#c08a35")):  # fmt: skip
        tree(s, x, y, size, leaf)
    for x, y in ((860, 610), (760, 590)):
        s.rect(x, y, 8, 60, "#5c6468")
    s.path("M1120 700h220M1140 700v60M1320 700v60M1110 660h240", edge="#7a5a40", width=16)
    for x, y, who, size in ((520, 800, 5, 0.86), (690, 850, 0, 0.95), (880, 890, 1, 1.02)):
        walker(s, x, y, who, size)
    s.path("M765 650L800 842", edge="#463a33", width=10)
    s.shadow(1105, 944, 110)
    s.path("M1050 900q0 -60 60 -62q70 0 70 40l20 10l-14 22h-40v34M1066 900v44", "#8a6a4c", "#8a6a4c", 14)
    s.path("M935 700Q1000 780 1100 848", edge="#b5523b", width=5)


def workshop(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, s.shade("#e9dfcc", "#d8c6a6"))
    s.rect(110, 80, 900, 360, s.shade("#c9a877", "#b08c5c"), 10)
    for n in range(6):
        x = 190 + n * 140
        s.rect(x, 130, 18, 170 + (n % 3) * 40, "#7a5a40", 8)
        s.path(
            (f"M{x - 36} 130h90v44h-90z", f"M{x + 9} 120l46 40l-46 20l-46 -20z", f"M{x - 30} 150q39 -60 78 0")[n % 3],
            "#6c7a80",
            "#55636a",
            8,
        )
    s.rect(1120, 90, 380, 300, s.shade("#d3e7ee", "#f0f3e6"))
    s.path("M1310 90v300M1120 240h380", edge="#8f6f54", width=14)
    person(s, 520, 540, 0, 1.5, 1, 420)
    person(s, 1010, 560, 1, 1.45, -1, 400)
    s.rect(40, 820, 1520, 200, s.shade("#a9794c", "#855a34"), 12)
    s.rect(40, 820, 1520, 22, "#c39363", 8)
    for x in (690, 905):
        s.oval(x, 690, 122, 122, "none", 'stroke="#2d3337" stroke-width="18"')
        s.oval(x, 690, 100, 100, "none", 'stroke="#aab3b7" stroke-width="4"')
        for turn in range(6):
            s.path(f"M{x - 98} 690h196", edge="#aab3b7", width=3, more=f'transform="rotate({turn * 30} {x} 690)"')
    s.path(
        "M690 690l70 -150h110l35 150M760 540l45 150h-115M805 690l65 -150M746 520h46M880 500l-20 40",
        edge="#b5523b",
        width=15,
    )
    arm(s, "M640 680Q660 760 700 770", 0, (712, 768), 1.4)
    arm(s, "M900 690Q860 640 830 620", 1, (820, 616), 1.4)
    mug(s, 1290, 822, "#0b5d5e")
    s.rect(140, 770, 210, 52, s.shade("#b5523b", "#8f3d2a"), 8)
    s.path("M190 770v-24h110v24", edge="#5c6468", width=10)


def singing(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, s.shade("#efe4d2", "#e2cfb0"))
    for x in (120, 460, 800, 1140):
        s.path(f"M{x} 420V190q0 -120 120 -120t120 120v230z", s.shade("#d4e6ec", "#f6f0d8"), "#b08c5c", 14)
        s.path(f"M{x + 120} 80v340M{x} 250h240", edge="#b08c5c", width=10)
    s.rect(0, 640, WIDTH, 360, s.shade("#b98658", "#94643c"))
    for n in range(9):
        s.path(f"M{n * 200} 1000L{640 + n * 40} 640", edge="#8a5f3a", width=3, more='opacity="0.5"')
    for n, who in enumerate((4, 1, 0, 3, 2)):
        person(s, 330 + n * 150, 470, who, 0.95, 1, 230)
    for n, who in enumerate((5, 2, 6, 1)):
        person(s, 270 + n * 200, 640, who + 3, 1.15, 1, 400)
    for n in range(4):
        x = 270 + n * 200
        s.path(f"M{x - 74} 800l74 20l74 -20v-84l-74 20l-74 -20z", "#fffaf0", "#cdbf9f", 4)
        s.path(f"M{x} 736v84", edge="#cdbf9f", width=4)
    s.rect(1190, 610, 330, 250, s.shade("#5a3d2b", "#3e2a1d"), 12)
    s.rect(1170, 710, 370, 50, "#fffaf0", 4)
    for n in range(16):
        s.rect(1180 + n * 22, 710, 12, 30, "#2b211c")
    person(s, 1345, 520, 0, 1.05, -1, 190)
    arm(s, "M1270 590Q1240 660 1250 712", 0, (1252, 716))
    arm(s, "M1420 590Q1450 660 1440 712", 0, (1438, 716))


def wheelchair(s: Scene, x: float, y: float, who: int) -> None:
    """Somebody in a wheelchair who comes from the right; `y` is the ground."""
    s.shadow(x - 20, y + 4, 150)
    s.path(f"M{x + 74} {y - 300}h44M{x + 76} {y - 300}V{y - 110}", edge="#39424a", width=14)
    person(s, x, y - 330, who, 0.86, -1, 200)
    s.path(f"M{x + 10} {y - 136}H{x - 120}L{x - 150} {y - 40}", edge="#39424a", width=46)
    s.path(f"M{x - 196} {y - 26}h70", edge="#262c31", width=24)
    s.path(f"M{x + 70} {y - 104}H{x - 90}L{x - 130} {y - 16}", edge="#5c6468", width=10)
    arm(s, f"M{x + 20} {y - 280}Q{x + 44} {y - 210} {x + 6} {y - 172}", who, (x - 2, y - 168), 0.9)
    for r, width in ((92, 14), (70, 3)):
        s.oval(x + 24, y - 92, r, r, "none", f'stroke="#2d3337" stroke-width="{width}"')
    for turn in range(5):
        d = f"M{x - 60} {y - 92}h168"
        s.path(d, edge="#aab3b7", width=3, more=f'transform="rotate({turn * 36} {x + 24} {y - 92})"')
    s.oval(x - 112, y - 26, 24, 24, "none", 'stroke="#2d3337" stroke-width="10"')


def library_door(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, s.shade("#c7dfe8", "#f3ecd8"))
    s.rect(150, 150, 1300, 640, s.shade("#b5654a", "#9c5039"))
    for row in range(16):
        s.path(f"M150 {170 + row * 40}H1450", edge="#a45b43", width=3)
    s.rect(110, 110, 1380, 60, s.shade("#efe3cc", "#d6c4a2"), 6)
    for x in (220, 460, 960, 1200):
        s.rect(x, 260, 180, 360, "#efe3cc", 6)
        s.rect(x + 16, 276, 148, 328, s.shade("#f7dfa0", "#f2c979"))
        for shelf in range(3):
            y = 376 + shelf * 100
            s.rect(x + 16, y, 148, 8, "#8f6f54")
            for n in range(9):
                h = 44 + (n * 13 + shelf * 7) % 30
                s.rect(x + 22 + n * 15, y - h, 12, h, CLOTH[(n + shelf + x) % len(CLOTH)])
    s.path("M680 790V380q0 -110 120 -110t120 110v410z", "#efe3cc")
    s.path("M704 790V390q0 -94 96 -94t96 94v400z", s.shade("#0b5d5e", "#084546"))
    s.path("M800 300v490", edge="#efe3cc", width=8)
    s.rect(660, 190, 280, 60, "#fffaf0", 6)
    s.parts.append(
        '<text x="800" y="234" font-family="Georgia, serif" font-size="44" letter-spacing="8" text-anchor="middle" '
        'fill="#1d2429">LIBRARY</text>'
    )
    s.rect(0, 790, WIDTH, 210, s.shade("#d9cdb8", "#b9aa90"))
    s.path("M560 1000L690 790h220l330 210z", s.shade("#efe6d4", "#ddd0b8"))
    walker(s, 420, 940, 4, 1.02, 1)
    s.rect(470, 690, 84, 100, "#d59a2b", 10)
    wheelchair(s, 1120, 950, 1)
    for x in (60, 1530):
        tree(s, x, 830, 0.9)


SCENES: dict[str, Callable[[Scene], None]] = {
    "kitchen-table": kitchen_table,
    "garden": garden,
    "walking-group": walking_group,
    "workshop": workshop,
    "singing": singing,
    "library-door": library_door,
}


def paint(names: Iterable[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        finder = [sys.executable, Path(__file__).with_name("find_browser.py")]
        chromium = subprocess.run(finder, check=True, capture_output=True, text=True).stdout.strip()
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page(
            viewport={"width": WIDTH, "height": HEIGHT}
        )
        for name in names:
            scene = Scene()
            SCENES[name](scene)
            page.set_content(f'<body style="margin:0">{scene.svg()}</body>')
            with Image.open(io.BytesIO(page.screenshot())) as shot:
                shot.convert("RGB").save(FOLDER / f"{name}.jpg", quality=86, optimize=True, progressive=True)


if __name__ == "__main__":
    paint(sys.argv[1:] or SCENES)

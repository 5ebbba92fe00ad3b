"""Every page in every state: no axe violation, nothing cut off on the narrowest phone, every stop of the keys seen."""

import re
from typing import Any

import pytest

from tests.browser.scenes import Scenes
from tests.browser.state import State
from tests.browser.states import STATES
from tests.support.chromium import Visit, Windows
from tests.support.keys import all_round
from webapp.config.settings import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What another width can change; the rest reads the same HTML again.
OF_WIDTH = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "meta-viewport", "region"]}
RUN = """async (runOnly) => {
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
  const told = (node) => `${node.html.slice(0, 200)} ${node.failureSummary}`;
  return found.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.map(told) }));
}"""
# Of things that are alike but for their words (rows, cards, points on a map) the first three are looked at.
THIN_OUT = """(most) => {
  window.apart = [];
  const shape = (e) => `${e.tagName}.${e.className.baseVal ?? e.className}[${[...e.attributes].map((a) => a.name)}]`
    + `(${[...e.children].map(shape)})`;
  const thin = (e) => {
    if (e.matches("select, datalist")) return;
    const seen = {};
    for (const child of [...e.children]) {
      const like = shape(child);
      seen[like] = (seen[like] || 0) + 1;
      if (seen[like] <= most) { thin(child); continue; }
      window.apart.push([e, child.nextSibling, child]);
      child.remove();
    }
  };
  thin(document.body);
}"""
PUT_BACK = "() => window.apart.reverse().forEach(([e, before, child]) => e.insertBefore(child, before))"
# A button that stays in sight lies on whatever has been scrolled below it just then: it is looked at in its place.
IN_PLACE = "() => document.querySelectorAll('.drawer__done').forEach((bar) => { bar.style.position = 'static'; })"
ALIKE = 3
# At a desk, and the narrowest that must do without a sideways scroll: WCAG 2.2, 1.4.10 Reflow.
NARROW = 320
WIDTHS = (1280, NARROW)


# The keys go once round each page, as full as it gets: its other states are made of the same stops.
BY_KEYS = {re.sub(r"\d+|{\w+}", "1", state.path.partition("?")[0]): state.name for state in STATES}.values()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_nobody_is_kept_out(windows: Windows, scenes: Scenes, state: State):
    with windows.kept(state.role, width=WIDTHS[0]) as visit:
        state.show(visit, scenes)
        visit.page.evaluate(THIN_OUT, ALIKE)
        for width in WIDTHS:
            visit.page.set_viewport_size({"width": width, "height": 900})
            rules = OF_WIDTH if width == NARROW else EVERY_RULE
            if width == NARROW:
                visit.page.evaluate(IN_PLACE)
            assert not (found := violations(visit, rules)), told(state, width, found)
            if width != NARROW and state.name in BY_KEYS:
                stops = all_round(visit.page, in_main=state.path != "/")
                unseen = [f"{stop['on']}: {', '.join(stop['wrong'])}" for stop in stops if stop["wrong"]]
                assert not unseen, "\n".join([f"{state.name}, by keys:", *unseen[:8]])
        visit.page.evaluate(PUT_BACK)
        assert not (wide := too_wide(visit)), f"{state.name} scrolls sideways at {NARROW} pixels: {wide}"


def violations(visit: Visit, rules: dict[str, Any] = EVERY_RULE) -> list[dict[str, Any]]:
    if not visit.page.evaluate("typeof axe === 'object'"):
        visit.page.evaluate(AXE)
    return visit.page.evaluate(RUN, rules)


def told(state: State, width: int, found: list[dict[str, Any]]) -> str:
    lines = [f"{f['id']}: {f['help']}\n    " + "\n    ".join(f["nodes"][:3]) for f in found]
    return "\n".join([f"{state.name} at {width} pixels:", *lines])


def too_wide(visit: Visit) -> list[str]:
    """What makes the window scroll sideways; a box of its own may."""
    return visit.page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const boxed = (e) => e && e !== document.body
            && (getComputedStyle(e).overflowX !== "visible" || boxed(e.parentElement));
          return [...document.body.querySelectorAll("*")]
            .map((e) => [e, Math.round(e.getBoundingClientRect().right)])
            .filter(([e, right]) => right > wide + 1 && !boxed(e.parentElement)).slice(0, 5)
            .map(([e, right]) => `<${e.tagName.toLowerCase()} class="${e.className}"> ends at ${right}`);
        }"""
    )


def test_axe_sees_what_is_wrong(windows: Windows):
    """The check can fail: a page with faults has violations, and one that is too wide is."""
    with windows.open(width=NARROW) as visit:
        visit.go("/sign-in")
        visit.page.evaluate(
            """() => {
              const box = document.createElement("div");
              box.append(new Image());
              box.style.width = "900px";
              document.querySelector("main").append(box);
            }"""
        )
        assert {found["id"] for found in violations(visit)} >= {"image-alt"}
        assert too_wide(visit)
        visit.wrong.clear()

"""What is wrong with the stop where the keys are: is it in sight, and does it show that it has the focus?"""

from typing import Any

from playwright.sync_api import Locator, Page

# 24 pixels to press are axe's to measure.
FAULTS = """(e) => {
  const ring = (e, part) => {
    if (!e) return false;
    const style = getComputedStyle(e, part);
    const clear = /^rgba\\(.*, 0\\)$/.test(style.outlineColor);
    return (style.outlineStyle !== "none" && style.outlineWidth !== "0px" && !clear) || style.boxShadow !== "none";
  };
  const marked = ring(e) || ring(e.nextElementSibling, "::before") || ring(e.closest(".choice, tr"));
  const at = (x, y) => {
    const top = document.elementFromPoint(x, y);
    if (!top) return false;
    // A point on a map may lie under another: its ring is round both.
    if (e.ownerSVGElement) return e.ownerSVGElement.contains(top);
    return e.contains(top) || (top.contains(e) && top.matches("label, td")) || top.closest("label")?.control === e;
  };
  const seen = [...e.getClientRects()].some(({ left, top, right, bottom }) =>
    [[0.5, 0.5], [0.05, 0.1], [0.95, 0.9]].some(([x, y]) =>
      at(left + (right - left) * x, Math.min(top + (bottom - top) * y, innerHeight - 2))));
  return [marked ? "" : "nothing shows that it has the focus", seen ? "" : "it is out of sight"].filter(Boolean);
}"""
# A stop is looked at as it is left: by then nothing scrolls any more.
WATCH = f"""(inMain) => {{
  if (inMain) {{
    const main = document.querySelector("main");
    main.tabIndex = -1;
    main.focus({{ preventScroll: true }});
  }}
  const faults = {FAULTS};
  const known = new Set();
  window.stops = [];
  window.around = false;
  document.addEventListener("keydown", (event) => {{
    const e = document.activeElement;
    if (event.key !== "Tab" || !e || e === document.body) return;
    if (inMain && (e.matches("main") || !e.closest("main"))) {{
      window.around ||= !e.matches("main");
      return;
    }}
    if (known.has(e)) {{
      window.around ||= e.matches(".govuk-skip-link") || inMain;
      return;
    }}
    known.add(e);
    window.stops.push({{ on: e.outerHTML.slice(0, 160), wrong: faults(e) }});
  }}, true);
}}"""
HERE = f"""(wanted) => {{
  const e = document.activeElement;
  const is = wanted ? e === wanted : false;
  return {{ is, on: e.outerHTML.slice(0, 160), wrong: e === document.body ? [] : ({FAULTS})(e) }};
}}"""
TABBABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
MOST = 150
AT_ONCE = 25


def all_round(page: Page, in_main: bool = False) -> list[dict[str, Any]]:
    """Press Tab until the skip link comes round again; fail where it never does. Every stop, in order.

    `in_main` begins at the main part and ends where the keys leave it: header and footer are the same on each page.
    """
    page.evaluate(WATCH, in_main)
    most = page.locator(f"main :is({TABBABLE})" if in_main else TABBABLE).count()
    for _ in range(0, 3 * (most + AT_ONCE), AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("window.around"):
            break
    stops = page.evaluate("window.stops")
    assert page.evaluate("window.around"), f"Tab never comes out; it was last at {stops[-1:]}"
    page.evaluate("document.activeElement.blur()")  # the page is left as it was found
    return stops


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press `key` until the focus is on `wanted`; fail where that is never, or where a stop on the way is not seen."""
    target = wanted.first.element_handle()
    for _ in range(MOST):
        page.keyboard.press(key)
        here = page.evaluate(HERE, target)
        if here["is"]:
            assert not here["wrong"], here
            return
    raise AssertionError(f"{wanted} was not reached in {MOST} stops; the last was {here}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Reach `wanted` by Tab, and press `key` on it."""
    reach(page, wanted)
    page.keyboard.press(key)


def is_on(wanted: Locator) -> bool:
    """Whether the focus is on `wanted`, and seen there."""
    here = wanted.page.evaluate(HERE, wanted.element_handle())
    return bool(here["is"] and not here["wrong"])

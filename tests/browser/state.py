"""One page in one state, and how it is reached."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.scenes import Scenes
from tests.support.chromium import Visit
from tests.support.client import Answer

PRACTITIONER, FACILITATOR, COMMISSIONER, EDITOR, ADMIN, LEAD = (
    "practitioner",
    "facilitator",
    "commissioner",
    "editor",
    "admin",
    "lead",
)


@dataclass(frozen=True)
class State:
    """A page to look at: who sees it, where it is, and what is done there first.

    On the running site `do` is done in the browser. In a `scene` the page is made in this process: `act` sends a form
    of it or the like, and what comes back is shown; then `do` may open what is closed on it.
    """

    name: str
    role: str | None
    path: str
    do: Callable[[Visit], object] | None = None
    scene: str = ""
    act: Callable[[Answer], Answer] | None = None

    def show(self, visit: Visit, scenes: Scenes) -> None:
        """Open it in the browser."""
        if self.scene:
            visit.show(scenes.answer(self.scene, self.role, self.path, self.act))
        else:
            visit.go(visit.site.address(self.path))
        if self.do:
            self.do(visit)


def open_all(visit: Visit) -> None:
    """Open everything that can be opened."""
    visit.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")

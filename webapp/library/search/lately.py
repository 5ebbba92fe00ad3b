"""The answers to the last few questions, for what is asked several times while one page is made."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Lately(Generic[Answer]):
    """Remembers so many answers. Several threads may ask; answers are only to be read."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: tuple[tuple[Hashable, Answer], ...] = ()

    def get(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to `question`: remembered, or worked out now."""
        for known, answer in self._kept:
            if known == question:
                return answer
        answer = work_out()
        self._kept = ((question, answer), *self._kept[: self._most - 1])
        return answer

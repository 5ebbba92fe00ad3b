"""What is worked out once for a generation, or for its vocabulary, and goes when nobody reads it any more."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

Value = TypeVar("Value")


class PerGeneration(Generic[Value]):
    """One value for each owner. Two threads may make it at once; the later stays, so `make` must not mind.

    rows = PerGeneration(Rows)
    rows.of(gen)      # Rows(gen), the first time it is asked for
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self._values: WeakKeyDictionary[Any, Value] = WeakKeyDictionary()

    def of(self, owner: Any) -> Value:
        """The value of `owner`, which is compared by identity."""
        value = self._values.get(owner)
        if value is None:
            value = self._values[owner] = self._make(owner)
        return value

    def clear(self) -> None:
        """Forget all of it."""
        self._values.clear()

    def values(self) -> list[Value]:
        """What is kept now."""
        return list(self._values.values())

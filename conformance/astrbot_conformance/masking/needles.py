"""An index of folded forms that finds all of them in one pass over a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from astrbot_conformance.masking.forms import SHORTEST_FOLDED

Match = tuple[int, int, str]  # start, end, name


@dataclass(frozen=True, slots=True)
class _Grams:
    """Forms of at least `shortest` bytes, found by slices (grams) of `size` bytes.

    Only each `stride`th gram of a text is looked up. Of each form, `stride` grams in a row are stored. One of them is
    therefore found at any position of the form.
    """

    shortest: int
    size: int
    stored: dict[bytes, list[tuple[int, bytes, str]]] = field(default_factory=dict)

    @property
    def stride(self) -> int:
        return self.shortest - self.size + 1

    def add(self, form: bytes, name: str) -> None:
        middle = (len(form) - self.shortest) // 2  # the ends of keys and tokens are alike
        for offset in range(middle, middle + self.stride):
            self.stored.setdefault(form[offset : offset + self.size], []).append((offset, form, name))

    def find(self, folded: bytes) -> Iterator[Match]:
        stored, size = self.stored, self.size
        if not stored:
            return
        for index in range(0, len(folded) - size + 1, self.stride):
            if (gram := folded[index : index + size]) in stored:
                for offset, form, name in stored[gram]:
                    if index >= offset and folded.startswith(form, index - offset):
                        yield index - offset, index - offset + len(form), name


class Needles:
    """Folded forms, each with a name. Finding them takes a dictionary lookup for every few bytes of text."""

    def __init__(self) -> None:
        """Start with no forms."""
        self._long = _Grams(shortest=20, size=10)
        self._short = _Grams(shortest=SHORTEST_FOLDED, size=5)
        self._shortest: dict[bytes, str] = {}

    def add(self, forms: Iterable[bytes], name: str) -> None:
        """Find `forms` from now on, under `name`."""
        for form in forms:
            if len(form) >= self._long.shortest:
                self._long.add(form, name)
            elif len(form) >= self._short.shortest:
                self._short.add(form, name)
            else:
                self._shortest.setdefault(form, name)

    def find(self, folded: bytes) -> Iterator[Match]:
        """Each occurrence in `folded`."""
        yield from self._long.find(folded)
        yield from self._short.find(folded)
        for form, name in self._shortest.items():
            start = folded.find(form)
            while start >= 0:
                yield start, start + len(form), name
                start = folded.find(form, start + 1)

"""A rich console that adds its own colours to text from external sources."""

from collections.abc import Iterable

from astrbot_reference.safe_text import inert
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment


class SafeConsole(Console):
    """Prints unsafe characters of every text as escapes; only the console itself sends escape sequences."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments that are printed, before styles become escape sequences."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(inert(segment.text), segment.style)

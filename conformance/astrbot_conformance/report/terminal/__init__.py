"""The verdict for a terminal."""

from astrbot_conformance.report.terminal.render import FEWEST_LINES, MOST_LINES, Detail, render

__all__ = ["FEWEST_LINES", "MOST_LINES", "Detail", "render"]

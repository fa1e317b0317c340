"""The progress of a run: a bar on an interactive terminal, otherwise one line for each section.

The first finding of each cause is shown as soon as it is found, in one line; the report has its details.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self

from astrbot_reference.safe_text import one_line
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from astrbot_conformance.report.causes import outlines
from astrbot_conformance.report.safe_console import SafeConsole
from astrbot_conformance.report.transcript import Transcript
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement
from astrbot_conformance.verdict.selection import in_short

MOST_SHOWN = 12  # findings


class Progress:
    """Receives each judgement, in order."""

    def __init__(self, out: Transcript, selection: Sequence[str] = ()) -> None:
        """Print to `out`; first the options that narrow the run, if there are any."""
        self._out = out
        self._selection = selection
        self._findings = 0
        self._shown: set[tuple[str, ...]] = set()
        self._bar: Bar | None = None
        self._section: tuple[str, int, int] | None = None

    def __enter__(self) -> Self:
        """Start the progress display."""
        if self._selection:
            self._out.line(f"Only a selection is judged: {in_short(self._selection)}")
        if self._out.is_lively:
            console = SafeConsole(file=self._out.styled, no_color=not self._out.is_coloured)  # type: ignore[arg-type]
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, console=console, transient=True)
            self._bar.add_task("checks", total=None)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop, and remove the bar."""
        if self._bar:
            self._bar.stop()
        self._print_section()

    def __call__(self, judgement: Judgement, checks: int) -> None:
        """Show one more judgement, of `checks` in all."""
        self._findings += judgement.finding is not None
        if judgement.finding is not None:
            self._show_first(judgement.finding)
        if self._bar:
            description = f"{judgement.requirement} · {self._findings} finding{'s' * (self._findings != 1)}"
            self._bar.update(self._bar.task_ids[0], advance=1, total=checks, description=description)
            return
        name = judgement.requirement.partition("-")[0]
        if self._section is None or self._section[0] != name:
            self._print_section()
            self._section = (name, 0, 0)
        self._section = (name, self._section[1] + 1, self._section[2] + (judgement.finding is not None))

    def _show_first(self, finding: Finding) -> None:
        """Show a finding if it is the first one of its cause."""
        cause = (finding.requirement, *outlines(finding))
        if cause in self._shown:
            return
        self._shown.add(cause)
        if len(self._shown) <= MOST_SHOWN:
            self._show(in_one_line(finding))
        elif len(self._shown) == MOST_SHOWN + 1:
            self._show("more findings follow; the report shows them")

    def _show(self, line: str) -> None:
        """Print a line; above the bar, if there is one."""
        if self._bar:
            console = self._bar.console
            console.print(one_line(line), markup=False, highlight=False, soft_wrap=True)
        else:
            self._out.line(line)

    def _print_section(self) -> None:
        if self._section and not self._bar:
            name, checks, findings = self._section
            self._out.line(
                f"{name:<9} {checks:>4} check{'s' * (checks != 1)}, {findings} finding{'s' * (findings != 1)}"
            )


@contextlib.contextmanager
def progress_on(
    out: Transcript, selection: Sequence[str], *, quiet: bool
) -> Iterator[Callable[[Judgement, int], None]]:
    """The progress of a run on `out`, or none if `quiet`."""
    if quiet:
        yield lambda *_: None
        return
    with Progress(out, selection) as progress:
        yield progress


def in_one_line(finding: Finding) -> str:
    """A finding as one line: its requirement, its operation, what was expected, and what came back."""
    about = f"{finding.requirement} {finding.operation}"
    return f"finding   {about}: expected {finding.expected}, got {finding.actual}"

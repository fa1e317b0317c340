"""The output of a command of the suite: masked, without control characters, and searched for secrets at the end."""

import contextlib
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TextIO

from astrbot_reference.output import Output
from astrbot_reference.safe_text import inert, one_line

from astrbot_conformance.secret import mask, secrets_in


class Styled(Output):
    """The same stream for text with the colours of `SafeConsole`, which has already made all other text safe."""

    def __init__(self, transcript: "Transcript") -> None:
        """Print to `transcript`."""
        super().__init__(None)
        self._transcript = transcript

    def write(self, text: str) -> int:
        """Print text, its escape sequences as they are."""
        self._transcript.write_styled(text)
        return len(text)

    def flush(self) -> None:
        """Flush the printed text."""
        self._transcript.flush()

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._transcript.isatty()

    def fileno(self) -> int:
        """The file descriptor of the stream. Raises OSError if it has none."""
        return self._transcript.fileno()


class Transcript(Output):
    """A text stream that masks its output and keeps a copy. It also writes the files of the report, masked."""

    def __init__(self, stream: TextIO | None) -> None:
        """Print to `stream`."""
        super().__init__(stream)
        self._printed: list[str] = []
        self._files: list[Path] = []

    @property
    def printed_lines(self) -> int:
        """The number of lines that were printed so far."""
        return sum(text.count("\n") for text in self._printed)

    @property
    def is_lively(self) -> bool:
        """Whether the stream is an interactive terminal that can redraw a line."""
        return self.isatty() and os.environ.get("TERM") != "dumb"

    @property
    def is_coloured(self) -> bool:
        """Whether the output is coloured."""
        return self.is_lively and not os.environ.get("NO_COLOR")

    @property
    def width(self) -> int:
        """The number of columns: of the terminal, or from `COLUMNS`; 100 if neither is known."""
        return shutil.get_terminal_size((100, 24)).columns

    @property
    def styled(self) -> Output:
        """The stream for output of a `SafeConsole`."""
        return Styled(self)

    def write(self, text: str) -> int:
        """Print text of any number of lines, masked."""
        self._print_safe(inert(mask(text)))
        return len(text)

    def write_styled(self, text: str) -> None:
        """Print the output of a `SafeConsole`, masked."""
        self._print_safe(mask(text))

    def line(self, text: str = "") -> None:
        """Print the text as one line, even if it contains line breaks."""
        self._print_safe(f"{one_line(mask(text))}\n")
        self.flush()

    def lines(self, text: str = "") -> None:
        """Print text of several lines and end the last one."""
        self.write(f"{text}\n")
        self.flush()

    def save(
        self,
        folder: Path,
        texts: Mapping[str, str],
        pictures: Mapping[str, bytes] | None = None,
        old: Collection[str] = (),
    ) -> None:
        """Write all files of a report, or none if one cannot be written.

        old: files of an earlier report that this report does not have. The pictures must not show text that `leaks`
        would find. Raises OSError if a file cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        contents = {**{name: inert(text).encode() for name, text in texts.items()}, **(pictures or {})}
        with contextlib.ExitStack() as written:
            for name, content in contents.items():
                written.callback(_unlink, _beside(folder / name))
                _write(_beside(folder / name), content)
            for name in contents:
                _beside(folder / name).replace(folder / name)
        for name in set(old) - contents.keys():
            (folder / name).unlink(missing_ok=True)
        self._files += [folder / name for name in texts]

    def leaks(self) -> list[str]:
        """One line for each place that still shows a secret; such a file is removed."""
        leaks = []
        for path in self._files:
            shown = secrets_in(path.read_text(encoding="utf-8"))
            if shown:
                path.unlink()
                leaks.append(f"{path} showed {', '.join(shown)} and was removed")
        shown = secrets_in("".join(self._printed))
        return [*leaks, f"the terminal showed {', '.join(shown)}"] if shown else leaks

    def _print_safe(self, safe: str) -> None:
        self._printed.append(safe)
        self._print(safe)


def complain(text: str) -> None:
    """Print an error to standard error as one line, masked."""
    Transcript(sys.stderr).line(text)


def _beside(path: Path) -> Path:
    """The temporary path of a file before it replaces an earlier one, so that no incomplete file is ever visible."""
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _write(path: Path, content: bytes) -> None:
    """Write a new file to the disk. Raises OSError if it cannot be written or already exists."""
    with path.open("xb") as file:  # never through a link that another user created
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)

"""Everything that a run writes passes through here, so that it can be searched for secrets when the run ends."""

import io
import os
import shutil
from pathlib import Path
from typing import TextIO

from astrbot_conformance.secret import mask, secrets_in


class Transcript(io.TextIOBase):
    """A text stream that masks what it passes on and keeps a copy, and writes the files of the report likewise."""

    def __init__(self, stream: TextIO) -> None:
        """Pass on to `stream`."""
        super().__init__()
        self._stream = stream
        self._kept: list[str] = []
        self._files: list[Path] = []

    @property
    def is_lively(self) -> bool:
        """Whether a person watches, on a terminal that can redraw a line."""
        return self._stream.isatty() and os.environ.get("TERM") != "dumb"

    @property
    def is_coloured(self) -> bool:
        """Whether colour is wanted."""
        return self.is_lively and not os.environ.get("NO_COLOR")

    @property
    def width(self) -> int:
        """How many columns there are: of the terminal, or of `COLUMNS`; 100 where nobody says."""
        return shutil.get_terminal_size((100, 24)).columns

    def isatty(self) -> bool:
        """As the stream behind it."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """As the stream behind it."""
        return self._stream.fileno()

    def write(self, text: str) -> int:
        """Pass on `text`, masked."""
        masked = mask(text)
        self._kept.append(masked)
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(masked.encode(encoding, "backslashreplace").decode(encoding))
        return len(text)

    def flush(self) -> None:
        """As the stream behind it."""
        self._stream.flush()

    def line(self, text: str = "") -> None:
        """Write a line."""
        self.write(f"{text}\n")
        self.flush()

    def save(self, path: Path, text: str) -> None:
        """Write a file of the report. Raises OSError when it cannot be written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
        self._files.append(path)

    def save_picture(self, path: Path, png: bytes) -> None:
        """Write a picture of the report, on which nothing is to be read that `leaks` could find."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)

    def leaks(self) -> list[str]:
        """One line for each place that shows a secret after all; such a file is removed."""
        told = []
        for path in self._files:
            shown = secrets_in(path.read_text(encoding="utf-8"))
            if shown:
                path.unlink()
                told.append(f"{path} showed {', '.join(shown)} and was removed")
        shown = secrets_in("".join(self._kept))
        return [*told, f"the terminal showed {', '.join(shown)}"] if shown else told

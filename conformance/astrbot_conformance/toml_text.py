"""Read TOML files that a user wrote."""

import tomllib
from pathlib import Path
from typing import Any

from astrbot_conformance.given_file import SETTINGS_LIMIT, UnreadableFileError, read_text


def read_toml(path: Path, unreadable: type[Exception]) -> dict[str, Any]:
    """The content of a TOML file. Raises `unreadable` with one line that states the location and the reason."""
    try:
        return tomllib.loads(read_text(path, SETTINGS_LIMIT))
    except UnreadableFileError as error:
        raise unreadable(f"{path}: {error}") from None
    except RecursionError:
        raise unreadable(f"{path}: is nested too deeply") from None
    except ValueError as error:
        raise unreadable(f"{path}: is not valid TOML ({error})") from None

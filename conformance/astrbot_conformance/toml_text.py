"""TOML that a user wrote."""

import tomllib
from pathlib import Path
from typing import Any


def read_toml(path: Path, unreadable: type[Exception]) -> dict[str, Any]:
    """What a file says. Raises `unreadable` with one line that says where and why."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise unreadable(f"{path}: cannot be read ({error.strerror or error})") from None
    except ValueError as error:
        raise unreadable(f"{path}: is no TOML ({error})") from None

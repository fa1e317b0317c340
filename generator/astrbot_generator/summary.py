"""Says in a few lines what was generated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath

from astrbot_generator.code_plan import Plan
from astrbot_generator.render import PACKAGE, folder_of
from astrbot_generator.source_files import shown


def summary(
    files: Collection[PurePosixPath], plans: Sequence[Plan], out: Path, package: PurePosixPath = PACKAGE
) -> str:
    """Returns what the generated files contain, one line for each kind."""
    base, newest = plans[0], plans[-1]
    folder = package / folder_of(newest.release, base.release).relative_to(PACKAGE)
    served = folder / "server" / "__init__.py" in files
    lines = [
        f"{shown(out / package)}: {newest.title} {newest.release}",
        f"  models.py      {_count(len(newest.models), 'model')}",
    ]
    if len(plans) > 1:
        lines[0] += f", and {_count(len(plans) - 1, 'earlier release')}"
    if served:
        sockets = f" and {_count(len(newest.sockets), 'WebSocket')}" if newest.sockets else ""
        operations = _count(len(newest.operations), "operation")
        lines += [
            f"  operations.py  {operations}{sockets}",
            f"  server/        {_count(len(newest.services), 'service')}",
        ]
    pages = sum(not path.is_relative_to(package) for path in files)
    lines += [f"{shown(out / 'docs')}: {_count(pages, 'page')}"] if pages else []
    return "\n".join(lines) + "\n"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"

"""Writes generated files to disk, or reports how the disk differs from them.

The package is replaced as a whole: the new package is written next to the old one, then the two are swapped in one
step. An interrupted run leaves the old package intact.
"""

from __future__ import annotations

import ctypes
import difflib
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from astrbot_generator.errors import ContractError
from astrbot_generator.render import DOCS, PACKAGE, RELEASE_DOCS
from astrbot_generator.source_files import shown

_MARKS = ("Generated", "do not edit", "生成")
"""Words that every generated module and page contains."""
_UNMARKED = ("openapi.json", "py.typed")
_NAMED = 3
_EXCHANGE = 2
_CURRENT_FOLDER = -100


def publish(files: Mapping[PurePosixPath, str], out: Path, package: PurePosixPath = PACKAGE) -> None:
    """Writes exactly these files to the package in the output folder, and these pages to its `docs/`.

    Pages of releases that the contract no longer has are removed; other pages are not touched.

    Raises ContractError if a file cannot be written, or if it would replace or remove a file that is not generated.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _refuse_foreign_files(files, out, package)
            code = {path: text for path, text in files.items() if path.is_relative_to(package)}
            if code != present(out, package):
                _replace_package(code, out, package)
            for path, text in files.items():
                if path not in code:
                    _replace_file(out / path, text)
            for path in _release_pages(out).keys() - files.keys():
                _remove_page(out / path)
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        raise ContractError.at(shown(out), wrong, "choose a writable folder with --out") from None


def renamed(files: Mapping[PurePosixPath, str], package: str) -> dict[PurePosixPath, str]:
    """Returns the files with another name for the package. Modules import each other relatively, so no text changes."""
    return {
        PurePosixPath(package) / path.relative_to(PACKAGE) if path.is_relative_to(PACKAGE) else path: text
        for path, text in files.items()
    }


def differences(files: Mapping[PurePosixPath, str], out: Path, package: PurePosixPath = PACKAGE) -> Iterator[str]:
    """Yields the unified diff, line by line, from the files in the output folder to these files."""
    old = present(out, package) | {path: _text(out / path) for path in files if (out / path).is_file()}
    old |= _release_pages(out) if any(path.is_relative_to(DOCS) for path in files) else {}
    for path in sorted(files.keys() | old.keys()):
        before, after = old.get(path, ""), files.get(path, "")
        if before != after or (path in files) != (path in old):
            names = (str(path) if path in old else "/dev/null", str(path) if path in files else "/dev/null")
            lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm=""))
            yield from lines or [f"--- {names[0]}", f"+++ {names[1]}"]


def present(out: Path, below: PurePosixPath) -> dict[PurePosixPath, str]:
    """Returns the files in a folder of the output, except compiled ones."""
    return {
        PurePosixPath(path.relative_to(out).as_posix()): _text(path)
        for path in sorted((out / below).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _refuse_foreign_files(files: Mapping[PurePosixPath, str], out: Path, package: PurePosixPath) -> None:
    """Raises ContractError if a file in the package, or a page to be written, exists but was not generated."""
    inside = present(out, package)
    pages = {path: _text(out / path) for path in files if path not in inside and (out / path).is_file()}
    foreign = [path for path, text in {**inside, **pages}.items() if not _is_generated(path, text)]
    if foreign:
        listed = ", ".join(f"`{path}`" for path in foreign[:_NAMED]) + (", …" if len(foreign) > _NAMED else "")
        wrong = f"{listed} {'is' if len(foreign) == 1 else 'are'} not generated, and would be replaced or removed"
        raise ContractError.at(shown(out), wrong, "move them, or choose another folder with --out")


def _is_generated(path: PurePosixPath, text: str) -> bool:
    """Returns whether a file was written by this command: it says so, or it has a name that no other file has."""
    return path.name in _UNMARKED or any(mark in text for mark in _MARKS)


def _release_pages(out: Path) -> dict[PurePosixPath, str]:
    """Returns the generated pages about releases; pages about real servers in the same folder are not generated."""
    folder = out / RELEASE_DOCS
    found = sorted([*folder.glob("*/scopes*.md"), *folder.glob("*-to-*.md")])
    pages = {PurePosixPath(page.relative_to(out).as_posix()): _text(page) for page in found}
    return {path: text for path, text in pages.items() if _is_generated(path, text)}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _remove_page(page: Path) -> None:
    page.unlink()
    if not any(page.parent.iterdir()):
        page.parent.rmdir()


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Locks the output folder, so that two runs do not write to it at the same time."""
    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace_package(files: Mapping[PurePosixPath, str], out: Path, package: PurePosixPath) -> None:
    staged = out / f".{package}.new"
    shutil.rmtree(staged, ignore_errors=True)
    try:
        for path, text in files.items():
            target = staged / path.relative_to(package)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        if (out / package).exists():
            _exchange(staged, out / package)
        else:
            staged.rename(out / package)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _exchange(new: Path, old: Path) -> None:
    """Swaps two folders in one step, or in two steps if the system cannot do it in one."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        rename = None
    if rename is not None:
        if rename(_CURRENT_FOLDER, os.fsencode(new), _CURRENT_FOLDER, os.fsencode(old), _EXCHANGE) == 0:
            return
        if ctypes.get_errno() not in (errno.ENOSYS, errno.EINVAL):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    aside = old.with_name(f"{new.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _replace_file(target: Path, text: str) -> None:
    if target.is_file() and _text(target) == text:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.new")
    try:
        staged.write_text(text, encoding="utf-8", newline="\n")
        staged.replace(target)
    finally:
        staged.unlink(missing_ok=True)

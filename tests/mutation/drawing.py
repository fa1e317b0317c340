"""Mutants of source files, as cosmic-ray defines them, and a sample of them."""

import random
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file. line: its number; before and after: the first line that differs, without its indent."""

    file: str
    line: int
    operator: str
    before: str
    after: str
    text: str  # the whole file with the change

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.operator.removeprefix('core/')}"


class Sample:
    """Mutants of a package in a random order; every mutant has the same chance. Thread-safe."""

    def __init__(self, root: Path, package: str, seed: int) -> None:
        """Draw from every file of the folder `package`."""
        self._root = root
        self._specs = _specs(sorted((root / package).rglob("*.py")))
        random.Random(f"{seed} {package}").shuffle(self._specs)  # noqa: S311  a sample
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Mutant]:
        """The mutants that are Python. Several threads can draw; each mutant is drawn once."""
        while True:
            with self._lock:
                if not self._specs:
                    return
                spec = self._specs.pop()
            mutant = _mutant(self._root, spec)
            if mutant is not None:
                yield mutant


def _specs(files: list[Path]) -> list[MutationSpec]:
    with (
        TemporaryDirectory(prefix="mutants-") as folder,
        use_db(Path(folder) / "specs.sqlite", WorkDB.Mode.create) as db,
    ):
        init(files, db, {})
        specs = [mutation for item in db.work_items for mutation in item.mutations]
    return sorted(specs, key=lambda spec: (str(spec.module_path), spec.operator_name, spec.occurrence))


def _mutant(root: Path, spec: MutationSpec) -> Mutant | None:
    """The mutant; None if it is not Python, such as `def f(/, a)` for `def f(*, a)`, or cannot be made."""
    source = spec.module_path.read_text(encoding="utf-8")
    try:
        text = mutate_code(source, get_operator(spec.operator_name)(**spec.operator_args), spec.occurrence)
    except AttributeError:  # cosmic-ray replaces no exception that is written as `module.Error`
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # `is` with a literal
            compile(text, spec.module_path.name, "exec")
    except SyntaxError:
        return None
    pairs = zip(source.splitlines(), text.splitlines(), strict=False)
    before, after = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    file = spec.module_path.relative_to(root).as_posix()
    return Mutant(file, spec.start_pos[0], spec.operator_name, before.strip(), after.strip(), text)

"""The generator as one pure function: it takes the files of a contract and returns the text of every file."""

from __future__ import annotations

import json
from functools import partial
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from astrbot_generator.admit import Admission
from astrbot_generator.background import Background
from astrbot_generator.code_plan import Plan
from astrbot_generator.only_models import only_models
from astrbot_generator.plan import plan_code
from astrbot_generator.printable import printable_json
from astrbot_generator.release_changes import release_changes
from astrbot_generator.releases import releases
from astrbot_generator.render import RELEASE_DOCS, folder_of, format_python, render, render_changes
from astrbot_generator.render_models import later_models, models
from astrbot_generator.source_files import depth_limited


class Generated(NamedTuple):
    """The text of every file by its path in the output folder, and what it was planned from."""

    files: dict[PurePosixPath, str]
    plans: list[Plan]


def generate(contract: Path) -> dict[PurePosixPath, str]:
    """Returns the text of every generated file by its path in the output folder; equal contracts give equal text.

    Raises ContractError with the file, line and JSON pointer of every problem in the contract.
    """
    return generate_admitted(contract, Admission()).files


def generate_admitted(contract: Path, admission: Admission) -> Generated:
    """Returns what is generated from the admitted parts of a contract. Raises ContractError like `generate`."""
    with depth_limited(contract):
        plans = [plan_code(document, models_only=admission.models_only) for document in releases(contract, admission)]
        files = _files(plans)
    return Generated(only_models(files) if admission.models_only else files, plans)


def _files(plans: list[Plan]) -> dict[PurePosixPath, str]:
    base = plans[0]
    changes, later = Background(partial(_changes, plans)), Background(partial(_later_models, plans))
    folders = {plan.release: folder_of(plan.release, base.release) for plan in plans}
    files = render(plans)
    files[folders[base.release] / "models.py"] = models(base)
    files = format_python(files | changes.result() | later.result())
    for plan in plans:
        text = printable_json(json.dumps(plan.document, ensure_ascii=False, indent=1)) + "\n"
        files[folders[plan.release] / "openapi.json"] = text
    return dict(sorted(files.items()))


def _changes(plans: list[Plan]) -> dict[PurePosixPath, str]:
    """Returns the pages that describe the changes from each release to the next."""
    return {
        RELEASE_DOCS / f"{old.release}-to-{new.release}.md": render_changes(release_changes(old, new))
        for old, new in pairwise(plans)
    }


def _later_models(plans: list[Plan]) -> dict[PurePosixPath, str]:
    """Returns the models of the newest release; nothing if the contract has only one release."""
    base, newest = plans[0], plans[-1]
    if newest is base:
        return {}
    return {folder_of(newest.release, base.release) / "models.py": later_models(newest, base)}

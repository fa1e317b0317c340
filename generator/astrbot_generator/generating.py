"""The generator as one pure function: the files of a contract in, the text of every generated file out."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

from astrbot_generator.bundling import bundle
from astrbot_generator.checking import check
from astrbot_generator.models import models
from astrbot_generator.planning import plan_code
from astrbot_generator.rendering import PACKAGE, format_python, render


def generate(contract: Path) -> dict[PurePosixPath, str]:
    """The text of every generated file, by its path below the output folder; equal contracts give equal text.

    Raises ContractError with file, line and JSON pointer of everything that is wrong with the contract.
    """
    document = bundle(contract)
    check(document)
    plan = plan_code(document)
    files = render(plan)
    files[PACKAGE / "models.py"] = models(document, plan.models)
    files = format_python(files)
    files[PACKAGE / "openapi.json"] = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return dict(sorted(files.items()))

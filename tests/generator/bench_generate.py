"""How long `generate` takes beside datamodel-code-generator alone, which only makes models of the same bundle.

They run in turn, each in a process of its own, with the same options and formatters. Exit 1 where the contract of one
release takes more than twice as long. Run by `make bench`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 5
ALLOWED = {"one release": 2.0, "all releases": 4.0}
"""How many times as long the contract of one release may take, and those of all with what changed between them."""
ALONE = (
    "--input-file-type openapi --output-model-type pydantic_v2.BaseModel --openapi-scopes schemas "
    "--target-python-version 3.11 --use-annotated --field-constraints --enum-field-as-literal all --strict-nullable "
    "--strict-refs --disable-timestamp --disable-future-imports --use-missing-sentinel --use-schema-description "
    "--use-single-line-docstring --use-double-quotes --formatters ruff-check ruff-format"
).split()


def run(arguments: list[str]) -> tuple[float, float]:
    """Runs Python with these arguments: (seconds, the most memory it held in MiB)."""
    started = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> int:
    """Prints the times, and how they compare."""
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in ("datamodel-codegen", *ALLOWED)}
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder, "openapi.json")
        shutil.copy(ROOT / "generated" / "astrbot_api" / "openapi.json", bundle)
        alone = ["-m", "datamodel_code_generator", "--input", str(bundle), "--output", f"{folder}/models.py", *ALONE]
        contracts = dict(zip(ALLOWED, (bundle, ROOT / "spec" / "openapi.yaml"), strict=True))
        for _ in range(ROUNDS):
            measured["datamodel-codegen"].append(run(alone))
            for name, contract in contracts.items():
                ours = ["-m", "astrbot_generator", "generate", "--spec", str(contract), "--out", f"{folder}/{name}"]
                measured[name].append(run(ours))
    slow = False
    for name, rounds in measured.items():
        seconds = statistics.median(seconds for seconds, _ in rounds)
        print(f"{name:<18} {seconds:6.2f} s   {max(memory for _, memory in rounds):6.0f} MiB")
    for name, allowed in ALLOWED.items():
        pairs = zip(measured[name], measured["datamodel-codegen"], strict=True)
        ratio = statistics.median(ours[0] / alone[0] for ours, alone in pairs)
        slow = slow or ratio > allowed
        print(f"{name} takes {ratio:.2f} times as long; {allowed} is allowed")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())

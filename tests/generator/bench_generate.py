"""How long `generate` takes beside datamodel-code-generator alone, which only makes models of the same bundle.

Both run in turn, each in a process of its own, with the same options and formatters. Exit 1 where ours takes more than
twice as long. Run by `make bench`.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 5
ALLOWED = 2.0
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
    """Prints both, and their ratio."""
    measured: dict[str, list[tuple[float, float]]] = {"datamodel-codegen": [], "generate": []}
    with tempfile.TemporaryDirectory() as folder:
        bundle = str(ROOT / "generated" / "astrbot_api" / "openapi.json")
        alone = ["-m", "datamodel_code_generator", "--input", bundle, "--output", f"{folder}/models.py", *ALONE]
        ours = ["-m", "astrbot_generator", "generate", "--spec", str(ROOT / "spec" / "openapi.yaml"), "--out"]
        for number in range(ROUNDS):
            measured["datamodel-codegen"].append(run(alone))
            measured["generate"].append(run([*ours, f"{folder}/{number}"]))
    times = {name: statistics.median(seconds for seconds, _ in rounds) for name, rounds in measured.items()}
    for name, rounds in measured.items():
        print(f"{name:<18} {times[name]:6.2f} s   {max(memory for _, memory in rounds):6.0f} MiB")
    ratio = statistics.median(
        ours[0] / alone[0] for ours, alone in zip(measured["generate"], measured["datamodel-codegen"], strict=True)
    )
    print(f"generate takes {ratio:.2f} times as long; {ALLOWED} is allowed")
    return 0 if ratio <= ALLOWED else 1


if __name__ == "__main__":
    raise SystemExit(main())

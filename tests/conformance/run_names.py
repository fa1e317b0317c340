"""Names of a run's resources, and similar names that a user might choose."""

from astrbot_conformance.run_mark import checked

RUN = checked("0a1b2c3d4e5f")
WRONG = RUN[:-1] + ("0" if RUN[-1] != "0" else "1")
SWAPPED = RUN[1] + RUN[0] + RUN[2:]
SIMILAR = ["conforming", "my conform-key", "Conform-1", "conform-x", "conform-none-1", "conform-none", "conform-backup"]
SIMILAR += ["conform-20260101-backup", "conform-20260101:x", "conform-0a1b2c3d-bot", "conform-202601011530-backup"]
SIMILAR += [f"conform-{mark}-x" for mark in (WRONG, SWAPPED, RUN[:-1], f"{RUN}0", f"0{RUN}", RUN.upper(), "0" * 20)]
SIMILAR += [f"xconform-{RUN}-x", f"CONFORM-{RUN}-x", f"conform-{RUN}", f"conform_{RUN}_x"]
SIMILAR += [f"conform-{RUN[:8]}-{RUN[8:]}", f"conform-{int(RUN, 16)}-x"]

"""Programs of others (ffmpeg, a measuring child) start here: they die with us, and are bounded.

A program outlives a parent that is killed with -9 unless the kernel is told otherwise, so it is
started under `setpriv --pdeathsig KILL`. The signal follows the *thread* that started it: start
long work from a thread that lives as long as the work. No shell ever reads a file's name: the
one line of `sh` below is constant and gets everything as separate arguments.
"""

import os
import shutil
from collections.abc import Sequence
from functools import cache

# If we died between the fork and setpriv's prctl, no signal would come: who finds another
# parent than expected ends at once.
_ONLY_UNDER_ITS_PARENT = 'if [ "$PPID" != "$0" ]; then exit 137; fi; exec "$@"'


def guarded(
    command: Sequence[str],
    *,
    memory_bytes: int | None = None,
    cpu_seconds: int | None = None,
    file_bytes: int | None = None,
) -> list[str]:
    """The command line that runs `command` at idle priority, bounded, and never without us."""
    bounds = ["--core=0"]
    if memory_bytes is not None:
        bounds.append(f"--as={memory_bytes}")
    if cpu_seconds is not None:
        bounds.append(f"--cpu={cpu_seconds}")
    if file_bytes is not None:
        bounds.append(f"--fsize={file_bytes}")
    prefix: list[str] = []
    if _has("setpriv") and _has("sh"):
        prefix += ["setpriv", "--pdeathsig", "KILL", "--"]
        prefix += ["sh", "-c", _ONLY_UNDER_ITS_PARENT, str(os.getpid())]
    if _has("prlimit"):
        prefix += ["prlimit", *bounds, "--"]
    if _has("nice"):
        prefix += ["nice", "-n", "19"]
    return [*prefix, *command]


@cache
def _has(program: str) -> bool:
    """util-linux and coreutils are on every Linux; elsewhere the program starts without them."""
    return shutil.which(program) is not None

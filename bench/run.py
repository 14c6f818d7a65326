"""Measures the figures and prints them with their limits: `python -m bench.run [name ...]`."""

import importlib
import os
import pkgutil
import platform
import sys
import time
import traceback
from collections.abc import Callable, Iterator

import bench
from bench.figure import Figure


def benches(names: list[str]) -> Iterator[tuple[str, Callable[[], Iterator[Figure]]]]:
    """Every module of this folder that measures something, or those named."""
    for module in pkgutil.iter_modules(bench.__path__):
        if names and module.name not in names:
            continue
        measure = getattr(importlib.import_module(f"bench.{module.name}"), "measure", None)
        if measure is not None:
            yield module.name, measure


def machine() -> str:
    """Where this was measured: a figure without it says little."""
    load = os.getloadavg()[0]
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the start, "
        f"Python {platform.python_version()}, {time.strftime('%Y-%m-%d %H:%M')}"
    )


def main() -> int:
    """Print each figure as soon as it is known; 1 when one is missed or could not be measured."""
    print(machine(), flush=True)
    missed = 0
    for name, measure in benches(sys.argv[1:]):
        began = time.monotonic()
        try:
            for figure in measure():
                print(figure.line, flush=True)
                missed += not figure.is_met
        except Exception:
            traceback.print_exc()
            print(f"{name} could not be measured", flush=True)
            missed += 1
        print(f"  ({name} took {time.monotonic() - began:.0f} s)", flush=True)
    print(f"{missed} missed" if missed else "every figure is met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

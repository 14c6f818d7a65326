"""Run every test in turn and end with one line that counts them all.

Rounds: all but the browser on SQLite; what touches the database again on PostgreSQL; the browser
stories. The count is also left in var/tests/summary for .ci/run.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# The file was written by our own pytest a moment ago.
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "var" / "tests"


@dataclass(frozen=True)
class Round:
    """One call of pytest: a name, its arguments, and what it adds to the environment."""

    name: str
    arguments: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


WORKERS = ("-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal")
ROUNDS = (
    Round("sqlite", ("tests", "--ignore", "tests/browser", *WORKERS)),
    Round(
        "postgresql",
        ("tests", "--ignore", "tests/browser", "--ignore", "tests/house", *WORKERS),
        (("YACHAY_TEST_DATABASE", "postgresql"),),
    ),
    Round("browser", ("tests/browser",)),
)


@dataclass
class Count:
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Count") -> None:
        """Add another count to this one."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def counted(report: Path, exit_code: int) -> Count:
    """The count in pytest's report; a round that broke before it wrote one counts as a failure."""
    if not report.exists():
        return Count(failed=1)
    count = Count()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - as above
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        count.add(Count(int(suite.get("tests", 0)) - failed - skipped, failed, skipped))
    if exit_code and not count.failed:
        count.failed = 1
    return count


def run(one: Round) -> Count:
    """Run one round, its output going to ours, and count."""
    report = REPORTS / f"{one.name}.xml"
    report.unlink(missing_ok=True)
    print(f"\n== {one.name} ==", flush=True)
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *one.arguments],
        cwd=ROOT,
        env={**os.environ, **dict(one.environment)},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return counted(report, finished.returncode)


def main() -> int:
    """Run the rounds named on the command line, or all; 1 when anything failed."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    total = Count()
    for one in ROUNDS:
        if len(sys.argv) == 1 or one.name in sys.argv[1:]:
            total.add(run(one))
    minutes, seconds = divmod(int(time.monotonic() - began), 60)
    print(f"\nAll rounds took {minutes} min {seconds} s; {total.skipped} skipped.")
    summary = f"{total.passed} passed, {total.failed} failed"
    (REPORTS / "summary").write_text(summary + "\n", encoding="utf-8")
    print(summary, flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The real program, `lms run`, in a child process with a folder and a port of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.house.tracked import ROOT


@dataclass
class School:
    """A running school: its address, its process, the environment that it was started with."""

    url: str
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    log: Path

    def is_up(self) -> bool:
        """Whether the first page answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/calc", timeout=5) as answer:  # noqa: S310 - our own http address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait(self, seconds: float = 90) -> float:
        """Wait for the first page; returns the seconds. RuntimeError with the log if none comes."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.is_up():
                return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the school did not open:\n{self.log.read_text('utf-8')[-4000:]}")

    def stop(self) -> int:
        """Ctrl-C, as an operator does; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def free_port() -> int:
    """A port of the loopback address that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_in(folder: Path, **more: str) -> dict[str, str]:
    """Settings of a school that keeps everything in `folder`."""
    return {
        "YACHAY_DATA": str(folder / "var"),
        "YACHAY_MEDIA": str(folder / "media"),
        "YACHAY_SECRET_KEY": "a key that is only for tests " * 2,
        "HOST": "127.0.0.1",
        **more,
    }


def start(environment: dict[str, str], log: Path) -> School:
    """Start `lms run` and return at once; see `School.wait`."""
    port = free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("YACHAY_")}
    with log.open("ab") as file:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("lms")), "run"],
            cwd=ROOT,
            env={**inherited, **environment, "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return School(f"http://127.0.0.1:{port}", process, environment, log)


@contextmanager
def running_school(folder: Path, **more: str) -> Iterator[School]:
    """An open school for as long as the block lasts.

    YACHAY_TEST_SCHOOL may name a folder with `var/` and `media/` of a school whose media are made:
    a copy of it is opened, which spares a maker of stories two minutes each time.
    """
    made = os.environ.get("YACHAY_TEST_SCHOOL")
    if made and "YACHAY_DATABASE_URL" not in more:
        shutil.copytree(made, folder, dirs_exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    school = start(environment_in(folder, **more), folder / "log")
    try:
        school.wait()
        yield school
    finally:
        school.stop()

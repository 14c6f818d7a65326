"""The program as a newcomer starts it: what it prints, how it stops, and that it goes on."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LMS = str(Path(sys.executable).with_name("lms"))
GUNICORN = str(Path(sys.executable).with_name("gunicorn"))


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YACHAY_")}
    return {
        **kept, "YACHAY_DATA": str(folder / "var"), "YACHAY_MEDIA": str(folder / "media"),
        "YACHAY_WORKER": "no", "HOST": "127.0.0.1", "PORT": "0", **more,
    }


@contextmanager
def started(
    folder: Path, *command: str, **more: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A started school and its address; killed at the end if it still runs."""
    program = subprocess.Popen(
        command or (LMS, "run"), cwd=ROOT, env=environment(folder, **more), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )
    assert program.stdout is not None
    said = []
    try:
        for line in program.stdout:
            said.append(line)
            if found := re.search(r"(?:Yachay is|Listening) at:? (http://\S+)", line):
                yield program, found[1]
                break
        else:
            pytest.fail("it ended before it served:\n" + "".join(said))
    finally:
        if program.poll() is None:
            program.kill()
        program.wait(10)
        program.stdout.close()


def page(url: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  our own server
                text: str = answer.read().decode()
                return text
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer")


def ended(program: subprocess.Popen[str], by: signal.Signals) -> str:
    program.send_signal(by)
    assert program.stdout is not None
    said = program.stdout.read()  # what was read ahead is in its buffer; `communicate` loses it
    assert program.wait(20) == 0, said
    return said


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_says_how_to_sign_in_and_stops(tmp_path: Path, by: signal.Signals) -> None:
    with started(tmp_path) as (program, address):
        assert "<html" in page(address + "/")
        assert "Rosa" in page(address + "/g/retamas-demo")
        said = ended(program, by)
    assert "Rosa" in said
    assert "4071" in said
    assert "Stopped" in said
    assert "Traceback" not in said


def test_starting_again_keeps_what_was_there(tmp_path: Path) -> None:
    def people() -> list[tuple[bytes, str]]:
        with sqlite3.connect(tmp_path / "var" / "yachay.db") as database:
            return database.execute("select uuid, name from people order by id").fetchall()

    with started(tmp_path) as (program, _):
        ended(program, signal.SIGINT)
    before = people()
    assert before
    with started(tmp_path) as (program, address):
        assert "Rosa" in page(address + "/g/retamas-demo")
        ended(program, signal.SIGINT)
    assert people() == before


def test_python_app_py(tmp_path: Path) -> None:
    with started(tmp_path, sys.executable, "app.py") as (program, address):
        assert "<html" in page(address + "/")
        ended(program, signal.SIGINT)


def test_app_serves_under_gunicorn(tmp_path: Path) -> None:
    with started(tmp_path) as (program, _):  # makes the database
        ended(program, signal.SIGINT)
    command = (GUNICORN, "--worker-class", "gthread", "--threads", "2", "--bind", "127.0.0.1:0",
               "app:app")
    with started(tmp_path, *command) as (program, address):
        assert "Rosa" in page(address + "/g/retamas-demo")
        program.terminate()
        program.communicate(timeout=20)


def test_a_taken_port_and_a_wrong_setting_are_said_in_words(tmp_path: Path) -> None:
    with started(tmp_path) as (program, address):
        second = subprocess.run(
            [LMS, "run"], cwd=ROOT, text=True, capture_output=True, check=False,
            env=environment(tmp_path, PORT=address.rpartition(":")[2]),
        )
        ended(program, signal.SIGINT)
    assert second.returncode == 1
    assert "PORT=" in second.stderr
    wrong = subprocess.run(
        [LMS, "run"], cwd=ROOT, text=True, capture_output=True, check=False,
        env=environment(tmp_path, YACHAY_ROLE="village", PORT="x"),
    )
    assert wrong.returncode == 2
    assert "YACHAY_ROLE" in wrong.stderr
    assert "PORT" in wrong.stderr
    assert "Traceback" not in second.stderr + wrong.stderr

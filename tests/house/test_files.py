"""Rules about files: how long, how named, and what may not stand in any of them."""

import ast
import re

from tests.house.tracked import ROOT, files_named, short, tracked_files

LONGEST = 300
MIGRATIONS = ROOT / "lms" / "migrations" / "versions"
NAMES_WITHOUT_SUBJECT = {"utils", "util", "helpers", "helper", "common", "services", "manager"}
# An address of a registry in a lock or a Dockerfile would decide for everybody where packages are
# fetched. Written in pieces, so that this file keeps its own rule.
REGISTRIES = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "python" + r"hosted",
            "registry" + r"\.npm",
            "--(extra-)?index" + "-url",
        )
    )
)
# The command that says to leave the address out may be named.
MAY_NAME = {"--no-emit-" + "index-url"}
# Who may end a transaction: the edge, and nobody else (DESIGN: one commit, at the edge).
MAY_COMMIT = {"lms/core/db.py", "lms/core/edge.py"}


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        short(path): lines
        for path in files_named(".py", ".js", ".css", ".html", ".sh")
        if MIGRATIONS not in path.parents  # Alembic writes a migration's whole step in one file
        and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long, "one file is one idea; split these: " + str(long)


def test_no_file_has_a_name_without_a_subject() -> None:
    bad = [
        short(path)
        for path in tracked_files()
        if NAMES_WITHOUT_SUBJECT & {part.split(".")[0] for part in path.relative_to(ROOT).parts}
    ]
    assert not bad, f"say what it is about: {bad}"


def test_no_file_names_a_package_registry() -> None:
    bad = []
    for path in tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for allowed in MAY_NAME:
            text = text.replace(allowed, "")
        if REGISTRIES.search(text):
            bad.append(short(path))
    assert not bad


def test_only_the_edge_commits() -> None:
    bad = []
    for path in files_named(".py", below="lms"):
        if short(path) in MAY_COMMIT:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "commit"
            ):
                bad.append(f"{short(path)}:{node.lineno}")
    assert not bad, f"a route, a job or a command commits, by the edge or committing(): {bad}"


def test_every_module_says_what_it_owns() -> None:
    silent = [
        short(path)
        for path in files_named(".py")
        if "lms/migrations/versions" not in short(path)
        and path.stat().st_size
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent, f"a module's first line says what it owns: {silent}"

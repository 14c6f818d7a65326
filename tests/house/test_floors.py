"""The floors: an import goes down, never up; rules know neither Flask nor the database."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.house.tracked import ROOT

PURE = [
    line.partition("#")[0].strip()
    for line in (Path(__file__).parent / "pure.txt").read_text("utf-8").splitlines()
    if line.partition("#")[0].strip()
]


def test_imports_go_down() -> None:
    told = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Who imports whom in lms, by what the code says; packages from outside are named only."""
    return grimp.build_graph("lms", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("module", PURE)
def test_a_rule_is_pure(imports: grimp.ImportGraph, module: str) -> None:
    assert module in imports.modules, f"{module} in tests/house/pure.txt is gone"
    for outside in ("flask", "sqlalchemy", "flask_sqlalchemy", "flask_login"):
        if outside in imports.modules:
            chain = imports.find_shortest_chain(module, outside)
            assert chain is None, " -> ".join(chain or ())

"""The import contracts of pyproject.toml can fail: each names the imports that it is there to refuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
PLANTED = {
    "a function of the command line": ("functions.inbound.reply", "stadtdraht.cli.output"),
    "the kernel of an area": ("stadtdraht.domain.town", "stadtdraht.domain.whatsapp.prices"),
    "an area of its neighbour": ("stadtdraht.domain.cases.case", "stadtdraht.domain.contests.contest"),
    "an area of one above": ("stadtdraht.domain.contests.contest", "stadtdraht.domain.inbound.inbox"),
}


def lint(folder):
    """What lint-imports says of the product in this folder."""
    environment = {"PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run(
        [LINT, "--no-cache"], capture_output=True, text=True, check=False, env=environment, cwd=folder
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    folder = tmp_path_factory.mktemp("product")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in ("stadtdraht", "functions", "infra", "local"):
        shutil.copytree(ROOT / package, folder / package, ignore=lambda _, names: {*names} & {"__pycache__"})
    return folder


@pytest.fixture(scope="module")
def told(product):
    for module, imported in PLANTED.values():
        with (product / f"{module.replace('.', '/')}.py").open("a") as file:
            file.write(f"\nimport {imported}\n")
    return lint(product)


@pytest.mark.parametrize("planted", PLANTED)
def test_an_import_the_wrong_way_is_refused(told, planted):
    module, imported = PLANTED[planted]
    assert f"- {module} -> {imported} (l." in told


def test_a_further_rule_beside_the_areas_needs_a_place_in_their_order(product):
    (product / "stadtdraht/domain/nowhere.py").touch()
    assert "- stadtdraht.domain.nowhere" in lint(product)

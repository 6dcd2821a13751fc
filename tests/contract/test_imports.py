"""What a function loads before its first event: what it serves, and nothing that costs its cold start for others."""

import json
import subprocess
import sys

import pytest

from tests.support.handlers import ROOT, handlers

# One process that forks for each handler, so that Powertools is loaded once; sys.modules of each comes back.
FORKS = """
import importlib, json, os, sys
import aws_lambda_powertools
loaded = {}
for name in sys.argv[1:]:
    reads, writes = os.pipe()
    if not os.fork():
        importlib.import_module(name)
        with os.fdopen(writes, "w") as out:
            json.dump(sorted(sys.modules), out)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as found:
        loaded[name] = json.load(found)
    os.wait()
print(json.dumps(loaded))
"""

NEVER = {"stadtdraht.ports", "stadtdraht.cli", "typer", "rich", "segno", "infra", "local", "tests"}
ON_USE = {"pydantic", "httpx", "aiohttp", "PIL", "feedparser", "holidays"}  # an adapter loads them when it is built
PAGES = {
    "jinja2": {"broadcast.redirect", "console.office", "crisis.page", "privacy.archive", "public.pages"},
    "babel": {"crisis.page"},  # for amounts of money; days are written with it on use
    "argon2": {"crisis.page"},
}
# Areas of use cases beside a function's own.
ALSO = {
    "broadcast.errand": {"delivery", "whatsapp"},
    "broadcast.send": {"delivery", "whatsapp"},
    "broadcast.start": {"delivery", "whatsapp"},
    "console.office": {"staff"},  # each page loads its own when it is first asked for
    "console.remind": {"inbound"},
    "consultations.end": {"inbound"},  # it tells those who still wait, as an answer of the town
    "contests.remind": {"inbound"},
    "crisis.page": {"delivery"},
    "crisis.readiness": {"whatsapp"},  # it also looks whether the line shows signs of life
    "crisis.resend": {"delivery", "whatsapp"},
    "crisis.send": {"delivery", "whatsapp"},
    "inbound.process": {"cases"},  # it repeats the question whether they are content
    "open311.read": {"cases"},
    "open311.update": {"cases", "inbound"},
    "privacy.sweep": {"media"},
    "public.pages": {"crisis"},
}


@pytest.fixture(scope="module")
def loaded():
    command = [sys.executable, "-c", FORKS, *handlers()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.removeprefix("functions."): set(modules) for name, modules in json.loads(done.stdout).items()}


def packages(modules):
    """Each module, and every package that it lies in."""
    return {".".join(parts[:depth]) for parts in (name.split(".") for name in modules) for depth in range(1, 4)}


def test_every_handler_is_looked_at(loaded):
    assert len(loaded) >= 20
    assert "inbound.webhook" in loaded


def test_no_function_loads_the_command_line_or_what_only_types_need(loaded):
    assert {name: found for name, modules in loaded.items() if (found := packages(modules) & (NEVER | ON_USE))} == {}


def test_only_those_that_show_pages_load_what_makes_them(loaded):
    assert {library: {name for name, modules in loaded.items() if library in modules} for library in PAGES} == PAGES


def test_a_function_loads_use_cases_of_its_own_area_and_of_those_it_names(loaded):
    prefix = "stadtdraht.usecases."
    for name, modules in loaded.items():
        areas = {it.split(".")[2] for it in modules if it.startswith(prefix)}
        assert areas - {name.split(".")[0]} == ALSO.get(name, set()), name


def test_the_webhook_knows_neither_towns_nor_citizens(loaded):
    assert not loaded["inbound.webhook"] & {"stadtdraht.domain.town", "stadtdraht.domain.citizen", "zoneinfo", "boto3"}

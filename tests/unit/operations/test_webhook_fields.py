"""One list of webhook fields: whoever acts on one, the page that says which to subscribe, and what Meta documents."""

import re
from pathlib import Path

from stadtdraht.domain.inbound.envelope import FIELDS
from stadtdraht.domain.whatsapp.account_events import TELLS
from stadtdraht.domain.whatsapp.webhook_fields import ACTED_ON
from stadtdraht.usecases.whatsapp.watch_account import REASONS_TO_LOOK

ROOT = Path(__file__).resolve().parents[3]
OF_PEOPLE = {"messages", "calls", "user_preferences"}  # stadtdraht/domain/inbound/envelope.py follows these up


def test_the_list_holds_what_is_acted_on_and_nothing_else():
    assert set(ACTED_ON) == OF_PEOPLE | REASONS_TO_LOOK | TELLS | {"security"}


def test_meta_documents_each_of_them():
    assert set(ACTED_ON) <= FIELDS


def test_the_deployment_page_names_all_of_them():
    page = (ROOT / "docs" / "operations" / "deploy.md").read_text(encoding="utf-8")
    chapter = page.partition("## Meta's side")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", chapter, re.MULTILINE))
    assert rows == dict(ACTED_ON)

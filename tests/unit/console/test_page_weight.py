"""What a browser loads: 35 kB at the first visit, and 5 kB for every page after it, compressed and without media.

Here is what a day's data makes heavy: a year of figures. tests/browser/test_console.py weighs every other page.
"""

import gzip
from base64 import b64decode

import pytest

from local.product.sample_figures import past_days
from stadtdraht.domain.figures.span import SPANS
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.roles import EVERYBODY
from stadtdraht.pages.compression import compressed
from stadtdraht.pages.console.assets import script, sheet
from stadtdraht.pages.responses import html
from stadtdraht.texts.staff.language import reading
from tests.support.adapters import FakeAdapters
from tests.support.console import Desk, a_member, text_of
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.figures import FakeFigureDays
from tests.support.town_office import NOON, TOWNS

FIRST_BYTES, PAGE_BYTES = 35_000, 5_000


def weight(text):
    sent = compressed(html(200, text), "gzip")
    assert gzip.decompress(b64decode(sent["body"])).decode() == text
    return len(b64decode(sent["body"]))


def test_sheet_and_script_leave_room_for_the_first_page():
    assert weight(sheet().text) + weight(script().text) + PAGE_BYTES <= FIRST_BYTES


@pytest.mark.parametrize("language", StaffLanguage)
@pytest.mark.parametrize("town", TOWNS)
def test_a_year_of_figures_is_a_light_page(town, language):
    kept = FakeFigureDays()
    for it in past_days(TOWNS[town], NOON):
        kept.save(town, it)
    desk = Desk(FakeAdapters(figure_days=kept, citizens=FakeCitizens()), a_member(*EVERYBODY, town=town))
    with reading(language):
        weights = {span: weight(text_of(desk.get("/figures", query={"days": f"{span}"}))) for span in SPANS}
    assert max(weights.values()) <= PAGE_BYTES, weights
    assert min(weights.values()) > 3_000  # each has its charts

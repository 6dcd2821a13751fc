"""Newsletters of the console in a real Chromium: from the first word to the report, with the script and without."""

from dataclasses import replace
from datetime import timedelta

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.delivery.slices import SliceState
from tests.browser.served import CHROMIUM, RULES, Served, walk
from tests.support.builders.newsletter import MONDAY
from tests.support.builders.newsletter_desk import JANA, KATRIN, PressOffice
from tests.unit.console.test_newsletter_pages import begun, reported

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
LOOKS = (("light", 1280), ("light", 390), ("dark", 320))


async def troubles(page):
    """What is wrong with a page by day and by night, wide and narrow."""
    found = []
    for scheme, width in LOOKS:
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size({"width": width, "height": 844})
        seen = await Axe().run(page, options=RULES)
        found += [(scheme, width, it["id"]) for it in seen.response["violations"]]
        if await page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((scheme, width, "too wide"))
    return found


@pytest.mark.parametrize("script", [True, False])
def test_from_the_first_word_to_its_release(script):
    office = PressOffice()
    served = Served(office, KATRIN)

    async def steps(page, address):
        await page.goto(f"{address}/newsletters")
        await page.get_by_role("link", name="Neuer Newsletter").click()
        await page.get_by_role("button", name="Selbst schreiben").click()
        await page.get_by_label("Überschrift").fill("Weihnachtsmarkt")
        await page.get_by_label("Anriss").fill("38 Buden, Eintritt frei.")
        await page.get_by_label("Link").fill("https://www.bocholt.example/markt")
        if script:
            await expect(page.locator("#phone")).to_contain_text("38 Buden")
        else:
            await page.get_by_role("button", name="Sichern und Vorschau zeigen").click()
            await expect(page.locator("#phone")).to_contain_text("38 Buden")
        await page.get_by_role("button", name="Weiter: zur Freigabe").click()
        await page.get_by_label("An wen?").select_option("j-1")
        await page.get_by_role("button", name="Zur Freigabe geben").click()
        await expect(page.locator("main")).to_contain_text("zur Freigabe bei Jana Terhorst")
        made = office.only()
        office.counted(made)
        served.member = JANA
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Katrin Overbeck möchte diesen Newsletter")
        await page.get_by_role("button", name="Freigeben").dblclick()
        await expect(page.locator("main")).to_contain_text("Er beginnt gleich.")

    walk(served, steps, script=script)
    assert office.started == [office.only().broadcast_id]
    assert office.only().state is BroadcastState.RELEASED


def test_what_is_typed_stays_when_the_session_ends_meanwhile():
    office = PressOffice()
    made = office.draft()

    async def steps(page, address):
        await page.route("**/plan", lambda route: route.fulfill(status=401))
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await page.get_by_label("Überschrift").fill("Noch nicht gesichert")
        await expect(page.locator("#plan[data-stale]")).to_be_attached(timeout=20_000)
        await expect(page.get_by_label("Überschrift")).to_have_value("Noch nicht gesichert")

    walk(Served(office, KATRIN), steps)


def test_what_is_typed_stays_over_a_reload_until_it_is_saved():
    office = PressOffice()
    made = office.draft()

    async def steps(page, address):
        title, ends = page.get_by_label("Überschrift"), page.locator("#e1")
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await title.fill("Noch nicht gesichert")
        await ends.fill("2026-12-24")
        await page.reload()
        await expect(title).to_have_value("Noch nicht gesichert")
        await expect(ends).to_have_value("2026-12-24")
        await expect(page.locator("#phone")).to_contain_text("Noch nicht gesichert")
        await page.get_by_role("button", name="Sichern und Vorschau zeigen").click()
        await expect(page.locator(".said")).to_contain_text("Gespeichert.")
        assert "done=" not in page.url
        await page.reload()
        await expect(title).to_have_value("Noch nicht gesichert")
        await expect(page.locator(".said")).to_have_count(0)
        office.change(made, changed_at=MONDAY + timedelta(hours=1), items=(replace(made.items[0], title="Von Bernd"),))
        await page.reload()
        await expect(title).to_have_value("Von Bernd")

    walk(Served(office, KATRIN), steps)


def test_ticks_stay_over_a_reload_until_they_are_saved():
    office = PressOffice()
    made = office.draft(topics=frozenset({"traffic"}))

    async def steps(page, address):
        traffic, waste, barlo = (page.get_by_role("checkbox", name=it) for it in ("Verkehr", "Müll", "Barlo"))
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await traffic.uncheck()
        await waste.check()
        await barlo.check()
        await page.reload()
        await expect(traffic).not_to_be_checked()
        await expect(waste).to_be_checked()
        await expect(barlo).to_be_checked()
        await page.get_by_role("button", name="Sichern und Vorschau zeigen").click()
        await expect(page.locator(".said")).to_contain_text("Gespeichert.")
        office.change(made, changed_at=MONDAY + timedelta(hours=1), topics=frozenset({"traffic"}))
        await page.reload()
        await expect(traffic).to_be_checked()
        await expect(waste).not_to_be_checked()

    walk(Served(office, KATRIN), steps)
    assert office.only().districts == {"barlo"}


def test_of_two_versions_one_is_taken_knowingly():
    office = PressOffice()
    made = office.draft()
    found = []

    async def steps(page, address):
        title = page.get_by_label("Überschrift")
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await title.fill("Von Katrin")
        changed = {"created_by": "Bernd Wissing", "changed_at": MONDAY + timedelta(minutes=1)}
        office.change(made, items=(replace(made.items[0], title="Von Bernd"),), **changed)
        await page.get_by_role("button", name="Sichern und Vorschau zeigen").click()
        await expect(page.get_by_role("region", name="Die Fassung von Bernd Wissing")).to_contain_text("Von Bernd")
        await expect(title).to_have_value("Von Katrin")
        found.extend(await troubles(page))
        await page.get_by_role("link", name="Meine Fassung verwerfen und diese nehmen").click()
        await expect(title).to_have_value("Von Bernd")

    walk(Served(office, KATRIN), steps)
    assert office.only().items[0].title == "Von Bernd"
    assert found == []


def test_what_a_colleague_released_meanwhile_is_told_with_ones_own_words():
    office = PressOffice()
    made = office.draft()
    found = []

    async def steps(page, address):
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await page.get_by_label("Anriss").fill("Es sind doch 40 Buden.")
        office.change(made, state=BroadcastState.RELEASED, released_at=MONDAY, released_by="Jana Terhorst")
        await page.get_by_role("button", name="Sichern und Vorschau zeigen").click()
        await expect(page.get_by_role("alert")).to_contain_text("Ihre Änderung ist nicht gesichert")
        await expect(page.get_by_role("region", name="Das hatten Sie geschrieben")).to_contain_text("40 Buden")
        found.extend(await troubles(page))

    walk(Served(office, KATRIN), steps)
    assert found == []


def test_enter_in_a_field_saves_and_moves_nothing():
    office = PressOffice()
    made = office.draft()

    async def steps(page, address):
        await page.goto(f"{address}/newsletters/{made.broadcast_id}")
        await page.get_by_label("Überschrift").fill("Mit der Eingabetaste")
        await page.get_by_label("Überschrift").press("Enter")
        await expect(page.locator(".said")).to_contain_text("Gespeichert.")

    walk(Served(office, KATRIN), steps, script=False)
    assert [it.title for it in office.only().items] == ["Mit der Eingabetaste"]


def test_every_page_is_accessible_and_fits_by_day_and_by_night():
    office = PressOffice()
    draft, waits = office.draft(random="aaaaa1"), office.draft(random="aaaaa2")
    office.counted(draft)
    office.counted(waits)
    office.change(draft, items=(replace(draft.items[0], link="http://x", title=""),))
    running = begun(office, office.draft(random="aaaaa3"))
    reported(office, running, final=False)
    over = begun(office, office.draft(random="aaaaa4"), state=SliceState.DONE)
    reported(office, over)
    held = office.change(begun(office, office.draft(random="aaaaa5")), state=BroadcastState.STOPPED, held_at=MONDAY)
    pages = ["", "/new", f"/{draft.broadcast_id}?check=1", f"/{waits.broadcast_id}/release"]
    pages += [f"/{it.broadcast_id}" for it in (running, over, held)]
    found = []

    async def steps(page, address):
        for path in pages:
            await page.goto(f"{address}/newsletters{path}")
            found.extend((path, *it) for it in await troubles(page))

    walk(Served(office, KATRIN), steps)
    assert found == []

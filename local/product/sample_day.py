"""Plays a short day in the four towns, so that there is something to look at: people write, staff answer, Bocholt
publishes. Played once per state folder.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from local.product.phone import NoAnswer, Phone
from local.product.sample_concerns import CONCERNS
from local.product.sample_figures import write_past
from local.product.sample_newsletter import ask_for_sample, send_sample
from local.product.sample_office import work_in
from local.system import System
from stadtdraht.domain.broadcast.broadcast import Item
from stadtdraht.domain.errors import StadtdrahtError

PLAYED = "sample-day.played"
ASKS_WITHIN_S = 10


def play(system: System) -> None:
    """Let sample people write, staff work and Bocholt publish. Blocking; ends early when `system.stopping` is set."""
    marker = system.settings.state / PLAYED
    if marker.exists():
        return
    if system.settings.graph_api_url:
        system.say("  no sample day: another Graph API has no phones of ours")
        return
    write_past(system)
    with httpx.Client(timeout=ASKS_WITHIN_S) as http, ThreadPoolExecutor(len(STORIES)) as towns:
        for name, done in [(story.__name__, towns.submit(_tell, story, system, http)) for story in STORIES]:
            try:
                done.result()
            except (NoAnswer, httpx.HTTPError, StadtdrahtError) as why:
                system.say(f"  the sample day of {name} ended early: {why}")
    if not system.stopping.is_set():
        send_sample(
            system,
            "bocholt",
            Item(
                title="Wochenmarkt zieht um",
                teaser="Ab Samstag stehen die Stände auf dem Kirchplatz, solange der Markt neu gepflastert wird.",
                link="https://www.bocholt.de/wochenmarkt",
            ),
        )
        ask_for_sample(
            system,
            "bocholt",
            Item(
                title="Weihnachtsmarkt öffnet am Freitag",
                teaser="38 Buden rund um das Historische Rathaus, täglich von 11 bis 20 Uhr. Der Eintritt ist frei.",
                link="https://www.bocholt.de/weihnachtsmarkt",
            ),
        )
        marker.touch()


def _tell(story: Callable[[Callable[[str, str], Phone]], None], system: System, http: httpx.Client) -> None:
    town = story.__name__.replace("_", "-")

    def phone(wa_id: str, name: str) -> Phone:
        return Phone(system.graph, town, wa_id, name, http, system.stopping)

    story(phone)
    for it in CONCERNS[town]:
        one = phone(it.wa_id, it.name)
        for sent in it.sends:
            at = int(time.time()) - 60 * it.minutes_ago
            if isinstance(sent, str):
                one.says(sent, timestamp=at)
            else:
                one.sends_on_the_side(**sent, timestamp=at)
    if not system.stopping.is_set():
        work_in(system, town)


def vreden(phone: Callable[[str, str], Phone]) -> None:
    """Both offers in one tap, then a pothole."""
    one = phone("4915112345678", "Erika Muster")
    one.says("Hallo")
    one.taps("Beides", "Ja")
    one.shows_a_photo("Das Schlagloch am Radweg zur Schule wird immer größer.")
    one.sends_on_the_side(type="location", latitude=52.0379, longitude=6.8258, location_name="Schulradweg")


def neu_ulm(phone: Callable[[str, str], Phone]) -> None:
    """Registration with a name."""
    one = phone("4915123456780", "Kim Beispiel")
    one.says("Guten Tag")
    one.taps("Gespräch")
    one.says("Kim Beispiel")
    one.taps("Ja")
    one.says("Ein Lob an die Stadtgärtnerei: Die Donaupromenade blüht wunderschön!")


def arnsberg(phone: Callable[[str, str], Phone]) -> None:
    """A choice."""
    one = phone("4915134567890", "Max Beispiel")
    one.says("Moin")
    one.taps("News", "Ja")


def bocholt(phone: Callable[[str, str], Phone]) -> None:
    """News and warnings, and a question to a town that publishes one way."""
    one = phone("4915209876543", "Toni Muster")
    one.says("Hallo")
    one.taps("Beides", "Ja")
    other = phone("4915145678901", "Alex Beispiel")
    other.says("Hallo")
    other.taps("News", "Ja")
    other.says("Wann kommt die gelbe Tonne?")


STORIES = (vreden, neu_ulm, arnsberg, bocholt)

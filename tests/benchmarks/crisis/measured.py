"""An alert on the running local system: amid newsletters of its own number and of another town, and alone.

The local AWS is for trying, not for load (docs/operations/local-vs-aws.md): unless another size is asked for, numbers
run at half of Meta's 80/s, so that it is the product that is measured. Meta's place is the simulated WhatsApp with
120 ms, strict about the rate.
"""

import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import httpx

from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.table import Table
from tests.benchmarks.crisis.pressing import PIN, Press, accepted_of, press_link
from tests.benchmarks.inbound.figures import Figure
from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.running_system import RunningSystem, running

LATENCY_MS = 120
IN_FLIGHT = 30  # so far the newsletters must be before somebody presses
OWN, OTHER = "bocholt", "vreden"
OTHER_AT_MOST = 2_000  # what Meta allows that town in 24 hours
FIRST_S = 0.4
FROM_PRESS_TO_LAST = 1.07  # of N / R, and a second
THROTTLED_AT_MOST = 10
SLOWEST = 8  # times as long as the pace allows, and then it is given up
STILL_S = 3.0  # without a message: it has ended
AT_A_TIME = 2_000  # people of one import, so that none of them takes a command's time limit
YIELDS_WITHIN_S = 1.0
GOES_ON_WITHIN_S = 1.0
GONE_STILL_S = 1.5  # a gap in sends that is no ordinary one


@dataclass(frozen=True, slots=True)
class Size:
    """People who take warnings, readers of a newsletter in each of two towns, and what a number may carry.

    The other town has OTHER_AT_MOST readers: more, and its newsletter would go out over several days.
    """

    warned: int = 160
    readers: int = 320  # about nine seconds of newsletter
    rate_mps: int = 40
    by_number: bool = False
    """Whether people were imported by their numbers alone: then the newsletters bring second names of all of them."""

    def readers_of(self, town: str) -> int:
        return self.readers if town == OWN else min(self.readers, OTHER_AT_MOST)

    def ends_within_s(self, people: int) -> float:
        return 60 + SLOWEST * people / self.rate_mps


def figures(size: Size) -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as state, running(Path(state)) as system:
        link = _prepared(system, Path(state), size)
        _warmed(system)
        news = {town: _newsletter(system, town) for town in (OWN, OTHER)}
        for town, cause in news.items():
            system.until(
                lambda town=town, cause=cause: len(accepted_of(system, town, cause)) >= IN_FLIGHT, f"news in {town}"
            )
        throttled_before = _throttled(system)
        amid = press_link(system, link, "flood")
        _ended(system, amid, size)
        throttled = _throttled(system) - throttled_before
        for town, cause in news.items():  # its own goes on when the alert has ended
            system.until(
                lambda cause=cause: _settled(system, cause, size),
                f"the newsletter of {town}",
                size.ends_within_s(size.readers + size.warned),
            )
        system.quiet()
        alone = press_link(system, link, "fire")
        _ended(system, alone, size)
        return [
            *_times("alone", system, alone, size),
            *_times("amid newsletters", system, amid, size),
            Figure("130429 from the press to the alert's end", throttled, "", THROTTLED_AT_MOST),
            *_newsletters(system, news, amid, size),
        ]


def _prepared(system: RunningSystem, folder: Path, size: Size) -> str:
    """People, pace and a link, and an officer who has the page open."""
    faults = {"rate_mps": size.rate_mps, "latency_ms": LATENCY_MS}
    httpx.post(f"{system.run['graph']}/_sim/faults", json=faults).raise_for_status()
    controls = DynamoControls(Table(system.client("dynamodb"), system.run["settings"]["TABLE_NAME"]))
    for number, town in enumerate((OWN, OTHER)):
        controls.set_rate(town, system.run["towns"][town]["phone_number_id"], size.rate_mps)
        readers = phones(size.readers_of(town), first=4917620000000 + number * 1_000_000)
        offers = {"news": readers}
        if town == OWN:
            offers = {"news crisis": readers[: size.warned], "news": readers[size.warned :]}
        for taken, people in offers.items():
            for first in range(0, len(people), AT_A_TIME):
                some = people[first : first + AT_A_TIME]
                both = not size.by_number
                file = subscriber_file(folder / "people.csv", some, offers=taken, both_names=both)
                system.stadtdraht("citizen", "import", "--town", town, str(file))
    made = system.stadtdraht("crisis", "link", "--town", OWN, "--holder", "Leitstelle", "--expires", "1d", "--pin", PIN)
    return str(made["url"])


def _warmed(system: RunningSystem) -> None:
    """What the readiness check does every five minutes; without it the first press pays for a cold start."""
    lights = json.loads(system.command("crisis", "ready", "--town", OWN, "--json").stdout)["lights"]
    assert {light["colour"] for light in lights if light["name"] == "senders"} == {"green"}, lights


def _newsletter(system: RunningSystem, town: str) -> str:
    words = ("--title", "Probe", "--teaser", "Ein Satz.", "--link", "https://www.example.org/probe", "--yes")
    return str(system.stadtdraht("broadcast", "send", "--town", town, *words)["broadcast_id"])


def _ended(system: RunningSystem, press: Press, size: Size) -> None:
    """Asks for the last moments alone: the ledger of thousands stops the simulated WhatsApp for a moment, and what
    waits meanwhile comes together and is throttled.
    """
    time.sleep(0.9 * size.warned / size.rate_mps)

    def still() -> bool:
        time.sleep(STILL_S / 4)
        return not accepted_of(system, OWN, press.alert_id, since=time.time() - STILL_S)

    system.until(still, "the alert to end", size.ends_within_s(size.warned))
    reached = len(accepted_of(system, OWN, press.alert_id))
    assert reached >= size.warned, f"{reached} of {size.warned} warned"


def _settled(system: RunningSystem, cause: str, size: Size) -> bool:
    """Seldom as well: a status reads every row of the newsletter."""
    time.sleep(size.readers / size.rate_mps / 40)
    figures = system.stadtdraht("broadcast", "status", cause)
    known = figures["accepted"] + figures["unknown"] + figures["failed"] + figures["not_sent"]
    return bool(figures["planned"] and known >= figures["planned"])


def _throttled(system: RunningSystem) -> int:
    stats = system.http.get(f"{system.run['graph']}/_sim/stats").json()
    return int(stats["refused"].get("130429", 0))


def _times(name: str, system: RunningSystem, press: Press, size: Size) -> list[Figure]:
    sent = accepted_of(system, OWN, press.alert_id)
    taken = [message["time"] - press.at for message in sent]
    goal_s = FROM_PRESS_TO_LAST * size.warned / size.rate_mps + 1
    return [
        Figure(f"{name}: press to its answer", press.answered_after_s, "s"),
        Figure(f"{name}: press to first accepted", min(taken), "s", FIRST_S),
        Figure(f"{name}: press to last accepted", max(taken), "s", goal_s),
        Figure(f"{name}: warned twice", len(sent) - len({it["to"] for it in sent}), "", 0),
    ]


def _newsletters(system: RunningSystem, news: dict[str, str], press: Press, size: Size) -> list[Figure]:
    own, other = (accepted_of(system, town, cause) for town, cause in news.items())
    after = sorted(message["time"] - press.at for message in own if message["time"] > press.at)
    still_at, still_for = _longest_gap([0.0, *after])
    last_s = max(message["time"] - press.at for message in accepted_of(system, OWN, press.alert_id))
    rest = sorted(message["time"] - press.at for message in other if message["time"] > press.at)
    sent_to = ((OWN, own), (OTHER, other))
    lost = sum(size.readers_of(town) - len({message["to"] for message in sent}) for town, sent in sent_to)
    twice = sum(len(sent) - len({message["to"] for message in sent}) for sent in (own, other))
    return [
        Figure("own newsletter: yields after", still_at, "s", YIELDS_WITHIN_S),
        Figure("own newsletter: stands still for", still_for, "s"),
        Figure("own newsletter: goes on after the alert's last", still_at + still_for - last_s, "s", GOES_ON_WITHIN_S),
        Figure("other town's newsletter: longest gap meanwhile", _longest_gap([0.0, *rest])[1], "s", GONE_STILL_S),
        Figure("newsletters: readers without it", lost, "", 0),
        Figure("newsletters: readers who got it twice", twice, "", 0),
    ]


def _longest_gap(times: list[float]) -> tuple[float, float]:
    """When it begins, and how long it is."""
    gaps = [(later - earlier, earlier) for earlier, later in pairwise(times)]
    longest, began = max(gaps, default=(0.0, 0.0))
    return began, longest

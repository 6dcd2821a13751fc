"""Bocholt's photo contest, for tests that are about contests."""

from dataclasses import replace
from datetime import UTC, datetime

from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry, ContestForm
from stadtdraht.domain.message import IncomingMessage

OPENS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)  # 18:00 in Bocholt
DELETED = datetime(2027, 3, 30, 22, 0, tzinfo=UTC)  # the 31st begins in Bocholt
DURING = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ANKE = "a" * 20


def a_contest(**changes):
    contest = Contest(
        id="bocholt-c-20261124-4f7k2p",
        town="bocholt",
        title="Fotowettbewerb Biodiversität",
        form=ContestForm.PHOTO,
        keyword="Biodiversität",
        opens_at=OPENS,
        closes_at=CLOSES,
        delete_at=DELETED,
        terms_url="https://www.bocholt.de/fotowettbewerb",
        terms_version="2026-11",
        version=1,
    )
    return replace(contest, **changes)


def a_photo(**changes):
    return replace(IncomingMessage("wamid.1", DURING, "image", "Ein Igel", media_id="1"), **changes)


def an_entry(**changes):
    entry = ContestEntry(
        contest_id=a_contest().id,
        town="bocholt",
        entry_id="0123456789",
        citizen_id=ANKE,
        wamid="wamid.1",
        at=DURING,
        text="Ein Igel",
        terms_version="2026-11",
        delete_at=DELETED,
    )
    return replace(entry, **changes)


def a_yes(**changes):
    return replace(ContestAcceptance(a_contest().id, "bocholt", ANKE, "2026-11", DURING, DELETED), **changes)

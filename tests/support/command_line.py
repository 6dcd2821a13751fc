"""The whole command line on fakes: every command, a town hall with anything in it or nothing, a hand that types."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import typer.main
from typer.testing import CliRunner

from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.cli.main import app
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent, WireIdentity
from stadtdraht.domain.conversation import Conversation, Flag
from stadtdraht.domain.crisis.links import Holder, LinkMode
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.identifiers import citizen_id
from stadtdraht.domain.media.media import MediaFailure, MediaState
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.privacy.legal_hold import Hold
from stadtdraht.domain.privacy.privacy import OFFICE, ErasureProof
from stadtdraht.domain.retention import KeptRow
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.town import Offer, Tester
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import a_notice, a_snapshot
from tests.support.builders.cases import a_case
from tests.support.builders.contests import a_contest, an_entry
from tests.support.builders.crisis import a_link, a_trigger
from tests.support.builders.delivery import broadcast, outcome, person
from tests.support.builders.media import a_media
from tests.support.builders.newsletter import PUBLIC_URL, a_draft
from tests.support.crisis_page import PIN_HASH
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.audit import FakeAudit, FakeFigures
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeAnswers, FakeCitizens, FakeConversations
from tests.support.fakes.clicks import FakeClicks
from tests.support.fakes.contests import FakeContestReminders
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.crisis_links import FakeCrisisLinks, FakeHolders
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.erasures import FakeErasures
from tests.support.fakes.errands import FakeErrands
from tests.support.fakes.evidence import FakeEvidence
from tests.support.fakes.figures import FakeFigureDays
from tests.support.fakes.holds import FakeHolds
from tests.support.fakes.inbox import FakeInbox
from tests.support.fakes.media import FakeMediaQueue, FakeMediaRows, FakeMediaStore
from tests.support.fakes.operations import FakeCloud, FakeMetaApp, FakePublicAddress, FakeQueues
from tests.support.fakes.queues import FakeRetryQueue, FakeSliceQueue
from tests.support.fakes.readiness import FakeCrisisQueues, FakeCrisisSender, FakeLatestReadiness
from tests.support.fakes.retention import FakeRetention
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.staff import FakeAccounts, FakeMails, FakeSessions, FakeStaff
from tests.support.fakes.stored_rows import FakeStoredRows
from tests.support.fakes.town_data import FakeTownData
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.trace import FakeLogs, FakeTrail
from tests.support.fakes.web import FakeFeeds, FakeLinks
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount
from tests.support.town_office import PEPPER, TOWNS, Remembers

PHONE = "4915112345678"
TOWN = replace(TOWNS["bocholt"], testers=(Tester("Anna", phone=PHONE),), persona="Ihr Team im Rathaus")
ANKE = citizen_id(PEPPER, TOWN.id, WireIdentity(phone=PHONE))
NOW = datetime.now(UTC).replace(microsecond=123456)
KEY_BYTES = 800  # of 1,024: the table puts something before most names
DRAFT, SENT, ALERT, DRILL = "draft", "sent", "alert", "drill"


@dataclass(frozen=True)
class Command:
    """One command that can be typed, by the words of it."""

    path: tuple[str, ...]
    itself: Any

    @property
    def name(self) -> str:
        return " ".join(self.path)

    @property
    def parameters(self) -> list[Any]:
        return [it for it in self.itself.params if it.name not in ("help", "as_json")]


def commands() -> list[Command]:
    """Every command, those that only answer to an old name left out."""
    return list(_below(typer.main.get_command(app), ()))


def _below(command: Any, path: tuple[str, ...]) -> Iterator[Command]:
    if not hasattr(command, "commands"):
        yield Command(path, command)
        return
    for name, sub in command.commands.items():
        if not sub.hidden:
            yield from _below(sub, (*path, name))


class Strict:
    """A port in memory that takes no name which DynamoDB or S3 would refuse."""

    def __init__(self, port: Any) -> None:
        self.port = port

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.port, name)
        return self._checked(found) if callable(found) else found

    def _checked(self, method: Any) -> Any:
        def asked(*args: Any, **named: Any) -> Any:
            for it in (*args, *named.values()):
                assert not isinstance(it, str) or len(it.encode()) <= KEY_BYTES, "no key holds this"
            return method(*args, **named)

        return asked


class Graph:
    """Takes every message."""

    async def send(self, *_: Any, **__: Any) -> Any:
        return SimpleNamespace(accepted=True, reason="")


class Office(FakeAdapters):
    """`ids`: what the commands can be asked about."""

    def __init__(self, *, filled: bool) -> None:
        citizens, snapshots = FakeCitizens(PEPPER), FakeAccountSnapshots()
        self.ids = {DRAFT: a_draft(town=TOWN).broadcast_id, SENT: broadcast().broadcast_id}
        super().__init__(
            settings=Settings(public_url=PUBLIC_URL),
            towns=Strict(FakeTowns({TOWN.id: TOWN})),
            citizens=Strict(citizens),
            conversations=Strict(FakeConversations(citizens)),
            cases=Strict(citizens.cases),
            contests=Strict(citizens.contests),
            contest_reminders=Strict(FakeContestReminders()),
            figure_days=Strict(FakeFigureDays()),
            answer_queue=Strict(Remembers()),
            answers=Strict(FakeAnswers(citizens)),
            inbox=Strict(FakeInbox()),
            retry_queue=Strict(FakeRetryQueue()),
            erasures=Strict(FakeErasures()),
            holds=Strict(FakeHolds()),
            audit=Strict(FakeAudit()),
            figures=FakeFigures(),
            retention=Strict(FakeRetention()),
            secrets=FakeSecrets(),
            account_snapshots=Strict(snapshots),
            town_data=Strict(FakeTownData()),
            stored_rows=FakeStoredRows(),
            trail=Strict(FakeTrail()),
            logs=Strict(FakeLogs()),
            media_rows=Strict(FakeMediaRows()),
            media_store=Strict(FakeMediaStore()),
            media_queue=Strict(FakeMediaQueue()),
            broadcasts=Strict(FakeBroadcasts()),
            slices=Strict(FakeSlices()),
            schedule=Strict(FakeSchedule()),
            feeds=Strict(FakeFeeds()),
            links=Strict(FakeLinks()),
            audience=Strict(FakeAudience()),
            alerts=Strict(FakeAlerts()),
            deliveries=Strict(FakeDeliveries()),
            errands=Strict(FakeErrands()),
            clicks=Strict(FakeClicks()),
            starter=SimpleNamespace(start=lambda *_: None),
            controls=Strict(FakeControls()),
            number_rates=Strict(FakeControls()),
            newsletter_queue=Strict(FakeSliceQueue()),
            crisis_queue=Strict(FakeSliceQueue()),
            crisis_links=Strict(FakeCrisisLinks()),
            crisis_queues=Strict(FakeCrisisQueues()),
            crisis_sender=Strict(FakeCrisisSender()),
            holders=Strict(FakeHolders()),
            evidence=Strict(FakeEvidence()),
            latest_readiness=Strict(FakeLatestReadiness()),
            graph=Graph(),
            staff=Strict(FakeStaff()),
            accounts=FakeAccounts(),
            sessions=Strict(FakeSessions()),
            mails=FakeMails(refuses=not filled),
            public_address=FakePublicAddress(),
            meta_app=FakeMetaApp(),
            cloud=FakeCloud(),
            queues=FakeQueues(dead={"answers": 1} if filled else {}),
        )
        self.meta = FakeWhatsAppAccount()
        live, drill = self._alerts()
        self.ids |= {ALERT: live.alert.alert_id, DRILL: drill.alert.alert_id}
        if filled:
            self._people()
            self._staff()
            self._work()
            self._newsletters()
            self._warnings(live, drill)
            snapshots.save(TOWN.id, a_snapshot(TOWN, status="PAUSED"))
            snapshots.add_notices(TOWN.id, [a_notice()])

    def account(self, town: str) -> Any:
        return self.meta

    def link_signer(self) -> LinkSigner:
        return LinkSigner({"k1": b"k" * 32})

    def _people(self) -> None:
        since = NOW - timedelta(days=100)
        consents = {offer: OfferConsent(granted=True, at=since) for offer in (Offer.NEWS, Offer.CRISIS)}
        asked = NOW - timedelta(hours=2)
        talk = Conversation(asked, asked, waiting_since=asked, flags=frozenset({Flag.EMERGENCY, Flag.SENSITIVE}))
        anke = Citizen(
            ANKE,
            TOWN.id,
            WireIdentity(phone=PHONE),
            district="mussum",
            topics=frozenset({"traffic"}),
            consents=consents,
            conversation=talk,
            last_inbound_at=asked,
        )
        entries = [
            ConsentEntry(offer, ConsentAct.GRANTED, since, "2026-11", "import", f"import:{offer}") for offer in consents
        ]
        self.citizens.bring(None, anke, entries)
        for number, kind in enumerate(("text", "image", "unsupported")):
            wamid, at = f"wamid.{number}", asked + timedelta(seconds=number)
            self.citizens.messages[TOWN.id, ANKE, wamid, at] = IncomingMessage(wamid, at, kind, "Wo ist es?")
        bernd = replace(
            anke, citizen_id="b" * 20, identity=WireIdentity(user_id="DE.1"), conversation=None, consents={}
        )
        chain = replace(talk, waiting_since=None, flags=frozenset({Flag.CHAIN}))
        self.citizens.bring(None, replace(bernd, conversation=chain), [])
        self.holds.save(Hold(TOWN.id, ANKE, "", "Az. 1", "Anna", since))
        self.holds.save(Hold(TOWN.id, "b" * 20, "2026-0001", "Az. 2", "Anna", since, wished_at=NOW))
        for done in (None, NOW):
            self.erasures.prove(ErasureProof(TOWN.id, f"p{done}", since, OFFICE, {"message": 3}, 1, done))
        key = (f"{TOWN.id}#CITIZEN#{ANKE}", "PROFILE")
        self.retention.rows[key] = KeptRow("citizen profile", None, key)
        self.retention.note(TOWN.id, NOW, {"message": 2})

    def _staff(self) -> None:
        for name, role in (("maria", Role.ADMIN), ("emil", Role.EDITOR)):
            email = f"{name}@rathaus.example"
            staff_id = self.accounts.create(email, "first")
            self.staff.put(Member(staff_id, TOWN.id, name.title(), email, frozenset({role}), since=NOW))

    def _work(self) -> None:
        year, at = NOW.year, {"opened_at": NOW, "last_added_at": NOW, "due_at": NOW - timedelta(days=1)}
        for number, state in enumerate(CaseState, 1):
            case = a_case(f"{year}-{number:04}", town=TOWN.id, citizen_id=ANKE, state=state, **at)
            self.cases.found[TOWN.id, case.number] = case
        contest = a_contest(opens_at=NOW - timedelta(days=1), closes_at=NOW + timedelta(days=9))
        self.contests.found[TOWN.id, contest.id] = contest
        self.contests.enter(an_entry(citizen_id=ANKE, at=NOW))
        for state, why in ((MediaState.REFUSED, MediaFailure.TOO_LARGE), (MediaState.STORED, None)):
            media = a_media(town=TOWN.id, citizen_id=ANKE, wamid=f"wamid.{state}", state=state, why=why)
            self.media_rows.begin(media)

    def _newsletters(self) -> None:
        self.broadcasts.create(replace(a_draft(town=TOWN), created_at=NOW))
        sent = broadcast(
            template=TOWN.newsletter_template, state=BroadcastState.RUNNING, lanes=1, slices_per_lane=1, planned=3
        )
        self.broadcasts.create(replace(sent, starts_at=NOW - timedelta(hours=1)))
        later = replace(a_draft(town=TOWN), broadcast_id="bocholt-n-20261124-later1", state=BroadcastState.SCHEDULED)
        self.broadcasts.create(replace(later, starts_at=NOW + timedelta(days=1), repeat="weekly", released_by="Bernd"))
        for number in range(3):
            self.audience.people[person(number).citizen_id] = person(number, district="barlo")
        kinds: tuple[tuple[OutcomeKind, str], ...] = (
            (OutcomeKind.ACCEPTED, ""),
            (OutcomeKind.UNKNOWN, "ReadTimeout"),
            (OutcomeKind.REFUSED, "131026"),
        )
        for number, (kind, reason) in enumerate(kinds):
            made = replace(outcome(number, kind, reason=reason), at=NOW - timedelta(hours=1))
            asyncio.run(self.deliveries.record(TOWN.id, [made]))
        read = DeliveryRow(person(0).citizen_id, 1, Status.READ, NOW, "", "marketing", "regular")
        self.deliveries.statuses_in_full.append((sent.broadcast_id, read))

    def _alerts(self) -> tuple[Any, Any]:
        live = a_trigger(at=NOW - timedelta(hours=1))
        return live, a_trigger(mode=LinkMode.DRILL, at=NOW - timedelta(hours=1), random="bbbbbb")

    def _warnings(self, *triggers: Any) -> None:
        for trigger in triggers:
            self.alerts.raise_once(trigger)
            self.slices.plan(trigger.slices)
            facts = {"holder": "Leitstelle", "scenario": "fire", "accepted": "3"}
            self.evidence.append(TOWN.id, trigger.alert.alert_id, "raised", NOW, facts)
        self.crisis_links.save(a_link(expires_at=NOW + timedelta(days=30)))
        self.holders.save(Holder(TOWN.id, "Leitstelle", PIN_HASH))


def types(office: Office, *words: str, **more: Any) -> Any:
    """What came of it; an error that nobody expected is its `exception`."""
    return CliRunner().invoke(app, list(words), obj=office, env={"COLUMNS": "300", "TERM": "dumb"}, **more)

"""Whoever asks for it is gone, however often the work breaks off."""

from datetime import timedelta

import pytest

from stadtdraht.adapters.crypto.data_links import SignedDataLinks
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.privacy.privacy import CITIZEN
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from tests.support.fakes.erasures import FakeErasures
from tests.support.fakes.media import FakeMediaStore
from tests.support.town_office import ANNA, NOON, PEPPER, ConversationHarness

LINKS = SignedDataLinks(PEPPER, "https://x.example")


class Archive:
    """Anna of Arnsberg, with a word, a consent and a photo."""

    def __init__(self):
        self.office, self.media, self.erasures = ConversationHarness("arnsberg"), FakeMediaStore(), FakeErasures()
        self.office.hears("beides")
        self.office.hears("ja")
        self.who = self.office.person().citizen_id
        self.media.put(f"shown/arnsberg/{self.who}/1", b"photo", "image/jpeg")

    def erase(self, now=NOON + timedelta(minutes=5), **changed):
        ports = {"citizens": self.office.citizens, "media": self.media, "erasures": self.erasures}
        ports |= {"holds": self.office.holds, **changed}
        return erase_citizen("arnsberg", self.who, by=CITIZEN, asked_at=NOON, now=now, pepper=PEPPER, **ports)

    @property
    def is_empty(self):
        citizens = self.office.citizens
        left = (citizens.people, citizens.identities, citizens.messages, citizens.stored, self.media.files)
        return not any(left) and not citizens.entries.get(("arnsberg", self.who))


def test_everything_is_gone_and_the_proof_names_nobody():
    archive = Archive()
    proof = archive.erase()
    assert archive.is_empty
    assert (proof.files, proof.rows["message"], proof.by) == (1, 2, "citizen")
    assert proof.done_at
    assert ANNA not in str(proof)
    assert archive.who not in str(proof)
    assert archive.erasures.is_marked("arnsberg", WireIdentity(phone=ANNA))


def test_again_changes_nothing_but_the_time():
    archive = Archive()
    first = archive.erase()
    second = archive.erase(NOON + timedelta(hours=1))
    assert (second.rows, second.files) == (first.rows, first.files)
    assert len(archive.erasures.proofs("arnsberg")) == 1


class Breaks:
    """A port that fails once, at one of its calls."""

    def __init__(self, port, call):
        self.port, self.call = port, call

    def __getattr__(self, name):
        if name == self.call:
            raise ConnectionError(name)
        return getattr(self.port, name)


@pytest.mark.parametrize(
    ("port", "call"),
    [("erasures", "prove"), ("erasures", "mark"), ("media", "keys"), ("media", "erase"), ("citizens", "erase")],
)
def test_after_a_crash_anywhere_the_next_try_ends_it(port, call):
    archive = Archive()
    standing = archive.office.citizens if port == "citizens" else getattr(archive, port)
    with pytest.raises(ConnectionError):
        archive.erase(**{port: Breaks(standing, call)})
    proof = archive.erase()
    assert archive.is_empty
    assert (proof.files, proof.rows["message"]) == (1, 2)
    assert archive.erasures.is_marked("arnsberg", WireIdentity(phone=ANNA))


class Fetching:
    """Citizens whose photo is being fetched: it is stored in the very moment in which their rows go."""

    def __init__(self, archive):
        self.archive, self.citizens = archive, archive.office.citizens

    def __getattr__(self, name):
        return getattr(self.citizens, name)

    def erase(self, town, citizen_id):
        self.archive.media.put(f"shown/{town}/{citizen_id}/2", b"late photo", "image/jpeg")
        return self.citizens.erase(town, citizen_id)


def test_a_photo_that_was_being_fetched_goes_too():
    archive = Archive()
    archive.erase(citizens=Fetching(archive))
    assert archive.is_empty


def test_a_link_names_whose_data_for_a_day():
    url = LINKS.make("arnsberg", "c" * 20, NOON)
    token = url.rpartition("/")[2]
    assert LINKS.read(token, NOON + timedelta(hours=23)).citizen_id == "c" * 20
    with pytest.raises(LinkNotValid):
        LINKS.read(token, NOON + timedelta(hours=25))


@pytest.mark.parametrize("token", ["", "x", "WyJhIl0.x", "é", "a.b.c"])
def test_a_link_that_nobody_signed_opens_nothing(token):
    with pytest.raises(LinkNotValid):
        LINKS.read(token, NOON)


def test_a_link_of_another_key_opens_nothing():
    token = SignedDataLinks(b"other", "https://x.example").make("arnsberg", "c" * 20, NOON).rpartition("/")[2]
    with pytest.raises(LinkNotValid):
        LINKS.read(token, NOON)

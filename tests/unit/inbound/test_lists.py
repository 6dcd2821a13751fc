"""Whatever happens to a person, the lists say of them what they would say if they were written anew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.lists import list_rows, places_in_lists
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import Conversation, Flag, LastHeard
from tests.support.examples import examples

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
ANKE = Citizen("a" * 20, "vreden", WireIdentity(phone="4915112345678"))
TIMES = st.integers(0, 5).map(lambda number: NOON + timedelta(days=20 * number))


@st.composite
def talks(draw):
    at = draw(TIMES)
    last = st.builds(LastHeard, TIMES, st.sampled_from(["text", "image"]), st.text(max_size=5))
    return Conversation(
        opened_at=NOON,
        last_at=at,
        waiting_since=draw(st.none() | st.just(at)),
        flags=draw(st.frozensets(st.sampled_from(list(Flag)), max_size=2)),
        assigned_to=draw(st.sampled_from(["", "Kim"])),
        last=draw(st.none() | last),
    )


PEOPLE = st.builds(
    lambda name, talk, at: replace(ANKE, name=name, conversation=talk, last_inbound_at=at),
    st.sampled_from(["", "Anke Probe", "Anke", "Müller-Lüdenscheidt, Anke", "…", "😀"]),
    st.none() | talks(),
    st.none() | TIMES,
)


def put(table, rows):
    table.update({(row["pk"], row["sk"]): row for row in rows})


@given(st.lists(PEOPLE, min_size=1, max_size=6), st.booleans())
@settings(max_examples=examples(100), deadline=None)
def test_the_lists_follow_whatever_changes_and_an_erasure_finds_every_row(lives, retired):
    table, before, heard = {}, None, []
    for now in (*lives, None) if retired else lives:
        put(table, list_rows(before, now, NOON))
        before = now
        heard += [now.conversation.last_at] if now and now.conversation else []
    living = {place: row for place, row in table.items() if not row.get("over")}
    fresh = {}
    put(fresh, list_rows(None, before, NOON))
    assert living == fresh
    assert all(set(row) == {"pk", "sk", "over", "expires_at"} for row in table.values() if row.get("over"))

    own = keys.citizen("vreden", ANKE.citizen_id)
    theirs = [row for (pk, _), row in table.items() if pk == own]
    theirs += [{"sk": keys.message(at, "wamid.1")} for at in heard]
    led_to = set(places_in_lists("vreden", ANKE.citizen_id, theirs))
    assert {place for place in table if place[0] != own} <= led_to

"""Crisis links: only what we signed opens, and only in its time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from stadtdraht.adapters.crypto.crisis_links import SIGNER as SIGNER_FORM
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.errors import LinkNotValid
from tests.support.builders.crisis import NOON, a_link

SIGNER = LinkSigner({"k1": b"1" * 32, "k2": b"2" * 32})
TOKEN = SIGNER.mint(a_link())
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"


@given(st.text(min_size=1, max_size=60), st.sampled_from(list(LinkMode)), st.sampled_from(["k1", "k2"]))
def test_what_is_signed_reads_as_it_was_written(holder, mode, key_id):
    link = a_link(holder=holder, mode=mode, key_id=key_id)
    assert SIGNER.verify(SIGNER.mint(link), NOON) == link


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from(ALPHABET))
def test_any_changed_character_ends_it(place, other):
    changed = TOKEN[:place] + other + TOKEN[place + 1 :]
    if changed != TOKEN:
        with pytest.raises(LinkNotValid):
            SIGNER.verify(changed, NOON)


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
def test_any_flipped_bits_of_any_byte_end_it(place, mask):
    flipped = bytearray(TOKEN.encode())
    flipped[place] ^= mask
    with pytest.raises(LinkNotValid):
        SIGNER.verify(flipped.decode("latin-1"), NOON)


FIELDS = ("purpose", "link_id", "town", "holder", "mode", "not_before", "expires_at")
scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=30)


OURS = URLSafeSerializer(b"1" * 32, salt="stadtdraht.crisis-link", signer_kwargs=SIGNER_FORM)


def payload_of(token):
    return OURS.load_payload(token.partition("~")[2].rpartition(".")[0].encode())


def with_payload(token, payload):
    """The token with another payload under the MAC it had."""
    return f"k1~{OURS.dump_payload(payload).decode()}.{token.rpartition('.')[2]}"


def test_a_payload_left_alone_is_read_by_this_test_as_the_signer_writes_it():
    assert with_payload(TOKEN, payload_of(TOKEN)) == TOKEN
    assert len(payload_of(TOKEN)) == len(FIELDS)


@given(st.integers(0, len(FIELDS) - 1), scalars)
def test_any_changed_field_ends_it(field, value):
    payload = payload_of(TOKEN)
    payload[field] = value
    changed = with_payload(TOKEN, payload)
    if changed != TOKEN:
        with pytest.raises(LinkNotValid):
            SIGNER.verify(changed, NOON)


@pytest.mark.parametrize(
    "other",
    [
        {"link_id": "l2"},
        {"town": "vreden"},
        {"holder": "Feuerwehr"},
        {"mode": LinkMode.DRILL},
        {"not_before": NOON - timedelta(days=1)},
        {"expires_at": NOON + timedelta(days=31)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_signature_of_one_link_does_not_fit_another(other):
    another = SIGNER.mint(a_link(**other))
    for one, two in [(TOKEN, another), (another, TOKEN)]:
        with pytest.raises(LinkNotValid):
            SIGNER.verify(f"{one.rpartition('.')[0]}.{two.rpartition('.')[2]}", NOON)


def test_the_id_of_another_key_ends_it():
    for key_id in ("k2", "k3", "", "K1", "k1 "):
        with pytest.raises(LinkNotValid):
            SIGNER.verify(f"{key_id}~{TOKEN.partition('~')[2]}", NOON)


@given(st.text(max_size=30).filter(lambda salt: salt != "stadtdraht.crisis-link"))
def test_what_our_key_signed_for_another_purpose_is_no_link(salt):
    of_another = URLSafeSerializer(b"1" * 32, salt=salt, signer_kwargs=SIGNER_FORM)
    with pytest.raises(LinkNotValid):
        SIGNER.verify(f"k1~{of_another.dumps(payload_of(TOKEN))}", NOON)


@given(st.lists(scalars, max_size=9) | scalars)
def test_not_even_our_own_signature_makes_a_link_of_something_else(payload):
    """One day another version may sign another form with this key: it is refused, and nothing breaks."""
    with pytest.raises(LinkNotValid):
        SIGNER.verify(f"k1~{OURS.dumps(payload)}", NOON)


@given(st.text(max_size=900))
def test_nothing_we_did_not_sign_opens(token):
    with pytest.raises(LinkNotValid):
        SIGNER.verify(token, NOON)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (NOON - timedelta(minutes=6), False),
        (NOON - timedelta(minutes=4), True),
        (NOON + timedelta(days=30, seconds=-1), True),
        (NOON + timedelta(days=30), False),
    ],
)
def test_a_link_opens_from_its_beginning_to_its_end_with_five_minutes_for_other_clocks(moment, opens):
    if opens:
        assert SIGNER.verify(TOKEN, moment) == a_link()
        return
    with pytest.raises(LinkNotValid):
        SIGNER.verify(TOKEN, moment)


def test_a_key_taken_from_the_ring_ends_its_links_and_no_others():
    after = LinkSigner({"k2": b"2" * 32, "k3": b"3" * 32})
    with pytest.raises(LinkNotValid):
        after.verify(TOKEN, NOON)
    second = a_link(key_id="k2")
    assert after.verify(SIGNER.mint(second), NOON) == second
    assert after.newest == "k3"


def test_a_nonce_holds_for_its_link_alone():
    link = a_link()
    nonce = SIGNER.new_nonce(link, NOON)
    assert SIGNER.check_nonce(link, nonce, NOON) == SIGNER.check_nonce(link, nonce, NOON + timedelta(minutes=59))
    with pytest.raises(LinkNotValid):
        SIGNER.check_nonce(a_link(link_id="l2"), nonce, NOON)


def test_a_nonce_of_yesterday_presses_nothing():
    link = a_link()
    with pytest.raises(LinkNotValid):
        SIGNER.check_nonce(link, SIGNER.new_nonce(link, NOON - timedelta(minutes=61)), NOON)


def test_two_views_get_two_nonces():
    link = a_link()
    assert len({SIGNER.check_nonce(link, SIGNER.new_nonce(link, NOON), NOON) for _ in range(20)}) == 20


@given(st.text(max_size=900))
def test_no_made_up_nonce_holds(nonce):
    with pytest.raises(LinkNotValid):
        SIGNER.check_nonce(a_link(), nonce, NOON)


def test_a_link_is_no_nonce_and_a_nonce_is_no_link():
    link = a_link()
    with pytest.raises(LinkNotValid):
        SIGNER.check_nonce(link, TOKEN.partition("~")[2], NOON)
    with pytest.raises(LinkNotValid):
        SIGNER.verify(f"k1~{SIGNER.new_nonce(link, NOON)}", NOON)

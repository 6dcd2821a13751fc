"""The public address, the handshake and the signature: what each answer says; nothing but a probe is posted."""

from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.domain.inbound.envelope import parse_envelope
from stadtdraht.domain.operations.address import PROBE, Answer, clock_check, handshake_check, signature_checks
from stadtdraht.domain.operations.finding import Level
from stadtdraht.usecases.operations.look_at_address import look_at_address
from tests.support.fakes.operations import ADDRESS, FakePublicAddress
from tests.support.fakes.secrets import FakeSecrets

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
SECRETS = ("a" * 32, "b" * 32)


def look(address=None, secrets=SECRETS):
    found = look_at_address(
        ADDRESS,
        address or FakePublicAddress(app_secrets=SECRETS, at=NOW),
        FakeSecrets(secrets),
        clock=lambda: NOW,
    )
    return {it.what: it for it in found}


def levels(found):
    return {what: it.level for what, it in found.items()}


def test_where_all_is_well_every_line_says_so():
    assert set(levels(look()).values()) == {Level.OK}
    assert list(look()) == [f"address {ADDRESS}", "clock", "verify token", "app secret", "signature", "wrong signature"]


def test_what_is_posted_holds_nothing_and_is_counted_as_a_probe():
    address = FakePublicAddress(app_secrets=SECRETS, at=NOW)
    look(address)
    assert address.posted == [PROBE] * 3  # each secret in force, and one of nobody's
    assert parse_envelope(PROBE, NOW, town_of_number=str, town_of_account=str).is_empty


def test_an_address_that_nobody_answers_at_is_a_line_and_no_end():
    found = look(FakePublicAddress(silent=True))
    assert found[f"address {ADDRESS}"].level is Level.FAIL
    assert "does not answer (ConnectError)" in found[f"address {ADDRESS}"].found
    assert found["signature"].level is Level.FAIL
    assert found["app secret"].level is Level.OK  # what can be said without it is said


def test_an_address_of_somebody_else_s_is_no_deployment():
    assert look(FakePublicAddress(app_secrets=SECRETS, health=404, at=NOW))[f"address {ADDRESS}"].level is Level.FAIL


def test_no_app_secret_is_the_state_after_the_first_deployment_and_fails():
    found = look(FakePublicAddress(app_secrets=(), at=NOW), secrets=())
    assert found["app secret"].level is Level.FAIL
    assert "every webhook is refused" in found["app secret"].found


def test_a_secret_that_is_none_of_meta_s_form_is_warned_of():
    assert look(secrets=("changeme",))["app secret"].level is Level.WARN


@pytest.mark.parametrize("known", [(), ("c" * 32,), SECRETS[:1]])
def test_a_webhook_that_does_not_take_what_is_stored_fails(known):
    assert look(FakePublicAddress(app_secrets=known, at=NOW))["signature"].level is Level.FAIL


def test_a_webhook_that_takes_any_signature_fails():
    found = {it.what: it.level for it in signature_checks([Answer(200, "", NOW)], Answer(200, "", NOW))}
    assert found == {"signature": Level.OK, "wrong signature": Level.FAIL}


def test_another_verify_token_fails():
    assert look(FakePublicAddress(app_secrets=SECRETS, verify_token="x", at=NOW))["verify token"].level is Level.FAIL


def test_a_page_that_answers_any_handshake_fails():
    right, wrong = Answer(200, "42", NOW), Answer(403, "", NOW)
    assert handshake_check(right, wrong, "42").level is Level.OK
    assert handshake_check(right, right, "42").level is Level.FAIL
    assert handshake_check(Answer(200, "<html>", NOW), wrong, "42").level is Level.FAIL


@pytest.mark.parametrize(
    ("there_s", "level"),
    [(0, Level.OK), (-25, Level.OK), (25, Level.OK), (40, Level.WARN), (-40, Level.WARN), (300, Level.FAIL)],
)
def test_a_clock_may_be_off_by_half_a_minute(there_s, level):
    assert clock_check(NOW, NOW, NOW + timedelta(seconds=there_s)).level is level


def test_which_way_a_clock_is_off_is_said_and_a_slow_answer_is_no_skew():
    assert "behind" in clock_check(NOW, NOW, NOW + timedelta(minutes=2)).found
    assert "ahead" in clock_check(NOW, NOW, NOW - timedelta(minutes=2)).found
    assert clock_check(NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=4)).level is Level.OK
    assert clock_check(NOW, NOW, None).level is Level.WARN


@pytest.mark.parametrize(("known", "level"), [((), Level.OK), (SECRETS, Level.FAIL)])
def test_where_only_meta_s_certificate_opens_the_webhook_nobody_gets_in_by_a_signature(known, level):
    address = FakePublicAddress(app_secrets=known, at=NOW)
    found = look_at_address(ADDRESS, address, FakeSecrets(SECRETS), client="client.example", clock=lambda: NOW)
    assert {it.what: it.level for it in found}["signature"] is level

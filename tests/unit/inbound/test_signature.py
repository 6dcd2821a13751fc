"""Meta's signature over the raw bytes."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.inbound.signature import is_signed


def signed(raw, secret):
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


@given(st.binary(), st.text(min_size=1))
def test_what_a_secret_signed_holds(raw, secret):
    assert is_signed(raw, signed(raw, secret), [secret])


def test_during_a_rotation_both_secrets_hold():
    assert is_signed(b"{}", signed(b"{}", "old"), ["new", "old"])


def test_another_secret_another_byte_or_no_signature_does_not():
    assert not is_signed(b"{}", signed(b"{}", "other"), ["ours"])
    assert not is_signed(b"{ }", signed(b"{}", "ours"), ["ours"])
    assert not is_signed(b"{}", "", ["ours"])
    assert not is_signed(b"{}", signed(b"{}", "ours").removeprefix("sha256="), ["ours"])
    assert not is_signed(b"{}", signed(b"{}", ""), [])

"""The bundle for AWS: real wheels for arm64, our code and its pages, and nothing that no function reads."""

import pytest

from infra import bundle

ELF, AARCH64 = b"\x7fELF", 0xB7
UNZIPPED_BYTES_AT_MOST = 250 * 1024 * 1024  # AWS Lambda, Quotas, 2026-09


@pytest.fixture(scope="module")
def built():
    return bundle.for_lambda()


def test_it_holds_our_code_with_its_pages(built):
    for part in ("functions/inbound/webhook.py", "stadtdraht/pages/style.css", "stadtdraht/pages/templates/base.html"):
        assert (built / part).is_file(), part
    assert not (built / "stadtdraht" / "cli").exists()
    assert not (built / "typer").exists()


def test_its_native_code_is_for_arm64(built):
    native = [file for file in built.rglob("*.so*") if file.is_file()]
    assert len(native) > 5
    for file in native:
        head = file.read_bytes()[:20]
        assert head[:4] == ELF
        assert int.from_bytes(head[18:20], "little") == AARCH64, file


def test_it_fits_into_a_lambda(built):
    assert sum(file.stat().st_size for file in built.rglob("*") if file.is_file()) < UNZIPPED_BYTES_AT_MOST


def test_the_same_code_is_the_same_asset(built):
    assert bundle.fingerprint(built) == bundle.fingerprint(bundle.for_lambda())

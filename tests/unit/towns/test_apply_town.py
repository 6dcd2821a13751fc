"""Applying a town: everything once, nothing the second time, and only what changed the third."""

from dataclasses import dataclass, field, replace

import pytest

from stadtdraht.domain.errors import NoSecret
from stadtdraht.domain.whatsapp.account import MetaRefused
from stadtdraht.usecases.towns.apply_town import NEEDS_A_SAMPLE, NOT_TAKEN, apply_town, is_left
from tests.support.builders.crisis import a_town
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount


@dataclass
class Rates:
    """The one verb of NumberRates."""

    rates: dict[str, int] = field(default_factory=dict)

    def set_rate(self, town, phone_number_id, rate_mps):
        self.rates[phone_number_id] = rate_mps


@dataclass
class ApplyHarness:
    towns: FakeTowns = field(default_factory=FakeTowns)
    rates: Rates = field(default_factory=Rates)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    account: FakeWhatsAppAccount = field(default_factory=FakeWhatsAppAccount)

    def apply(self, town, *, token="EAA", meta=True):
        return list(
            apply_town(
                town,
                token=token,
                towns=self.towns,
                rates=self.rates,
                secrets=self.secrets,
                account_of=(lambda _: self.account) if meta else None,
            )
        )


@pytest.fixture
def office():
    return ApplyHarness()


def test_a_template_with_a_picture_waits_until_somebody_names_a_sample(office):
    first, second = a_town().templates
    changes = office.apply(replace(a_town(), templates=(replace(first, picture=True), second)))
    assert [it for it in changes if it.startswith("template")] == [
        f"template warnung (de) {NEEDS_A_SAMPLE}",
        "template warnung (en) handed in: PENDING",
    ]


def test_the_first_time_everything_is_made(office):
    changes = office.apply(a_town())
    assert changes[0] == "settings stored"
    assert "access token stored" in changes
    assert "webhooks subscribed" in changes
    assert [it for it in changes if it.startswith("template")] == [
        "template warnung (de) handed in: PENDING",
        "template warnung (en) handed in: PENDING",
    ]
    assert office.rates.rates == {a_town().number.phone_number_id: 80}


def test_the_second_time_nothing_changes(office):
    office.apply(a_town())
    assert office.apply(a_town()) == []


def test_a_number_that_leads_to_it_no_more_does_again(office):
    office.apply(a_town())
    office.towns.lost.add("bocholt")
    assert office.apply(a_town()) == ["number and account lead to it again"]
    assert office.apply(a_town()) == []


def test_only_what_changed_is_done(office):
    office.apply(a_town())
    first, second = a_town().templates
    changed = replace(a_town(), templates=(replace(first, footer="Abmelden mit STOP"), second))
    assert office.apply(changed) == ["settings changed", "template warnung (de) changed; Meta reviews it again"]


@pytest.mark.parametrize("code", [100, 192, 2388023, 132000])
def test_one_template_that_meta_refuses_stops_no_other(office, code):
    first, second = a_town().templates
    office.account.refuses = {"anders": code}
    changes = office.apply(replace(a_town(), templates=(replace(first, name="anders"), second)))
    assert [it for it in changes if it.startswith("template")] == [
        f"template anders (de) {NOT_TAKEN}: Meta refused to create template anders: no (code {code})",
        "template warnung (en) handed in: PENDING",
    ]
    assert [it for it in changes if is_left(it)] == [changes[-2]]


@pytest.mark.parametrize("code", [0, 4, 190, 200, 80007])
def test_what_would_end_all_is_asked_once(office, code):
    first, second = a_town().templates
    office.account.refuses = {"anders": code, second.name: code}
    with pytest.raises(MetaRefused, match="template anders"):
        office.apply(replace(a_town(), templates=(replace(first, name="anders"), second)))


def test_a_token_stays_when_none_is_given(office):
    office.apply(a_town(), token="EAAfirst")
    assert office.apply(a_town(), token=None) == []
    assert office.secrets.tokens == {"bocholt": "EAAfirst"}


def test_without_a_token_meta_cannot_be_asked(office):
    with pytest.raises(NoSecret):
        office.apply(a_town(), token=None)


def test_meta_may_be_left_alone(office):
    office.apply(a_town(), meta=False)
    assert office.account.templates_there == []

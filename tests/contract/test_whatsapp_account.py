"""Port WhatsAppAccount: one suite for the fake, and for the adapter on the simulated WhatsApp."""

import asyncio
import io
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestServer
from PIL import Image

from local.whatsapp.config import Config
from local.whatsapp.http_edge import WORLD
from local.whatsapp.model.numbers import Number
from local.whatsapp.server import create_app
from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.domain.media.sample_picture import LARGEST_BYTES, NoSample, sample_picture
from stadtdraht.domain.whatsapp.account import MetaRefused
from stadtdraht.usecases.towns.apply_town import NEEDS_A_SAMPLE, hand_in_templates
from tests.support.builders.newsletter import a_newsletter_town
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount

LETTER = next(it for it in a_newsletter_town().templates if it.name == "stadtnachrichten_1")
PICTURED = replace(LETTER, name="stadtnachrichten_bild", picture=True)
TOWN = replace(a_newsletter_town(), templates=(LETTER, PICTURED, replace(PICTURED, language="tr")))


def a_photo(kind="PNG"):
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(written, kind)
    return written.getvalue()


async def on_simulated_whatsapp(story):
    app = create_app(Config(webhook_url="http://127.0.0.1:9", app_secret="secret"))
    async with TestServer(app) as server:
        number = TOWN.number
        app[WORLD].numbers.put(
            Number(number.phone_number_id, TOWN.id, number.waba_id, "+49 2871", "Bocholt", "EAA", 80)
        )
        app[WORLD].numbers.unsubscribed_wabas.add(number.waba_id)
        account = GraphAccount("EAA", str(server.make_url("")).rstrip("/"), "v26.0")
        await asyncio.to_thread(story, account)


@pytest.fixture(params=["fake", "simulated whatsapp"])
def played(request):
    if request.param == "fake":
        return lambda story: story(FakeWhatsAppAccount())
    return lambda story: asyncio.run(on_simulated_whatsapp(story))


def test_a_template_with_a_picture_is_handed_in_with_a_sample_and_the_second_time_nothing_changes(played):
    def story(account):
        changes = list(hand_in_templates(TOWN, account, sample_picture(a_photo())))
        assert [it.partition(" handed in")[0] for it in changes] == [
            "template stadtnachrichten_1 (de)",
            "template stadtnachrichten_bild (de)",
            "template stadtnachrichten_bild (tr)",
        ]
        there = {(it.name, it.language): it for it in account.templates(TOWN.number.waba_id)}
        assert all(there[ours.name, ours.language].reads_the_same(ours) for ours in TOWN.templates)
        assert list(hand_in_templates(TOWN, account)) == []

    played(story)


def test_a_changed_wording_is_handed_in_with_its_picture_again(played):
    def story(account):
        sample = sample_picture(a_photo("JPEG"))
        list(hand_in_templates(TOWN, account, sample))
        other = replace(PICTURED, footer="Abmelden mit STOP")
        changed = replace(TOWN, templates=(LETTER, other))
        (said,) = hand_in_templates(changed, account)
        assert said.endswith(NEEDS_A_SAMPLE)
        assert list(hand_in_templates(changed, account, sample)) == [
            "template stadtnachrichten_bild (de) changed; Meta reviews it again"
        ]
        there = {(it.name, it.language): it for it in account.templates(TOWN.number.waba_id)}
        assert there["stadtnachrichten_bild", "de"].reads_the_same(other)

    played(story)


def test_a_handle_that_was_never_uploaded_is_refused(played):
    def story(account):
        with pytest.raises(MetaRefused):
            account.create_template(TOWN.number.waba_id, PICTURED, "4:guessed")
        assert not account.templates(TOWN.number.waba_id)

    played(story)


@pytest.mark.parametrize("content", [b"GIF89a...", b"", b"%PDF-1.7"])
def test_a_file_that_is_no_picture_is_refused_before_anything_is_sent(content):
    with pytest.raises(NoSample, match="JPEG or a PNG"):
        sample_picture(content)


def test_a_picture_is_known_by_its_bytes_and_may_not_be_too_large():
    assert sample_picture(a_photo()).mime_type == "image/png"
    assert sample_picture(a_photo("JPEG")).file_name == "sample.jpg"
    with pytest.raises(NoSample, match="5,242,880 at most"):
        sample_picture(a_photo() + b"\0" * LARGEST_BYTES)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": "{{title}} heute und morgen bei uns"}, "at the start or end: Variables may not stand"),
        ({"body": "Neu bei uns: {{title}}. {{teaser}} Mehr: {{link}} im Netz."}, "side by side"),
        ({"body": "Neu: {{title}} und {{teaser}} ja"}, "too many variables for its length: 2 variables need"),
        ({"footer": "Ihre {{sender}}"}, "A FOOTER has no variables"),
    ],
)
def test_what_the_management_api_says_of_a_refusal_reaches_the_operator(changes, said):
    """Its `message` and `code` are the same for every mistake; title, words and subcode stand apart."""

    def story(account):
        examples = (*LETTER.examples, ("title", "t"), ("teaser", "t"), ("link", "l"))
        with pytest.raises(MetaRefused) as refused:
            account.create_template(TOWN.number.waba_id, replace(LETTER, **{"examples": examples} | changes))
        assert refused.value.code == 100
        assert str(refused.value).startswith("Meta refused to create template stadtnachrichten_1: Invalid parameter: ")
        assert said in str(refused.value)
        assert "(error_subcode 2388" in str(refused.value)

    asyncio.run(on_simulated_whatsapp(story))


def test_a_refusal_in_the_other_form_reaches_the_operator_too():
    def story(account):
        with pytest.raises(MetaRefused, match=r"message_send_ttl_seconds of MARKETING: 43200 to 2592000"):
            account.create_template(TOWN.number.waba_id, replace(LETTER, ttl_s=3600))

    asyncio.run(on_simulated_whatsapp(story))

"""Text blocks: written by staff, put into an answer on the server, sent by nobody until somebody presses."""

from dataclasses import replace

import pytest

from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.text_block import TextBlock
from stadtdraht.texts.staff.console.text_blocks import READY
from tests.support.console import text_of
from tests.unit.console.talk_desk import TalkDesk

NEW_ID = "0123456789abcdef"
TALK = "/conversations/{citizen}"


@pytest.fixture
def desk():
    return TalkDesk()


def write(desk, block_id=NEW_ID, **fields):
    form = {"title": "Danke", "words": "Guten Tag {Name}, danke!", "topic": "Allgemein", "language": "de", **fields}
    return desk.of().post("/texts/{block}", form, block=block_id)


def test_ready_ones_can_be_taken_over_and_changed(desk):
    page = text_of(desk.of().get("/texts"))
    assert all(it.title in page for it in READY)
    assert len(READY) == 6
    answer = desk.of().post("/texts/ready", {"ready": [READY[0].id, READY[2].id, "no such"]})
    assert answer["headers"]["Location"].endswith("/texts?done=saved")
    assert {it.id for it in desk.text_blocks.of_town("arnsberg")} == {READY[0].id, READY[2].id}
    page = text_of(desk.of().get("/texts"))
    assert f'value="{READY[0].id}"' not in page
    assert f'value="{READY[1].id}"' in page


def test_ready_ones_fit(desk):
    desk.of().post("/texts/ready", {"ready": [it.id for it in READY]})
    assert len(desk.text_blocks.of_town("arnsberg")) == len(READY)


def test_a_new_one_is_written_changed_and_removed(desk):
    assert 'action="/console/arnsberg/texts/' in text_of(desk.of().get("/texts/{block}", block="new"))
    assert write(desk)["statusCode"] == 303
    page = text_of(desk.of().get("/texts"))
    assert "Guten Tag {Name}, danke!" in page
    assert "noch nie benutzt" in page
    write(desk, title="Herzlichen Dank")
    assert "Herzlichen Dank" in text_of(desk.of().get("/texts/{block}", block=NEW_ID))
    desk.of().post("/texts/{block}/remove", {}, block=NEW_ID)
    assert "Herzlichen Dank" not in text_of(desk.of().get("/texts"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 61),
        ("words", "  "),
        ("words", "x" * 2001),
        ("words", "Guten Tag {Vorname}"),
        ("topic", "x" * 41),
        ("language", "xx"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_kept_on_the_page(desk, field, value):
    answer = write(desk, **{field: value})
    page = text_of(answer)
    assert answer["statusCode"] == 422
    assert f'id="{field}-error"' in page
    assert desk.text_blocks.of_town("arnsberg") == []
    assert value.strip() in page or field == "language"


@pytest.mark.parametrize("block_id", ["x", "../x", "ready", "a" * 80])
def test_an_id_that_we_did_not_make_is_no_page(desk, block_id):
    assert write(desk, block_id)["statusCode"] == 404
    assert desk.of().get("/texts/{block}", block=block_id)["statusCode"] == 404


def test_a_town_has_only_so_many(desk):
    for number in range(200):
        desk.text_blocks.put("arnsberg", TextBlock(f"{number:016}", "a", "b"))
    answer = write(desk)
    assert answer["statusCode"] == 422
    assert "höchstens 200" in text_of(answer)
    assert write(desk, f"{7:016}")["statusCode"] == 303


def test_markup_in_one_stays_words(desk):
    write(desk, title="<b>fett", words="<script>alert(1)</script>")
    page = text_of(desk.of().get("/texts"))
    assert "<script>alert" not in page
    assert "&lt;b&gt;fett" in page


def test_who_protects_data_sees_none(desk):
    from functions.console.routes import ROUTES
    from tests.support.console import a_member

    for route in ("GET /console/{town}/texts", "POST /console/{town}/texts/{block}"):
        assert not a_member(Role.PRIVACY).may(ROUTES[route].roles)
        assert a_member(Role.EDITOR).may(ROUTES[route].roles)


class TestInserting:
    @pytest.fixture
    def asked(self, desk):
        desk.hall.hears("Warum ist das Schwimmbad zu?")
        write(desk, words="Guten Tag {Name}, wir sind da: {Sprechzeit}. Mehr: {Link}")
        return desk

    def insert(self, desk, text="", block=NEW_ID):
        return text_of(desk.of().post(f"{TALK}/insert", {"text": text, "block": block}, citizen=desk.who))

    def field(self, page):
        return page.partition('name="text"')[2].partition(">")[2].partition("</textarea>")[0].strip()

    def test_the_block_is_offered_beside_the_field(self, asked):
        page = text_of(asked.of().get(TALK, citizen=asked.who))
        assert f'<option value="{NEW_ID}">Allgemein: Danke</option>' in page
        assert f'formaction="/console/arnsberg/conversations/{asked.who}/insert"' in page

    def test_it_comes_below_what_was_typed_and_goes_out_to_nobody(self, asked):
        words = self.field(self.insert(asked, "Liebe Anna,"))
        assert words.startswith("Liebe Anna,\n\nGuten Tag, wir sind da:")
        assert asked.hall.town.website in words
        assert "{" not in words
        assert asked.sent == []
        assert asked.text_blocks.get("arnsberg", NEW_ID).used == 1

    def test_a_known_name_stands_in_it(self, asked):
        person = asked.hall.person()
        asked.hall.citizens.people["arnsberg", person.citizen_id] = replace(person, name="Anna Beispiel")
        assert self.field(self.insert(asked)).startswith("Guten Tag Anna Beispiel,")

    def test_none_chosen_leaves_the_words(self, asked):
        assert self.field(self.insert(asked, "Liebe Anna,", block="")) == "Liebe Anna,"

"""Text blocks: written by staff, put into an answer on the server, sent by nobody until somebody presses."""

from dataclasses import replace

import pytest

from stadtdraht.domain.staff.roles import Role
from stadtdraht.texts.staff.ready_blocks import READY
from tests.support.console import text_of
from tests.unit.console.talk_desk import TalkDesk

TALK = "/conversations/{citizen}"


@pytest.fixture
def desk():
    return TalkDesk()


def write(desk, block_id="new", **fields):
    form = {"title": "Danke", "words": "Guten Tag {Name}, danke!", "topic": "Allgemein", "language": "de", **fields}
    return desk.of().post("/texts/{block}", form, block=block_id)


def kept(desk):
    return desk.text_blocks.all("arnsberg")


def test_ready_ones_can_be_taken_over(desk):
    page = text_of(desk.of().get("/texts"))
    assert all(title in page for title, _, _ in READY.values())
    answer = desk.of().post("/texts/ready", {})
    assert answer["headers"]["Location"].endswith("/texts?done=saved")
    assert {it.id for it in kept(desk)} == set(READY)
    assert "Fertige zum" not in text_of(desk.of().get("/texts"))


def test_a_new_one_is_written_changed_and_removed(desk):
    assert 'action="/console/arnsberg/texts/new"' in text_of(desk.of().get("/texts/{block}", block="new"))
    assert write(desk)["statusCode"] == 303
    (block,) = kept(desk)
    page = text_of(desk.of().get("/texts"))
    assert "Guten Tag {Name}, danke!" in page
    assert "noch nie benutzt" in page
    write(desk, block.id, title="Herzlichen Dank")
    assert "Herzlichen Dank" in text_of(desk.of().get("/texts/{block}", block=block.id))
    desk.of().post("/texts/{block}/remove", {}, block=block.id)
    assert kept(desk) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 81), ("words", "  "), ("words", "x" * 2001), ("words", "Guten Tag {Vorname}")],
)
def test_what_does_not_fit_is_told_at_its_field_and_kept_on_the_page(desk, field, value):
    answer = write(desk, **{field: value})
    page = text_of(answer)
    assert answer["statusCode"] == 422
    assert f'id="{field}-error"' in page
    assert kept(desk) == []
    assert value.strip() in page


@pytest.mark.parametrize("block_id", ["x", "../x", "a" * 80])
def test_one_that_is_not_there_is_no_page(desk, block_id):
    assert write(desk, block_id)["statusCode"] == 404
    assert desk.of().get("/texts/{block}", block=block_id)["statusCode"] == 404
    assert desk.of().post("/texts/{block}/remove", {}, block=block_id)["statusCode"] == 404


def test_markup_in_one_stays_words(desk):
    write(desk, title="<b>fett", words="<script>alert(1)</script>")
    page = text_of(desk.of().get("/texts"))
    assert "<script>alert" not in page
    assert "&lt;b&gt;fett" in page


def test_who_protects_data_sees_none():
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

    def insert(self, desk, text="", block=None):
        block = kept(desk)[0].id if block is None else block
        return text_of(desk.of().post(f"{TALK}/insert", {"text": text, "block": block}, citizen=desk.who))

    def field(self, page):
        return page.partition('name="text"')[2].partition(">")[2].partition("</textarea>")[0].strip()

    def test_the_block_is_offered_beside_the_field(self, asked):
        page = text_of(asked.of().get(TALK, citizen=asked.who))
        assert f'<option value="{kept(asked)[0].id}">Allgemein: Danke</option>' in page
        assert f'formaction="/console/arnsberg/conversations/{asked.who}/insert"' in page

    def test_it_comes_below_what_was_typed_and_goes_out_to_nobody(self, asked):
        words = self.field(self.insert(asked, "Liebe Anna,"))
        assert words.startswith("Liebe Anna,\n\nGuten Tag, wir sind da:")
        assert asked.hall.town.website in words
        assert "{" not in words
        assert asked.sent == []
        assert kept(asked)[0].used == 1

    def test_a_known_name_stands_in_it(self, asked):
        person = asked.hall.person()
        asked.hall.citizens.people["arnsberg", person.citizen_id] = replace(person, name="Anna Beispiel")
        assert self.field(self.insert(asked)).startswith("Guten Tag Anna Beispiel,")

    def test_none_chosen_leaves_the_words(self, asked):
        assert self.field(self.insert(asked, "Liebe Anna,", block="")) == "Liebe Anna,"

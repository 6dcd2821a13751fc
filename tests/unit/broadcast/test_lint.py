"""What may not go out is said with the item and the field, before anybody gets it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.broadcast.broadcast import BroadcastKind, NewsletterNotFit
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import released
from stadtdraht.domain.broadcast.lint import check, lint
from stadtdraht.domain.town import Mode, Template
from stadtdraht.texts.staff.broadcast.newsletter_lint import in_place
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import ANNA, MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story

TOWN = a_newsletter_town()


def found(made, town=TOWN, now=MONDAY):
    problems = lint(made, town, links_in_message(made, town, PUBLIC_URL), now)
    assert all(map(in_place, problems))  # each has German words, and what these need
    return [str(problem) for problem in problems]


def test_a_right_newsletter_has_no_problem():
    items = [story(number) for number in range(1, 6)]
    assert found(a_draft(*items, subject="Bocholt diese Woche", personal=True)) == []
    check(a_draft(), TOWN, links_in_message(a_draft(), TOWN, PUBLIC_URL), MONDAY)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "item 2, title: needs 1 to 60 characters; it has 0"),
        ({"teaser": "x" * 501}, "item 2, teaser: needs 1 to 500 characters; it has 501"),
        ({"link": "http://x.example"}, "item 2, link: must begin with https://"),
        ({"link": "https://x.example/\u202emarkt"}, "item 2, link: must begin with https://"),
        ({"link": 'https://x.example/"><script>'}, "item 2, link: must begin with https://"),
        ({"link": "https://anna:geheim@x.example"}, "item 2, link: holds a name or password"),
        ({"teaser": "Zwei\nZeilen"}, "item 2, teaser: line breaks"),
        ({"teaser": "Zwei\rZeilen"}, "item 2, teaser: line breaks"),
        ({"title": "Zwei\u2028Zeilen"}, "item 2, title: line breaks"),
        ({"title": "Weit\u00a0\u00a0\u00a0\u00a0weg"}, "item 2, title: line breaks"),
        ({"title": "Kommen Sie?"}, "item 2, title: Bocholt publishes one way: a newsletter must not ask a question"),
        ({"teaser": "Guten Tag {{name}}"}, "item 2, teaser: “{{name}}” stands for one reader"),
        ({"valid_until": MONDAY}, "item 2, validity: “Meldung 2” is valid until 2026-11-23 09:00"),
        ({"image_url": "ftp://x"}, "item 2, image: must begin with https://"),
    ],
)
def test_a_problem_names_its_item_and_field(changes, says):
    assert any(line.startswith(says) for line in found(a_draft(story(1), story(2, **changes))))


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example/?token=abc",
        "https://x.example/?user_id=7",
        "https://x.example/?mc_eid=1f",
        "https://x.example/?fbclid=IwAR",
        "https://x.example/?wer=anna@example.org",
        "https://x.example/?wer=4915112345678",
        "https://x.example/page;jsessionid=8F2",
        "https://x.example/#access_token=x",
    ],
)
def test_a_link_with_one_reader_in_it_is_refused_since_messages_are_forwarded(link):
    assert any("item 1, link: the parameter" in line for line in found(a_draft(story(link=link))))


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example/?utm_source=whatsapp&utm_campaign=woche-48",
        "https://x.example/artikel?id=4711&seite=2",
        "https://x.example/suche?q=markt#termine",
    ],
)
def test_a_link_that_is_the_same_for_everyone_is_fine(link):
    assert found(a_draft(story(link=link))) == []


def test_a_town_that_talks_may_ask():
    assert found(a_draft(story(title="Kommen Sie?")), replace(TOWN, mode=Mode.CHOICE)) == []


def test_an_item_that_ends_before_a_later_start_is_refused_too():
    made = a_draft(story(valid_until=MONDAY + timedelta(days=2)))
    assert found(made) == []
    assert found(released(made, ANNA, MONDAY, MONDAY + timedelta(days=3)))[0].startswith("item 1, validity")


def test_a_message_too_long_says_by_how_much():
    made = a_draft(*(story(number, teaser="x" * 200) for number in range(1, 6)))
    (line,) = found(made)
    over = int(line.rpartition("by ")[2].split()[0])
    assert line.startswith("length: filled in, the message has ")
    shorter = [200 - over // 5 - 1] * 5
    assert found(a_draft(*(story(n, teaser="x" * size) for n, size in enumerate(shorter, start=1)))) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"topics": ("sport",)}, "topics: sport: expected one of traffic, waste"),
        ({"districts": ("spork",)}, "districts: spork"),
        ({"languages": ("fr",)}, "languages: fr"),
        ({"kind": BroadcastKind.INVITATION}, "districts: an invitation is for the people of a district"),
        ({"template": "nowhere"}, "template: Bocholt has no template “nowhere”"),
        ({"template": "stadtnachrichten_2"}, "template: “stadtnachrichten_2” does not show exactly 1"),
    ],
)
def test_what_is_wrong_with_the_whole_names_its_field(options, says):
    assert any(line.startswith(says) for line in found(a_draft(**options)))


def test_several_stories_are_no_single():
    assert any(line.startswith("kind: ") for line in found(a_draft(story(1), story(2), kind=BroadcastKind.SINGLE)))


@pytest.mark.parametrize("count", [0, 6])
def test_a_newsletter_has_one_to_five_items(count):
    made = replace(a_draft(), items=tuple(story(number) for number in range(count)))
    assert any(line.startswith("items: a newsletter has 1 to 5") for line in found(made))


def test_a_frame_without_imprint_stop_or_sender_is_refused():
    bare = Template("stadtnachrichten_1", "de", "MARKETING", "Neu: {{title}} {{teaser}} Mehr: {{link}} im Netz.")
    lines = found(a_draft(personal=True), replace(TOWN, templates=(bare,)))
    assert [line.split(":")[0] for line in lines] == ["imprint", "persona", "opt-out"]


def test_check_raises_with_every_problem():
    made = a_draft(story(title="", link="ftp://x"))
    with pytest.raises(NewsletterNotFit) as why:
        check(made, TOWN, links_in_message(made, TOWN, PUBLIC_URL), MONDAY)
    assert len(str(why.value).splitlines()) == 2


@given(st.text(max_size=80))
def test_no_link_that_somebody_types_breaks_the_lint(link):
    found(a_draft(story(link=f"https://{link}")))


PICTURED = replace(
    TOWN, templates=(*TOWN.templates, replace(TOWN.template("stadtnachrichten_1"), name="mit_bild", picture=True))
)


def test_a_picture_needs_a_template_that_shows_it_and_such_a_template_a_picture():
    with_image = story(image_url="https://www.bocholt.example/1.jpg")
    assert a_draft(with_image, town=PICTURED).template == "mit_bild"
    assert a_draft(story(), town=PICTURED).template == "stadtnachrichten_1"
    assert found(a_draft(with_image, town=PICTURED), PICTURED) == []
    assert found(a_draft(with_image))[0].startswith("item 1, image: the template “stadtnachrichten_1” shows no picture")
    bare = found(a_draft(story(), town=PICTURED, template="mit_bild"), PICTURED)
    assert bare[0].startswith("item 1, image: the template “mit_bild” shows a picture")
    second = found(a_draft(story(1), story(2, image_url="https://www.bocholt.example/2.jpg")))
    assert second == ["item 2, image: a message shows one picture, that of its first item; leave this one out"]


def test_the_picture_stands_in_the_message_s_header():
    made = a_draft(story(image_url="https://www.bocholt.example/1.jpg"), town=PICTURED)
    header, body = Newsletter(made, PICTURED).body(person(1), 1)["template"]["components"]
    assert header == {
        "type": "header",
        "parameters": [{"type": "image", "image": {"link": "https://www.bocholt.example/1.jpg"}}],
    }
    assert body["type"] == "body"

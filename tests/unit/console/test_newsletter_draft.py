"""A newsletter is written: nothing typed is lost, nothing is done twice, and what is wrong stands at its field."""

import re
from datetime import timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.errand import Errand, ErrandResult
from stadtdraht.domain.broadcast.feed import FeedEntry
from tests.support.builders.newsletter import MONDAY, story
from tests.support.builders.newsletter_desk import BERND, JANA, KATRIN, PressOffice, form_of
from tests.support.console import text_of

NEWS = "/newsletters/{id}"
ENTRIES = [
    FeedEntry(f"Neues {n}", f"Kurz gesagt {n}.", f"https://www.bocholt.example/n/{n}", MONDAY) for n in range(1, 8)
]


def opened(office, made, member=KATRIN, **query):
    return text_of(office.desk(member).get(NEWS, id=made.broadcast_id, query=query))


def typed(office, made, member=KATRIN, **changes):
    """The whole form as it stands, with some fields typed anew."""
    shown = opened(office, made, member, edit="1")
    fields = form_of(shown, f"/console/bocholt/newsletters/{made.broadcast_id}")
    return {**fields, **changes}


def save(office, made, member=KATRIN, **changes):
    form = typed(office, made, member, **changes)
    return office.desk(member, MONDAY + timedelta(minutes=1)).post(NEWS, form, id=made.broadcast_id)


def test_a_new_one_is_typed_and_a_second_press_makes_no_second_one():
    office = PressOffice()
    for _ in range(2):
        answer = office.desk().post("/newsletters/new", {"press": "nonce-1"})
        assert (answer["statusCode"], answer["headers"]["Location"]) == (
            303,
            f"/console/bocholt/newsletters/{office.only().broadcast_id}",
        )
    assert (office.only().created_by_id, office.only().writer_ids) == ("k-1", {"k-1"})
    shown = opened(office, office.only())
    assert "kern-error" not in shown  # nobody has typed yet
    assert "Hier fehlt noch etwas." in opened(office, office.only(), check="1")


def test_stories_of_the_website_are_ticked():
    office = PressOffice(ENTRIES)
    shown = text_of(office.desk().get("/newsletters/new"))
    assert shown.count('name="story"') == len(ENTRIES)
    office.desk().post("/newsletters/new", {"press": "n", "story": [ENTRIES[2].link, ENTRIES[0].link]})
    made = office.only()
    assert [it.title for it in made.items] == ["Neues 1", "Neues 3"]
    assert made.feed == office.town.feed_url
    office.desk().post(f"{NEWS}/feed", {"story": [ENTRIES[4].link]}, id=made.broadcast_id)
    assert [it.title for it in office.only().items] == ["Neues 1", "Neues 3", "Neues 5"]


def test_who_takes_over_nothing_is_told_and_gets_no_empty_draft():
    office = PressOffice(ENTRIES)
    answer = office.desk().post("/newsletters/new", {"press": "n", "do": "feed"})
    assert answer["statusCode"] == 422
    assert "Haken Sie mindestens eine Meldung an." in text_of(answer)
    assert not office.broadcasts.found


def test_nobody_waits_long_at_a_page_for_their_own_website():
    office = PressOffice(ENTRIES)
    office.desk().get("/newsletters/new")
    assert office.adapters.feeds.within_s == 6.0


def test_six_stories_are_too_many_and_stay_ticked():
    office = PressOffice(ENTRIES)
    answer = office.desk().post("/newsletters/new", {"press": "n", "story": [it.link for it in ENTRIES[:6]]})
    assert answer["statusCode"] == 422
    assert "Höchstens 5 Meldungen passen hinein" in text_of(answer)
    assert text_of(answer).count(" checked") == 6
    assert not office.broadcasts.found


def test_a_website_that_does_not_answer_leaves_the_way_to_type():
    office = PressOffice(entries=None)
    shown = text_of(office.desk().get("/newsletters/new"))
    assert "Ihre Website ist gerade nicht zu lesen" in shown
    assert "Selbst schreiben" in shown


def test_what_is_typed_is_saved_once_and_signed():
    office = PressOffice()
    made = office.draft()
    form = typed(office, made, JANA, t1="Besser  gesagt", topic=["waste"], subject="Woche 49", e1="2026-12-06")
    for _ in range(2):
        answer = office.desk(JANA).post(NEWS, {**form, "do": "save"}, id=made.broadcast_id)
        assert answer["headers"]["Location"].endswith(f"{made.broadcast_id}?done=saved")
    stored = office.only()
    assert (stored.items[0].title, stored.topics, stored.subject) == ("Besser gesagt", {"waste"}, "Woche 49")
    assert stored.items[0].valid_until.isoformat() == "2026-12-06T00:00:00+01:00"
    assert (stored.created_by, stored.writer_ids) == ("Jana Terhorst", {"k-1", "j-1"})
    assert 'value="2026-12-06"' in opened(office, stored, edit="1")


def test_who_saves_without_a_change_has_not_written_it():
    office = PressOffice()
    made = office.draft()
    assert save(office, made, JANA, do="save")["statusCode"] == 303
    assert office.only() == made


def test_two_at_once_lose_nothing():
    office = PressOffice()
    made = office.draft(story(1), story(2))
    mine = typed(office, made, KATRIN, t1="Von Katrin")
    save(office, made, BERND, t1="Von Bernd", x2="Auch neu", topic=["waste"], do="save")
    answer = office.desk().post(NEWS, {**mine, "do": "save"}, id=made.broadcast_id)
    shown = text_of(answer)
    assert answer["statusCode"] == 409
    assert "Bernd Wissing hat diesen Entwurf inzwischen geändert" in shown
    assert "Von Katrin" in shown
    assert office.only().items[0].title == "Von Bernd"
    theirs = shown.split("Die Fassung von Bernd Wissing")[1].split("</section>")[0]
    assert re.findall(r"<dt>(.*?)</dt><dd dir=\"auto\">(.*?)</dd>", theirs) == [
        ("Meldung 1, Überschrift", "Von Bernd"),
        ("Meldung 2, Anriss", "Auch neu"),
        ("Themen", "Müll"),
    ]
    again = form_of(shown, f"/console/bocholt/newsletters/{made.broadcast_id}")
    assert office.desk().post(NEWS, {**again, "do": "save"}, id=made.broadcast_id)["statusCode"] == 303
    assert office.only().items[0].title == "Von Katrin"


def test_a_story_that_one_of_two_took_out_is_named():
    office = PressOffice()
    made = office.draft(story(1), story(2))
    mine = typed(office, made, KATRIN, t2="Noch besser")
    save(office, made, BERND, do="remove-2")
    shown = text_of(office.desk().post(NEWS, {**mine, "do": "save"}, id=made.broadcast_id))
    assert '<dt>Meldung 2</dt><dd dir="auto">steht nicht darin</dd>' in shown


def test_who_saves_what_a_colleague_released_meanwhile_reads_so_and_keeps_the_words():
    office = PressOffice()
    made = office.draft()
    mine = typed(office, made, KATRIN, x1="Es sind doch 40 Buden.")
    unchanged = typed(office, made, KATRIN)
    released = office.change(made, state=BroadcastState.RELEASED, released_at=MONDAY, released_by="Jana Terhorst")
    answer = office.desk().post(NEWS, {**mine, "do": "save"}, id=made.broadcast_id)
    assert answer["statusCode"] == 409
    assert "Ihre Änderung ist nicht gesichert" in text_of(answer)
    assert "inzwischen freigegeben, von Jana Terhorst" in text_of(answer)
    assert "Es sind doch 40 Buden." in text_of(answer)
    assert office.desk().post(NEWS, {**unchanged, "do": "save"}, id=made.broadcast_id)["statusCode"] == 303
    assert office.only() == released


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ("up-2", ["Meldung 2", "Meldung 1", "Meldung 3"]),
        ("down-1", ["Meldung 2", "Meldung 1", "Meldung 3"]),
        ("down-3", ["Meldung 1", "Meldung 2", "Meldung 3"]),
        ("remove-1", ["Meldung 2", "Meldung 3"]),
        ("add", ["Meldung 1", "Meldung 2", "Meldung 3", ""]),
        ("up-99", ["Meldung 1", "Meldung 2", "Meldung 3"]),
        ("nonsense", ["Meldung 1", "Meldung 2", "Meldung 3"]),
    ],
)
def test_buttons_move_stories_and_a_second_press_of_the_same_form_moves_no_further(press, order):
    office = PressOffice()
    made = office.draft(story(1), story(2), story(3))
    form = typed(office, made, do=press)
    for _ in range(2):
        assert office.desk().post(NEWS, form, id=made.broadcast_id)["statusCode"] == 303
    assert [it.title for it in office.only().items] == order


def test_what_is_wrong_stands_at_its_field_with_what_was_typed():
    office = PressOffice()
    made = office.draft(story(1), story(2))
    save(office, made, do="save", l2="http://www.bocholt.example", x1="Lieber {Name}, hallo.")
    shown = opened(office, made, edit="1")
    assert 'id="l2-error"' in shown
    assert 'id="x1-error"' in shown
    assert 'id="t1-error"' not in shown
    assert "Lieber {Name}, hallo." in shown
    answer = save(office, made, do="ask")
    assert answer["headers"]["Location"].endswith("?check=1")
    above = opened(office, made, edit="1", check="1").split('role="alert"')[1].split("<form")[0]
    assert '<a href="#l2">Meldung 2, Link: Die Adresse muss mit https:// beginnen' in above
    assert '<a href="#x1">Meldung 1, Anriss: ' in above


def test_a_day_that_is_none_is_told_and_nothing_is_lost():
    office = PressOffice()
    made = office.draft()
    answer = save(office, made, t1="Neu getippt", e1="31.12.", do="save")
    assert answer["statusCode"] == 422
    assert "„31.12.“ ist kein Tag." in text_of(answer)
    assert "Neu getippt" in text_of(answer)
    assert office.only() == made


def test_a_sound_one_goes_on_to_its_release():
    office = PressOffice()
    made = office.draft()
    assert save(office, made, do="ask")["headers"]["Location"].endswith(f"{made.broadcast_id}/release")


def test_the_phone_follows_typing_and_stores_nothing():
    office = PressOffice()
    made = office.draft()
    form = typed(office, made, t1="Ganz neu", x1="<b>Kurz</b>", l1="http://x")
    shown = text_of(office.desk().post(f"{NEWS}/preview", form, id=made.broadcast_id))
    assert "Ganz neu" in shown
    assert "&lt;b&gt;Kurz&lt;/b&gt;" in shown
    assert "Meldung 1, Link: Die Adresse muss mit https:// beginnen" in shown
    assert office.only() == made


def test_nobody_waits_for_the_plan_and_it_says_its_age():
    office = PressOffice()
    made = office.draft()
    assert "wird gerade gezählt" in opened(office, made)
    assert office.runner.sent == [("bocholt", made.broadcast_id, Errand.PLAN)]
    office.counted(made)
    shown = text_of(office.desk().get(f"{NEWS}/plan", id=made.broadcast_id))
    assert '<b class="num">12</b>' in shown
    assert "Stand gerade eben." in shown
    save(office, made, t1="Anders", do="save")
    assert "vor Ihrer letzten Änderung" in opened(office, made)
    assert "Müll (12)" in opened(office, made)


def test_a_test_goes_to_colleagues_in_the_background():
    office = PressOffice()
    made = office.draft()
    assert save(office, made, do="test")["headers"]["Location"].endswith("?done=trying")
    save(office, made, do="test")
    assert [it for it in office.runner.sent if it[2] is Errand.TEST] == [("bocholt", made.broadcast_id, Errand.TEST)]
    tried = {"tried": [{"name": "Anna", "accepted": False, "reason": "131026"}]}
    office.errands.answer(made.broadcast_id, Errand.TEST, ErrandResult(MONDAY + timedelta(minutes=2), MONDAY, tried))
    shown = opened(office, made)
    assert "Zuletzt getestet gerade eben an 1 Person" in shown
    assert "Nicht angekommen bei Anna: Nicht zustellbar" in shown


def test_another_town_s_newsletter_is_not_there():
    office = PressOffice()
    made = office.change(office.draft(), town="vreden")
    assert office.desk().get(NEWS, id=made.broadcast_id)["statusCode"] == 404
    assert office.desk().get(NEWS, id="nonsense")["statusCode"] == 404

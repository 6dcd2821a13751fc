"""One idea has one name, whichever command takes it."""

from tests.support.command_line import commands

#: What a parameter of this name is typed as. Another spelling of an idea that is here is a mistake.
IDEAS = {
    "town": {"--town"},
    "town_id": {"--town"},
    "by": {"--by"},
    "yes": {"--yes"},
    "say": {"--say"},
    "note": {"--note"},
    "why": {"--why"},
    "pin": {"--pin"},
    "holder": {"--holder"},
    "district": {"--district"},
    "topic": {"--topic"},
    "language": {"--language"},
    "title": {"--title"},
    "teaser": {"--teaser"},
    "link": {"--link"},
    "at": {"--at"},
    "until": {"--until"},
    "year": {"--year"},
    "month": {"--month"},
    "department": {"--department"},
    "beyond_promise": {"--beyond-promise"},
    "unchecked_links": {"--unchecked-links"},
    "picture": {"--picture"},
    "zip_file": {"--zip"},
    "with_people": {"--with-people"},
    "anyway": {"--anyway"},
    "told_otherwise": {"--told-otherwise"},
    "to": {
        "--to",
        "--csv",
        "--html",
        "--out",
    },  # to somebody; a file is named by what it holds, `--out` where it may vary
}
ARGUMENTS = {"broadcast_id", "contest_id", "alert_id", "link_id", "entry_id", "number", "person", "wamid", "file"}


def test_every_option_of_an_idea_has_its_name():
    wrong = [
        f"{command.name}: {it.opts[0]}"
        for command in commands()
        for it in command.parameters
        if it.param_type_name == "option" and it.name in IDEAS and not {*it.opts} & IDEAS[it.name]
    ]
    assert wrong == []


def test_a_thing_is_named_by_its_id_and_without_an_option():
    wrong = [
        f"{command.name}: {it.opts[0]}"
        for command in commands()
        for it in command.parameters
        if it.name in ARGUMENTS and it.param_type_name != "argument"
    ]
    assert wrong == []


def test_every_command_takes_json():
    assert [it.name for it in commands() if "as_json" not in {one.name for one in it.itself.params}] == []


def test_whoever_changes_something_for_a_town_names_it_alike():
    """`--town` everywhere, but where an id says it already."""
    towns = {one for it in commands() for one in it.parameters if one.name in ("town", "town_id")}
    assert {tuple(it.opts) for it in towns} == {("--town",)}

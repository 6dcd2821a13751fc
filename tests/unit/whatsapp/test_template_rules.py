"""A template that Meta would refuse is found in the town's file, and not handed in."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from local.whatsapp.model.errors import Refused
from local.whatsapp.model.template_languages import TEMPLATE_LANGUAGES
from local.whatsapp.model.template_rules import check_new_template
from stadtdraht.adapters.files.town_file import parse
from stadtdraht.adapters.files.town_mistakes import TownFileWrong
from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.cli.main import app
from stadtdraht.domain.broadcast.template_variables import generated
from stadtdraht.domain.town import Template
from stadtdraht.domain.whatsapp.template_rules import LANGUAGES, template_breaches
from stadtdraht.usecases.towns.apply_town import BREAKS_RULES, hand_in_templates
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import a_town
from tests.support.examples import examples
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount
from tests.support.town_office import TOWNS

RIGHT = Template(
    "nachricht", "de", "UTILITY", "Heute gibt es {{was}} für Sie bei uns {{wo}} im Ort.", "Abbestellen mit STOP"
)
WRONG = {
    "begins with a variable": ("body", {"body": "{{was}} gibt es heute für Sie bei uns im Ort."}),
    "begins with one in bold": ("body", {"body": "*{{was}}* gibt es heute für Sie bei uns im Ort."}),
    "ends with a variable": ("body", {"body": "Heute gibt es für Sie bei uns im Ort {{was}}\n"}),
    "side by side": ("body", {"body": "Heute gibt es für Sie bei uns {{was}}{{wo}} im Ort."}),
    "parted by a blank": ("body", {"body": "Heute gibt es für Sie bei uns {{was}} {{wo}} im Ort."}),
    "parted by marks": ("body", {"body": "Heute gibt es für Sie bei uns *{{was}}*\n\n– {{wo}} im Ort."}),
    "too few words": ("body", {"body": "Heute {{was}} und {{wo}} ja."}),
    "marks are no words": ("body", {"body": "Heute {{was}} und – – – {{wo}} ja."}),
    "upper case": ("body", {"body": "Heute gibt es {{Was}} für Sie."}),
    "blanks in it": ("body", {"body": "Heute gibt es {{ was }} für Sie."}),
    "no name": ("body", {"body": "Heute gibt es {{}} für Sie."}),
    "braces left open": ("body", {"body": "Heute gibt es {{was für Sie."}),
    "too long": ("body", {"body": "w" * 1025}),
    "blank": ("body", {"body": " \n"}),
    "name": ("name", {"name": "Nachricht"}),
    "name with a hyphen": ("name", {"name": "nach-richt"}),
    "unknown language": ("language", {"language": "xx"}),
    "easy German has no code": ("language", {"language": "de-easy"}),
    "category": ("category", {"category": "ALERT"}),
    "utility for 30 days": ("ttl_s", {"ttl_s": 2_592_000}),
    "utility for 29 s": ("ttl_s", {"ttl_s": 29}),
    "marketing for an hour": ("ttl_s", {"category": "MARKETING", "ttl_s": 3600}),
    "variable in the footer": ("footer", {"footer": "Ihre {{wer}}"}),
    "long footer": ("footer", {"footer": "f" * 61}),
    "eleven quick replies": ("quick_replies", {"quick_replies": tuple(map(str, range(11)))}),
    "long quick reply": ("quick_replies", {"quick_replies": ("q" * 26,)}),
    "variable in a quick reply": ("quick_replies", {"quick_replies": ("Ja, {{was}}",)}),
    "two alike": ("quick_replies", {"quick_replies": ("Ja", "Ja")}),
}


def on_the_wire(template):
    """As the adapter hands it in."""
    sent = {}

    class Wire(GraphAccount):
        def _ask(self, what, method, path, **rest):
            sent.update(rest["json"])
            return {}

    examples_ = tuple((name, "x") for name in template.variables)
    Wire("EAA", "", "").create_template("1", replace(template, examples=examples_))
    return sent


def refused_by_meta(template):
    try:
        check_new_template(on_the_wire(template))
    except Refused:
        return True
    return False


@pytest.mark.parametrize(("field", "changes"), WRONG.values(), ids=WRONG)
def test_what_meta_refuses_is_named_by_its_field(field, changes):
    assert {it.field for it in template_breaches(replace(RIGHT, **changes))} == {field}


@pytest.mark.parametrize(
    "changes",
    [{}, {"ttl_s": 30}, {"ttl_s": 43_200}, {"category": "MARKETING", "ttl_s": 43_200}, {"language": "prs_AF"}],
)
def test_what_meta_takes_is_right(changes):
    assert template_breaches(replace(RIGHT, **changes)) == ()
    assert not refused_by_meta(replace(RIGHT, **changes))


def test_the_templates_of_the_four_towns_and_those_that_we_write_are_right():
    ours = [template for town in TOWNS.values() for template in town.templates]
    made = [generated(town, items) for town in TOWNS.values() for items in range(1, 6)]
    assert [(it.name, it.language, template_breaches(it)) for it in (*ours, *made) if template_breaches(it)] == []
    assert not any(map(refused_by_meta, (*ours, *made)))


def test_in_newsletters_a_word_and_not_only_a_number_stands_between_any_two_variables():
    made = [generated(town, items) for town in TOWNS.values() for items in range(1, 6)]
    for template in (*made, *(it for town in TOWNS.values() for it in town.templates)):
        _, *between = (part.partition("}}")[2] for part in template.body.split("{{"))
        assert all(any(sign.isalpha() for sign in words) for words in between[:-1]), template.name


def test_the_simulated_whatsapp_knows_the_same_languages():
    assert LANGUAGES == TEMPLATE_LANGUAGES


@given(
    st.lists(st.sampled_from(["{{a}}", "{{b}}", "{{c}}", "Wort", "Stadt", " ", ". ", "\n", "*", "1"]), max_size=24),
    st.sampled_from([None, 29, 30, 43_199, 43_200, 43_201]),
    st.sampled_from(["UTILITY", "MARKETING"]),
    st.sampled_from(["", "STOP", "{{a}}"]),
)
@settings(max_examples=examples(300), deadline=None)
def test_our_rules_and_the_simulated_whatsapp_judge_alike(parts, ttl_s, category, footer):
    """They were written apart: neither may forgive what the other refuses."""
    template = replace(RIGHT, body="".join(parts), ttl_s=ttl_s, category=category, footer=footer)
    assert bool(template_breaches(template)) == refused_by_meta(template)


BOCHOLT = Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml"


@pytest.mark.parametrize(
    ("right", "wrong", "field", "says"),
    [
        ("*Bocholt aktuell: {{title}}*", "*{{title}}*", "templates.0.body", "words before the first variable"),
        (
            "\n\nKurz gesagt: {{teaser}}\n",
            "\n\n{{teaser}}\n",
            "templates.0.body",
            "words between {{title}} and {{teaser}}",
        ),
        ('footer = "Abbestellen jederzeit mit STOP"', 'footer = "STOP {{wer}}"', "templates.0.footer", "no variable"),
        ("ttl_s = 43200", "ttl_s = 2592000", "templates.1.ttl_s", "30 to 43,200 seconds for UTILITY"),
        ('language = "tr"', 'language = "xx"', "templates.4.language", "such as de, en or tr, not 'xx'"),
    ],
)
def test_a_town_file_names_line_and_field_of_what_meta_would_refuse(right, wrong, field, says):
    text = BOCHOLT.read_text(encoding="utf-8")
    assert right in text
    with pytest.raises(TownFileWrong) as found:
        parse(text.replace(right, wrong, 1), Path("b.toml"))
    (mistake,) = found.value.mistakes
    assert (mistake.field, says in mistake.expected) == (field, True), mistake
    line = text.splitlines()[mistake.line - 1]
    assert line.startswith(field.rpartition(".")[2])


def test_a_stored_template_that_breaks_a_rule_is_left_and_the_others_go_in():
    first, second = a_town().templates
    town = a_town(templates=(replace(first, body=f"{first.body} {{{{mehr}}}}"), second))
    left, handed_in = hand_in_templates(town, FakeWhatsAppAccount())
    assert left.startswith(f"template warnung (de) {BREAKS_RULES}: body: ")
    assert handed_in == "template warnung (en) handed in: PENDING"


def test_template_create_says_what_it_left_and_is_refused(monkeypatch):
    first, *_ = a_town().templates
    town = a_town(templates=(replace(first, language="xx"),))
    adapters = FakeAdapters(
        towns=FakeTowns({town.id: town}),
        account=lambda _: FakeWhatsAppAccount(),
        account_snapshots=FakeAccountSnapshots(),
        audience=FakeAudience(),
    )
    result = CliRunner().invoke(app, ["template", "create", "--town", town.id], obj=adapters)
    assert result.exit_code != 0
    assert "language: expected a code that Meta knows" in result.output

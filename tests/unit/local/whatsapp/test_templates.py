"""Templates must be right, exist, be approved, and be sent with what they ask for."""

import pytest

from local.whatsapp.model.template_rules import check_new_template
from tests.unit.local.whatsapp.simulation import NEWS, Simulation, code_of

WARNING = {
    "name": "warnung_3h",
    "language": "de",
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "message_send_ttl_seconds": 10_800,
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Amtliche Warnung"},
        {
            "type": "BODY",
            "text": "Die Stadt warnt vor {{gefahr}} in {{gebiet}}. Bitte bleiben Sie in Gebäuden.",
            "example": {
                "body_text_named_params": [
                    {"param_name": "gefahr", "example": "Orkan"},
                    {"param_name": "gebiet", "example": "Nord"},
                ]
            },
        },
        {"type": "FOOTER", "text": "Stadt Beispiel"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Lage", "url": "https://e.org/{{1}}", "example": ["https://e.org/1"]},
                {"type": "QUICK_REPLY", "text": "Abbestellen"},
            ],
        },
    ],
}


def body(text, **example):
    return {**NEWS, "components": [{"type": "BODY", "text": text, "example": example}]}


WRONG = {
    "capital letters in the name": (100, {**NEWS, "name": "Stadt"}),
    "unknown language": (100, {**NEWS, "language": "xx"}),
    "unknown category": (100, {**NEWS, "category": "ALERT"}),
    "body of 1025": (2388040, body("a" * 1025)),
    "variable at the start": (2388299, body("{{1}} kommt heute in die Stadt", body_text=[["a"]])),
    "variable at the end": (2388299, body("In die Stadt kommt heute {{1}}", body_text=[["a"]])),
    "variables side by side": (2388072, body("Heute {{1}} {{2}} bei uns im Ort", body_text=[["a", "b"]])),
    "punctuation between variables": (
        2388072,
        body("Heute bei uns im Ort {{1}}. *{{2}}* und mehr", body_text=[["a", "b"]]),
    ),
    "markup before the first variable": (2388299, body("*{{1}}* kommt heute in die Stadt", body_text=[["a"]])),
    "too many variables": (2388293, body("Ab {{1}} bis {{2}} Uhr", body_text=[["a", "b"]])),
    "no example": (2388072, body("Heute kommt {{1}} zu uns")),
    "gap in the count": (100, body("Heute kommt {{2}} zu uns", body_text=[["a"]])),
    "lifetime beyond 12 h": (100, {**WARNING, "message_send_ttl_seconds": 43_201}),
    "eleven buttons": (
        100,
        {
            **NEWS,
            "components": [
                *NEWS["components"],
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "a"}] * 11},
            ],
        },
    ),
}


@pytest.mark.parametrize("template", [NEWS, WARNING], ids=["positional", "named"])
def test_a_right_template_is_taken(template):
    assert code_of(lambda: check_new_template(template)) is None


@pytest.mark.parametrize(("code", "template"), WRONG.values(), ids=WRONG)
def test_a_wrong_template_is_refused(code, template):
    assert code == code_of(lambda: check_new_template(template))


def test_a_newsletter_handed_in_as_utility_is_approved_as_marketing():
    simulation = Simulation()
    simulation.template(name="newsletter_kw47", category="UTILITY")
    assert simulation.world.templates.find("109", "newsletter_kw47", "de").category == "MARKETING"


def test_a_template_must_exist_in_the_language_asked_for():
    simulation = Simulation()
    assert code_of(simulation.send_template) == 132001
    simulation.template()
    assert code_of(lambda: simulation.send_template(language={"code": "en"})) == 132001
    assert code_of(simulation.send_template) is None


def test_a_template_is_of_no_use_before_its_approval():
    simulation = Simulation(template_approval_s=60)
    simulation.template()
    assert code_of(simulation.send_template) == 132001
    simulation.pass_time(60)
    assert code_of(simulation.send_template) is None
    simulation.deliver_webhooks()
    assert [value["event"] for value in simulation.values() if "event" in value] == ["APPROVED"]


@pytest.mark.parametrize(("status", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001)])
def test_a_template_out_of_favour_is_refused(status, code):
    simulation = Simulation()
    simulation.template()
    simulation.world.templates.force(simulation.world.templates.find("109", "stadt_news", "de"), status)
    assert code == code_of(simulation.send_template)


def parameters(*values):
    return [{"type": "body", "parameters": list(values)}]


@pytest.mark.parametrize(
    ("code", "components"),
    [
        (132000, parameters({"type": "text", "text": "a"}, {"type": "text", "text": "b"})),
        (132000, [{"type": "body", "parameters": []}]),
        (132012, parameters({"type": "text", "text": "zwei\nZeilen"})),
        (132012, parameters({"type": "text", "parameter_name": "titel", "text": "a"})),
        (132012, parameters({"type": "text"})),
    ],
)
def test_what_is_sent_must_fit_the_template(code, components):
    simulation = Simulation()
    simulation.template()
    assert code == code_of(lambda: simulation.send_template(components=components))


def named(gefahr="gefahr", *, suffix=True):
    components = [
        {
            "type": "body",
            "parameters": [
                {"type": "text", "parameter_name": gefahr, "text": "Orkan"},
                {"type": "text", "parameter_name": "gebiet", "text": "Nord"},
            ],
        }
    ]
    button = {
        "type": "button",
        "sub_type": "url",
        "index": "0",
        "parameters": [{"type": "text", "text": "x"}],
    }
    return [*components, button] if suffix else components


@pytest.mark.parametrize(
    ("code", "components"),
    [(None, named()), (132012, named(gefahr="gefahren")), (132000, named(suffix=False))],
)
def test_named_parameters_and_url_suffixes_must_be_complete(code, components):
    simulation = Simulation()
    simulation.template(**WARNING)
    assert code == code_of(lambda: simulation.send_template(name="warnung_3h", components=components))


def test_the_name_of_a_deleted_template_is_blocked_for_30_days():
    simulation = Simulation()
    simulation.template()
    simulation.world.templates.delete("109", "stadt_news", None, simulation.now_s)
    simulation.now_s += 29 * 86_400
    assert code_of(simulation.template) == 100
    simulation.now_s += 86_400
    assert code_of(simulation.template) is None


def test_who_stopped_marketing_gets_no_marketing_template():
    simulation = Simulation()
    simulation.template()
    simulation.person(stopped_marketing_of=("301",))
    assert code_of(simulation.send_template) == 131050

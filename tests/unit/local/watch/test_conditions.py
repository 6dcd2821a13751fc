"""Filter patterns of logs and rules of composites, as CloudWatch reads them."""

import pytest

from local.watch.conditions import NotUnderstood, line_matches, rule_holds


@pytest.mark.parametrize(
    ("pattern", "entry", "meant"),
    [
        ("{ $.code = 190 }", {"code": 190}, True),
        ("{ $.code = 190 }", {"code": 191}, False),
        ("{ $.code = 190 }", {"code": "190"}, False),
        ("{ $.code = 190 }", {}, False),
        ("{ $.code = 1 }", {"code": True}, False),
        ("{ $.code >= 0 }", {"code": 0}, True),
        ("{ $.code != 0 }", {"code": 0}, False),
        ("{ ($.halted_by > 0) || ($.halted_by < 0) }", {"halted_by": -1}, True),
        ("{ ($.halted_by > 0) || ($.halted_by < 0) }", {"halted_by": 0}, False),
        ('{ $.status = "5*" }', {"status": "503"}, True),
        ('{ $.status = "5*" }', {"status": "450"}, False),
        ('{ $.status = "5*" }', {"status": 503}, False),
        ('{ $.route = "GET /crisis/{token}" }', {"route": "GET /crisis/{token}"}, True),
        ('{ $.route != "-" }', {"route": "GET /"}, True),
        ('{ ($.a = "x") && (($.b = "y") || ($.b = "z")) }', {"a": "x", "b": "z"}, True),
        ('{ ($.a = "x") && (($.b = "y") || ($.b = "z")) }', {"a": "w", "b": "z"}, False),
        ('{ ($.a = "x") || ($.b = "y") && ($.c = "z") }', {"a": "x"}, True),  # `and` binds tighter
    ],
)
def test_a_line_is_meant_by_its_fields(pattern, entry, meant):
    assert line_matches(pattern, entry) == meant


@pytest.mark.parametrize("pattern", ["{ $.code ~ 1 }", "{ ($.code = 1 }", "{ $.code = 1 } x", "ERROR", "{ }"])
def test_a_pattern_of_another_form_is_refused_rather_than_misread(pattern):
    with pytest.raises(NotUnderstood):
        line_matches(pattern, {"code": 1})


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ('(ALARM("a") OR ALARM("b"))', True),
        ('(ALARM("b") OR ALARM("c"))', False),
        ('ALARM("a") AND OK("b")', True),
        ('ALARM("a") AND (ALARM("b") OR INSUFFICIENT_DATA("c"))', True),
    ],
)
def test_a_composite_rings_by_the_states_of_others(rule, holds):
    states = {"a": "ALARM", "b": "OK", "c": "INSUFFICIENT_DATA"}
    assert rule_holds(rule, states.__getitem__) == holds

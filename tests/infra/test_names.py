"""Names on AWS change on purpose only, and come from what a function is called, not from where its file lies."""

import re

from infra.synth import REPOSITORY
from tests.infra.names import FILE, names_in
from tests.infra.reading import functions, of_type


def test_nothing_is_replaced_unseen(template):
    """Meant to be? `make names` writes the list anew, and the change of it says what a deploy will replace."""
    assert names_in(template) == FILE.read_text(encoding="utf-8").splitlines()


def test_two_stages_of_one_account_share_no_name(template, local_template):
    """Nor do two resources of one stage. What a stage of an API is called stands inside that API."""

    def called(template):
        found = [line.split(" ") for line in names_in(template)]
        return [(kind, name) for kind, _, name in found if name != "-" and kind != "AWS::ApiGatewayV2::Stage"]

    production, local = called(template), called(local_template)
    assert len(production) > 100
    assert len(set(production)) == len(production)
    assert {name.lower() for _, name in production}.isdisjoint(name.lower() for _, name in local)


def names(template):
    """Names of functions by handler."""
    return {
        module: it["FunctionName"].removeprefix("stadtdraht-production-") for module, it in functions(template).items()
    }


def test_a_function_s_log_group_and_service_bear_its_name(template):
    groups = {name: it["LogGroupName"] for name, it in of_type(template, "AWS::Logs::LogGroup").items()}
    for module, name in names(template).items():
        function = functions(template)[module]
        assert function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] == name
        assert groups[function["LoggingConfig"]["LogGroup"]["Ref"]] == f"/stadtdraht/production/{name}"


def test_a_function_logs_under_its_name(template):
    """So does what lies beside it in a folder: it is a part of one function of its area."""
    named = names(template)
    for file in (REPOSITORY / "functions").rglob("*.py"):
        module = file.relative_to(REPOSITORY / "functions").with_suffix("").as_posix()
        for logger in re.findall(r'logger\("([^"]*)"\)', file.read_text(encoding="utf-8")):
            of_area = {name for it, name in named.items() if it.partition("/")[0] == module.partition("/")[0]}
            assert logger in ({named[module]} if module in named else of_area), module

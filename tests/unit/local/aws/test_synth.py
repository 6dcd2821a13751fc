"""The local template is made anew when anything that it is made of changes."""

import re

from local.aws.synth import SOURCES
from local.system import REPOSITORY


def test_the_sources_hold_what_the_cdk_app_reads_of_the_product():
    code = "".join(file.read_text(encoding="utf-8") for file in (REPOSITORY / "infra").rglob("*.py"))
    read = {
        f"{module.replace('.', '/')}.py"
        for module in re.findall(r"^from (stadtdraht[.\w]+) import", code, re.MULTILINE)
    }
    assert read <= set(SOURCES)

"""What `make audit` makes of what its tools say: a weakness is named, and no answer is no clean bill."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "requirements" / "audit.py"
SOUND = {"name": "httpx", "version": "1.0", "vulns": []}
WEAK = {"name": "pillow", "version": "9.0", "vulns": [{"id": "CVE-2026-1"}]}
UNKNOWN = {"name": "babel", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.fixture
def audit(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "BILLS", tmp_path / "sbom")
    monkeypatch.setattr(script, "_install_tools", lambda: None)
    monkeypatch.setattr(script, "_write_bills", lambda: None)
    return script


def databases_say(audit, monkeypatch, npm="", **reports):
    """What pip-audit writes for each database, None where it does not answer; and npm's output."""

    def asked(*command):
        if command[0] == "npm":
            return subprocess.CompletedProcess(command, 1, npm, "")
        if (report := reports.get(command[2])) is not None:
            Path(command[command.index("-o") + 1]).write_text(json.dumps({"dependencies": report}))
        return subprocess.CompletedProcess(command, 1, "", "")

    monkeypatch.setattr(audit, "_asked", asked)


@pytest.mark.parametrize(
    ("reports", "code", "said"),
    [
        ({"osv": [SOUND]}, 0, "Python packages: 0 known"),
        ({"osv": [SOUND, WEAK]}, 1, "known weakness: pillow 9.0: CVE-2026-1"),
        ({"pypi": [WEAK]}, 1, "known weakness: pillow 9.0: CVE-2026-1"),
        ({}, 0, "NOT AUDITED: no database of weaknesses answered about the Python packages"),
        ({"pypi": [SOUND, UNKNOWN]}, 0, "NOT AUDITED: no database of weaknesses answered about the Python packages"),
    ],
)
def test_python_packages(audit, monkeypatch, capsys, reports, code, said):
    databases_say(audit, monkeypatch, npm='{"vulnerabilities": {}}', **reports)
    assert audit.main() == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("npm", "code", "said"),
    [
        ('{"vulnerabilities": {"sass": {"severity": "high"}}}', 1, "known weakness: sass: high"),
        ('{"vulnerabilities": {}}', 0, "npm packages: 0 known"),
        ('{"message": "405 Method Not Allowed"}', 0, "answered about the npm packages"),
        ("", 0, "answered about the npm packages"),
    ],
)
def test_npm_packages(audit, monkeypatch, capsys, npm, code, said):
    databases_say(audit, monkeypatch, npm=npm, osv=[SOUND])
    assert audit.main() == code
    assert said in capsys.readouterr().out

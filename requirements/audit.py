"""`make audit`: known weaknesses of what is locked, and a bill of materials of what is deployed.

Asks the first database that answers. Ends with 1 when a weakness is known; where no database answers, the last line
says that nothing was looked at.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import uv

ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = ROOT / "requirements"
TOOLS: Final = ROOT / "build" / "audit"
BILLS: Final = ROOT / "build" / "sbom"
DATABASES: Final = ("osv", "pypi")
ANSWERS_WITHIN_S: Final = 15


def main() -> int:
    """Exit code of the audit."""
    _install_tools()
    _write_bills()
    python, npm = _python_weaknesses(), _npm_weaknesses()
    for line in (*(python or ()), *(npm or ())):
        print(f"known weakness: {line}")
    for name, found in (("Python packages", python), ("npm packages", npm)):
        if found is None:
            print(f"NOT AUDITED: no database of weaknesses answered about the {name}. Run it where one is reachable.")
        else:
            print(f"{name}: {len(found)} known weaknesses")
    return 1 if python or npm else 0


def _install_tools() -> None:
    tool = uv.find_uv_bin()
    _run(tool, "venv", "--quiet", "--allow-existing", str(TOOLS))
    lock = str(LOCKS / "audit.lock")
    _run(tool, "pip", "install", "--quiet", "--python", str(TOOLS), "--require-hashes", "-r", lock)


def _write_bills() -> None:
    """In CycloneDX, one for the functions and one for what the style sheet is made with."""
    BILLS.mkdir(parents=True, exist_ok=True)
    functions = BILLS / "functions.cdx.json"
    made = [*("--output-format", "JSON", "--output-reproducible"), *("--output-file", str(functions))]
    _run(str(TOOLS / "bin" / "cyclonedx-py"), "requirements", str(LOCKS / "runtime.lock"), *made)
    sheet = BILLS / "style-sheet.cdx.json"
    found = _asked("npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only")
    sheet.write_text(found.stdout)
    parts = {it: len(json.loads(it.read_text())["components"]) for it in (functions, sheet)}
    print("\n".join(f"{it.relative_to(ROOT)}: {count} parts" for it, count in parts.items()))


def _python_weaknesses() -> list[str] | None:
    """Of everything that is locked; None where no database answered about each of them."""
    report = BILLS.parent / "audit.json"
    for database in DATABASES:
        report.unlink(missing_ok=True)
        told = ["-f", "json", "-o", str(report), "--progress-spinner", "off", "--timeout", str(ANSWERS_WITHIN_S)]
        locks = ["-r", str(LOCKS / "develop.lock"), "--disable-pip", "--require-hashes"]
        _asked(str(TOOLS / "bin" / "pip-audit"), "-s", database, *locks, *told)
        if not report.exists():
            continue
        parts = json.loads(report.read_text())["dependencies"]
        if not any("skip_reason" in it for it in parts):
            return [f"{it['name']} {it['version']}: {weak['id']}" for it in parts for weak in it["vulns"]]
    return None


def _npm_weaknesses() -> list[str] | None:
    try:
        report: dict[str, Any] = json.loads(_asked("npm", "audit", "--package-lock-only", "--json").stdout)
    except ValueError:
        return None
    if "vulnerabilities" not in report:
        return None
    return [f"{name}: {it['severity']}" for name, it in report["vulnerabilities"].items()]


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def _asked(*command: str) -> subprocess.CompletedProcess[str]:
    """Whatever it ends with: both tools end with 1 when they found something, and when they could not look."""
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())

"""The bundle for AWS: real wheels for arm64, our code and its pages, and nothing that no function reads."""

import ast
import shutil
import sys

import pytest

from infra import bundle, compiler
from tests.infra.conftest import run_app

ELF, AARCH64 = b"\x7fELF", 0xB7
PAGES = ("built/public.css", "built/crisis.css", "console/built/console.css", "templates/base.html")
UNZIPPED_BYTES_AT_MOST = 250 * 1024 * 1024  # AWS Lambda, Quotas, 2026-09


@pytest.fixture(scope="module")
def built():
    """As `make deploy` builds it: about 10 s when a lock or our code changed, else what stands in build/."""
    return bundle.for_lambda(found_compiler())


def found_compiler():
    try:
        return compiler.find(bundle.PYTHON)
    except compiler.NoCompiler:
        return None


def imported(source):
    """Top-level names of everything a file imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def typing_only(name):
    return name.startswith("mypy_boto3")


def test_it_holds_our_code_with_its_pages(built):
    for part in ("functions/inbound/webhook.py", *(f"stadtdraht/pages/{it}" for it in PAGES)):
        assert (built / part).is_file(), part
    assert not (built / "stadtdraht" / "cli").exists()
    assert not (built / "typer").exists()


def test_everything_our_code_imports_is_in_it(built):
    """The local system runs in the developer's environment, which has more than the runtime's lock."""
    there = {path.name.partition(".")[0] for path in built.iterdir()} | set(sys.stdlib_module_names)
    for folder in bundle.OURS:
        for file in (built / folder).rglob("*.py"):
            missing = {name for name in imported(file.read_text(encoding="utf-8")) if not typing_only(name)} - there
            assert not missing, f"{file.relative_to(built)} imports {missing}"


def test_its_native_code_is_for_arm64(built):
    native = [file for file in built.rglob("*.so*") if file.is_file()]
    assert len(native) > 5
    for file in native:
        head = file.read_bytes()[:20]
        assert head[:4] == ELF
        assert int.from_bytes(head[18:20], "little") == AARCH64, file


@pytest.mark.skipif(found_compiler() is None, reason=f"no Python {bundle.PYTHON} here; `make synth` says what to do")
def test_all_of_it_is_compiled_for_the_lambda_s_python(built):
    """Lambda's file system is read-only: what is not compiled here is compiled at every cold start."""
    tag = f".cpython-{bundle.PYTHON.replace('.', '')}.pyc"
    for source in built.rglob("*.py"):
        assert (source.parent / "__pycache__" / f"{source.stem}{tag}").is_file(), source


def test_without_a_python_of_the_lambda_s_version_nothing_is_deployed_and_a_sentence_says_what_to_do(tmp_path):
    """Neither the local system nor the tests of the template need one: they take the source tree as it is."""
    nowhere = (
        "import infra.compiler as it\nit._candidates = lambda version: iter(())\nfrom infra.app import main\nmain()\n"
    )
    done = run_app(tmp_path, "production", ("-c", nowhere), code_dir="bundle")
    assert done.returncode == 1
    assert done.stderr.strip().startswith("There is no Python 3.13 here")
    assert "uv python install 3.13" in done.stderr
    assert not list(tmp_path.glob("*.template.json"))


def test_a_python_that_does_not_answer_or_is_another_version_is_passed_over(tmp_path, monkeypatch):
    """A shim of pyenv says that it knows the command, and fails."""
    for name, does in (("python9.8", "exit 127"), ("other/python9.8", "echo 9.7"), ("good/python9.8", "echo 9.8")):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{does}\n")
        file.chmod(0o755)
    folders = [tmp_path / "nothing", tmp_path, tmp_path / "other", tmp_path / "good"]
    monkeypatch.setenv("PATH", ":".join(map(str, folders)))
    assert compiler.find("9.8") == tmp_path / "good" / "python9.8"


def test_it_fits_into_a_lambda(built):
    assert sum(file.stat().st_size for file in built.rglob("*") if file.is_file()) < UNZIPPED_BYTES_AT_MOST


def test_the_same_code_is_the_same_asset_wherever_it_lies_and_other_code_is_another(tmp_path):
    for copy in ("here", "there"):
        shutil.copytree(bundle.REPOSITORY / "functions", tmp_path / copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert bundle.fingerprint(tmp_path / "here") == bundle.fingerprint(tmp_path / "there")
    with (tmp_path / "there" / "inbound" / "webhook.py").open("a") as file:
        file.write("\n")
    assert bundle.fingerprint(tmp_path / "here") != bundle.fingerprint(tmp_path / "there")

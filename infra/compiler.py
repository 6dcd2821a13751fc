"""The Python that compiles the bundle: of the Lambda's own version, since another's bytecode is not read there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import uv

ANSWERS_WITHIN_S = 30
FETCHED_WITHIN_S = 300


class NoCompiler(Exception):
    """Nothing on this machine can compile for the Lambda, and uv could fetch nothing that can."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"There is no Python {version} here, which compiles the functions' bytecode, and uv could not fetch "
            f"one. Install it (`uv python install {version}`, pyenv or your system's packages) and try again. "
            "Without bytecode every cold start would take four times as long, that of the crisis page too."
        )


def find(version: str) -> Path:
    """A Python of this version, such as "3.13". Raises NoCompiler."""
    for python in _candidates(version):
        if _is(python, version):
            return python
    raise NoCompiler(version)


def _candidates(version: str) -> Iterator[Path]:
    """Wherever one may lie; fetched only when none of the others is any."""
    name = f"python{version}"
    yield Path(sys.executable)
    yield from (Path(folder) / name for folder in os.get_exec_path())
    # pyenv's own commands answer for the version that is chosen there, and not for the others that it has
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")  # noqa: TID251 - pyenv's own variable
    yield from sorted((pyenv / "versions").glob(f"{version}*/bin/{name}"), reverse=True)
    yield from _of_uv(version)
    if _uv("python", "install", "--quiet", version, within_s=FETCHED_WITHIN_S) is not None:
        yield from _of_uv(version)


def _of_uv(version: str) -> Iterator[Path]:
    found = _uv("python", "find", "--managed-python", "--no-python-downloads", version, within_s=ANSWERS_WITHIN_S)
    if found:
        yield Path(found)


def _is(python: Path, version: str) -> bool:
    if not python.is_file():
        return False
    asked = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    return _output(asked, ANSWERS_WITHIN_S) == version


def _uv(*words: str, within_s: float) -> str | None:
    return _output([uv.find_uv_bin(), "--no-config", *words], within_s)


def _output(command: list[str], within_s: float) -> str | None:
    """What it prints; None when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=within_s)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None

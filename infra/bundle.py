"""What the functions are deployed from: one folder for all of them, built without Docker.

For AWS: functions/, stadtdraht/ and the locked dependencies as arm64 wheels, with bytecode, without which importing
takes four times as long (measured 1,375 against 357 ms of the crisis page, 2026-11-30). Locally: the two source folders
as they are.
"""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import uv

REPOSITORY = Path(__file__).resolve().parent.parent
BUILT = REPOSITORY / "build" / "bundle"
LOCK = REPOSITORY / "requirements" / "runtime.lock"
PYTHON = "3.13"
PLATFORM = "aarch64-manylinux_2_34"  # Amazon Linux 2023, which Lambda's Python 3.13 runs on
OURS = ("functions", "stadtdraht")
LEFT_OUT = ("stadtdraht/cli",)  # the operator's command
# What no function reads: console scripts, examples and tests of the libraries, and their typed interfaces.
DEAD_WEIGHT = ("bin", "boto3/examples", "**/tests", "**/*.pyi", "**/*.c", "**/*.pxd", "**/*.pyx", "**/*.h")
STAMP = BUILT.with_suffix(".sha256")


def source_only(folder: Path) -> Path:
    """Our two folders, copied; the local system runs the source tree itself and needs no more."""
    _copy_ours(folder)
    return folder


def for_lambda(compiler: Path | None) -> Path:
    """The arm64 bundle, built when its inputs changed. Raises CalledProcessError when uv cannot build it.

    compiler: of `PYTHON` (compiler.py); None: no bytecode, which is good for a look at the content and not for AWS.
    """
    inputs = _hash_of_inputs(compiled=compiler is not None)
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == inputs:
        return BUILT
    STAMP.unlink(missing_ok=True)
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    _install_dependencies()
    _drop_dead_weight()
    _copy_ours(BUILT)
    if compiler:
        _compile(compiler)
    STAMP.write_text(inputs, encoding="ascii")
    return BUILT


def fingerprint(folder: Path) -> str:
    """SHA-256 over every file's name and content: the same code is the same asset, wherever it was built."""
    digest = hashlib.sha256()
    for file in _files(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _install_dependencies() -> None:
    subprocess.run(  # noqa: S603 - our own locked tool with our own arguments
        [
            uv.find_uv_bin(),
            *("pip", "install", "--quiet", "--no-config", "--target", str(BUILT), "--link-mode", "copy"),
            *("--python-platform", PLATFORM, "--python-version", PYTHON, "--only-binary", ":all:"),
            *("--require-hashes", "-r", str(LOCK)),
        ],
        check=True,
    )


def _drop_dead_weight() -> None:
    for pattern in DEAD_WEIGHT:
        for path in sorted(BUILT.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _copy_ours(target: Path) -> None:
    for folder in OURS:
        shutil.copytree(REPOSITORY / folder, target / folder, ignore=_not_deployed)


def _not_deployed(folder: str, names: list[str]) -> set[str]:
    here = Path(folder).relative_to(REPOSITORY)
    return {it for it in names if it == "__pycache__" or (here / it).as_posix() in LEFT_OUT}


def _compile(python: Path) -> None:
    """Bytecode that is trusted unseen: in a Lambda the source's time is 1980, which no other bytecode survives."""
    command = [str(python), "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "."]
    subprocess.run(command, cwd=BUILT, check=True)  # noqa: S603


def _hash_of_inputs(*, compiled: bool) -> str:
    digest = hashlib.sha256(f"{PYTHON}{PLATFORM}{compiled}".encode())
    for source in (LOCK, Path(__file__)):
        digest.update(source.read_bytes())
    for folder in OURS:
        digest.update(fingerprint(REPOSITORY / folder).encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not (path.parent.name == "__pycache__" and folder != BUILT):
            yield path

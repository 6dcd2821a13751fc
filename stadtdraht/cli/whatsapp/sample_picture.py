"""The sample picture that a template with a picture is handed in with, as commands take it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from stadtdraht.cli.output import refuse
from stadtdraht.domain.media.sample_picture import SamplePicture, sample_picture
from stadtdraht.usecases.towns.apply_town import NEEDS_A_SAMPLE

SampleOption = Annotated[
    Path | None,
    typer.Option("--picture", help="What Meta's reviewers see in templates that show a picture: JPEG or PNG, 5 MB."),
]


def sample_of(file: Path | None) -> SamplePicture | None:
    """Raises NoSample; refuses a file that cannot be read."""
    if file is None:
        return None
    try:
        content = file.read_bytes()
    except OSError as why:
        refuse(f"{file}: cannot be read ({why.strerror}); name a JPEG or PNG that exists")
    return sample_picture(content)


def with_sample_advice(changes: Sequence[str], town: str) -> str:
    """What was changed at Meta, and how to hand in what was left for want of a sample."""
    left = any(line.endswith(NEEDS_A_SAMPLE) for line in changes)
    advice = [f"`stadtdraht template create --town {town} --picture FILE` hands it in."] if left else []
    return "\n".join([*changes, *advice])

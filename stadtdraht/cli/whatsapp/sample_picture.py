"""The sample picture that a template with a picture is handed in with, as commands take it."""

from pathlib import Path
from typing import Annotated

import typer

from stadtdraht.cli.output import refuse
from stadtdraht.domain.media.sample_picture import SamplePicture, sample_picture

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

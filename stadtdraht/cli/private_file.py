"""Files that nobody but their owner may read: what stands in them is secret, or about people."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

ONLY_MINE = 0o600


@contextmanager
def private_file(path: Path, *, is_new: bool = False) -> Iterator[BinaryIO]:
    """Written over, also one that others could read until now; with `is_new` FileExistsError instead."""
    flags = os.O_RDWR | os.O_CREAT | (os.O_EXCL if is_new else os.O_TRUNC)
    with os.fdopen(os.open(path, flags, ONLY_MINE), "w+b") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # not a terminal or a pipe, which has its own
            path.chmod(ONLY_MINE)
        yield file

"""What an address of the public web answers when somebody looks before its readers do."""

from dataclasses import dataclass

FIRST_ERROR = 400  # of HTTP's statuses


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """Whether readers would get there."""

    trouble: str = ""
    """Why they would not, for staff; "" when it answers 200."""
    status: int | None = None
    """At the end of all redirects; None: nothing answered, or nothing that may be asked."""

    @property
    def is_error(self) -> bool:
        """Whether the page itself says that it is not there. Else it may be our own way to it that is closed."""
        return self.status is not None and self.status >= FIRST_ERROR

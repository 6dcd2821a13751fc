"""What Meta allows in a template and in what fills it. Source: Meta, Templates, 2026-09."""

BODY_CHARACTERS = 1024  # of a template's body when it is filled
FORBIDDEN_IN_PARAMETERS = ("\n", "\t", "    ")  # refused with 132012

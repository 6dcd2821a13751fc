"""How long the parts of a message may be. Source: Meta, Text messages and Interactive messages, 2026-09."""

TEXT_CHARACTERS = 4096
BUTTON_CHARACTERS = 20  # of a reply button
LIST_TITLE_CHARACTERS = 24  # of a row
LIST_DESCRIPTION_CHARACTERS = 72  # of a row
INTERACTIVE_CHARACTERS = 1024  # of the words above buttons or a list

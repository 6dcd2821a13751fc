"""A town's number as a vCard for the address book of a phone. Source: RFC 2426, which every phone reads."""

from stadtdraht.domain.town import Town

MOST_BYTES_IN_A_LINE = 75


def contact_card(town: Town, page: str) -> str:
    """page: address of the town's public page."""
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(town.service_name)};;;;",
        f"FN:{_escaped(town.service_name)}",
        f"ORG:{_escaped(town.imprint.provider)}",
        f"TEL;TYPE=CELL,VOICE:+{''.join(sign for sign in town.number.display_phone_number if sign.isdigit())}",
        f"URL:{page}",
        f"NOTE:{_escaped('WhatsApp. Im Notfall wählen Sie 112 oder 110.')}",
        "END:VCARD",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line goes on in the next after a blank; a letter of several bytes is not torn."""
    parts, size = [""], 0
    for sign in line:
        size += len(sign.encode())
        if size > MOST_BYTES_IN_A_LINE:
            parts.append(" ")
            size = 1 + len(sign.encode())
        parts[-1] += sign
    return "\r\n".join(parts)

"""Ids of many towns, in the form that a town file asks for: letters only."""


def town_number(number: int) -> str:
    """Another one for each number: "town-a", …, "town-bc" for 12."""
    return "town-" + "".join(chr(ord("a") + int(digit)) for digit in str(number))

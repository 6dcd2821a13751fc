"""What a page of a town works with."""

from stadtdraht.bootstrap import Adapters


def of_town(town_id: str, adapters: Adapters) -> Adapters:
    """With the rows and files of this town alone: a fault in a page shows no other."""
    return adapters.limited_to(town_id)

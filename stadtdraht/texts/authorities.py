"""Who watches over data protection in the towns of each Land, with an address; offices change their heads, not these."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

AUTHORITIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "BW": ("Datenschutz-Aufsicht Baden-Württemberg (LfDI)", "https://www.baden-wuerttemberg.datenschutz.de"),
        "BY": ("Datenschutz-Aufsicht Bayern, öffentliche Stellen (BayLfD)", "https://www.datenschutz-bayern.de"),
        "BE": ("Datenschutz-Aufsicht Berlin (BlnBDI)", "https://www.datenschutz-berlin.de"),
        "BB": ("Datenschutz-Aufsicht Brandenburg (LDA)", "https://www.lda.brandenburg.de"),
        "HB": ("Datenschutz-Aufsicht Bremen (LfDI)", "https://www.datenschutz.bremen.de"),
        "HH": ("Datenschutz-Aufsicht Hamburg (HmbBfDI)", "https://datenschutz-hamburg.de"),
        "HE": ("Datenschutz-Aufsicht Hessen (HBDI)", "https://datenschutz.hessen.de"),
        "MV": ("Datenschutz-Aufsicht Mecklenburg-Vorpommern (LfDI)", "https://www.datenschutz-mv.de"),
        "NI": ("Datenschutz-Aufsicht Niedersachsen (LfD)", "https://www.lfd.niedersachsen.de"),
        "NW": ("Datenschutz-Aufsicht Nordrhein-Westfalen (LDI)", "https://www.ldi.nrw.de"),
        "RP": ("Datenschutz-Aufsicht Rheinland-Pfalz (LfDI)", "https://www.datenschutz.rlp.de"),
        "SL": ("Datenschutz-Aufsicht Saarland (UDZ)", "https://www.datenschutz.saarland.de"),
        "SN": ("Datenschutz-Aufsicht Sachsen (SDTB)", "https://www.datenschutz.sachsen.de"),
        "ST": ("Datenschutz-Aufsicht Sachsen-Anhalt (LfD)", "https://datenschutz.sachsen-anhalt.de"),
        "SH": ("Datenschutz-Aufsicht Schleswig-Holstein (ULD)", "https://www.datenschutzzentrum.de"),
        "TH": ("Datenschutz-Aufsicht Thüringen (TLfDI)", "https://www.tlfdi.de"),
    }
)
"""By the Land, as town files name it."""

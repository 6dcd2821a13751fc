"""What Meta refuses a template for before anybody reviews it.

Source: Meta, Template management and Components, 2026-09; Time-to-live, 2026-09-11; Supported languages, 2026-05-21.
That variables need words between them and twice as many words and one more around them is what the refusals say
(codes 2388072, 2388293, 2388299); the page itself speaks of "too many variables for the length".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stadtdraht.domain.town import Template
from stadtdraht.domain.whatsapp.template_limits import BODY_CHARACTERS

NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
FOOTER_CHARACTERS: Final = 60
QUICK_REPLIES_AT_MOST: Final = 10
QUICK_REPLY_CHARACTERS: Final = 25
TTL_S: Final = {"UTILITY": (30, 43_200), "MARKETING": (43_200, 2_592_000)}
_CODES: Final = """
af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl nl_BE
en en_GB en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et fil fi
fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko ky_KG lo lv lt
mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl es es_AR es_CL es_CO es_CR es_DO es_EC es_HN
es_MX es_PA es_PE es_ES es_UY sw sv ta te th tr uk ur uz vi zu
"""
LANGUAGES: Final = frozenset(_CODES.split())
_VARIABLE: Final = re.compile(r"\{\{([^{}]*)\}\}")
_VARIABLE_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_MARKUP: Final = " \n\t*_~`"  # shows no character of its own, so what stands beside it stands at the end


@dataclass(frozen=True, slots=True)
class TemplateBreach:
    """A rule of Meta's that a template breaks."""

    field: str
    """Of the template."""
    expected: str

    def __str__(self) -> str:
        return f"{self.field}: {self.expected}"


def template_breaches(template: Template) -> tuple[TemplateBreach, ...]:
    """All of them; such a template cannot be handed in."""
    found = (*_of_frame(template), *_of_body(template.body), *_of_buttons(template.quick_replies))
    return tuple(TemplateBreach(field, expected) for field, expected in found)


def _of_frame(template: Template) -> Iterator[tuple[str, str]]:
    if not NAME.fullmatch(template.name):
        yield "name", "expected up to 512 of a-z, 0-9 and _"
    if template.language not in LANGUAGES:
        yield "language", f"expected a code that Meta knows, such as de, en or tr, not {template.language!r}"
    if template.category not in TTL_S:
        yield "category", f"expected {' or '.join(TTL_S)}"
    elif template.ttl_s is not None:
        least, most = TTL_S[template.category]
        if not least <= template.ttl_s <= most:
            yield "ttl_s", f"expected {least:,} to {most:,} seconds for {template.category}, not {template.ttl_s:,}"
    if "{{" in template.footer or "}}" in template.footer:
        yield "footer", "expected no variable: Meta fills none there"
    if len(template.footer) > FOOTER_CHARACTERS:
        yield "footer", f"expected at most {FOOTER_CHARACTERS} characters"


def _of_body(body: str) -> Iterator[tuple[str, str]]:
    if not body.strip() or len(body) > BODY_CHARACTERS:
        yield "body", f"expected 1 to {BODY_CHARACTERS} characters"
    names = _VARIABLE.findall(body)
    apart = _VARIABLE.split(body)[::2]
    if any("{{" in words or "}}" in words for words in apart):
        yield "body", "expected variables as {{name}}, each with two braces before and behind"
    if wrong := [name for name in names if not _VARIABLE_NAME.fullmatch(name)]:
        yield "body", f"expected names of variables in a-z, 0-9 and _, not {{{{{wrong[0]}}}}}"
    if not names:
        return
    if not apart[0].strip(_MARKUP):
        yield "body", f"expected words before the first variable, {{{{{names[0]}}}}}"
    if not apart[-1].strip(_MARKUP):
        yield "body", f"expected words behind the last variable, {{{{{names[-1]}}}}}"
    for (one, other), words in zip(pairwise(names), apart[1:-1], strict=True):
        if not any(sign.isalnum() for sign in words):
            yield "body", f"expected words between {{{{{one}}}}} and {{{{{other}}}}}"
    needed, words = 2 * len(set(names)) + 1, _words(" ".join(apart))
    if words < needed:
        yield "body", f"expected {needed} words of its own for {len(set(names))} variables, these are {words}"


def _of_buttons(titles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if len(titles) > QUICK_REPLIES_AT_MOST:
        yield "quick_replies", f"expected at most {QUICK_REPLIES_AT_MOST}, these are {len(titles)}"
    if any(not 0 < len(title) <= QUICK_REPLY_CHARACTERS for title in titles):
        yield "quick_replies", f"expected 1 to {QUICK_REPLY_CHARACTERS} characters each"
    if any("{{" in title for title in titles):
        yield "quick_replies", "expected no variable: Meta fills none there"
    if len(set(titles)) < len(titles):
        yield "quick_replies", "expected another name for each"


def _words(text: str) -> int:
    return sum(any(sign.isalnum() for sign in word) for word in text.split())

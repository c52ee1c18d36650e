"""Charts and cards -> the pictures of a newsroom pack.

Comes in: the drawings of an edition, and cards of those charts that are its news. Goes out: of these all formats in
both schemes, of every other chart one picture, light. By the same workers and kept in the same cache as all pictures.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import Look
from generator.draw.cards import SQUARE, WIDE, draw_card
from generator.draw.colours import palette_of
from generator.draw.keys import key_of
from generator.draw.letters import Letters
from generator.draw.pictures import picture
from generator.draw.work import Workshop, made_all
from generator.models import Card, Drawing, PackCards, PackForm, PackPicture, Scheme

_WIDTH, _MARGIN = 1200, 14  # 600 pixels at twice the density: the smallest type is 12 pixels high there
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be drawn: a card, or the drawing of a chart."""

    chart: str
    form: PackForm
    scheme: Scheme
    source: Card | str


def pack_pictures(
    drawings: Mapping[str, Drawing], cards: Sequence[PackCards], site: str, palette: str, shop: Workshop
) -> tuple[PackPicture, ...]:
    """The pictures of each chart, in the order of `drawings`. `site`: the name that stands on cards."""
    orders = {key_of(shop.fonts, "pack", palette, site, repr(order)): order for order in _orders(drawings, cards)}
    make = functools.partial(_made, site=site, palette=palette, letters=Letters(shop.fonts))
    made = made_all(orders, make, shop)
    return tuple(PackPicture(order.chart, order.form, order.scheme, made[key]) for key, order in orders.items())


def _orders(drawings: Mapping[str, Drawing], cards: Sequence[PackCards]) -> Iterator[_Order]:
    shown = {card.chart: card for card in cards}
    for chart, drawing in drawings.items():
        if chart not in shown:
            yield _Order(chart, "chart", "light", drawing.svg)
            continue
        for scheme in _SCHEMES:
            yield _Order(chart, "wide", scheme, shown[chart].wide)
            yield _Order(chart, "square", scheme, shown[chart].square)
            yield _Order(chart, "chart", scheme, drawing.svg)
            yield _Order(chart, "outlines", scheme, drawing.svg)


def _made(order: _Order, site: str, palette: str, letters: Letters) -> bytes:
    if isinstance(order.source, Card):
        sheet = SQUARE if order.form == "square" else WIDE
        return draw_card(order.source, site, palette, letters, sheet=sheet, scheme=order.scheme)
    if order.form == "outlines":
        return picture(order.source, order.scheme, palette_of(palette), letters)
    look: Look = "png" if order.scheme == "light" else "png-dark"
    return picture(order.source, look, palette_of(palette), letters, width=_WIDTH, margin=_MARGIN)

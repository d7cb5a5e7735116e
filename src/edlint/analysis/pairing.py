"""Pairing: the reading of a block's quotation marks that has the fewest faults.

Marks alone cannot tell an apostrophe from a closing mark, or inches from a quotation that ends in a number. So every
way to take a mark has a price, a beam search follows the cheapest readings, and the cheapest at the end says which
mark pairs with which, and which are left without a partner.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from edlint.analysis.marks import UNLIKELY, Mark

Role = Literal["opens", "closes", "apart"]

_FAULT = 1.0  # the price of a mark without its partner, to which all other prices compare
_TURNED = 0.8  # a mark that must face the other way where it stands
_MISPLACED = 0.7  # a mark whose form is right though the spaces around it are not
MIXED = 1.0
MIXED_AT_FIGURE = 0.9  # less than to leave the opening mark without its partner
_OF_TWO_KINDS = 1.1  # a single mark paired with a double one
_NESTED_ALIKE = 0.1
_ABANDONED = 1.05  # an opening mark given up for one further out; a like one is rather closed first
_ABANDONED_ALIKE = 1.5
_FIGURE = 6  # code points of a figure of which a program took the closing mark for inches: “10″
_BEAM = 12  # how many readings are followed at once
_REACH = 4  # how many open marks deep a closing one may look for its partner
_DEPTH = 8  # how many marks are thought open at once; the outermost of more are never closed


class Pair(NamedTuple):
    """An opening mark and its closing one."""

    opening: Mark
    closing: Mark


class Reading(NamedTuple):
    """How the marks of a block are best taken.

    `unclosed` are the marks still open at its end; `abandoned` are open within a quotation that ends before them.
    """

    pairs: tuple[Pair, ...] = ()
    unclosed: tuple[Mark, ...] = ()
    abandoned: tuple[Mark, ...] = ()
    unopened: tuple[Mark, ...] = ()


class _Event(NamedTuple):
    before: "_Event | None"
    kind: Literal["pair", "unclosed", "abandoned", "unopened"]
    what: Any


class _State(NamedTuple):
    cost: float
    open: tuple[Mark, ...]
    events: _Event | None


def read(all_marks: Sequence[Mark]) -> Reading:
    """Finds the reading of a block's marks that has the fewest faults, by a beam search over what may be open."""
    states = [_State(0.0, (), None)]
    for mark in all_marks:
        best: dict[tuple[Mark, ...], _State] = {}
        for state in states:
            for step in _steps(state, mark):
                if step.open not in best or step.cost < best[step.open].cost:
                    best[step.open] = step
        states = sorted(best.values(), key=lambda state: state.cost)[:_BEAM]
    state = min(states, key=lambda state: state.cost + _FAULT * len(state.open))
    found: dict[str, list[Any]] = {"pair": [], "unclosed": [*state.open], "abandoned": [], "unopened": []}
    event = state.events
    while event:
        found[event.kind].append(event.what)
        event = event.before
    return Reading(*(tuple(sorted(found[kind])) for kind in ("pair", "unclosed", "abandoned", "unopened")))


def _steps(state: _State, mark: Mark) -> Iterator[_State]:
    """Gives the states that one more mark may lead to."""
    if mark.apart is not None:
        yield state._replace(cost=state.cost + mark.apart)
    price = _price(mark, "opens")
    if price is not None:
        nested = any(mark.single is other.single and mark.style == other.style for other in state.open[-1:])
        opened = _State(state.cost + price + _NESTED_ALIKE * nested, (*state.open, mark), state.events)
        yield opened if len(opened.open) <= _DEPTH else _without_outermost(opened)
    yield from _closings(state, mark)


def _without_outermost(state: _State) -> _State:
    return _State(state.cost + _FAULT, state.open[1:], _Event(state.events, "unclosed", state.open[0]))


def _closings(state: _State, mark: Mark) -> Iterator[_State]:
    price = _price(mark, "closes")
    abandoned, cost, events = 0, state.cost, state.events
    for index in range(len(state.open) - 1, max(len(state.open) - 1 - _REACH, -1), -1):
        opening = state.open[index]
        paid = 0.0 if opening.style == "low" and mark.style == "curly" else price
        differing = mismatch(opening, mark)
        if paid is not None and differing is not None and (not abandoned or differing < MIXED):
            yield _State(cost + paid + differing, state.open[:index], _Event(events, "pair", Pair(opening, mark)))
        cost += _ABANDONED_ALIKE if opening.single is mark.single else _ABANDONED
        abandoned, events = abandoned + 1, _Event(events, "abandoned", opening)
    if price is not None and mark.style != "prime":
        yield _State(state.cost + price + _FAULT, state.open, _Event(state.events, "unopened", mark))


def _price(mark: Mark, role: Role) -> float | None:
    """What it costs to take a mark for an opening or a closing one; None where it cannot be."""
    if mark.style == "prime" and role == "opens":
        return None
    if mark.single and mark.apart == 0 and mark.facing == "opens" and "closes" in (role, mark.turn):  # in ’98
        return None
    if mark.turn == "either":
        return 0.0 if mark.facing == role else 0.05 if mark.facing == "either" else None
    if mark.turn == role:
        return 0.0 if mark.facing in (role, "either") else _MISPLACED
    if mark.facing == "either":
        return _TURNED + 0.15
    return _TURNED if mark.facing == role else None


def mismatch(opening: Mark, closing: Mark) -> float | None:
    """What it costs to pair two marks; None where it cannot be done."""
    if opening.single is not closing.single:
        possessive = closing.single and closing.apart is not None and closing.apart < UNLIKELY
        weak = closing.single and closing.apart is not None
        return None if possessive else _OF_TWO_KINDS + 0.25 * weak
    if opening.style == closing.style or opening.style == "low":
        return 0.02 if opening.single else 0.0
    if closing.style == "prime" and closing.span.start - opening.span.end <= _FIGURE:
        return MIXED_AT_FIGURE
    return MIXED

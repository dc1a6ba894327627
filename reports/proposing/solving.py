"""The answer of a World: first as few people short as the money allows, then the least money,
then the fewest classes and seats. A pure function over plain values."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from math import gcd

from reports.proposing.solver import Found, Program
from reports.proposing.world import SCALE, Answer, Line, short_of, weight_of

CLASS, SEAT, TAKER = 10_000, 2, 1  # what counts among answers of the same cost


@dataclass
class _Names:
    """The variables of the program: people short, classes, seats, who of a group takes what."""

    short: dict = field(default_factory=dict)
    classes: dict = field(default_factory=dict)
    seats: dict = field(default_factory=dict)
    takers: dict = field(default_factory=dict)  # {(place of the group, key of the offer): …}
    pairs: dict = field(default_factory=dict)  # {(place of the group, (key, key)): …}


def propose(world):
    """The Answer of a world: the cheapest lines that leave the fewest people short."""
    program, names = _program(world)
    first = _fewest_short(program, names, _nobody(world, program, names))
    money, _unit = _money(world, names)
    second = program.smallest(money, first) or replace(first, proven=False)
    program.row(money, most=sum(second.values[name] * each for name, each in money.items()))
    last = program.smallest(_fewest(world, names), second) or second  # no dearer, perhaps more
    return _answer(world, names, last, first.proven and second.proven and last.proven)


def effect_of(world, chosen):
    """The Answer where somebody else chose: `chosen` {key of an offer: (classes, seats)}.

    As few people short as these seats allow; then as many as possible attain.
    """
    program, names = _program(world, chosen)
    first = _fewest_short(program, names, _nobody(world, program, names, chosen))
    most = dict.fromkeys((*names.takers.values(), *names.pairs.values()), 0)
    for _goal, weights in _weights(world, names):
        for name, weight in weights.items():
            most[name] -= weight
    second = program.smallest(most, first) or replace(first, proven=False)
    return _answer(world, names, second, first.proven and second.proven)


def _fewest_short(program, names, start):
    """The Found with the fewest people short, which from then on is a row of the program."""
    short = dict.fromkeys(names.short.values(), 1)
    found = program.smallest(short) or start
    program.row(short, most=sum(found.values[name] for name in short))
    return found


def _nobody(world, program, names, chosen=None):
    """The Found in which nobody learns: it always fits, so that there is one to begin from."""
    values = [0] * len(program.limits)
    for goal in world.goals:
        values[names.short[goal.key]] = goal.need
    for key, (classes, seats) in (chosen or {}).items():
        values[names.classes[key]], values[names.seats[key]] = classes, seats
    return Found(values, False)


def _program(world, chosen=None):
    program, names = Program(), _Names()
    for goal in world.goals:
        names.short[goal.key] = program.variable(goal.need)
    for offer in world.offers:
        if offer.is_new and chosen is None:
            _new_classes(program, names, offer)
        elif offer.is_new:
            _chosen_classes(program, names, offer, chosen.get(offer.key, (0, 0)))
    for place, group in enumerate(world.groups):
        _people(program, names, place, group, world.each)
    _seats_hold(program, names, world)
    _goals_count(program, names, world)
    if world.budget is not None and chosen is None:
        money, unit = _money(world, names)
        program.row(money, most=world.budget // unit)
    return program, names


def _new_classes(program, names, offer):
    """least × classes ≤ seats ≤ most × classes."""
    classes = names.classes[offer.key] = program.variable(offer.at_most)
    seats = names.seats[offer.key] = program.variable()
    program.row({seats: 1, classes: -offer.most}, most=0)
    program.row({seats: 1, classes: -offer.least}, least=0)


def _chosen_classes(program, names, offer, chosen):
    for of, number in zip((names.classes, names.seats), chosen, strict=True):
        of[offer.key] = program.variable(number)
        program.row({of[offer.key]: 1}, least=number)


def _people(program, names, place, group, each):
    """Nobody takes two offers that lead to the same goal, nor more than `each` in all; whoever
    takes a pair takes nothing else."""
    for key in sorted(group.moves):
        names.takers[place, key] = program.variable(group.number)
    for pair in sorted(group.pairs) if each > 1 else ():
        names.pairs[place, pair] = program.variable(group.number)
    paired = {name: 1 for (at, _pair), name in names.pairs.items() if at == place}
    circles = group.circles()
    for circle in circles or [[]]:
        singles = {names.takers[place, key]: 1 for key in circle}
        program.row(singles | paired, most=group.number)
    if len(circles) > each:
        mine = {names.takers[place, key]: 1 for key in group.moves}
        program.row(mine | dict.fromkeys(paired, each), most=each * group.number)


def _seats_hold(program, names, world):
    """Whoever takes an offer has a seat."""
    takers = {offer.key: {} for offer in world.offers}
    for (_place, key), name in names.takers.items():
        takers[key][name] = 1
    for (_place, pair), name in names.pairs.items():
        for key in pair:
            takers[key][name] = 1
    for offer in world.offers:
        if offer.is_new:
            program.row({**takers[offer.key], names.seats[offer.key]: -1}, most=0)
        else:
            program.row(takers[offer.key], most=offer.room)


def _goals_count(program, names, world):
    """People short + who is expected to pass ≥ the need."""
    for goal, weights in _weights(world, names):
        gains = {names.short[goal.key]: SCALE} | weights
        program.row(gains, least=SCALE * goal.need)


def _weights(world, names):
    """(Goal, {variable: chance of each who takes it to attain the goal, in ten thousandths})."""
    offers = {offer.key: offer for offer in world.offers}
    found = {goal.key: {} for goal in world.goals}
    for (place, key), name in names.takers.items():
        for goal in world.groups[place].moves[key]:
            found[goal][name] = offers[key].weight
    for (place, pair), name in names.pairs.items():
        for goal, needed in world.groups[place].pairs[pair].items():
            found[goal][name] = weight_of([offers[key] for key in needed])
    return [(goal, found[goal.key]) for goal in world.goals]


def _money(world, names):
    """({variable: price}, đồng): the prices in the largest unit in which all of them are whole."""
    prices = {}
    for offer in world.offers:
        if offer.is_new:
            prices[names.classes[offer.key]] = offer.per_class
            prices[names.seats[offer.key]] = offer.per_learner
    unit = reduce(gcd, prices.values(), 0) or 1
    return {name: price // unit for name, price in prices.items()}, unit


def _fewest(world, names):
    """Classes before seats before people moved; of equal ones those of the first offers."""
    aim = dict.fromkeys(names.takers.values(), TAKER) | dict.fromkeys(names.seats.values(), SEAT)
    aim |= dict.fromkeys(names.pairs.values(), 2 * TAKER)
    for place, key in enumerate(names.classes):
        aim[names.classes[key]] = CLASS + place
    return aim


def _answer(world, names, found, proven):
    """What the values of the variables mean; people short are counted again, exactly."""
    takers, gains, jointly = Counter(), defaultdict(Counter), defaultdict(Counter)
    for (place, key), name in names.takers.items():
        takers[key] += found.values[name]
        for goal in world.groups[place].moves[key]:
            gains[key][goal] += found.values[name] * _chance(world, [key])
    for (place, pair), name in names.pairs.items():
        for key in pair:
            takers[key] += found.values[name]
        for goal, needed in world.groups[place].pairs[pair].items():
            gain = found.values[name] * _chance(world, needed)
            gains[needed[-1]][goal] += gain
            for key in needed[:-1]:
                jointly[key][goal] += gain
    lines = []
    for offer in world.offers:
        classes, seats = (
            found.values[of[offer.key]] if offer.is_new else 0
            for of in (names.classes, names.seats)
        )
        if classes or seats or takers[offer.key]:
            told = [
                {goal: gain for goal, gain in sorted(of[offer.key].items()) if gain}
                for of in (gains, jointly)
            ]
            lines.append(Line(offer, classes, seats, takers[offer.key], *told))
    total = {goal.key: sum(of[goal.key] for of in gains.values()) for goal in world.goals}
    short = {goal.key: short_of(goal, total[goal.key]) for goal in world.goals}
    return Answer(lines, short, proven, total)


def _chance(world, keys):
    """The chance to pass all of these offers, as the program counts it."""
    return Fraction(weight_of([one for one in world.offers if one.key in keys]), SCALE)

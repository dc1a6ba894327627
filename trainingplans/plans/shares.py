"""Dividing seats among units by the largest remainder. Pure arithmetic."""

from fractions import Fraction


def shared(seats, weights):
    """{key: seats} that add up to `seats` and are nearest to the weights {key: number}.

    Each gets the whole part of its exact share; the seats that remain go to the largest
    remainders, of equal ones to the greater weight, then to the key that comes first. Nobody
    gets more than the weight, so that no more than the sum of weights is given.
    """
    total = sum(weights.values())
    seats = min(seats, total)
    if not total:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(seats * weight, total) for key, weight in weights.items()}
    given = {key: int(share) for key, share in exact.items()}
    order = sorted(weights, key=lambda key: (given[key] - exact[key], -weights[key]))
    for key in order[: seats - sum(given.values())]:
        given[key] += 1
    return given

"""The reference scenario of the benchmarks (bench/reference.cpp has the same numbers)."""

import json
import math

WEEKS = 13
ADVANCE = (0.6, 0.55, 0.6, 0.7)
DWELL_WEEKS = (2.0, 2.0, 2.0, 1.5)  # Exponential, whatever the outcome.
OPEN_DEALS = (12, 8, 5, 3)          # Found in their stage at a random time.
LEADS_PER_WEEK = 4.0
AMOUNT_MEAN, AMOUNT_CV = 40_000.0, 1.0
QUOTA_CENTS = 30_000_000

STAGES = len(ADVANCE)
AMOUNT_SIGMA = math.sqrt(math.log(1 + AMOUNT_CV**2))
AMOUNT_MU = math.log(AMOUNT_MEAN) - AMOUNT_SIGMA**2 / 2


def still_there(dwell_weeks, clock, entered):
    """P(a deal is in its stage for `clock` more steps or longer).

    A deal that enters during a step leaves K = floor(U + X) steps later, U uniform; one found at a
    random time leaves K = floor(X) later, because the exponential law forgets its age.
    """
    if clock == 0:
        return 1.0
    there = math.exp(-clock / dwell_weeks)
    if entered:
        there *= dwell_weeks * (math.exp(1 / dwell_weeks) - 1)
    return there


def report(method, seconds, replications, booked, booked_squares, wins, wins_squares, at_quota,
           leads, entered, open_deals):
    """Prints what the benchmark compares. Sums over replications; money in cents.

    leads[week]; entered[stage][week]; open_deals[stage][week] at the end of the week.
    """
    n = replications

    def standard_error(total, squares):
        return math.sqrt(max(squares / n - (total / n) ** 2, 0) / n)

    chance = at_quota / n
    print(json.dumps({
        "method": method,
        "replications": n,
        "microseconds": seconds / n * 1e6,
        "bookings": {"mean": booked / n / 100,
                     "standard_error": standard_error(booked, booked_squares) / 100},
        "wins": {"mean": wins / n, "standard_error": standard_error(wins, wins_squares)},
        "at_quota": {"mean": chance, "standard_error": math.sqrt(chance * (1 - chance) / n)},
        "leads": [x / n for x in leads],
        "entered": [[x / n for x in row] for row in entered],
        "open": [[x / n for x in row] for row in open_deals],
    }))

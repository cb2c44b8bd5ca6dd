#!/usr/bin/python3
"""The reference scenario with everything that changes a funnel, in NumPy as one would write it.

Deal by deal and vectorised over replications, week by week, because rules, hours and shocks change
what deals do from one week to the next. A deal draws how long it takes when it comes into a stage
(a phase of the week and a stay) and has the rest of that counted down by the stage's speed; whether
it goes on is drawn when it leaves, at the odds of that week. The time of a stage is counted in 1/64
weeks, as the engine counts it: in the first week hours are equally short in all replications, and
what is rounded there shows. bench/changing.cpp has the same numbers.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import NormalDist

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from numpy_peer import Sums
from reference import (ADVANCE, AMOUNT_CV, AMOUNT_MEAN, DWELL_WEEKS, LEADS_PER_WEEK, OPEN_DEALS,
                       QUOTA_CENTS, STAGES, WEEKS, report)

LEAD, MEETING, PROPOSAL, NEGOTIATION = range(STAGES)
HOURS = (0.5, 1.5, 3.0, 2.0)
SELLING_HOURS = 34.0
LEADS_CV, STAY_CV, AMOUNT_UNCERTAINTY = 0.2, 0.2, 0.1
DISCOUNT_MEAN, DISCOUNT_CV = 0.94, 0.03
OBSERVED = {PROPOSAL: 100, NEGOTIATION: 85}
ECONOMY_SD, MOOD_SD, MOOD_PERSISTENCE = 0.1, 0.2, 0.8


def log_parameters(mean, cv):
    variance = np.log1p(cv * cv)
    return np.log(mean) - variance / 2, np.sqrt(variance)


def sixteen_cases(mean, cv):
    """A mean stay takes one of 16 equally likely values, its quantiles."""
    mu, sigma = log_parameters(mean, cv)
    return np.exp([mu + sigma * NormalDist().inv_cdf((i + 0.5) / 16) for i in range(16)])


def with_odds(share, odds):
    return odds * share / (1 - share + odds * share)


def shock(sd, z):
    return np.exp(sd * z - sd * sd / 2)


class Quarters:
    """`chunk` replications side by side. deals[stage] are (replication, weeks that are left)."""

    def __init__(self, rng, chunk):
        self.rng = rng
        self.chunk = chunk
        self.lead_rate = rng.lognormal(*log_parameters(LEADS_PER_WEEK, LEADS_CV), chunk)
        self.lead_rate *= shock(ECONOMY_SD, rng.standard_normal(chunk))
        self.amount_mean = rng.lognormal(*log_parameters(AMOUNT_MEAN, AMOUNT_UNCERTAINTY), chunk)
        self.discount = rng.lognormal(*log_parameters(DISCOUNT_MEAN, DISCOUNT_CV), chunk)
        self.dwell = [np.full(chunk, mean) for mean in DWELL_WEEKS]
        self.dwell[PROPOSAL] = rng.choice(sixteen_cases(DWELL_WEEKS[PROPOSAL], STAY_CV), chunk)
        self.advance = [np.full(chunk, share) for share in ADVANCE]
        for stage, n in OBSERVED.items():
            self.advance[stage] = rng.beta(ADVANCE[stage] * n, (1 - ADVANCE[stage]) * n, chunk)
        self.mood = rng.standard_normal(chunk)
        self.booked = np.zeros(chunk)
        self.wins = np.zeros(chunk, np.int64)
        self.open = np.repeat(np.array(OPEN_DEALS), chunk).reshape(STAGES, chunk)
        self.time = np.zeros((STAGES, chunk))  # How far each stage has moved, in weeks.
        self.deals = []
        for stage, count in enumerate(OPEN_DEALS):
            replication = np.repeat(np.arange(chunk), count)
            # Found at a random time; the exponential law forgets its age.
            self.deals.append((replication, rng.exponential(self.dwell[stage][replication])))

    def move_clocks(self, speed):
        before = np.floor(self.time * 64 + 0.5)
        self.time += speed
        return (np.floor(self.time * 64 + 0.5) - before) / 64

    def multipliers(self, week):
        """What rules, hours and shocks make of leads, odds, speed and amounts in this week."""
        attainment = self.booked / QUOTA_CENTS
        all_open = self.open.sum(axis=0)
        missing = (QUOTA_CENTS - self.booked) / 100
        pipeline = all_open * AMOUNT_MEAN
        made = attainment >= 1
        thin = ~made & (pipeline < 5 * missing)
        behind = attainment * WEEKS < 0.9 * week  # Pace is 1 before the first week.
        push = ~made & (WEEKS - week <= 3)
        asked = np.tensordot(HOURS, self.open, 1)
        hours = np.where(asked > SELLING_HOURS, SELLING_HOURS / np.maximum(asked, 1e-9), 1)
        leads = np.where(behind, 1.2, 1)
        speed = [hours, hours, hours, hours * np.where(made, 0.5, 1) * np.where(push, 2, 1)]
        odds = [np.where(all_open >= 35, 0.9, 1), np.where(thin, 1.1, 1), np.ones(self.chunk),
                np.where(push, 1.4, 1) * shock(MOOD_SD, self.mood)]
        amount = np.where(push, self.discount, 1)
        return leads, speed, odds, amount

    def run_week(self, week, sums):
        rng, chunk = self.rng, self.chunk
        more_leads, speed, odds, cheaper = self.multipliers(week)
        moves = self.move_clocks(speed)
        came = rng.poisson(self.lead_rate * more_leads)
        sums.leads[week] += came.sum()
        came = np.repeat(np.arange(chunk), came)
        for stage in range(STAGES):
            sums.entered[stage][week] += came.size
            replication, left = self.deals[stage]
            takes = rng.random(came.size) + rng.exponential(self.dwell[stage][came])
            replication = np.concatenate((replication, came))
            left = np.concatenate((left, takes)) - moves[stage][replication]
            stays = left > 0
            ends = replication[~stays]
            self.deals[stage] = replication[stays], left[stays]
            self.open[stage] = np.bincount(self.deals[stage][0], minlength=chunk)
            sums.open[stage][week] += self.deals[stage][0].size
            share = with_odds(self.advance[stage], odds[stage])
            came = ends[rng.random(ends.size) < share[ends]]
        mu, sigma = log_parameters(1, AMOUNT_CV)
        amounts = rng.lognormal(mu, sigma, came.size) * (self.amount_mean * cheaper)[came]
        self.booked += np.bincount(came, np.round(100 * amounts), chunk)
        self.wins += np.bincount(came, minlength=chunk)
        self.mood *= MOOD_PERSISTENCE
        self.mood += np.sqrt(1 - MOOD_PERSISTENCE**2) * rng.standard_normal(chunk)

    def run(self, sums):
        booked = np.empty((WEEKS, self.chunk))
        for week in range(WEEKS):
            self.run_week(week, sums)
            booked[week] = self.booked
        sums.add_bookings(booked, self.wins)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--replications", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=2048)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    Quarters(rng, arguments.chunk).run(Sums())  # Warms up, uncounted.
    sums = Sums()
    begin = time.process_time()
    while sums.replications < arguments.replications:
        Quarters(rng, arguments.chunk).run(sums)
    seconds = time.process_time() - begin
    report("changing", seconds, sums.replications, sums.booked, sums.booked_squares, sums.wins,
           sums.wins_squares, sums.at_quota, sums.leads.tolist(), sums.entered.tolist(),
           sums.open.tolist())


if __name__ == "__main__":
    main()

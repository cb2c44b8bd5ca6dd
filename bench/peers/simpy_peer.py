#!/usr/bin/python3
"""The reference scenario in SimPy: a process for each deal, and one that brings leads."""

import argparse
import math
import random
import sys
import time
from pathlib import Path

import simpy

sys.path.insert(0, str(Path(__file__).resolve().parent))
from reference import (ADVANCE, AMOUNT_MU, AMOUNT_SIGMA, DWELL_WEEKS, LEADS_PER_WEEK, OPEN_DEALS,
                       QUOTA_CENTS, STAGES, WEEKS, report)


class Quarter:
    def __init__(self, totals, rng):
        self.env = simpy.Environment()
        self.totals = totals
        self.rng = rng
        self.booked_by_week = [0] * WEEKS
        self.wins = 0
        for stage, count in enumerate(OPEN_DEALS):
            for _ in range(count):
                self.env.process(self.deal(stage, on_day_one=True))
        self.env.process(self.leads())

    def run(self):
        self.env.run(until=WEEKS - 0.5)
        cumulative = 0
        for week, booked in enumerate(self.booked_by_week):
            cumulative += booked
            self.booked_by_week[week] = cumulative
        return cumulative

    def leads(self):
        for week in range(WEEKS):
            for _ in range(self.poisson(LEADS_PER_WEEK)):
                self.totals.leads[week] += 1
                self.env.process(self.deal(0, on_day_one=False))
            yield self.env.timeout(1)

    def deal(self, stage, on_day_one):
        rng, env, totals = self.rng, self.env, self.totals
        phase_known = on_day_one
        while stage < STAGES:
            if not on_day_one:
                totals.entered[stage][int(env.now)] += 1
            on_day_one = False
            phase = 0.0 if phase_known else rng.random()
            phase_known = False
            steps = math.floor(phase + rng.expovariate(1 / DWELL_WEEKS[stage]))
            advances = rng.random() < ADVANCE[stage]
            if steps:
                yield env.timeout(steps)
            totals.left[stage][int(env.now)] += 1
            if not advances:
                return
            stage += 1
        self.wins += 1
        self.booked_by_week[int(env.now)] += round(
            100 * rng.lognormvariate(AMOUNT_MU, AMOUNT_SIGMA))

    def poisson(self, mean):
        count, product, limit = 0, self.rng.random(), math.exp(-mean)
        while product > limit:
            count += 1
            product *= self.rng.random()
        return count


class Totals:
    def __init__(self):
        self.leads = [0] * WEEKS
        self.entered = [[0] * WEEKS for _ in range(STAGES)]
        self.left = [[0] * WEEKS for _ in range(STAGES)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    totals = Totals()
    booked = booked_squares = wins = wins_squares = at_quota = 0
    begin = time.process_time()
    for _ in range(arguments.replications):
        quarter = Quarter(totals, rng)
        final = quarter.run()
        booked += final
        booked_squares += final * final
        wins += quarter.wins
        wins_squares += quarter.wins * quarter.wins
        at_quota += final >= QUOTA_CENTS
    seconds = time.process_time() - begin
    open_deals = []
    for stage in range(STAGES):
        here, row = OPEN_DEALS[stage] * arguments.replications, []
        for week in range(WEEKS):
            here += totals.entered[stage][week] - totals.left[stage][week]
            row.append(here)
        open_deals.append(row)
    report("a process for each deal", seconds, arguments.replications, booked, booked_squares, wins,
           wins_squares, at_quota, totals.leads, totals.entered, open_deals)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""The reference scenario in NumPy, as fast as the author could make it.

Four ways to do the same, each vectorised over replications; the benchmark shows all of them:

tables      Deal by deal. Outcome and duration of a stay are one look-up with 16 random bits; the few
            look-ups that 16 bits do not settle get 32 more, so the law is exact to 2^-32.
continuous  Deal by deal. K = floor(U + X) from two 32-bit floats, the outcome from a third.
plain       As `continuous`, the way one would write it first: default_rng, double precision, masks,
            a Poisson number for each replication and week.
cohorts     Deals that entered a stage in the same week are a number; binomials say how many leave.

All of them follow every deal, lost ones and open ones too, because the same run has to give leads,
deals that entered and open deals by stage and week, beside cumulative bookings by week and wins of
each replication. Thinning the leads to the winners at once would be faster, and give only the last
two. Deal by deal a whole stay is drawn when it begins, which fits this scenario alone: the engine
draws week by week, because a rule may change odds and speed in any week.

What made `tables` fast: SFC64's raw bits where floats are not needed; small integer types; chunks
that fit the second-level cache; indices of survivors (flatnonzero, take) and not masks; normal
numbers by Box and Muller, because NumPy's log and cos are vectorised and its normal generator is
not; and, since a week's leads of all replications together are one Poisson number that falls on the
replications at random, no Poisson draw for each replication.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from reference import (ADVANCE, AMOUNT_MU, AMOUNT_SIGMA, DWELL_WEEKS, LEADS_PER_WEEK, OPEN_DEALS,
                       QUOTA_CENTS, STAGES, WEEKS, report, still_there)

LOST = 128       # Added to the week in which a deal is lost.
UNSETTLED = 255  # In a table: these 16 bits do not say.


class Sums:
    """What is counted over replications."""

    def __init__(self):
        self.replications = 0
        self.booked = self.booked_squares = 0.0
        self.wins = self.wins_squares = 0
        self.at_quota = 0
        self.leads = np.zeros(WEEKS, np.int64)
        self.entered = np.zeros((STAGES, WEEKS), np.int64)
        self.open = np.zeros((STAGES, WEEKS), np.int64)

    def add_bookings(self, booked, wins):
        """booked[week][replication], in cents and cumulative; wins[replication]."""
        final = booked[-1]
        self.replications += final.size
        self.booked += final.sum()
        self.booked_squares += np.dot(final, final)
        self.wins += int(wins.sum())
        self.wins_squares += int(np.dot(wins, wins))
        self.at_quota += int(np.count_nonzero(final >= QUOTA_CENTS))

    def add_stage(self, stage, on_day_one, entered, left):
        self.entered[stage] += entered
        self.open[stage] += on_day_one + np.cumsum(entered - left)


class Stay:
    """Outcome and last week of a stay, from 16 bits: K steps, + LOST where the deal is lost."""

    def __init__(self, stage, entered):
        codes, shares = [], []
        for advances, share in ((True, ADVANCE[stage]), (False, 1 - ADVANCE[stage])):
            for k in range(WEEKS + 1):
                here = still_there(DWELL_WEEKS[stage], k, entered)
                after = still_there(DWELL_WEEKS[stage], k + 1, entered) if k < WEEKS else 0.0
                codes.append(k if advances else k + LOST)
                shares.append(share * (here - after))
        ends = np.floor(np.cumsum(shares) * 2**32 + 0.5)
        self.codes = np.array(codes, np.uint8)
        self.ends = ends[:-1].astype(np.uint32)
        first = np.arange(65536, dtype=np.uint32) << 16
        low = np.searchsorted(self.ends, first, side="right")
        high = np.searchsorted(self.ends, first + np.uint32(65535), side="right")
        self.table = np.where(low == high, self.codes[low], UNSETTLED).astype(np.uint8)

    def draw(self, bits, rng):
        codes = self.table.take(bits)
        unsettled = np.flatnonzero(codes == UNSETTLED)
        more = rng.integers(0, 65536, unsettled.size, np.uint32)
        exact = bits.take(unsettled).astype(np.uint32) << np.uint32(16) | more
        codes[unsettled] = self.codes[np.searchsorted(self.ends, exact, side="right")]
        return codes


def raw_bits(rng, count):
    """16 random bits each."""
    return rng.bit_generator.random_raw((count + 3) // 4).view(np.uint16)[:count]


def normal_numbers(rng, count):
    """Box and Muller's pairs; the radius from 32 bits, so that tails reach 6.6 sd."""
    half = (count + 1) // 2
    bits = rng.bit_generator.random_raw(half).view(np.uint32)
    radius = bits[:half].astype(np.float32)
    radius += np.float32(0.5)
    radius *= np.float32(2**-32)
    np.log(radius, out=radius)
    radius *= np.float32(-2)
    np.sqrt(radius, out=radius)
    angle = bits[half:].astype(np.float32)
    angle *= np.float32(2 * np.pi * 2**-32)
    return np.concatenate((radius * np.cos(angle), radius * np.sin(angle)))[:count]


class DealByDeal:
    """Chunks of `chunk` replications, a power of two so that 16 bits choose one evenly."""

    def __init__(self, seed, chunk, draw):
        self.rng = np.random.Generator(np.random.SFC64(seed))
        self.chunk = chunk
        self.draw = draw
        self.entered = [Stay(stage, True) for stage in range(STAGES)]
        self.found = [Stay(stage, False) for stage in range(STAGES)]
        self.open_replications = [np.tile(np.arange(chunk, dtype=np.uint16), count)
                                  for count in OPEN_DEALS]

    def stays(self, stage, entered, count):
        rng = self.rng
        if self.draw == "tables":
            law = self.entered[stage] if entered else self.found[stage]
            return law.draw(raw_bits(rng, count), rng)
        clock = rng.standard_exponential(count, np.float32)
        clock *= np.float32(DWELL_WEEKS[stage])
        if entered:
            clock += rng.random(count, np.float32)
        np.minimum(clock, np.float32(WEEKS), out=clock)
        codes = clock.astype(np.uint8)
        lost = rng.random(count, np.float32) >= np.float32(ADVANCE[stage])
        codes += lost.view(np.uint8) * np.uint8(LOST)
        return codes

    def run_chunk(self, sums):
        rng, chunk = self.rng, self.chunk
        leads = rng.poisson(LEADS_PER_WEEK * chunk, WEEKS)
        sums.leads += leads
        replication = raw_bits(rng, int(leads.sum()))
        replication &= np.uint16(chunk - 1)
        week = np.empty(replication.size, np.uint8)
        end = 0
        for number, count in enumerate(leads.tolist()):
            week[end:end + count] = number
            end += count
        entered = leads
        for stage in range(STAGES):
            # The week in which each leaves; those on day one come first.
            there = self.open_replications[stage]
            ends = np.concatenate((self.stays(stage, False, there.size),
                                   self.stays(stage, True, week.size) + week))
            left = np.bincount(ends, minlength=LOST + WEEKS)
            advanced = left[:WEEKS]
            sums.add_stage(stage, there.size, entered, advanced + left[LOST:LOST + WEEKS])
            go_on = np.flatnonzero(ends < WEEKS)
            replication = np.concatenate((there, replication)).take(go_on)
            week = ends.take(go_on)
            entered = advanced
        booked, wins = self.book(replication, week)
        sums.add_bookings(booked, wins)

    def book(self, replication, week):
        chunk = self.chunk
        amounts = normal_numbers(self.rng, week.size)
        amounts *= np.float32(AMOUNT_SIGMA)
        amounts += np.float32(AMOUNT_MU)
        np.exp(amounts, out=amounts)
        cents = np.rint(amounts * 100.0)  # In double: a scalar does not widen an array in NumPy 1.
        cell = week.astype(np.intp) * chunk + replication
        booked = np.bincount(cell, cents, WEEKS * chunk).reshape(WEEKS, chunk)
        np.cumsum(booked, axis=0, out=booked)
        return booked, np.bincount(replication, minlength=chunk)


class Plain:
    def __init__(self, seed, chunk):
        self.rng = np.random.default_rng(seed)
        self.chunk = chunk

    def run_chunk(self, sums):
        rng, chunk = self.rng, self.chunk
        leads = rng.poisson(LEADS_PER_WEEK, (chunk, WEEKS))
        sums.leads += leads.sum(axis=0)
        replication, week = np.divmod(np.repeat(np.arange(chunk * WEEKS), leads.ravel()), WEEKS)
        for stage in range(STAGES):
            entered = np.bincount(week, minlength=WEEKS)
            there = np.repeat(np.arange(chunk), OPEN_DEALS[stage])
            dwell = rng.exponential(DWELL_WEEKS[stage], there.size + week.size)
            dwell[there.size:] += week + rng.random(week.size)
            replication = np.concatenate((there, replication))
            week = np.floor(dwell).astype(np.int64)
            in_time = week < WEEKS
            replication, week = replication[in_time], week[in_time]
            sums.add_stage(stage, there.size, entered, np.bincount(week, minlength=WEEKS))
            advances = rng.random(week.size) < ADVANCE[stage]
            replication, week = replication[advances], week[advances]
        cents = np.round(100 * rng.lognormal(AMOUNT_MU, AMOUNT_SIGMA, week.size))
        booked = np.bincount(week * chunk + replication, cents, WEEKS * chunk)
        booked = booked.reshape(WEEKS, chunk).cumsum(axis=0)
        sums.add_bookings(booked, np.bincount(replication, minlength=chunk))


class Cohorts:
    """count[stage][cell][replication]; cell 0 are those of day one, 1 + w those that came in week w."""

    def __init__(self, seed, chunk):
        self.rng = np.random.Generator(np.random.SFC64(seed))
        self.chunk = chunk
        self.leave = np.zeros((STAGES, 2, WEEKS))  # [stage][found, entered][clock]
        for stage in range(STAGES):
            for entered in (0, 1):
                for clock in range(WEEKS):
                    before, after = (still_there(DWELL_WEEKS[stage], c, bool(entered))
                                     for c in (clock, clock + 1))
                    self.leave[stage][entered][clock] = 1 - after / before

    def run_chunk(self, sums):
        rng, chunk = self.rng, self.chunk
        count = np.zeros((STAGES, WEEKS + 1, chunk), np.int64)
        for stage in range(STAGES):
            count[stage][0] = OPEN_DEALS[stage]
        booked = np.zeros((WEEKS, chunk))
        wins = np.zeros(chunk, np.int64)
        for week in range(WEEKS):
            came = rng.poisson(LEADS_PER_WEEK, chunk)
            sums.leads[week] += came.sum()
            for stage in range(STAGES):
                sums.entered[stage][week] += came.sum()
                count[stage][1 + week] = came
                here = count[stage][:week + 2]
                leave = np.concatenate((self.leave[stage][0][week:week + 1],
                                        self.leave[stage][1][:week + 1][::-1]))
                left = np.zeros_like(here)
                some = np.nonzero(here)
                left[some] = rng.binomial(here[some], leave[some[0]])
                here -= left
                sums.open[stage][week] += here.sum()
                came = rng.binomial(left.sum(axis=0), ADVANCE[stage])
            replication = np.repeat(np.arange(chunk), came)
            amounts = np.exp(rng.standard_normal(replication.size, np.float32) *
                             np.float32(AMOUNT_SIGMA) + np.float32(AMOUNT_MU))
            booked[week] = np.bincount(replication, np.rint(amounts.astype(np.float64) * 100), chunk)
            wins += came
        np.cumsum(booked, axis=0, out=booked)
        sums.add_bookings(booked, wins)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--method", choices=("tables", "continuous", "plain", "cohorts"), default="tables")
    parser.add_argument("--replications", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=2048, help="a power of two")
    arguments = parser.parse_args()

    if arguments.method == "plain":
        peer = Plain(arguments.seed, arguments.chunk)
    elif arguments.method == "cohorts":
        peer = Cohorts(arguments.seed, arguments.chunk)
    else:
        peer = DealByDeal(arguments.seed, arguments.chunk, arguments.method)
    peer.run_chunk(Sums())  # Warms up, uncounted.
    sums = Sums()
    begin = time.process_time()
    while sums.replications < arguments.replications:
        peer.run_chunk(sums)
    seconds = time.process_time() - begin
    report(arguments.method, seconds, sums.replications, sums.booked, sums.booked_squares,
           sums.wins, sums.wins_squares, sums.at_quota, sums.leads.tolist(),
           sums.entered.tolist(), sums.open.tolist())


if __name__ == "__main__":
    main()

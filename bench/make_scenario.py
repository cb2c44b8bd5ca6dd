#!/usr/bin/python3
"""Writes a large scenario of its own invention: territories with five named open deals each."""

import argparse
import random
from pathlib import Path

HEAD = """\
attain: 1
name: {territories} generated territories
currency: USD
calendar: {{start: 2027-01-04, weeks: 13}}
run: {{replications: 20000, seed: 1}}

funnels:
  field:
    pipeline_from: meeting
    stages:
      - {{name: lead,        advance: 60%, weeks: 2}}
      - {{name: meeting,     advance: 55%, weeks: {{mean: 2, cv: 80%}}, activity: meeting}}
      - {{name: proposal,    advance: 60%, weeks: {{advance: {{mean: 2, cv: 60%}}, lost: {{mean: 3, cv: 80%}}}}}}
      - {{name: negotiation, advance: 70%, weeks: 1.5}}
    amount: {{mean: 40k, cv: 100%}}

defaults: {{funnel: field}}

territories:
"""
STAGES = ("lead", "meeting", "proposal", "negotiation")


def territory(number, rng):
    lines = [f"  - name: Territory {number}",
             f"    region: Region {number % 20}",
             f"    quota: {rng.randrange(250, 400)}k",
             f"    forecast: {rng.randrange(200, 350)}k",
             f"    leads_per_week: {rng.randrange(30, 60) / 10}",
             "    open:"]
    for deal in range(5):
        lines.append(f"      - {{deal: Customer {number}-{deal}, stage: {rng.choice(STAGES)}, "
                     f"amount: {rng.randrange(10, 150)}k, weeks_in_stage: {rng.randrange(0, 6)}}}")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--territories", type=int, default=1000)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    rng = random.Random(1)
    text = HEAD.format(territories=arguments.territories)
    text += "".join(territory(i + 1, rng) for i in range(arguments.territories))
    arguments.output.write_text(text)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Writes a large scenario of its own invention: territories with some named open deals each.

With --csv, territories and open deals stand in tables beside the scenario."""

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

"""
STAGES = ("lead", "meeting", "proposal", "negotiation")


TERRITORY_KEYS = ("name", "region", "quota", "forecast", "leads_per_week")
DEAL_KEYS = ("deal", "stage", "amount", "weeks_in_stage")


def territory(number, rng, deals):
    values = (f"Territory {number}", f"Region {number % 20}", f"{rng.randrange(250, 400)}k",
              f"{rng.randrange(200, 350)}k", rng.randrange(30, 60) / 10)
    open_deals = [(f"Customer {number}-{deal}", rng.choice(STAGES), f"{rng.randrange(10, 150)}k",
                   rng.randrange(0, 6)) for deal in range(deals)]
    return values, open_deals


def pairs(keys, values):
    return [f"{key}: {value}" for key, value in zip(keys, values)]


def as_yaml(territories):
    lines = ["territories:"]
    for values, deals in territories:
        lines.append("  - " + "\n    ".join(pairs(TERRITORY_KEYS, values)))
        lines.append("    open:")
        lines += ["      - {" + ", ".join(pairs(DEAL_KEYS, deal)) + "}" for deal in deals]
    return "\n".join(lines) + "\n"


def table(keys, rows):
    return "\n".join(",".join(map(str, row)) for row in [keys, *rows]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--territories", type=int, default=1000)
    parser.add_argument("--deals", type=int, default=5, help="open deals in each territory")
    parser.add_argument("--csv", action="store_true", help="territories and deals as tables")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    rng = random.Random(1)
    head = HEAD.format(territories=arguments.territories)
    territories = [territory(i + 1, rng, arguments.deals) for i in range(arguments.territories)]
    if not arguments.csv:
        arguments.output.write_text(head + as_yaml(territories))
        return
    folder = arguments.output.parent
    (folder / "territories.csv").write_text(
        table(TERRITORY_KEYS, [values for values, _ in territories]))
    (folder / "pipeline.csv").write_text(table(
        ("territory", *DEAL_KEYS),
        [(values[0], *deal) for values, deals in territories for deal in deals]))
    head = head.replace("{funnel: field}", "{funnel: field, open: {from: pipeline.csv}}")
    arguments.output.write_text(head + "territories: {from: territories.csv}\n")


if __name__ == "__main__":
    main()

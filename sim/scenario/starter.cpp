#include <attain/scenario/format.hpp>

namespace attain {

std::string starter_scenario() {
  // The text of scenarios/starter.yaml, byte for byte.
  return R"yaml(# yaml-language-server: $schema=attain.schema.json
#
# A first scenario: three territories, one quarter. Run it as it is, with `attain run` and the name
# of this file, then put your own numbers in. Nothing here is a rule; every number is an input.
# Shares may be written 45% or 0.45, amounts 280000, 280k or 1.2M.

attain: 1                        # the version of this format
name: Starter
currency: USD
calendar: {start: 2027-01-04, weeks: 13}
run: {replications: 20000, seed: 1}

# A funnel is what happens to a deal: its stages, how many deals go on from each, and how long they
# stay. A deal that goes on from the last stage is won; one that does not go on is lost.
funnels:
  field:
    pipeline_from: meeting       # deals from here on count as pipeline
    stages:
      # weeks: {mean, cv}: how long deals stay; cv is the spread, standard deviation / mean.
      - {name: lead,        advance: 40%, weeks: {mean: 1.5, cv: 80%}}
      - {name: meeting,     advance: 55%, weeks: {mean: 2, cv: 70%}, activity: meeting}
      # Here deals that are lost linger longer than deals that go on.
      - {name: proposal,    advance: 60%, weeks: {advance: {mean: 2.5, cv: 60%}, lost: {mean: 4, cv: 80%}}}
      - {name: negotiation, advance: 75%, weeks: 1.5}
    amount: {mean: 40k, cv: 80%} # of a won deal

# What holds for every territory that does not say otherwise.
defaults: {funnel: field, quota: 220k}

territories:
  - name: Northeast
    region: East
    leads_per_week: 4
    forecast: 240k
    open:                        # the pipeline on day one
      - {deal: Acme, stage: negotiation, amount: 90k, weeks_in_stage: 1}
      - {deal: Borealis, stage: proposal, amount: 60k, weeks_in_stage: 3}
      - {stage: meeting, count: 4}     # four more, without a name and of unknown age

  - name: Southeast
    region: East
    leads_per_week: 5
    forecast: 190k
    stages: {proposal: {advance: 50%}} # what differs from the funnel here
    open:
      - {stage: meeting, count: 5}
      - {stage: proposal, count: 3, amount: 50k}

  - name: West
    region: West Coast
    quota: 300k
    forecast: 290k
    streams:                     # two flows of new deals instead of one
      - {name: new, funnel: field, leads_per_week: 3.5, source: marketing}
      - {name: referred, funnel: field, leads_per_week: 1, source: own, enter: {meeting: 70%, proposal: 30%}}
    open:
      - {deal: Cascade, stream: new, stage: proposal, amount: 120k, weeks_in_stage: 2}
      - {stream: new, stage: lead, count: 6}
      - {stream: referred, stage: proposal, count: 3}
)yaml";
}

}  // namespace attain

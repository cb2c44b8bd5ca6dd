#include "views.hpp"

#include <attain/random/draws.hpp>

namespace attain::engine {

namespace {

AmountView amount_view(const AmountPlan& amount) {
  AmountView view{};
  view.kind = amount.kind;
  view.fixed_cents = amount.fixed.cents;
  view.mean = amount.mean;
  if (amount.quantiles) view.quantiles = amount.quantiles->coefficients.data();
  if (amount.alias) {
    view.alias_keep = amount.alias->keep.data();
    view.alias_other = amount.alias->alias.data();
    view.alias_values = amount.alias->values.data();
    view.alias_size = static_cast<std::uint32_t>(amount.alias->values.size());
  }
  return view;
}

std::vector<std::uint64_t> by_week(const std::uint64_t* row, std::size_t weeks) {
  return {row, row + weeks};
}

std::vector<std::vector<std::uint64_t>> by_stage(const std::uint64_t* rows, std::size_t stages,
                                                 std::size_t weeks) {
  std::vector<std::vector<std::uint64_t>> result;
  for (std::size_t s = 0; s < stages; ++s) result.push_back(by_week(rows + s * weeks, weeks));
  return result;
}

int item_of(const std::optional<std::size_t>& progress) {
  return progress ? static_cast<int>(*progress) : -1;
}

}  // namespace

std::uint64_t* TerritoryWork::new_row(std::size_t size) {
  rows_.push_back(std::make_unique<std::uint64_t[]>(size));
  return rows_.back().get();
}

FlowView TerritoryWork::flow_view(const Plan& plan, const FlowPlan& flow) {
  FlowView view{};
  const std::size_t stages = flow.stages.size();
  const auto weeks = static_cast<std::size_t>(plan.weeks());
  view.first_cell = static_cast<std::ptrdiff_t>(cells_);
  view.first_stage = static_cast<std::ptrdiff_t>(stages_);
  view.stage_count = static_cast<int>(stages);
  view.pipeline_from = static_cast<int>(flow.pipeline_from);
  auto stage_views = std::make_unique<StageView[]>(stages);
  for (std::size_t s = 0; s < stages; ++s) {
    stage_views[s] = {plan.departures.data() + flow.stages[s].law, flow.stages[s].place,
                      item_of(flow.stages[s].progress)};
  }
  auto arrivals = std::make_unique<ArrivalView[]>(flow.arrivals.size());
  for (std::size_t i = 0; i < flow.arrivals.size(); ++i) {
    const ArrivalPlan& arrival = flow.arrivals[i];
    arrivals[i] = {static_cast<int>(arrival.stage),
                   arrival.place,
                   arrival.full_parts,
                   arrival.full.data(),
                   static_cast<int>(arrival.full.size()),
                   arrival.rest.data(),
                   static_cast<int>(arrival.rest.size())};
  }
  auto open = std::make_unique<OpenCellView[]>(flow.open.size());
  for (std::size_t i = 0; i < flow.open.size(); ++i) {
    const OpenCell& cell = flow.open[i];
    open[i] = {static_cast<int>(cell.stage), plan.departures.data() + cell.law, cell.count,
               cell.place};
  }
  view.stages = stage_views.get();
  view.arrivals = arrivals.get();
  view.arrival_count = static_cast<int>(flow.arrivals.size());
  view.open = open.get();
  view.open_count = static_cast<int>(flow.open.size());
  view.amount = amount_view(flow.amount);
  view.amount_place = flow.amount_place;
  view.leads_progress = item_of(flow.leads_progress);
  bookings_.push_back(std::make_unique<WideUnsigned>(0));
  view.sums = {new_row(stages * weeks), new_row(weeks),          new_row(stages * weeks),
               new_row(stages * weeks), new_row(stages * weeks), bookings_.back().get()};
  stage_views_.push_back(std::move(stage_views));
  arrival_views_.push_back(std::move(arrivals));
  open_views_.push_back(std::move(open));
  cells_ += flow.open.size() + stages * static_cast<std::size_t>(plan.steps);
  stages_ += stages;
  return view;
}

TerritoryWork::TerritoryWork(const Plan& plan, const TerritoryPlan& territory) {
  const auto weeks = static_cast<std::size_t>(plan.weeks());
  for (const FlowPlan& flow : territory.flows) flows_.push_back(flow_view(plan, flow));
  for (const NamedPlan& deal : territory.named) {
    named_.push_back({static_cast<int>(deal.flow), static_cast<int>(deal.stage), deal.law,
                      deal.place, amount_view(deal.amount), deal.amount_place, new_row(weeks),
                      new_row(weeks)});
  }
  view_ = {plan.steps,
           plan.first_step,
           plan.steps_per_week,
           plan.weeks(),
           territory.booked.cents,
           plan.departures.data(),
           static_cast<int>(flows_.size()),
           flows_.data(),
           static_cast<int>(named_.size()),
           named_.data(),
           static_cast<int>(territory.progress.size()) - 1};
}

void TerritoryWork::write_sums(TerritoryTally& tally) const {
  const auto weeks = static_cast<std::size_t>(view_.weeks);
  for (const FlowView& flow : flows_) {
    const auto stages = static_cast<std::size_t>(flow.stage_count);
    FlowTally sums;
    sums.leads = by_stage(flow.sums.leads, stages, weeks);
    sums.wins = by_week(flow.sums.wins, weeks);
    sums.entered = by_stage(flow.sums.entered, stages, weeks);
    sums.present = by_stage(flow.sums.present, stages, weeks);
    sums.open = by_stage(flow.sums.open, stages, weeks);
    sums.bookings = *flow.sums.bookings;
    tally.flows.push_back(std::move(sums));
  }
  for (const NamedView& deal : named_) {
    tally.named_wins.push_back(by_week(deal.wins, weeks));
    tally.named_pipeline.push_back(by_week(deal.pipeline, weeks));
  }
}

ScratchMemory::ScratchMemory(std::size_t cells, std::size_t stages, std::size_t named,
                             std::size_t progress)
    : counts_(cells * lanes * sizeof(std::int16_t) / sizeof(Line)),
      most_(cells),
      in_stage_(stages),
      named_in_stage_(stages),
      named_base_(named * lanes * sizeof(std::int32_t) / sizeof(Line)),
      named_stage_(named * lanes * sizeof(std::int16_t) / sizeof(Line)),
      progress_(progress * lanes * sizeof(std::int16_t) / sizeof(Line)) {
  scratch_ = {reinterpret_cast<std::int16_t*>(counts_.data()),
              most_.data(),
              in_stage_.data(),
              reinterpret_cast<std::int32_t*>(named_base_.data()),
              reinterpret_cast<std::int16_t*>(named_stage_.data()),
              named_in_stage_.data(),
              reinterpret_cast<std::int16_t*>(progress_.data())};
}

void fill_keys(LaneKeys& keys, std::uint64_t seed, std::uint64_t block, std::uint64_t territory) {
  for (std::uint64_t pair = 0; pair < pairs; ++pair) {
    const PairKey key = pair_key(seed, block * pairs + pair, territory);
    for (std::size_t word = 0; word < 4; ++word) keys.word[word][pair] = key.word[word];
  }
}

}  // namespace attain::engine

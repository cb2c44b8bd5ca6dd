#include "views.hpp"

#include "effort_view.hpp"

#include <attain/random/draws.hpp>

#include <algorithm>

namespace attain::engine {

namespace {

/// The index of a row of values or choices, -1 for none.
int row_of(std::size_t index) { return index == no_value ? -1 : static_cast<int>(index); }

AmountView plain_amount_view(const AmountPlan& amount) {
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
  view.mean_value = row_of(amount.mean_value);
  view.choice = row_of(amount.choice);
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

int channel_of(std::size_t channel) {
  return channel == no_channel ? -1 : static_cast<int>(channel);
}

ClockView clock_view(const Plan& plan, std::size_t speed_channel, std::size_t index) {
  if (speed_channel == no_channel) return {};
  const ClockTable& table = plan.clocks[index];
  return {plan.survivals.data() + table.advance,
          plan.survivals.data() + table.lost,
          table.last,
          table.shift,
          table.advance_varies,
          table.lost_varies,
          table.advance_share,
          table.lost_share,
          table.lost_at_once};
}

}  // namespace

namespace {

/// The draw of 32 bits that stands for a probability.
std::uint32_t as_draw(const std::optional<double>& probability) {
  return probability ? static_cast<std::uint32_t>(*probability * 0x1p32) : 0;
}

}  // namespace

AmountView TerritoryWork::amount_view(const AmountPlan& amount) {
  AmountView view = plain_amount_view(amount);
  std::vector<const float*> cases;
  for (const auto& table : amount.cases) cases.push_back(table->coefficients.data());
  view.cases = keep(cases);
  return view;
}

template <class Item>
Item* TerritoryWork::keep(const std::vector<Item>& items) {
  auto copy = std::make_shared<std::vector<Item>>(items);
  kept_.push_back(copy);
  return copy->data();
}

StageView TerritoryWork::stage_view(const Plan& plan, const TerritoryPlan& territory,
                                    const StagePlan& stage) {
  StageView view{};
  view.law = plan.departures.data() + stage.law;
  view.place = stage.place;
  view.progress = item_of(stage.progress);
  view.speed_channel = channel_of(stage.speed_channel);
  view.odds_channel = channel_of(stage.odds_channel);
  view.clock = clock_view(plan, stage.speed_channel, stage.clock);
  view.one_share = stage.one_share;
  view.advance_value = row_of(stage.advance_value);
  view.advance_choice = row_of(stage.advance_choice);
  view.lost_choice = row_of(stage.lost_choice);
  view.hours_value = row_of(stage.hours_value);
  view.hours = stage.hours;
  // Only of those that some rule looks at; all kinds together come first.
  const DynamicsPlan& dynamics = territory.dynamics;
  constexpr auto all_kinds = static_cast<std::size_t>(Variable::activities);
  std::vector<ActivityView> activities;
  for (const Activity& activity : stage.activities) {
    const double per_step = activity.per_week * plan.step_weeks();
    if (all_kinds < dynamics.used.size() && dynamics.used[all_kinds]) {
      activities.push_back({static_cast<int>(all_kinds), activity.on_entry, per_step});
    }
    for (std::size_t kind = 0; kind < dynamics.activities.size(); ++kind) {
      if (dynamics.activities[kind] != activity.name) continue;
      activities.push_back({static_cast<int>(all_kinds + 1 + kind), activity.on_entry, per_step});
    }
  }
  view.activity_count = static_cast<int>(activities.size());
  view.activities = keep(activities);
  return view;
}

DynamicsView TerritoryWork::dynamics_view(const Plan& plan, const TerritoryPlan& territory) {
  const DynamicsPlan& dynamics = territory.dynamics;
  DynamicsView view{};
  view.any = !dynamics.empty();
  if (!view.any) return view;
  std::vector<RuleMaskView> masks;
  for (const RuleMask& mask : dynamics.masks) {
    std::vector<LaneConditionView> conditions;
    for (const LaneCondition& condition : mask.conditions) {
      conditions.push_back({static_cast<int>(condition.variable), condition.low.data(),
                            condition.high.data(), condition.low.size() > 1 ? 1 : 0});
    }
    masks.push_back({keep(conditions), static_cast<int>(conditions.size()), mask.chance,
                     row_of(mask.chance_value), mask.place, mask.shared});
  }
  const auto flags = [this](const std::vector<bool>& bits) -> const bool* {
    if (bits.empty()) return nullptr;
    auto copy = std::make_shared<std::unique_ptr<bool[]>>(std::make_unique<bool[]>(bits.size()));
    std::copy(bits.begin(), bits.end(), copy->get());
    kept_.push_back(copy);
    return copy->get();
  };
  view.channels = static_cast<int>(dynamics.channels);
  view.mask_count = static_cast<int>(masks.size());
  view.masks = keep(masks);
  view.operations = dynamics.operations.data();
  view.first_operation = dynamics.first_operation.data();
  view.variable_count = static_cast<int>(dynamics.used.size());
  view.used = flags(dynamics.used);
  view.hours = dynamics.hours.empty() ? nullptr : dynamics.hours.data();
  view.closed = flags(dynamics.closed);
  std::vector<double> quotas;
  for (int step = 0; step < plan.steps; ++step) {
    const auto span = static_cast<std::size_t>(plan.period_of(step) - plan.period_of(0));
    const std::optional<Money>& quota = territory.goals[span].quota;
    quotas.push_back(quota ? static_cast<double>(quota->cents) : 0);
  }
  view.quota_cents = keep(quotas);
  add_draws(plan, dynamics, view);
  view.has_effort = dynamics.effort.has_value();
  if (view.has_effort) {
    auto tables = effort_tables(plan, *dynamics.effort);
    view.effort = tables->view;
    kept_.push_back(std::move(tables));
  }
  return view;
}

namespace {

/// What each territory can book in a period, in cents, so that their sum stays below 2^63.
std::int64_t most_booked(const Plan& plan) {
  constexpr std::int64_t most = 9'000'000'000'000'000'000;
  return most / static_cast<std::int64_t>(plan.territories.size() * (plan.spans.size() + 1));
}

}  // namespace

void TerritoryWork::add_draws(const Plan& plan, const DynamicsPlan& dynamics, DynamicsView& view) {
  std::vector<LaneValueView> values;
  for (const LaneValue& value : dynamics.values) {
    values.push_back({value.table->coefficients.data(), value.place, value.shared,
                      value.fixed.has_value(), as_draw(value.fixed)});
  }
  std::vector<LaneValueView> choices;
  for (const LaneChoice& choice : dynamics.choices) {
    choices.push_back(
        {nullptr, choice.place, choice.shared, choice.fixed.has_value(), as_draw(choice.fixed)});
  }
  view.value_count = static_cast<int>(values.size());
  view.values = keep(values);
  view.choice_count = static_cast<int>(choices.size());
  view.choices = keep(choices);
  view.shock_count = static_cast<int>(dynamics.shocks.size());
  view.shocks = dynamics.shocks.data();
  view.normal = plan.normal->coefficients.data();
  if (!dynamics.capacity) return;
  const CapacityPlan& capacity = *dynamics.capacity;
  view.has_capacity = true;
  view.capacity = {capacity.constant, static_cast<int>(capacity.terms.size()),
                   capacity.terms.data(), static_cast<int>(capacity.factors.size()),
                   capacity.factors.data()};
}

ScratchSize TerritoryWork::scratch_size() const {
  ScratchSize size;
  size.cells = cells_;
  size.stages = stages_;
  size.named = named_.size();
  size.progress = static_cast<std::size_t>(view_.progress_count) + 1;
  if (!view_.dynamics.any) return size;
  size.channels = static_cast<std::size_t>(view_.dynamics.channels);
  size.masks = static_cast<std::size_t>(view_.dynamics.mask_count);
  size.moving_cells = cells_;
  size.variables = static_cast<std::size_t>(view_.dynamics.variable_count);
  size.values = static_cast<std::size_t>(view_.dynamics.value_count);
  size.choices = static_cast<std::size_t>(view_.dynamics.choice_count);
  size.shocks = static_cast<std::size_t>(view_.dynamics.shock_count);
  size.clocks = stages_ * (static_cast<std::size_t>(view_.steps) + 1);
  return size;
}

void ScratchSize::make_room_for(const ScratchSize& other) {
  for (std::size_t ScratchSize::*part :
       {&ScratchSize::cells, &ScratchSize::stages, &ScratchSize::named, &ScratchSize::progress,
        &ScratchSize::channels, &ScratchSize::moving_cells, &ScratchSize::masks,
        &ScratchSize::variables, &ScratchSize::values, &ScratchSize::choices, &ScratchSize::shocks,
        &ScratchSize::clocks}) {
    this->*part = std::max(this->*part, other.*part);
  }
}

std::uint64_t* TerritoryWork::new_row(std::size_t size) {
  rows_.push_back(std::make_unique<std::uint64_t[]>(size));
  return rows_.back().get();
}

FlowView TerritoryWork::flow_view(const Plan& plan, const TerritoryPlan& territory,
                                  const FlowPlan& flow) {
  FlowView view{};
  const std::size_t stages = flow.stages.size();
  const auto weeks = static_cast<std::size_t>(plan.weeks());
  view.first_cell = static_cast<std::ptrdiff_t>(cells_);
  view.first_stage = static_cast<std::ptrdiff_t>(stages_);
  view.stage_count = static_cast<int>(stages);
  view.pipeline_from = static_cast<int>(flow.pipeline_from);
  auto stage_views = std::make_unique<StageView[]>(stages);
  for (std::size_t s = 0; s < stages; ++s) {
    stage_views[s] = stage_view(plan, territory, flow.stages[s]);
  }
  auto arrivals = std::make_unique<ArrivalView[]>(flow.arrivals.size());
  for (std::size_t i = 0; i < flow.arrivals.size(); ++i) {
    const ArrivalPlan& arrival = flow.arrivals[i];
    arrivals[i] = {static_cast<int>(arrival.stage),
                   arrival.place,
                   static_cast<float>(arrival.mean),
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
               cell.place, clock_view(plan, flow.stages[cell.stage].speed_channel, cell.clock)};
  }
  view.stages = stage_views.get();
  view.arrivals = arrivals.get();
  view.arrival_count = static_cast<int>(flow.arrivals.size());
  view.open = open.get();
  view.open_count = static_cast<int>(flow.open.size());
  view.amount = amount_view(flow.amount);
  view.amount_place = flow.amount_place;
  view.amount_mean = flow.amount.expected;
  view.dated = !flow.stream;
  view.leads_channel = channel_of(flow.leads_channel);
  view.amount_channel = channel_of(flow.amount_channel);
  view.leads_progress = item_of(flow.leads_progress);
  bookings_.push_back(std::make_unique<WideUnsigned>(0));
  view.sums = {new_row(stages * weeks), new_row(weeks),          new_row(stages * weeks),
               new_row(stages * weeks), new_row(stages * weeks), bookings_.back().get()};
  stage_views_.push_back(std::move(stage_views));
  arrival_views_.push_back(std::move(arrivals));
  open_views_.push_back(std::move(open));
  // No cells for stages that nobody comes into: with many amounts there are many flows.
  std::size_t first_entered = stages;
  for (const ArrivalPlan& arrival : flow.arrivals) {
    first_entered = std::min(first_entered, arrival.stage);
  }
  for (const OpenCell& cell : flow.open) first_entered = std::min(first_entered, cell.stage + 1);
  view.first_entered = static_cast<int>(first_entered);
  cells_ += flow.open.size() + (stages - first_entered) * static_cast<std::size_t>(plan.steps);
  stages_ += stages;
  return view;
}

TerritoryWork::TerritoryWork(const Plan& plan, const TerritoryPlan& territory) {
  const auto weeks = static_cast<std::size_t>(plan.weeks());
  for (const FlowPlan& flow : territory.flows) flows_.push_back(flow_view(plan, territory, flow));
  for (const NamedPlan& deal : territory.named) {
    const StagePlan& stage = territory.flows[deal.flow].stages[deal.stage];
    named_.push_back({static_cast<int>(deal.flow), static_cast<int>(deal.stage), deal.law,
                      clock_view(plan, stage.speed_channel, deal.clock), deal.place,
                      deal.amount.expected, amount_view(deal.amount), deal.amount_place,
                      new_row(weeks), new_row(weeks)});
  }
  auto open_count = static_cast<double>(territory.named.size());
  for (const FlowPlan& flow : territory.flows) {
    for (const OpenCell& cell : flow.open) open_count += cell.count;
  }
  view_ = {plan.steps,
           plan.first_step,
           plan.steps_per_week,
           plan.period_steps,
           plan.weeks(),
           territory.booked.cents,
           most_booked(plan),
           plan.departures.data(),
           static_cast<int>(flows_.size()),
           flows_.data(),
           static_cast<int>(named_.size()),
           named_.data(),
           static_cast<int>(territory.progress.size()) - 1,
           open_count,
           static_cast<std::ptrdiff_t>(cells_),
           dynamics_view(plan, territory)};
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

ScratchMemory::ScratchMemory(const ScratchSize& size)
    : counts_(size.cells * lanes * sizeof(std::int16_t) / sizeof(Line)),
      most_(size.cells),
      in_stage_(size.stages),
      named_in_stage_(size.stages),
      named_base_(size.named * lanes * sizeof(std::int32_t) / sizeof(Line)),
      named_stage_(size.named * lanes * sizeof(std::int16_t) / sizeof(Line)),
      progress_(size.progress * lanes * sizeof(std::int16_t) / sizeof(Line)),
      multiplier_(size.channels * lanes * sizeof(float) / sizeof(Line)),
      value_(size.values * lanes * sizeof(float) / sizeof(Line)),
      choice_(size.choices * lanes * sizeof(std::int32_t) / sizeof(Line)),
      shock_z_(size.shocks * lanes * sizeof(float) / sizeof(Line)),
      shock_(size.shocks * lanes * sizeof(float) / sizeof(Line)),
      hours_there_(lanes * sizeof(double) / sizeof(Line)),
      wins_before_(lanes * sizeof(double) / sizeof(Line)),
      came_(lanes * sizeof(double) / sizeof(Line)),
      amount_(lanes * sizeof(float) / sizeof(Line)),
      exists_(size.masks * lanes * sizeof(std::int16_t) / sizeof(Line)),
      holds_(size.masks * lanes * sizeof(std::int16_t) / sizeof(Line)),
      held_step_(size.masks),
      variable_(size.variables * lanes * sizeof(double) / sizeof(Line)),
      capacity_(lanes * sizeof(float) / sizeof(Line)),
      effort_(lanes * sizeof(float) / sizeof(Line)),
      in_lane_(size.stages * lanes * sizeof(std::int16_t) / sizeof(Line)),
      time_(size.stages * lanes * sizeof(double) / sizeof(Line)),
      survivals_(2 * size.moving_cells * lanes * sizeof(float) / sizeof(Line)),
      survivals_step_(size.moving_cells),
      clock_(size.clocks * lanes * sizeof(std::int32_t) / sizeof(Line)),
      last_change_(size.stages),
      named_entry_(size.named * lanes * sizeof(std::int32_t) / sizeof(Line)) {
  scratch_ = {reinterpret_cast<std::int16_t*>(counts_.data()),
              most_.data(),
              in_stage_.data(),
              reinterpret_cast<std::int32_t*>(named_base_.data()),
              reinterpret_cast<std::int16_t*>(named_stage_.data()),
              named_in_stage_.data(),
              reinterpret_cast<std::int16_t*>(progress_.data()),
              reinterpret_cast<float*>(multiplier_.data()),
              reinterpret_cast<float*>(value_.data()),
              reinterpret_cast<std::int32_t*>(choice_.data()),
              reinterpret_cast<float*>(shock_z_.data()),
              reinterpret_cast<float*>(shock_.data()),
              reinterpret_cast<double*>(hours_there_.data()),
              reinterpret_cast<double*>(wins_before_.data()),
              reinterpret_cast<double*>(came_.data()),
              reinterpret_cast<float*>(amount_.data()),
              reinterpret_cast<std::int16_t*>(exists_.data()),
              reinterpret_cast<std::int16_t*>(holds_.data()),
              held_step_.data(),
              reinterpret_cast<double*>(variable_.data()),
              reinterpret_cast<float*>(capacity_.data()),
              reinterpret_cast<float*>(effort_.data()),
              reinterpret_cast<std::int16_t*>(in_lane_.data()),
              reinterpret_cast<double*>(time_.data()),
              reinterpret_cast<float*>(survivals_.data()),
              survivals_step_.data(),
              reinterpret_cast<std::int32_t*>(clock_.data()),
              last_change_.data(),
              reinterpret_cast<std::int32_t*>(named_entry_.data())};
}

void fill_keys(LaneKeys& keys, std::uint64_t seed, std::uint64_t block, std::uint64_t territory) {
  for (std::uint64_t pair = 0; pair < pairs; ++pair) {
    const PairKey key = pair_key(seed, block * pairs + pair, territory);
    for (std::size_t word = 0; word < 4; ++word) keys.word[word][pair] = key.word[word];
  }
}

}  // namespace attain::engine

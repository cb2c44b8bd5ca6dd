#include <attain/summary/side_runs.hpp>

#include "span_bookings.hpp"

#include <algorithm>
#include <set>

namespace attain {

namespace {

/// Far from all replications of main runs, so that their luck is another.
constexpr std::int64_t first_of_draws = std::int64_t{1} << 40;

/// Final bookings in cents: [territory][replication].
using Bookings = std::vector<std::vector<std::int64_t>>;

/// Whether and from which territories an outlook is made up, and what it has to reach.
struct Subject {
  Outlook* outlook;
  std::vector<std::size_t> members;
  std::optional<Money> quota;
  std::vector<DrawResult> draws{};
};

std::vector<Subject> subjects_of(Summary& summary, const Plan& plan) {
  std::vector<Subject> subjects;
  for (std::size_t i = 0; i < summary.territories.size(); ++i) {
    subjects.push_back(
        {&summary.territories[i].outlook, {i}, plan.territories[i].goals.back().quota});
  }
  for (std::size_t i = 0; i < plan.groups.size(); ++i) {
    GroupSummary& group = i + 1 < plan.groups.size() ? summary.regions[i] : summary.company;
    subjects.push_back(
        {&group.outlook, plan.groups[i].territories, plan.group_goals[i].back().quota});
  }
  return subjects;
}

/// Mean and variance within a draw, whose replications begin at `first`.
DrawResult draw_of(const Subject& subject, const Bookings& bookings, std::size_t first) {
  constexpr double cents_per_unit = 100;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(replications_a_draw), 0);
  for (const std::size_t member : subject.members) {
    for (std::size_t r = 0; r < sums.size(); ++r) sums[r] += bookings[member][first + r];
  }
  DrawResult draw;
  Moments moments;
  for (const std::int64_t booked : sums) {
    moments.add(static_cast<std::uint64_t>(booked));
    if (subject.quota && booked >= subject.quota->cents) ++draw.at_quota;
  }
  const MeanEstimate estimate = mean_of(moments, sums.size(), cents_per_unit);
  draw.mean = estimate.mean;
  draw.variance = *estimate.sd * *estimate.sd;
  return draw;
}

/// Whether anything that is uncertain has a part in it; else there is nothing to be measured, and
/// what seems to be there is simulation error.
bool is_uncertain(const Scenario& scenario, const std::vector<std::size_t>& territories) {
  return std::any_of(territories.begin(), territories.end(), [&](std::size_t territory) {
    return !uncertain_numbers_of(scenario, territory).empty();
  });
}

/// The variance of the chance of quota over draws of the parameters, without bias: the mean of P^2
/// by pairs within a draw, less the square of its mean by pairs of draws.
double variance_of_chance(const std::vector<DrawResult>& draws) {
  const auto m = static_cast<double>(replications_a_draw);
  const auto count = static_cast<double>(draws.size());
  double sum = 0;
  double sum_of_squares = 0;
  double pairs = 0;
  for (const DrawResult& draw : draws) {
    const auto k = static_cast<double>(draw.at_quota);
    sum += k;
    sum_of_squares += k * k;
    pairs += k * (k - 1);
  }
  return pairs / (count * m * (m - 1)) -
         (sum * sum - sum_of_squares) / (count * (count - 1) * m * m);
}

/// Who makes quota has parameters that let them: if the same period were rerun, they would have
/// the same ones. `subjects` begin with the territories.
void add_to_repeat(GroupSummary& group, const Plan& plan, const std::vector<Subject>& subjects) {
  if (!group.at_quota || !group.at_quota->repeat) return;
  double variance = 0;
  for (const std::size_t member : group.territories) {
    if (plan.territories[member].goals.back().quota) {
      variance += variance_of_chance(subjects[member].draws);
    }
  }
  *group.at_quota->repeat += std::max(variance, 0.0);
}

void keep_parameters_in_repeat(Summary& summary, const Plan& plan,
                               const std::vector<Subject>& subjects) {
  for (GroupSummary& region : summary.regions) add_to_repeat(region, plan, subjects);
  add_to_repeat(summary.company, plan, subjects);
  // Draws are looked at for the whole alone.
  for (PeriodSummary& period : summary.periods) {
    for (GroupSummary& region : period.regions) {
      if (region.at_quota) region.at_quota->repeat.reset();
    }
    if (period.company.at_quota) period.company.at_quota->repeat.reset();
  }
}

void add_uncertainty(Summary& summary, const Scenario& scenario, const Plan& plan,
                     SimulationOptions options, const std::function<void(std::int64_t)>& progress) {
  constexpr std::int64_t most_values = 4'000'000;  // Held at a time.
  const auto count = static_cast<std::int64_t>(plan.territories.size());
  const std::int64_t draws_at_a_time =
      std::max<std::int64_t>(most_values / count / replications_a_draw, 1);
  std::vector<Subject> subjects = subjects_of(summary, plan);
  options.one_draw_a_block = true;
  for (std::int64_t done = 0; done < uncertain_draws;) {
    const std::int64_t draws = std::min(draws_at_a_time, uncertain_draws - done);
    const std::int64_t before = done * replications_a_draw;
    options.first_replication = first_of_draws + before;
    options.replications = draws * replications_a_draw;
    if (progress) {
      options.progress = [&progress, before](std::int64_t more) { progress(before + more); };
    }
    const Bookings bookings = simulate_bookings(plan, options);
    for (Subject& subject : subjects) {
      for (std::int64_t draw = 0; draw < draws; ++draw) {
        subject.draws.push_back(
            draw_of(subject, bookings, static_cast<std::size_t>(draw * replications_a_draw)));
      }
    }
    done += draws;
  }
  keep_parameters_in_repeat(summary, plan, subjects);
  for (const Subject& subject : subjects) {
    std::optional<double> chance;
    if (subject.outlook->attain) chance = subject.outlook->attain->probability;
    Uncertainty made = uncertainty_of(subject.draws, replications_a_draw, chance);
    if (!is_uncertain(scenario, subject.members)) {
      made.ignorance.reset();
      if (chance) made.attain = ChanceRange{*chance, *chance};
    }
    subject.outlook->uncertainty = made;
  }
}

WithoutShocks company_without_shocks(const Scenario& scenario, const Plan& plan,
                                     const SimulationOptions& options) {
  Scenario calm = scenario;
  calm.shocks.clear();
  const Plan calm_plan = build_plan(calm, &plan);
  const Outcomes outcomes = simulate(calm_plan, options);
  const auto replications = static_cast<std::uint64_t>(outcomes.replications);
  const BookingsTally& tally = outcomes.groups.back().bookings;
  const std::size_t whole = calm_plan.spans.size() - 1;
  WithoutShocks made;
  if (calm_plan.group_goals.back().back().quota) {
    made.attain = chance_of(tally.goals.back().at_quota, replications);
  }
  const BookedBefore before = booked_before(calm_plan, calm_plan.groups.back().territories);
  made.bookings = SpanReader(replications).read(bookings_of(calm_plan, tally, whole, before));
  return made;
}

}  // namespace

std::optional<ChanceRange> range_of_only_territory(const Scenario& scenario, const Plan& plan,
                                                   const SimulationOptions& options,
                                                   double chance) {
  const std::optional<Money>& quota = plan.territories.front().goals.back().quota;
  if (!quota || uncertain_numbers_of(scenario, 0).empty()) return {};
  SimulationOptions draws = options;
  draws.one_draw_a_block = true;
  draws.first_replication = first_of_draws;
  draws.replications = uncertain_draws * replications_a_draw;
  draws.progress = nullptr;
  const Bookings bookings = simulate_bookings(plan, draws);
  const Subject subject{nullptr, {0}, quota};
  std::vector<DrawResult> results;
  for (std::int64_t draw = 0; draw < uncertain_draws; ++draw) {
    results.push_back(
        draw_of(subject, bookings, static_cast<std::size_t>(draw * replications_a_draw)));
  }
  return uncertainty_of(results, replications_a_draw, chance).attain;
}

std::int64_t side_replications(const Scenario& scenario, std::int64_t main_replications) {
  const std::int64_t draws = scenario.uncertain.empty() ? 0 : uncertain_draws * replications_a_draw;
  return draws + (scenario.shocks.empty() ? 0 : main_replications);
}

void add_side_runs(Summary& summary, const Scenario& scenario, const Plan& plan,
                   const SimulationOptions& options) {
  if (!scenario.uncertain.empty()) {
    add_uncertainty(summary, scenario, plan, options, options.progress);
  }
  if (scenario.shocks.empty()) return;
  SimulationOptions again = options;
  again.first_replication = 0;
  again.replications = summary.replications;
  const std::int64_t before = side_replications(scenario, 0);
  if (options.progress) {
    again.progress = [&options, before](std::int64_t more) { options.progress(before + more); };
  }
  summary.without_shocks = company_without_shocks(scenario, plan, again);
}

}  // namespace attain

#include "dated_flows.hpp"

#include "places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <variant>

namespace attain {

namespace {

Distribution amount_of(const OpenDeals& deals) {
  return deals.amount ? Distribution::fixed(deals.amount->units()) : deals.due->amount;
}

/// A text that two distributions share only if they are equal; numbers in their shortest form that
/// reads back as the same.
std::string exact_text(const Distribution& distribution) {
  struct Text {
    std::string operator()(const Distribution::Exponential& d) const {
      return fmt::format("exponential {}", d.mean);
    }
    std::string operator()(const Distribution::Gamma& d) const {
      return fmt::format("gamma {} {}", d.mean, d.cv);
    }
    std::string operator()(const Distribution::Lognormal& d) const {
      return fmt::format("lognormal {} {}", d.mean, d.cv);
    }
    std::string operator()(const Distribution::Weibull& d) const {
      return fmt::format("weibull {} {}", d.mean, d.cv);
    }
    std::string operator()(const Distribution::Fixed& d) const {
      return fmt::format("fixed {}", d.value);
    }
    std::string operator()(const Distribution::Empirical& d) const {
      std::string text = "empirical";
      for (std::size_t i = 0; i < d.values.size(); ++i) {
        text += fmt::format(" {} {}", d.values[i], d.probabilities[i]);
      }
      return text;
    }
  };
  return std::visit(Text{}, distribution.family());
}

/// What renewals are, save their chance: a change of the chance keeps their luck.
std::string kind_of(const OpenDeals& renewals) {
  const DueDate& due = *renewals.due;
  const std::string date =
      due.date ? std::to_string(due.date->time_since_epoch().count()) : std::string("spread");
  const std::string slip = due.slip_chance > 0
                               ? fmt::format("{} {}", due.slip_chance, exact_text(due.slip_weeks))
                               : std::string("never");
  return date + "|" + slip + "|" + exact_text(amount_of(renewals));
}

}  // namespace

std::size_t DatedFlows::flow_with(const Distribution& amount, LawIndex law) {
  const std::string text = exact_text(amount);
  const auto [known, is_new] = flow_of_amount_.try_emplace(text, plan_.flows.size());
  if (!is_new) return known->second;
  FlowPlan flow;
  // Nobody enters the stage, so that it needs no law and no address of its own.
  flow.stages.push_back({"due", 0, law, {}, {}});
  flow.amount = amounts_.plan(amount);
  flow.amount_place = place_of("renewals amount", text);
  plan_.flows.push_back(std::move(flow));
  return known->second;
}

OpenEntryPlan DatedFlows::add_named(const OpenDeals& deal) {
  const LawIndex law = law_of_(*deal.due);
  // A named deal brings its own amount; the one of its flow is not used.
  const OpenEntryPlan entry{flow_with(Distribution::fixed(0), law), law};
  plan_.named.push_back({deal.deal, entry.flow, 0, law, place_of("deal", deal.deal),
                         place_of("deal amount", deal.deal), amounts_.plan(amount_of(deal))});
  return entry;
}

void DatedFlows::add_renewals(const std::vector<OpenDeals>& open) {
  // Addressed by what they are, not by their line, and alike ones are one cell, so that neither
  // the order in the file matters nor how a count is divided.
  std::vector<std::tuple<std::string, double, std::size_t>> renewals;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i].due && !open[i].named()) {
      renewals.emplace_back(kind_of(open[i]), open[i].due->chance, i);
    }
  }
  std::sort(renewals.begin(), renewals.end());
  int ordinal = 0;  // Of those that differ in the chance alone.
  for (std::size_t r = 0; r < renewals.size(); ++r) {
    const auto& [kind, chance, index] = renewals[r];
    const bool same_kind = r > 0 && std::get<0>(renewals[r - 1]) == kind;
    const bool same_cell = same_kind && std::get<1>(renewals[r - 1]) == chance;
    ordinal = !same_kind ? 0 : ordinal + (same_cell ? 0 : 1);
    const LawIndex law = law_of_(*open[index].due);
    const std::size_t flow = flow_with(amount_of(open[index]), law);
    std::vector<OpenCell>& cells = plan_.flows[flow].open;
    if (same_cell) {
      cells.back().count += open[index].count;
    } else {
      cells.push_back(
          {0, law, open[index].count, place_of("renewals", kind, std::to_string(ordinal))});
    }
    plan_.entries[index] = {flow, law};
  }
}

}  // namespace attain

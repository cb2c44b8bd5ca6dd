#pragma once

#include "read_calendar.hpp"
#include "read_funnels.hpp"
#include "read_settings.hpp"
#include "read_shocks.hpp"
#include "read_targets.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace attain::reading {

/// A stream as it was read, and whether its stages are known.
struct StreamDraft {
  Stream stream;
  bool stages_are_known = false;
  bool has_amount = false;
  Spot spot;
};

/// What territories are read with, and what is known after all of them.
struct TerritoryContext {
  FunnelDrafts& funnels;
  const Defaults& defaults;
  const CalendarDraft& dates;
  const Categories& categories;
  TargetReader& targets;
  UncertainNumbers& uncertain;
  const std::optional<Effort>& effort;  ///< Of territories that say none.
  Findings& findings;
  bool needs_funnels = false;  ///< Something names one, or has nothing without.
  std::size_t weight = 0;      ///< Of all copies of funnels so far, in numbers.

  /// Whether memory allows for `numbers` more; reports it at `spot` when it first does not.
  bool has_room_for(std::size_t numbers, Spot spot, const Path& path);
};

/// Where the stages of a territory's streams are, by name.
class StageIndex {
 public:
  struct Position {
    std::size_t stream, stage;
  };

  /// `streams` must outlive the index, and keep their stages.
  explicit StageIndex(const std::vector<StreamDraft>& streams);

  [[nodiscard]] std::vector<Position> find(std::string_view stage) const;
  /// Whether the stages of all streams could be read.
  [[nodiscard]] bool is_complete() const { return is_complete_; }
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  const std::vector<StreamDraft>& streams_;
  std::unordered_map<std::string_view, std::vector<Position>> by_name_;  ///< Of several streams.
  bool is_complete_ = true;
};

/// The streams of a territory: those under `streams`, or the one that stands beside its name.
std::vector<StreamDraft> read_streams(const Object& territory, TerritoryContext& context);

/// Applies the territory's `stages` and `amount` to its streams.
void apply_overrides(const Object& territory, const StageIndex& index,
                     std::vector<StreamDraft>& streams, TerritoryContext& context);

/// What a deal is worth: one amount, else a distribution of it.
struct Amount {
  std::optional<Money> stated;
  Distribution drawn = Distribution::fixed(0);
};
std::optional<Amount> read_amount_of_deal(const Object& open);

/// A deal with a due date, or several renewals; nothing if it is not sound, or none.
std::optional<OpenDeals> read_dated_deals(const Object& open, const std::string& category,
                                          const TerritoryContext& context);

/// The deals under `open`.
std::vector<OpenDeals> read_open_deals(const Object& territory,
                                       const std::vector<StreamDraft>& streams,
                                       const StageIndex& index, const TerritoryContext& context);

/// A territory's regions, widest first.
std::vector<std::string> read_region(const Object& territory);

/// Refuses more deals than can be simulated, and warns where there are none.
void check_size(const Object& object, const Territory& territory, const Calendar& calendar);

/// Warns where there are deals and none of them can be won.
void warn_if_nothing_is_won(const Object& object, const Territory& territory);

/// The names of territories that do not say what they have won before day one.
struct Unstated {
  std::vector<std::string> booked;  ///< In the period of day one.
  std::vector<std::string> actual;  ///< In the periods before it.
};

/// Weeks in which nobody wins anything are rare; what was won before day one is easily forgotten,
/// by all territories or by some.
void check_booked(const Object& scenario, const CalendarDraft& dates, std::size_t territories,
                  const Unstated& unstated);

struct Territories {
  std::vector<Territory> territories;
  std::vector<std::string> regions;  ///< All names, in the order of first mention.
};
Territories read_territories(const Object& scenario, TerritoryContext& context);

}  // namespace attain::reading

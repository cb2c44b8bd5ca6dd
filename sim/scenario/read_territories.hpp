#pragma once

#include "read_funnels.hpp"
#include "read_settings.hpp"

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
  const Calendar& calendar;
  Findings& findings;
  std::size_t weight = 0;  ///< Of all copies of funnels so far, in numbers.

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

/// The deals under `open`.
std::vector<OpenDeals> read_open_deals(const Object& territory,
                                       const std::vector<StreamDraft>& streams,
                                       const StageIndex& index, const TerritoryContext& context);

/// A territory's regions, widest first.
std::vector<std::string> read_region(const Object& territory);

struct Territories {
  std::vector<Territory> territories;
  std::vector<std::string> regions;  ///< All names, in the order of first mention.
};
Territories read_territories(const Object& scenario, TerritoryContext& context);

}  // namespace attain::reading

#pragma once

#include "object.hpp"
#include "read_distribution.hpp"

#include <attain/model/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace attain::reading {

/// A funnel as it was read, sound or not.
struct FunnelDraft {
  Funnel funnel;
  bool has_amount = false;
  bool stages_are_known = false;  ///< Else what names a stage of it is not checked.
  Spot spot;
  std::size_t weight = 0;  ///< How much memory a copy takes, in numbers.
  bool is_used = false;
};

/// The funnels of a scenario by name.
class FunnelDrafts {
 public:
  void add(FunnelDraft draft);
  /// Null for a name that no funnel has.
  FunnelDraft* find(std::string_view name);
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<FunnelDraft>& all() const { return drafts_; }

 private:
  std::vector<FunnelDraft> drafts_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> index_of_;
};

FunnelDrafts read_funnels(const Object& scenario, UncertainNumbers& numbers);

/// A name, a name with a number, or a name with counts.
std::optional<std::vector<Activity>> read_activities(const Node& node, const Path& path,
                                                     Findings& findings);

/// The value of `weeks` or `activity` in a stage or in what a territory overrides of it.
std::optional<Dwell> dwell_of(const Object& stage, UncertainNumbers& numbers);
/// Puts it in place of what the stage had.
void take_dwell(const Dwell& dwell, Stage& stage);
std::optional<std::vector<Activity>> activities_of(const Object& stage);

/// The position of the stage called `name`.
std::optional<std::size_t> find_stage(const Funnel& funnel, std::string_view name);
std::vector<std::string> stage_names(const Funnel& funnel);

}  // namespace attain::reading

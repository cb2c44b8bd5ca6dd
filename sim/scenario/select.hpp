#pragma once

#include "object.hpp"

#include <attain/model/scenario.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace attain::reading {

/// A text of a value that is one or a list of them.
struct ListedText {
  std::string text;
  Spot spot;
};

/// Finds the territories and streams that `where` names.
class Selector {
 public:
  /// `territories` must outlive the selector.
  Selector(const std::vector<Territory>& territories, Findings& findings);

  /// Those that fit all keys of `where`, or all without one. Nothing if they cannot be known; what
  /// is not there is reported.
  std::optional<std::vector<Selected>> select(const Object* where, Spot rule, const Path& path);

 private:
  using Indices = std::vector<std::uint32_t>;  ///< Of territories, ascending.
  using Lists = std::unordered_map<std::string, Indices>;

  /// What one `where` asks for.
  struct Wanted {
    Indices territories;
    bool all_territories = true;
    std::vector<std::string> streams, funnels;  ///< Sorted; empty: any.
    std::optional<Source> source;
    bool is_sound = true;

    [[nodiscard]] bool whole() const { return streams.empty() && funnels.empty() && !source; }
  };

  void add(const Territory& territory, std::uint32_t index);
  std::vector<ListedText> texts_of(const Node& node, const Field& field, const Path& path);
  /// Keeps the territories that one of the texts stands for; `missing` says of one that it is none.
  std::vector<std::string> narrow(const Node& node, const Field& field, const Path& path,
                                  const Lists& lists, const std::string& missing, Wanted& wanted);
  void narrow_to_source(const Object& where, Wanted& wanted);
  Wanted wanted_of(const Object& where);
  [[nodiscard]] bool fits(const Stream& stream, const Wanted& wanted) const;
  std::vector<Selected> matches(const Wanted& wanted) const;

  const std::vector<Territory>& territories_;
  Findings& findings_;
  Lists by_name_, by_region_, by_segment_, by_stream_, by_funnel_;
  std::map<std::string, Lists> by_attribute_;
  bool names_are_known_ = true;  ///< Else one that is not there may be one that could not be read.
  std::size_t selected_ = 0;     ///< Streams, by all rules so far.
};

}  // namespace attain::reading

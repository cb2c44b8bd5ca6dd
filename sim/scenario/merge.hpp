#pragma once

#include "findings.hpp"

#include <set>
#include <string>
#include <string_view>

namespace attain::reading {

/// Lays a scenario on what it extends, and says what is odd in that.
class Merge {
 public:
  explicit Merge(Findings& findings) : findings_(findings) {}

  /// Sets of keys are merged, a written `null` takes a key out, everything else replaces what is
  /// there.
  Node merged(Node base, Node over, const Path& path);

  /// Likewise for two lists of territories: those of one name are merged, `remove: true` takes one
  /// out, others are added.
  Node merged_by_name(Node base, Node over, const Path& path);

  /// The territories that were taken out.
  [[nodiscard]] const std::set<std::string>& removed() const { return removed_; }

 private:
  void report_nothing_to_take_out(const Entry& entry, const Node& base, const Path& path);
  void remove(const Node& item, const Path& path);
  void say_what_is_added(const Node& base, std::size_t first, int file, const Path& path);

  Findings& findings_;
  std::set<std::string> removed_;
};

/// The value of a key; null if it is not there.
Node* find_value(Node& mapping, std::string_view key);
/// Takes a key out. One that stands there twice stays, for that is an error to be said.
void erase_key(Node& mapping, std::string_view key);

}  // namespace attain::reading

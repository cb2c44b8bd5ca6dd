#pragma once

#include "values.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace attain::reading {

/// The entries of a mapping whose keys can be used; repeated keys, merge keys and keys that are not
/// plain words are reported.
std::vector<const Entry*> usable_entries(const Node& mapping, const Path& path, Findings& findings);

/// Keys that an object may have besides those of the table, such as the names of activities.
struct OtherKeys {
  std::set<std::string> names;
  bool are_all_known = true;  ///< Else a key that is not among them is passed over.
  std::string_view about;     ///< What they are, as in "the name of an activity".
};

/// Two keys that stand there, of which an object may have one.
struct Conflict {
  std::string_view at, beside;
  std::string advice;                     ///< For keys of one file, with the message.
  std::string message{};                  ///< Else "'at' stands beside 'beside'".
  std::vector<std::string_view> group{};  ///< Keys that go together with one of the two.
};

/// A mapping read against the table of fields. On construction unknown, repeated and missing keys
/// and those without a value are reported; afterwards only sound values can be found.
class Object {
 public:
  /// `path` and what it refers to must outlive the object.
  Object(const Node& node, Owner owner, const Path& path, Findings& findings,
         const OtherKeys* other_keys = nullptr);

  /// Whether the node is a mapping at all.
  [[nodiscard]] bool is_mapping() const { return node_.kind == Node::Kind::mapping; }
  /// Whether the key stands there, even with a value that cannot be used or misspelt.
  [[nodiscard]] bool has(std::string_view name) const { return entry_of(name) != nullptr; }
  /// The value of a key, if it stands there and can be used.
  [[nodiscard]] const Node* find(std::string_view name) const;
  /// The place of a key that stands there.
  [[nodiscard]] Spot key_spot(std::string_view name) const { return entry_of(name)->key.spot; }

  /// Each is the value of a key if it stands there; what is wrong with it is reported.
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view name) const;
  [[nodiscard]] std::optional<std::uint64_t> seed(std::string_view name) const;
  [[nodiscard]] std::optional<Money> money(std::string_view name) const;
  /// An amount, or no amount for `none`.
  [[nodiscard]] std::optional<std::optional<Money>> money_or_none(std::string_view name) const;
  [[nodiscard]] std::optional<std::chrono::sys_days> date(std::string_view name) const;
  [[nodiscard]] std::optional<std::size_t> choice(std::string_view name) const;
  /// A value that is a list of as many items as are allowed; null if there is none.
  [[nodiscard]] const Node* list(std::string_view name) const;
  /// The usable entries of a value that maps names to something; none if it does not.
  [[nodiscard]] std::vector<const Entry*> map(std::string_view name) const;

  /// The entries whose keys are not in the table.
  [[nodiscard]] const std::vector<const Entry*>& others() const { return others_; }

  [[nodiscard]] Owner owner() const { return owner_; }
  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] const Path& path() const { return path_; }
  [[nodiscard]] Findings& findings() const { return findings_; }

  /// The place of the header, where the object is a row of a table that has none of these columns.
  [[nodiscard]] std::optional<Spot> header_without(
      std::initializer_list<std::string_view> names) const;

  /// Reports two keys of which one may stand here.
  void report_conflict(const Conflict& conflict, const Path& path) const;

  /// Reports that a key is missing that is required here.
  void report_missing(std::string_view name, std::string suggestion = {}) const;

 private:
  static constexpr std::size_t most_fields = 32;

  [[nodiscard]] std::size_t index_of(std::string_view name) const;
  [[nodiscard]] const Entry* entry_of(std::string_view name) const;
  void take(const Entry& entry);
  void report_unknown(const Entry& entry);
  [[nodiscard]] std::string how_to_take_out(const Entry& lower, const Entry& upper,
                                            const Conflict& conflict) const;
  template <typename Read>
  auto read(std::string_view name, Read read_value) const;

  const Node& node_;
  Owner owner_;
  const Path& path_;
  Findings& findings_;
  const OtherKeys* other_keys_;
  std::vector<const Entry*> others_;
  std::array<const Entry*, most_fields> entries_{};   ///< In the order of the owner's fields.
  std::array<const Entry*, most_fields> misspelt_{};  ///< Likewise; what seems to be meant.
};

/// The text of the key `name` of a mapping, if it is there; to name the mapping in messages before
/// it is read.
std::string_view peek_text(const Node& mapping, std::string_view name);

}  // namespace attain::reading

#pragma once

#include "document.hpp"
#include "fields.hpp"

#include <attain/base/diagnostics.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace attain::reading {

/// Where a value stands in the document, as in `territories.Ohio.open[2].stage`.
///
/// A chain of links on the stack, put together only when something is wrong: a path refers to its
/// parent and to its name, which must both outlive it.
class Path {
 public:
  Path() = default;
  Path(const Path& parent, std::string_view name) : parent_(&parent), name_(name) {}
  Path(const Path& parent, std::size_t index) : parent_(&parent), index_(index), is_index_(true) {}

  Path(Path&&, std::string_view) = delete;  // The parent must outlive the path.
  Path(Path&&, std::size_t) = delete;

  [[nodiscard]] std::string text() const;
  /// The last name with what follows it, as in `thresholds[2]`.
  [[nodiscard]] std::string label() const;

 private:
  const Path* parent_ = nullptr;
  std::string_view name_;
  std::size_t index_ = 0;
  bool is_index_ = false;
};

enum class SourceKind { scenario, table, settings };

/// What the columns of a table are, so that one that is missing is said once, not for each row.
struct TableHeader {
  Spot spot;
  Owner owner = Owner::none;  ///< What a row is.
  struct Column {
    std::string key;  ///< As it is written, as in `slip.chance`.
    Spot spot;
  };
  std::vector<Column> columns;
  std::vector<std::string> misspelt;  ///< Keys that a refused column seems to mean.
};

/// Collects what is wrong with the texts of a scenario.
class Findings {
 public:
  /// With the scenario's own text, which gets the number 0.
  explicit Findings(ScenarioSource source) { add_source(std::move(source), SourceKind::scenario); }

  /// Takes one more text; its number is what spots in it have as `file`.
  int add_source(ScenarioSource source, SourceKind kind);
  /// The text without a byte-order mark, which stays where it is.
  [[nodiscard]] std::string_view text_of(int file) const;
  [[nodiscard]] const std::string& name_of(int file) const { return source(file).given.file; }
  void set_header(int file, TableHeader header);
  void add_misspelt(int file, std::string key);
  /// The header of the table that the spot is in; null if it is in none.
  [[nodiscard]] const TableHeader* header_of(Spot spot) const;
  /// All texts, which are taken away.
  [[nodiscard]] std::vector<ScenarioSource> take_sources();

  void error(Spot spot, const Path& path, std::string message, std::string suggestion = {});
  void warning(Spot spot, const Path& path, std::string message, std::string suggestion = {});
  /// Says what was made of something that is sound.
  void note(Spot spot, const Path& path, std::string message, std::string suggestion = {});

  [[nodiscard]] std::size_t errors() const { return counts_[0]; }
  [[nodiscard]] std::size_t warnings() const { return counts_[1]; }
  [[nodiscard]] std::size_t notes() const { return counts_[2]; }
  [[nodiscard]] std::size_t errors_in_tables() const { return errors_in_tables_; }

  /// "line 12", or "line 12 of base.yaml" where a message at `here` names it.
  [[nodiscard]] std::string line_text(Spot there, Spot here) const;

  /// Whether no more than the number of further findings is of interest.
  [[nodiscard]] bool is_full() const;
  void count_one_more_error(int file);

  /// "did you mean 'quota'?", or nothing if no candidate is near. After many misspelt words there
  /// are no more suggestions, so that a file full of them ends soon.
  [[nodiscard]] std::string did_you_mean(std::string_view word,
                                         const std::vector<std::string>& candidates);
  /// Likewise for a name that is not there; if none is near, the names that are, if they are few.
  /// `make_names` is called only if its result is still looked at.
  template <std::invocable MakeNames>
  [[nodiscard]] std::string name_suggestion(std::string_view word, MakeNames make_names) {
    return suggests() ? nearest_or_all(word, make_names()) : std::string{};
  }

  /// In the order of their places, at most 50 of a kind and how many more there are.
  [[nodiscard]] std::vector<Diagnostic> in_order() const;

 private:
  struct Finding {
    Severity severity;
    Spot spot;
    std::string message, suggestion, path;
  };
  struct Source {
    ScenarioSource given;
    SourceKind kind;
    std::optional<TableHeader> header;
    std::set<std::string> said_of_header;
  };
  [[nodiscard]] const Source& source(int file) const {
    return sources_[static_cast<std::size_t>(file)];
  }
  void add(Severity severity, Spot spot, const Path& path, std::string message,
           std::string suggestion);
  /// What is wrong with a column is wrong in each of its rows, and is said once.
  [[nodiscard]] bool is_repeated(Spot spot, const std::string& message);
  [[nodiscard]] bool suggests() const;
  [[nodiscard]] std::string nearest_or_all(std::string_view word,
                                           const std::vector<std::string>& names);
  [[nodiscard]] std::vector<Place> places_of(const std::vector<const Finding*>& findings) const;

  std::deque<Source> sources_;  // Texts must stay where they are.
  std::vector<Finding> findings_;
  std::array<std::size_t, 3> counts_{};  // By severity.
  std::size_t errors_in_tables_ = 0;
  std::size_t comparisons_ = 0;
};

}  // namespace attain::reading

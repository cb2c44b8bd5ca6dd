#pragma once

#include "document.hpp"

#include <attain/base/diagnostics.hpp>

#include <concepts>
#include <cstddef>
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

/// Collects what is wrong with a text.
class Findings {
 public:
  Findings(std::string file, std::string_view text) : file_(std::move(file)), text_(text) {}

  void error(Spot spot, const Path& path, std::string message, std::string suggestion = {});
  void warning(Spot spot, const Path& path, std::string message, std::string suggestion = {});

  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] std::size_t warnings() const { return warnings_; }

  /// Whether no more than the number of further findings is of interest.
  [[nodiscard]] bool is_full() const;
  void count_one_more_error() { ++errors_; }

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
  void add(Finding finding);
  [[nodiscard]] bool suggests() const;
  [[nodiscard]] std::string nearest_or_all(std::string_view word,
                                           const std::vector<std::string>& names);
  [[nodiscard]] std::vector<Place> places_of(const std::vector<const Finding*>& findings) const;

  std::string file_;
  std::string_view text_;
  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t comparisons_ = 0;
};

}  // namespace attain::reading

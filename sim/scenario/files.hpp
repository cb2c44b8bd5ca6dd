#pragma once

#include "findings.hpp"

#include <attain/scenario/read_scenario.hpp>

#include <map>
#include <optional>
#include <string>

namespace attain::reading {

/// The files that a scenario names. Each is loaded once, however often it is named.
class Files {
 public:
  Files(const ReadOptions& options, Findings& findings);

  /// The number of the text that `name` names, relative to the folder of the file in which it is
  /// written; nothing after a report at `name`, which comes once for each file.
  std::optional<int> open(const Node& name, const Path& path, SourceKind kind);

  /// What tells files apart: that of a text that was loaded.
  [[nodiscard]] const std::string& real_path(int file) const { return real_path_of_.at(file); }

 private:
  [[nodiscard]] std::string resolved(const std::string& path) const;
  [[nodiscard]] std::string path_from(const Node& name) const;
  [[nodiscard]] bool is_inside(const std::string& real) const;
  std::optional<int> load(const Node& name, const std::string& file, const Path& path,
                          SourceKind kind);

  const ReadOptions& options_;
  Findings& findings_;
  std::string folder_;  // Of the scenario, resolved.
  std::map<std::string, std::optional<int>> by_real_path_;
  std::map<int, std::string> real_path_of_;
  std::size_t bytes_ = 0;
};

}  // namespace attain::reading

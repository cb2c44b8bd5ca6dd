#include "files.hpp"

#include "values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace attain::reading {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 200'000'000;  // Of all files, which stay in memory.

}  // namespace

Files::Files(const ReadOptions& options, Findings& findings)
    : options_(options), findings_(findings) {
  const fs::path scenario(findings.name_of(0));
  folder_ = resolved(scenario.has_parent_path() ? scenario.parent_path().string() : ".");
  const std::string real = resolved(scenario.string());
  by_real_path_[real] = 0;
  real_path_of_[0] = real;
}

std::string Files::resolved(const std::string& path) const {
  return options_.real_path ? options_.real_path(path) : fs::path(path).lexically_normal().string();
}

/// Settings are written nowhere: what they name is relative to the scenario.
std::string Files::path_from(const Node& name) const {
  const int file = real_path_of_.contains(name.spot.file) ? name.spot.file : 0;
  return (fs::path(findings_.name_of(file)).parent_path() / name.text).lexically_normal().string();
}

bool Files::is_inside(const std::string& real) const {
  const fs::path relative = fs::path(real).lexically_relative(folder_);
  return !relative.empty() && *relative.begin() != "..";
}

std::optional<int> Files::open(const Node& name, const Path& path, SourceKind kind) {
  if (name.kind == Node::Kind::unusable) return std::nullopt;
  if (name.kind != Node::Kind::scalar || name.text.empty()) {
    findings_.error(name.spot, path,
                    fmt::format("'{}' is {}, not the name of a file", path.label(), shown(name)),
                    kind == SourceKind::table ? "write it as in {from: pipeline.csv}"
                                              : "write it as in 'extends: base.yaml'");
    return std::nullopt;
  }
  if (!check_name(name, path, findings_)) return std::nullopt;
  if (!options_.load) {
    findings_.error(name.spot, path,
                    fmt::format("{} is another file, and none is read here", shown(name)));
    return std::nullopt;
  }
  const std::string file = path_from(name);
  const std::string real = resolved(file);
  if (const auto known = by_real_path_.find(real); known != by_real_path_.end())
    return known->second;
  const std::optional<int> number = [&]() -> std::optional<int> {
    if (options_.allow_outside || is_inside(real)) return load(name, file, path, kind);
    findings_.error(name.spot, path,
                    fmt::format("{} is outside of the scenario's folder", shown(name)),
                    "copy the file beside the scenario, or allow it with --allow-outside");
    return std::nullopt;
  }();
  by_real_path_[real] = number;
  if (number) real_path_of_[*number] = real;
  return number;
}

std::optional<int> Files::load(const Node& name, const std::string& file, const Path& path,
                               SourceKind kind) {
  const std::size_t largest =
      kind == SourceKind::table ? largest_table_file : largest_scenario_file;
  try {
    std::string text = options_.load(file, std::min(largest, most_bytes));
    bytes_ += text.size();
    if (bytes_ > most_bytes) {
      findings_.error(name.spot, path, "the files of this scenario have more than 200 MB",
                      "leave out rows and columns that the scenario does not need");
      return std::nullopt;
    }
    return findings_.add_source({file, std::move(text)}, kind);
  } catch (const InvalidInput& failure) {
    const Diagnostic& first = failure.diagnostics().front();
    findings_.error(name.spot, path, fmt::format("{}: {}", file, first.message), first.suggestion);
    return std::nullopt;
  }
}

}  // namespace attain::reading

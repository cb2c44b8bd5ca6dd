#pragma once

#include "reading.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace attain::test {

/// Options with which files are those of a folder, named as if it were the current one.
inline ReadOptions files_of(const std::filesystem::path& folder) {
  ReadOptions options;
  options.load = [folder](const std::string& path, std::size_t largest) {
    return options_for_files().load((folder / path).string(), largest);
  };
  return options;
}

using TextFiles = std::map<std::string, std::string>;

/// Options with which there are these files and no others.
inline ReadOptions these_files(TextFiles files) {
  ReadOptions options;
  options.load = [files = std::move(files)](const std::string& path, std::size_t) {
    const auto found = files.find(path);
    if (found == files.end())
      throw InvalidInput({{Severity::error, {path, 0, 0}, "there is no such file", "", ""}});
    return found->second;
  };
  return options;
}

/// The scenario that `scenario.yaml` of these files says.
inline ReadResult read_files(const TextFiles& files, std::vector<std::string> settings = {}) {
  ReadOptions options = these_files(files);
  options.settings = std::move(settings);
  return read_scenario({"scenario.yaml", files.at("scenario.yaml")}, options);
}

inline Scenario sound_scenario(const TextFiles& files, std::vector<std::string> settings = {}) {
  ReadResult result = read_files(files, std::move(settings));
  INFO(messages_of(result));
  REQUIRE(result.scenario.has_value());
  return std::move(*result.scenario);
}

}  // namespace attain::test

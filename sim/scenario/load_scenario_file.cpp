#include <attain/scenario/read_scenario.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace attain {

namespace {

[[noreturn]] void refuse(const std::string& path, std::string message, std::string suggestion) {
  throw InvalidInput({{.severity = Severity::error,
                       .place = {path, 0, 0},
                       .message = std::move(message),
                       .suggestion = std::move(suggestion),
                       .path = {}}});
}

}  // namespace

ScenarioSource load_scenario_file(const std::string& path) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (status.type() == std::filesystem::file_type::not_found) {
    refuse(path, "there is no such file",
           "check the path, or write a first scenario with 'attain init'");
  }
  if (std::filesystem::is_directory(status)) {
    refuse(path, "this is a folder, not a scenario", "name a file in it");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    refuse(path, std::string("cannot be read: ") + std::strerror(errno),
           "check the permissions of the file");
  }
  // In pieces up to the limit, so that a file without an end such as /dev/zero ends, too.
  std::string text;
  std::array<char, 65'536> piece{};
  while (text.size() <= largest_scenario_file && file) {
    file.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) refuse(path, std::string("cannot be read: ") + std::strerror(errno), "");
  if (text.size() > largest_scenario_file) {
    refuse(path, "the file has more than 8 MB, which is the most that is read",
           "split the scenario, or count open deals that are alike in one line");
  }
  return {path, std::move(text)};
}

}  // namespace attain

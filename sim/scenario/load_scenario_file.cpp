#include <attain/scenario/read_scenario.hpp>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace attain {

namespace {

/// How messages speak of a file.
struct Wording {
  const char* if_missing;
  const char* if_folder;
  const char* if_large;
  bool must_be_regular;
};

[[noreturn]] void refuse(const std::string& path, std::string message, std::string suggestion) {
  throw InvalidInput({{.severity = Severity::error,
                       .place = {path, 0, 0},
                       .message = std::move(message),
                       .suggestion = std::move(suggestion),
                       .path = {}}});
}

std::string text_of_file(const std::string& path, std::size_t largest, const Wording& wording) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (status.type() == std::filesystem::file_type::not_found)
    refuse(path, "there is no such file", wording.if_missing);
  if (std::filesystem::is_directory(status)) refuse(path, wording.if_folder, "name a file in it");
  // Reading a named pipe that nobody writes to would wait for ever.
  if (wording.must_be_regular && std::filesystem::exists(status) &&
      !std::filesystem::is_regular_file(status))
    refuse(path, "this is a pipe or a device, not a file", "save what it says as a file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    refuse(path, std::string("cannot be read: ") + std::strerror(errno),
           "check the permissions of the file");
  }
  // In pieces up to the limit, so that a file without an end such as /dev/zero ends, too.
  std::string text;
  std::array<char, 65'536> piece{};
  while (text.size() <= largest && file) {
    file.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) refuse(path, std::string("cannot be read: ") + std::strerror(errno), "");
  if (text.size() > largest) {
    refuse(path,
           fmt::format("the file has more than {} MB, which is the most that is read",
                       largest / 1'000'000),
           wording.if_large);
  }
  return text;
}

std::string real_path_of(const std::string& path) {
  std::error_code failure;
  std::filesystem::path real = std::filesystem::weakly_canonical(path, failure);
  if (failure) real = std::filesystem::absolute(path, failure);
  // A path of a file that is not there stays relative.
  if (!failure && real.is_relative()) real = std::filesystem::current_path(failure) / real;
  return real.lexically_normal().string();
}

}  // namespace

ScenarioSource load_scenario_file(const std::string& path) {
  return {path, text_of_file(
                    path, largest_scenario_file,
                    {"check the path, or write a first scenario with 'attain init'",
                     "this is a folder, not a scenario",
                     "split the scenario, or count open deals that are alike in one line", false})};
}

ReadOptions options_for_files() {
  ReadOptions options;
  options.load = [](const std::string& path, std::size_t largest) {
    return text_of_file(
        path, largest,
        {"check the name; it is relative to the file that names it", "this is a folder, not a file",
         "leave out rows and columns that the scenario does not need", true});
  };
  options.real_path = real_path_of;
  return options;
}

}  // namespace attain

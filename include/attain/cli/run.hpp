#pragma once

#include <attain/cli/command.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attain {

enum class Format { text, json, csv };

struct RunOptions {
  std::string file;
  ReadOptions reading = options_for_files();
  std::optional<std::int64_t> replications;  ///< None: the file's.
  std::optional<std::uint64_t> seed;         ///< None: the file's.
  int threads = 1;
  Format format = Format::text;
  std::optional<std::string> output;  ///< None: results/<name of the file> here.
  std::optional<double> precision;
  std::optional<std::string> without_deal;  ///< [TERRITORY/]NAME
  std::vector<std::string> without_rules;   ///< Names.
  std::optional<std::int64_t> replication;

  bool colour = false;
  bool progress = false;
  const std::atomic<bool>* stop = nullptr;
};

inline constexpr std::int64_t most_replications = 1'000'000'000;
inline constexpr int most_threads = 1024;

/// What --without-deal, --replication or neither asks for. Throws UsageError, CannotWrite and
/// Interrupted.
ExitCode run_command(const RunOptions& options, std::ostream& out, std::ostream& err);

/// `attain run` with its arguments as written.
ExitCode run_from_arguments(std::span<const std::string> arguments, const Console& console);

}  // namespace attain

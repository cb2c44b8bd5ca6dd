#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace attain {

/// A command line that cannot be followed (exit code 2), with a suggestion that may be empty.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(const std::string& message, std::string suggestion = {})
      : std::runtime_error(message), suggestion_(std::move(suggestion)) {}
  [[nodiscard]] const std::string& suggestion() const { return suggestion_; }

 private:
  std::string suggestion_;
};

/// One option of a command as help shows it.
struct OptionText {
  std::string name;   ///< Without the dashes.
  std::string value;  ///< What stands for its value, as in "N".
  std::string text;   ///< What it does; line breaks are kept.
  bool may_repeat = false;
};

/// What a command takes, and its help.
struct CommandText {
  std::string name;
  std::vector<std::string> operands;  ///< As in "FILE"; one in brackets may be left out.
  std::string purpose;                ///< A sentence or two.
  std::vector<OptionText> options;
  std::vector<std::string> examples;  ///< Command lines.
};

/// The arguments of a command, as they were written.
struct ParsedArguments {
  std::vector<std::string> operands;
  std::map<std::string, std::string> options;
  std::map<std::string, std::vector<std::string>> repeated;  ///< Of options that may be repeated.
  bool help = false;  ///< --help was among them; then nothing else is checked.

  [[nodiscard]] const std::string* option(const std::string& name) const;
  /// Every value of an option that may be repeated, in the order in which they stand.
  [[nodiscard]] const std::vector<std::string>& values(const std::string& name) const;
};

/// Takes `arguments` apart. Throws UsageError for options that are unknown, abbreviated, repeated
/// or without a value, and for operands that are missing or too many.
ParsedArguments parse_arguments(const CommandText& command, std::span<const std::string> arguments);

/// What `attain COMMAND --help` prints.
std::string help_text(const CommandText& command);

/// Values of options. Each throws UsageError, which names the option, for anything else.

/// A whole number in [lowest, highest], such as 20000, 20k or 2M.
std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t lowest,
                           std::uint64_t highest);
/// A seed: any whole number of 64 bits.
std::uint64_t seed_number(const std::string& option, const std::string& text);
/// A half-width such as 0.5% or 0.005, above 0 and at most 25 %.
double precision_share(const std::string& option, const std::string& text);
/// The index of `text` in `choices`.
std::size_t choice(const std::string& option, const std::string& text,
                   const std::vector<std::string>& choices);

}  // namespace attain

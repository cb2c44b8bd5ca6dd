#include <attain/cli/usage.hpp>

#include <attain/base/text.hpp>

#include <fmt/format.h>
#include <boost/program_options.hpp>

#include <algorithm>

namespace attain {

namespace {

namespace po = boost::program_options;

/// Exact names only: no abbreviations, no short options; --name value and --name=value.
constexpr int style = po::command_line_style::allow_long |
                      po::command_line_style::long_allow_adjacent |
                      po::command_line_style::long_allow_next;

const std::string operand_key = "operand";

bool may_be_left_out(const std::string& operand) { return operand.front() == '['; }

std::string see_help(const CommandText& command) {
  return fmt::format("see 'attain {} --help'", command.name);
}

[[noreturn]] void refuse_unknown(const CommandText& command, const std::string& written) {
  const std::string shown = written.substr(0, written.find('='));
  const std::string word = shown.substr(std::min(shown.find_first_not_of('-'), shown.size()));
  std::vector<std::string> names{"help"};
  for (const OptionText& option : command.options) names.push_back(option.name);
  std::string near;
  for (const std::string& name : names) {
    // An abbreviation is not taken, for it could mean another option tomorrow, but understood.
    if (!word.empty() && name.rfind(word, 0) == 0) near = near.empty() ? name : near;
  }
  if (near.empty()) near = nearest_word(word, names);
  throw UsageError(fmt::format("'{}' is not an option of 'attain {}'", shown, command.name),
                   near.empty() ? see_help(command) : fmt::format("did you mean --{}?", near));
}

po::options_description described(const CommandText& command) {
  po::options_description description;
  description.add_options()("help", "");
  for (const OptionText& option : command.options) {
    if (option.value.empty()) {
      description.add_options()(option.name.c_str(), "");
    } else if (option.may_repeat) {
      description.add_options()(option.name.c_str(),
                                po::value<std::vector<std::string>>()->composing(), "");
    } else {
      description.add_options()(option.name.c_str(), po::value<std::string>(), "");
    }
  }
  description.add_options()(operand_key.c_str(), po::value<std::vector<std::string>>(), "");
  return description;
}

/// What came before `--`, as written; program_options would take `--operand` for an option.
void refuse_hidden_key(const CommandText& command, std::span<const std::string> arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return;
    if (argument.rfind("--" + operand_key, 0) == 0) refuse_unknown(command, argument);
  }
}

po::variables_map store_all(const CommandText& command, std::span<const std::string> arguments) {
  const po::options_description description = described(command);
  po::positional_options_description positional;
  positional.add(operand_key.c_str(), -1);
  po::variables_map values;
  try {
    po::store(po::command_line_parser({arguments.begin(), arguments.end()})
                  .options(description)
                  .positional(positional)
                  .style(style)
                  .run(),
              values);
  } catch (const po::unknown_option& error) {
    refuse_unknown(command, error.get_option_name());
  } catch (const po::multiple_occurrences& error) {
    throw UsageError(fmt::format("{} stands there more than once", error.get_option_name()),
                     "give it once");
  } catch (const po::invalid_command_line_syntax& error) {
    if (error.kind() == po::invalid_syntax::extra_parameter) {
      throw UsageError(fmt::format("{} takes no value", error.get_option_name()),
                       see_help(command));
    }
    throw UsageError(fmt::format("{} needs a value", error.get_option_name()), see_help(command));
  }
  return values;
}

void check_operands(const CommandText& command, const std::vector<std::string>& operands) {
  for (std::size_t i = operands.size(); i < command.operands.size(); ++i) {
    if (may_be_left_out(command.operands[i])) continue;
    throw UsageError(fmt::format("'attain {}' needs {}", command.name, command.operands[i]),
                     see_help(command));
  }
  if (operands.size() > command.operands.size()) {
    const std::string& extra = operands[command.operands.size()];
    throw UsageError(fmt::format("'{}' is one argument too many", extra), see_help(command));
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    // One that may be left out is the command's to judge.
    if (!operands[i].empty() || may_be_left_out(command.operands[i])) continue;
    throw UsageError(command.operands[i] == "FILE" ? "the file name is empty"
                                                   : command.operands[i] + " is empty",
                     see_help(command));
  }
}

}  // namespace

const std::string* ParsedArguments::option(const std::string& name) const {
  const auto found = options.find(name);
  return found == options.end() ? nullptr : &found->second;
}

const std::vector<std::string>& ParsedArguments::values(const std::string& name) const {
  static const std::vector<std::string> none;
  const auto found = repeated.find(name);
  return found == repeated.end() ? none : found->second;
}

ParsedArguments parse_arguments(const CommandText& command,
                                std::span<const std::string> arguments) {
  ParsedArguments parsed;
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  parsed.help = std::find(arguments.begin(), end, "--help") != end;
  if (parsed.help) return parsed;
  for (auto argument = arguments.begin(); argument != end; ++argument) {
    // A single dash is no option here; without this, '-h' would be taken for a file.
    if (argument->size() > 1 && (*argument)[0] == '-' && (*argument)[1] != '-') {
      const bool is_value = argument != arguments.begin() &&
                            std::prev(argument)->rfind("--", 0) == 0 &&
                            std::prev(argument)->find('=') == std::string::npos;
      if (!is_value) refuse_unknown(command, *argument);
    }
  }
  refuse_hidden_key(command, arguments);
  const po::variables_map values = store_all(command, arguments);
  for (const auto& [name, value] : values) {
    if (name == operand_key) {
      parsed.operands = value.as<std::vector<std::string>>();
    } else if (value.value().type() == typeid(std::vector<std::string>)) {
      parsed.repeated[name] = value.as<std::vector<std::string>>();
    } else {
      parsed.options[name] =
          value.value().type() == typeid(std::string) ? value.as<std::string>() : "";
    }
  }
  check_operands(command, parsed.operands);
  return parsed;
}

std::string help_text(const CommandText& command) {
  std::string text =
      "usage: attain " + command.name + (command.options.empty() ? "" : " [options]");
  for (const std::string& operand : command.operands) text += " " + operand;
  text += "\n\n" + command.purpose + "\n\noptions:\n";
  std::vector<OptionText> options = command.options;
  options.push_back({"help", "", "this text"});
  std::size_t width = 0;
  const auto heading = [](const OptionText& option) {
    return "--" + option.name + (option.value.empty() ? "" : " " + option.value);
  };
  for (const OptionText& option : options) width = std::max(width, heading(option).size());
  for (const OptionText& option : options) {
    std::string lines = option.text;
    const std::string indent = "\n" + std::string(width + 4, ' ');
    for (std::size_t at = lines.find('\n'); at != std::string::npos;
         at = lines.find('\n', at + 1)) {
      lines.replace(at, 1, indent);
    }
    text += fmt::format("  {:<{}}  {}\n", heading(option), width, lines);
  }
  if (!command.examples.empty()) text += "\nexamples:\n";
  for (const std::string& example : command.examples) text += "  " + example + "\n";
  return text;
}

}  // namespace attain

#include "schema.hpp"

#include <attain/cli/usage.hpp>
#include <attain/scenario/format.hpp>

#include <ostream>

namespace attain {

namespace {

const CommandText text{"schema",
                       {},
                       "Prints the JSON Schema (draft-07) of scenario files, which gives editors "
                       "completion and checks.",
                       {},
                       {"attain schema > attain.schema.json"}};

}  // namespace

ExitCode schema_from_arguments(std::span<const std::string> arguments, const Console& console) {
  if (parse_arguments(text, arguments).help) {
    console.out << help_text(text);
    return ExitCode::done;
  }
  console.out << scenario_schema();
  return ExitCode::done;
}

}  // namespace attain

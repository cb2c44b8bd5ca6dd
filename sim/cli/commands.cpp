#include <attain/cli/command.hpp>

#include "check.hpp"
#include "drivers.hpp"
#include "explain.hpp"
#include "init.hpp"
#include "schema.hpp"

#include <attain/cli/run.hpp>

namespace attain {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"init", "write a commented scenario to start from", init_from_arguments},
      {"check", "find every error of a scenario", check_from_arguments},
      {"run", "how likely is each territory, and the company, to make its number?",
       run_from_arguments},
      {"explain", "why is a territory's chance what it is, and what would it take?",
       explain_from_arguments},
      {"drivers", "what moves the chance of quota, and what can we change?",
       drivers_from_arguments},
      {"schema", "print the JSON Schema of scenario files, for editors", schema_from_arguments},
  };
  return all;
}

}  // namespace attain

// Reads any bytes as a scenario: no crash, no hang, no sanitizer report.
//
// A line '#file NAME' starts another file, which the scenario may name; '#file --set' starts
// settings, one in a line. What is sound must stay sound when it is resolved. The bytes are read as
// a table, too.

#include <attain/base/csv_reader.hpp>
#include <attain/base/diagnostics.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Files = std::map<std::string, std::string>;

/// The bytes cut into files; the scenario's name is empty.
Files files_in(std::string_view bytes) {
  constexpr std::string_view mark = "\n#file ";
  Files files;
  std::string name;
  while (true) {
    const std::size_t end = bytes.find(mark);
    files.emplace(name, bytes.substr(0, end));
    if (end == std::string_view::npos) return files;
    bytes.remove_prefix(end + mark.size());
    const std::size_t line_end = bytes.find('\n');
    name = bytes.substr(0, line_end);
    bytes.remove_prefix(line_end == std::string_view::npos ? bytes.size() : line_end + 1);
  }
}

attain::ReadOptions options_for(const Files& files) {
  attain::ReadOptions options;
  options.load = [&files](const std::string& path, std::size_t) {
    const auto found = files.find(path);
    if (found == files.end())
      throw attain::InvalidInput({{attain::Severity::error, {path, 0, 0}, "not there", "", ""}});
    return found->second;
  };
  const auto settings = files.find("--set");
  if (settings == files.end()) return options;
  std::istringstream lines(settings->second);
  for (std::string line; std::getline(lines, line);) options.settings.push_back(line);
  return options;
}

void read_as_table(std::string_view bytes) {
  attain::CsvReader reader(bytes);
  std::size_t width = 0;
  for (std::vector<attain::CsvCell> row; reader.next(row);) {
    if (width == 0) width = row.size();
    if (row.size() != width) std::abort();
    for (const attain::CsvCell& cell : row) {
      if (cell.line < 1 || cell.column < 1) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_as_table(bytes);
  const Files files = files_in(bytes);
  const attain::ScenarioSource source{"fuzz.yaml", files.at("")};
  const attain::ReadOptions options = options_for(files);
  const attain::ReadResult result = attain::read_scenario(source, options);
  attain::messages_of(result);
  if (!result.scenario) return 0;
  const std::string resolved = attain::resolved_scenario(source, options);
  const attain::ReadResult again = attain::read_scenario({"resolved.yaml", resolved});
  if (again.scenario || resolved.size() > attain::largest_scenario_file) return 0;
  std::fputs((resolved + attain::messages_of(again)).c_str(), stderr);
  std::abort();
}

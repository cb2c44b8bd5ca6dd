#pragma once

#include <attain/report/run_report.hpp>

#include <string>
#include <vector>

namespace attain {

inline constexpr int line_width = 100;

/// What is to be said below the table.
struct Note {
  std::string text;
  bool urgent = false;  ///< Its first word stands out on a terminal.
  bool whole = false;   ///< Not broken into lines.
};

std::vector<Note> notes(const RunReport& report);

}  // namespace attain

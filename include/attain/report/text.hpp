#pragma once

#include <attain/report/run_report.hpp>

#include <iosfwd>

namespace attain {

enum class Colour { none, terminal };

/// The answer as people read it: verdict first, every territory by its chance, regions, company,
/// what needs a decision, what is luck, how exact it is, and what to do next.
void write_text(const RunReport& report, Colour colour, std::ostream& out);

}  // namespace attain

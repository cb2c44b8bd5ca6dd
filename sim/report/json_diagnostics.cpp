#include <attain/report/json.hpp>

#include "json_parts.hpp"

namespace attain {

void write_json(const std::vector<Diagnostic>& diagnostics, std::ostream& out) {
  const auto counted = [](int value) { return value > 0 ? Json(value) : Json(nullptr); };
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back({{"file", diagnostic.place.file},
                    {"line", counted(diagnostic.place.line)},
                    {"column", counted(diagnostic.place.column)},
                    {"severity", diagnostic.severity == Severity::error     ? "error"
                                 : diagnostic.severity == Severity::warning ? "warning"
                                                                            : "note"},
                    {"message", diagnostic.message},
                    {"suggestion", text_or_null(diagnostic.suggestion)},
                    {"path", text_or_null(diagnostic.path)}});
  }
  print(list, out);
}

}  // namespace attain

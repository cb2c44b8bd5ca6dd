#include <attain/scenario/format.hpp>

#include "fields.hpp"
#include "numbers.hpp"

#include <fmt/format.h>

#include <string>

namespace attain {

namespace {

using namespace reading;

/// Pipes would end a cell of a table.
std::string cell(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '|') result += '\\';
    result += letter;
  }
  return result;
}

std::string heading_of(Owner owner) {
  std::string heading(noun_of(owner));
  std::erase(heading, '\'');
  const bool of_amounts = owner == Owner::amount_mean_cv || owner == Owner::amount_mean ||
                          owner == Owner::amount_empirical;
  const bool of_weeks = owner == Owner::weeks_mean_cv || owner == Owner::weeks_mean ||
                        owner == Owner::weeks_empirical;
  if (of_amounts) heading += " of amounts";
  if (of_weeks) heading += " of weeks";
  for (const std::string_view article : {"a ", "an ", "the "}) {
    if (heading.starts_with(article)) heading.erase(0, article.size());
  }
  if (heading[0] >= 'a' && heading[0] <= 'z')
    heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
  return heading;
}

std::string allowed(const Field& field) {
  std::string text(
      unit_of(field.kind == Kind::list || field.kind == Kind::map ? field.items : field.kind));
  if (!field.choices.empty()) text = cell(field.choices);
  if (field.may_be_a_file) text += std::string(text.empty() ? "" : ", ") + "or `{from: file.csv}`";
  const auto with = [&field](std::string allowed_text) {
    if (field.may_be_uncertain)
      allowed_text += std::string(allowed_text.empty() ? "" : "; ") + "may be uncertain";
    return allowed_text;
  };
  if (field.range.high <= 0) return with(text);
  const std::string range =
      field.range.low_is_allowed
          ? fmt::format("{} to {}", bound_text(field.range.low), bound_text(field.range.high))
          : fmt::format("above {}, at most {}", bound_text(field.range.low),
                        bound_text(field.range.high));
  return with(text.empty() ? range : text + ", " + range);
}

std::string default_of(const Field& field) {
  if (field.presence == Presence::required) return "**required**";
  return cell(field.standard);
}

}  // namespace

std::string scenario_reference() {
  std::string text;
  Owner owner = Owner::none;
  for (const Field& field : all_fields()) {
    if (field.owner != owner) {
      owner = field.owner;
      text += fmt::format("{}### {}\n\n", text.empty() ? "" : "\n", heading_of(owner));
      if (!about(owner).empty()) text += std::string(about(owner)) + "\n\n";
      text +=
          "| key | meaning | unit and range | default | example |\n| --- | --- | --- | --- | --- "
          "|\n";
    }
    text += fmt::format("| `{}` | {} | {} | {} | `{}` |\n", field.name, cell(field.help),
                        allowed(field), default_of(field), cell(field.example));
  }
  return text;
}

}  // namespace attain

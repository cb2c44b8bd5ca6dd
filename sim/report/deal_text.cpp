#include "deal_text.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

namespace attain {

namespace {

constexpr int widest_label = 40;
constexpr int widest_note = 80;

}  // namespace

std::string place_text(const Territory& territory, const OpenDeals& open) {
  if (open.due) {
    return open.due->date ? "due " + day_text(*open.due->date) : "due on a day of its own";
  }
  const Stage& stage = territory.streams[open.stream].funnel.stages[open.stage];
  return "in " + short_name(stage.name, widest_label);
}

std::string labels_text(const DealLabels& labels) {
  std::string text;
  for (const std::string* label : {&labels.category, &labels.account, &labels.owner}) {
    if (label->empty()) continue;
    text += (text.empty() ? "" : ", ") + short_name(*label, widest_label);
  }
  if (labels.note.empty()) return text;
  return text + (text.empty() ? "" : ": ") + short_name(labels.note, widest_note);
}

std::string stage_owner(const Territory& territory, const OpenDeals& open) {
  if (open.due) return "sales";
  return territory.streams[open.stream].funnel.stages[open.stage].owner;
}

}  // namespace attain

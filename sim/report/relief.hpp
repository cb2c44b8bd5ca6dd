#pragma once

#include <attain/model/scenario.hpp>
#include <attain/summary/summary.hpp>

#include <optional>

namespace attain {

/// What was handed out to a territory for what an outlook of it is about: a relief belongs to a
/// quota that is the same in all periods.
inline std::optional<Money> quota_before_relief(const Territory& territory, const Outlook& outlook,
                                                const Calendar& calendar) {
  if (!territory.relief || !outlook.quota) return outlook.quota;
  const int periods = outlook.period ? 1 : calendar.periods;
  return Money{territory.relief->before.cents * periods};
}

}  // namespace attain

#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace attain {

/// The channels of a territory: one for each knob that something touches, made when it does first.
class Channels {
 public:
  Channels(const Territory& territory, TerritoryPlan& plan) : territory_(territory), plan_(plan) {}

  /// Calls `use(channel, stage)` for each channel of a knob in one stream; the stage is null where
  /// the knob has none.
  void for_each(const KnobOf& on, std::size_t stream,
                const std::function<void(std::size_t channel, const Stage* stage)>& use);
  /// The channel of speed or advance of one stage of a stream.
  std::size_t of_stage(Knob knob, std::size_t stream, std::size_t stage);
  /// The channels of a knob in all streams; of amounts, that of dated deals, too.
  std::vector<std::size_t> everywhere(const KnobOf& on);
  /// The channel of the amounts of deals with a due date.
  std::size_t dated_amounts() { return made(dated_amounts_); }

  [[nodiscard]] std::size_t count() const { return count_; }
  /// Of dated deals, or `no_channel`.
  [[nodiscard]] std::size_t dated_amount_channel() const { return dated_amounts_; }

 private:
  std::size_t made(std::size_t& channel);

  const Territory& territory_;
  TerritoryPlan& plan_;
  std::size_t count_ = 0;
  std::size_t dated_amounts_ = no_channel;
};

}  // namespace attain

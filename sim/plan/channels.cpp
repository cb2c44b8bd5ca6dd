#include "channels.hpp"

namespace attain {

std::size_t Channels::made(std::size_t& channel) {
  if (channel == no_channel) channel = count_++;
  return channel;
}

void Channels::for_each(const KnobOf& on, std::size_t stream,
                        const std::function<void(std::size_t, const Stage*)>& use) {
  FlowPlan& flow = plan_.flows[stream];
  const std::vector<Stage>& stages = territory_.streams[stream].funnel.stages;
  switch (on.knob) {
    case Knob::leads: use(made(flow.leads_channel), nullptr); return;
    case Knob::amount: use(made(flow.amount_channel), nullptr); return;
    case Knob::speed:
    case Knob::advance:
      for (std::size_t s = 0; s < stages.size(); ++s) {
        if (!on.stage.empty() && stages[s].name != on.stage) continue;
        use(of_stage(on.knob, stream, s), &stages[s]);
      }
  }
}

std::size_t Channels::of_stage(Knob knob, std::size_t stream, std::size_t stage) {
  StagePlan& its = plan_.flows[stream].stages[stage];
  return made(knob == Knob::speed ? its.speed_channel : its.odds_channel);
}

std::vector<std::size_t> Channels::everywhere(const KnobOf& on) {
  std::vector<std::size_t> channels;
  const auto add = [&channels](std::size_t channel, const Stage*) { channels.push_back(channel); };
  for (std::size_t s = 0; s < territory_.streams.size(); ++s) for_each(on, s, add);
  if (on.knob == Knob::amount) channels.push_back(dated_amounts());
  return channels;
}

}  // namespace attain

#include "engine_speed.hpp"

#include "changing.hpp"
#include "raw_draws.hpp"
#include "reference.hpp"

#include <atomic>

namespace attain::bench {

namespace sse2 {
RawDraws raw_draws;
}
namespace avx2 {
RawDraws raw_draws;
}
namespace avx512 {
RawDraws raw_draws;
}

RawDraws* raw_draws(SimdWidth width) {
  switch (width) {
    case SimdWidth::avx512: return avx512::raw_draws;
    case SimdWidth::avx2: return avx2::raw_draws;
    case SimdWidth::sse2: break;
  }
  return sse2::raw_draws;
}

namespace {

constexpr std::int64_t raw_rounds = 1'000'000;
constexpr std::int64_t replications_of_all = 12'800;
constexpr std::int64_t replications_of_one = 17 * replications_of_all;

SimulationOptions options_for(SimdWidth width, std::int64_t replications, int threads = 1) {
  SimulationOptions options;
  options.replications = replications;
  options.threads = threads;
  options.simd = width;
  return options;
}

double per_quarter(const Plan& plan, std::int64_t replications, double seconds) {
  return seconds * 1e6 /
         (static_cast<double>(replications) * static_cast<double>(plan.territories.size()));
}

double counted(const Plan& plan, SimdWidth width, std::int64_t replications) {
  return per_quarter(plan, replications,
                     cpu_seconds([&] { (void)simulate(plan, options_for(width, replications)); }));
}

double bookings_only(const Plan& plan, SimdWidth width, std::int64_t replications) {
  return per_quarter(plan, replications, cpu_seconds([&] {
                       (void)simulate_bookings(plan, options_for(width, replications));
                     }));
}

double raw_round(SimdWidth width) {
  static std::atomic<std::uint32_t> sink;
  return cpu_seconds([&] { sink = raw_draws(width)(raw_rounds); }) * 1e9 / raw_rounds;
}

}  // namespace

EngineSpeed::EngineSpeed()
    : all_(build_plan(reference_scenario(reference_territories))),
      one_(build_plan(reference_scenario(1))),
      with_named_(build_plan(reference_scenario(reference_territories, named_deals))),
      changing_(build_plan(changing_scenario(reference_territories))) {
  for (const SimdWidth width : {SimdWidth::avx512, SimdWidth::avx2, SimdWidth::sse2}) {
    if (machine_has(width)) widths_.push_back({width});
  }
}

void EngineSpeed::round() {
  for (WidthSpeed& speed : widths_) {
    speed.raw_round.add(raw_round(speed.width));
    speed.counted.add(counted(all_, speed.width, replications_of_all));
    speed.changing.add(counted(changing_, speed.width, replications_of_all));
    speed.bookings_only.add(bookings_only(all_, speed.width, replications_of_all));
    speed.one_counted.add(counted(one_, speed.width, replications_of_one));
    speed.with_named.add(bookings_only(with_named_, speed.width, replications_of_all / 2));
  }
  const SimdWidth widest = widths_.front().width;
  for (int threads = 1; threads <= 2; ++threads) {
    Samples& wall = threads == 1 ? threads_.one : threads_.two;
    Samples& cpu = threads == 1 ? threads_.cpu_one : threads_.cpu_two;
    wall.add(wall_seconds([&] {
      const auto run = [&] {
        (void)simulate(all_, options_for(widest, 4 * replications_of_all, threads));
      };
      cpu.add(cpu_seconds(run, CLOCK_PROCESS_CPUTIME_ID));
    }));
  }
}

}  // namespace attain::bench

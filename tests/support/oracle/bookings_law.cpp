#include "support/oracle/bookings_law.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace attain::oracle {

namespace {

__extension__ using WideInteger = __int128;

constexpr double tilt = 20;
constexpr std::int64_t most_cells = 1 << 22;
/// What tilt and round-off leave of an exact lattice (exp(-20) and 1e-16 exp(20)).
constexpr double lattice_error = 1e-8;

std::complex<double> integer_power(std::complex<double> base, int exponent) {
  std::complex<double> result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 == 1) result *= base;
  }
  return result;
}

/// The cumulant of `order` from the raw moments 1, 2, ... of the same distribution.
double cumulant_from(const std::vector<double>& raw, int order) {
  std::vector<double> cumulants;
  for (int n = 1; n <= order; ++n) {
    double value = raw[n - 1];
    double choose = 1;  // (n-1 over k-1)
    for (int k = 1; k < n; ++k) {
      value -= choose * cumulants[k - 1] * raw[n - k - 1];
      choose = choose * (n - k) / k;
    }
    cumulants.push_back(value);
  }
  return cumulants.back();
}

}  // namespace

std::size_t BookingsLaw::part_of(const AmountLaw& amount) {
  const auto same = [&](const Part& part) { return part.amount == amount; };
  const auto found = std::find_if(parts_.begin(), parts_.end(), same);
  const auto index = static_cast<std::size_t>(found - parts_.begin());
  if (found == parts_.end()) parts_.push_back({amount, 0});
  return index;
}

void BookingsLaw::add_poisson(const AmountLaw& amount, double mean) {
  parts_[part_of(amount)].poisson_mean += mean;
}

void BookingsLaw::add_events(const AmountLaw& amount, double probability, int count) {
  add_events(std::vector<Win>{{amount, probability}}, count);
}

void BookingsLaw::add_events(const std::vector<Win>& wins, int count) {
  Events events{{}, {}, count};
  for (const Win& win : wins) {
    events.parts.push_back(part_of(win.amount));
    events.probabilities.push_back(win.probability);
  }
  events_.push_back(std::move(events));
}

void BookingsLaw::add(const BookingsLaw& other) {
  add_certain(other.certain_);
  for (const Part& part : other.parts_) add_poisson(part.amount, part.poisson_mean);
  for (const Events& e : other.events_) {
    std::vector<Win> wins;
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
      wins.push_back({other.parts_[e.parts[i]].amount, e.probabilities[i]});
    }
    add_events(wins, e.count);
  }
}

double BookingsLaw::cumulant(int order) const {
  double sum = order == 1 ? certain_.units() : 0;
  std::vector<std::vector<double>> moments;  // [part][power - 1] of its amount.
  for (const Part& part : parts_) {
    std::vector<double>& of_amount = moments.emplace_back();
    for (int k = 1; k <= order; ++k) of_amount.push_back(part.amount.raw_moment(k));
    sum += part.poisson_mean * of_amount.back();
  }
  for (const Events& e : events_) {
    std::vector<double> raw(static_cast<std::size_t>(order));
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
      for (std::size_t k = 0; k < raw.size(); ++k) {
        raw[k] += e.probabilities[i] * moments[e.parts[i]][k];
      }
    }
    sum += e.count * cumulant_from(raw, order);
  }
  return sum;
}

BookingsLaw::Grid BookingsLaw::make_grid(std::int64_t largest, std::int64_t cells) const {
  bool continuous = false;
  std::int64_t divisor = 0;
  for (const Part& part : parts_) {
    continuous = continuous || part.amount.atoms().empty();
    for (const AmountLaw::Atom& atom : part.amount.atoms()) {
      divisor = std::gcd(divisor, atom.cents);
    }
  }
  Grid grid;
  if (divisor == 0) {
    grid.numerator = largest;
    grid.denominator = cells;
  } else {
    grid.numerator = divisor;
    const WideInteger wanted = static_cast<WideInteger>(cells) * divisor;
    while (continuous && static_cast<WideInteger>(largest) * grid.denominator < wanted) {
      grid.denominator *= 2;
    }
  }
  const auto needed = static_cast<WideInteger>(largest) * grid.denominator / grid.numerator + 2;
  if (needed > most_cells) throw std::length_error("the amounts' common divisor is too small");
  grid.nodes = 64;
  while (static_cast<WideInteger>(grid.nodes) < needed) grid.nodes *= 2;
  return grid;
}

Spectrum BookingsLaw::severity(const AmountLaw& amount, const Grid& grid, Rounding rounding) {
  Spectrum law(grid.nodes);
  for (const AmountLaw::Atom& atom : amount.atoms()) {
    const std::int64_t node = atom.cents * grid.denominator / grid.numerator;
    if (node < static_cast<std::int64_t>(law.size())) law[node] += atom.probability;
  }
  if (amount.atoms().empty()) {
    const double step = static_cast<double>(grid.numerator) / static_cast<double>(grid.denominator);
    const double shift = rounding == Rounding::down ? 1 : rounding == Rounding::nearest ? 0.5 : 0;
    double below = 0;
    for (std::size_t node = 0; node < law.size(); ++node) {
      const double up_to = amount.cdf((static_cast<double>(node) + shift) * step);
      law[node] = up_to - below;
      below = up_to;
    }
  }
  return law;
}

std::complex<double> BookingsLaw::spectrum(
    const std::vector<std::complex<double>>& of_parts) const {
  std::complex<double> poisson = 0;
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    poisson += parts_[p].poisson_mean * (of_parts[p] - 1.0);
  }
  std::complex<double> value = std::exp(poisson);
  for (const Events& e : events_) {
    std::complex<double> one = 1;
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
      one += e.probabilities[i] * (of_parts[e.parts[i]] - 1.0);
    }
    value *= integer_power(one, e.count);
  }
  return value;
}

std::array<std::vector<double>, 2> BookingsLaw::laws_on(const Grid& grid, Rounding rounding) const {
  const double rate = tilt / static_cast<double>(grid.nodes);
  std::vector<Spectrum> of_amounts;
  for (const Part& part : parts_) {
    Spectrum& of_amount = of_amounts.emplace_back(severity(part.amount, grid, rounding));
    for (std::size_t j = 0; j < grid.nodes; ++j) {
      of_amount[j] *= std::exp(-rate * static_cast<double>(j));
    }
    transform(of_amount);
  }
  std::array<Spectrum, 2> spectra{Spectrum(grid.nodes), Spectrum(grid.nodes)};
  std::vector<std::complex<double>> all(parts_.size());
  std::vector<std::complex<double>> listed(parts_.size());
  for (std::size_t j = 0; j < grid.nodes; ++j) {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      all[p] = of_amounts[p][j];
      listed[p] = parts_[p].amount.atoms().empty() ? 0 : all[p];
    }
    spectra[0][j] = spectrum(all);
    spectra[1][j] = spectrum(listed);
  }
  std::array<std::vector<double>, 2> laws;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    transform_back(spectra[i]);
    for (std::size_t j = 0; j < grid.nodes; ++j) {
      laws[i].push_back(spectra[i][j].real() * std::exp(rate * static_cast<double>(j)));
    }
  }
  return laws;
}

std::vector<double> BookingsLaw::at_least_on_grid(const std::vector<Money>& stated,
                                                  std::int64_t cells, Rounding rounding) const {
  std::vector<Money> thresholds;
  for (const Money threshold : stated) thresholds.push_back(threshold - certain_);
  std::vector<double> chances(thresholds.size(), 1.0);
  const auto largest = std::max_element(thresholds.begin(), thresholds.end());
  if (largest == thresholds.end() || largest->cents <= 0) return chances;
  const Grid grid = make_grid(largest->cents, cells);
  const auto [all, listed] = laws_on(grid, rounding);
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    if (thresholds[i].cents <= 0) continue;
    const double place = static_cast<double>(thresholds[i].cents) *
                         static_cast<double>(grid.denominator) /
                         static_cast<double>(grid.numerator);
    // The first node at or above the threshold, in integers.
    const auto first = static_cast<std::size_t>(
        (static_cast<WideInteger>(thresholds[i].cents) * grid.denominator + grid.numerator - 1) /
        grid.numerator);
    double below = 0;
    for (std::size_t j = 0; j < first; ++j) below += listed[j];
    if (rounding == Rounding::nearest) {
      // Node j stands for the cell from j - 1/2 to j + 1/2.
      const auto cell = static_cast<std::size_t>(std::floor(place + 0.5));
      for (std::size_t j = 0; j < cell; ++j) below += all[j] - listed[j];
      below += (place + 0.5 - static_cast<double>(cell)) * (all[cell] - listed[cell]);
    } else {
      for (std::size_t j = 0; j < first; ++j) below += all[j] - listed[j];
    }
    chances[i] = 1 - below;
  }
  return chances;
}

std::vector<Chance> BookingsLaw::at_least(const std::vector<Money>& thresholds,
                                          std::int64_t cells) const {
  std::array<std::vector<double>, 3> on_grid;
  for (std::size_t i = 0; i < on_grid.size(); ++i) {
    on_grid[i] = at_least_on_grid(thresholds, cells >> i, Rounding::nearest);
  }
  std::vector<Chance> chances;
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    const double fine = (4 * on_grid[0][i] - on_grid[1][i]) / 3;
    const double coarse = (4 * on_grid[1][i] - on_grid[2][i]) / 3;
    chances.push_back({fine, std::abs(fine - coarse) + lattice_error});
  }
  return chances;
}

}  // namespace attain::oracle

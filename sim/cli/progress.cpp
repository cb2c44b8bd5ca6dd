#include "progress.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <ostream>

namespace attain {

namespace {

constexpr std::chrono::milliseconds between_drawings{100};
constexpr const char* clear_line = "\r\x1b[K";

std::string bar(std::int64_t done, std::int64_t total) {
  constexpr std::int64_t width = 30;
  const auto filled = static_cast<std::size_t>(width * done / total);
  return "[" + std::string(filled, '#') + std::string(width - filled, ' ') + "] ";
}

}  // namespace

ProgressBar::ProgressBar(std::ostream& err, bool shown, std::int64_t total, std::string noun)
    : err_(err),
      shown_(shown),
      total_(total),
      noun_(std::move(noun)),
      // A run that is over at once draws nothing.
      next_(std::chrono::steady_clock::now() + 3 * between_drawings) {}

ProgressBar::~ProgressBar() {
  if (drawn_) err_ << clear_line << std::flush;
}

std::function<void(std::int64_t)> ProgressBar::callback() {
  if (!shown_) return {};
  return [this](std::int64_t done) { show(done); };
}

void ProgressBar::show(std::int64_t done) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + between_drawings;
  drawn_ = true;
  const std::string count = integer_text(static_cast<std::uint64_t>(done));
  if (total_ > 0) {
    err_ << clear_line << bar(std::min(done, total_), total_) << count << " of "
         << integer_text(static_cast<std::uint64_t>(total_)) << " " << noun_ << std::flush;
  } else {
    err_ << clear_line << count << " " << noun_ << " so far" << std::flush;
  }
}

}  // namespace attain

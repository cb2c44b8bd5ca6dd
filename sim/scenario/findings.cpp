#include "findings.hpp"

#include <attain/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

constexpr std::size_t most_shown = 50;          // Of each severity.
constexpr std::size_t most_kept = 5'000;        // Bounds memory on a file that is wrong throughout.
constexpr std::size_t most_compared = 200'000;  // Bounds the time for suggestions likewise.

std::string quoted_if_needed(std::string_view name) {
  if (!name.empty() && name.find_first_of(".\"[]") == std::string_view::npos)
    return std::string(name);
  std::string text = "\"";
  for (const char letter : name) {
    if (letter == '"' || letter == '\\') text += '\\';
    text += letter;
  }
  return text + '"';
}

}  // namespace

std::string Path::text() const {
  if (parent_ == nullptr) return {};
  std::string text = parent_->text();
  if (is_index_) return text + '[' + std::to_string(index_) + ']';
  if (!text.empty()) text += '.';
  return text + quoted_if_needed(name_);
}

std::string Path::label() const {
  if (parent_ == nullptr) return {};
  if (!is_index_) return std::string(name_);
  return parent_->label() + '[' + std::to_string(index_) + ']';
}

void Findings::error(Spot spot, const Path& path, std::string message, std::string suggestion) {
  ++errors_;
  add({Severity::error, spot, std::move(message), std::move(suggestion), path.text()});
}

void Findings::warning(Spot spot, const Path& path, std::string message, std::string suggestion) {
  ++warnings_;
  add({Severity::warning, spot, std::move(message), std::move(suggestion), path.text()});
}

bool Findings::is_full() const { return findings_.size() >= most_kept; }

void Findings::add(Finding finding) {
  if (!is_full()) findings_.push_back(std::move(finding));
}

bool Findings::suggests() const { return comparisons_ < most_compared; }

std::string Findings::did_you_mean(std::string_view word,
                                   const std::vector<std::string>& candidates) {
  if (!suggests()) return {};
  comparisons_ += candidates.size();
  const std::string nearest = nearest_word(word, candidates);
  return nearest.empty() ? std::string{} : fmt::format("did you mean '{}'?", nearest);
}

std::string Findings::nearest_or_all(std::string_view word, const std::vector<std::string>& names) {
  constexpr std::size_t few = 10;
  const std::string nearest = did_you_mean(word, names);
  if (!nearest.empty() || names.empty() || names.size() > few) return nearest;
  return fmt::format("known here: {}", fmt::join(names, ", "));
}

std::vector<Diagnostic> Findings::in_order() const {
  std::vector<const Finding*> shown;
  for (const Finding& finding : findings_) shown.push_back(&finding);
  std::stable_sort(shown.begin(), shown.end(), [](const Finding* a, const Finding* b) {
    return std::pair(a->spot.line, a->spot.column) < std::pair(b->spot.line, b->spot.column);
  });
  std::size_t of_severity[2] = {0, 0};
  std::erase_if(shown, [&of_severity](const Finding* finding) {
    return ++of_severity[static_cast<std::size_t>(finding->severity)] > most_shown;
  });

  const std::vector<Place> places = places_of(shown);
  std::vector<Diagnostic> diagnostics;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    diagnostics.push_back(
        {shown[i]->severity, places[i], shown[i]->message, shown[i]->suggestion, shown[i]->path});
  }
  const auto say_how_many_more = [&](Severity severity, std::size_t count, const char* noun) {
    if (count <= most_shown) return;
    const std::size_t more = count - most_shown;
    diagnostics.push_back({severity,
                           {file_, 0, 0},
                           fmt::format("and {} more {}{}", more, noun, more == 1 ? "" : "s"),
                           "",
                           ""});
  };
  say_how_many_more(Severity::error, errors_, "error");
  say_how_many_more(Severity::warning, warnings_, "warning");
  return diagnostics;
}

/// Turns columns from bytes to characters; `findings` are in the order of their places, so that one
/// pass over the text does.
std::vector<Place> Findings::places_of(const std::vector<const Finding*>& findings) const {
  std::vector<Place> places;
  int line = 1;
  std::size_t line_start = 0;
  for (const Finding* finding : findings) {
    const Spot spot = finding->spot;
    for (; line < spot.line && line_start < text_.size(); ++line) {
      const std::size_t end = text_.find('\n', line_start);
      line_start = end == std::string_view::npos ? text_.size() : end + 1;
    }
    if (spot.line <= 0) {
      places.push_back({file_, 0, 0});
      continue;
    }
    const std::string_view before =
        text_.substr(line_start, static_cast<std::size_t>(std::max(spot.column - 1, 0)));
    const auto characters = std::count_if(before.begin(), before.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    });
    places.push_back({file_, spot.line, static_cast<int>(characters) + 1});
  }
  return places;
}

}  // namespace attain::reading

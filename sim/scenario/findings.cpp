#include "findings.hpp"

#include <attain/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

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

int Findings::add_source(ScenarioSource source, SourceKind kind) {
  sources_.push_back({std::move(source), kind, std::nullopt, {}});
  return static_cast<int>(sources_.size()) - 1;
}

std::string_view Findings::text_of(int file) const {
  return without_byte_order_mark(source(file).given.text);
}

void Findings::set_header(int file, TableHeader header) {
  sources_[static_cast<std::size_t>(file)].header = std::move(header);
}

void Findings::add_misspelt(int file, std::string key) {
  sources_[static_cast<std::size_t>(file)].header->misspelt.push_back(std::move(key));
}

const TableHeader* Findings::header_of(Spot spot) const {
  const std::optional<TableHeader>& header = source(spot.file).header;
  return header ? &*header : nullptr;
}

std::vector<ScenarioSource> Findings::take_sources() {
  std::vector<ScenarioSource> all;
  for (Source& each : sources_) all.push_back(std::move(each.given));
  sources_.clear();
  return all;
}

void Findings::error(Spot spot, const Path& path, std::string message, std::string suggestion) {
  add(Severity::error, spot, path, std::move(message), std::move(suggestion));
}

void Findings::warning(Spot spot, const Path& path, std::string message, std::string suggestion) {
  add(Severity::warning, spot, path, std::move(message), std::move(suggestion));
}

void Findings::note(Spot spot, const Path& path, std::string message, std::string suggestion) {
  add(Severity::note, spot, path, std::move(message), std::move(suggestion));
}

std::string Findings::line_text(Spot there, Spot here) const {
  if (there.file == here.file) return fmt::format("line {}", there.line);
  return fmt::format("line {} of {}", there.line, name_of(there.file));
}

void Findings::count_one_more_error(int file) {
  ++counts_[0];
  if (source(file).kind == SourceKind::table) ++errors_in_tables_;
}

bool Findings::is_full() const { return findings_.size() >= most_kept; }

bool Findings::is_repeated(Spot spot, const std::string& message) {
  Source& source = sources_[static_cast<std::size_t>(spot.file)];
  if (!source.header || source.header->spot.line != spot.line) return false;
  return !source.said_of_header.insert(std::to_string(spot.column) + message).second;
}

void Findings::add(Severity severity, Spot spot, const Path& path, std::string message,
                   std::string suggestion) {
  if (is_repeated(spot, message)) return;
  ++counts_[static_cast<std::size_t>(severity)];
  if (severity == Severity::error && source(spot.file).kind == SourceKind::table)
    ++errors_in_tables_;
  if (is_full()) return;
  // Of a column there is no path: it stands in many.
  const bool of_column =
      source(spot.file).header && source(spot.file).header->spot.line == spot.line;
  findings_.push_back({severity, spot, std::move(message), std::move(suggestion),
                       of_column ? std::string{} : path.text()});
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
    return std::tuple(a->spot.file, a->spot.line, a->spot.column) <
           std::tuple(b->spot.file, b->spot.line, b->spot.column);
  });
  std::array<std::size_t, 3> of_severity{};
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
                           {name_of(0), 0, 0},
                           fmt::format("and {} more {}{}", more, noun, more == 1 ? "" : "s"),
                           "",
                           ""});
  };
  say_how_many_more(Severity::error, errors(), "error");
  say_how_many_more(Severity::warning, warnings(), "warning");
  say_how_many_more(Severity::note, notes(), "note");
  return diagnostics;
}

/// Turns columns from bytes to characters; `findings` are in the order of their places, so that one
/// pass over each text does.
std::vector<Place> Findings::places_of(const std::vector<const Finding*>& findings) const {
  std::vector<Place> places;
  int file = 0;
  int line = 1;
  std::size_t line_start = 0;
  for (const Finding* finding : findings) {
    const Spot spot = finding->spot;
    if (spot.file != file) {
      file = spot.file;
      line = 1;
      line_start = 0;
    }
    const std::string_view text = text_of(file);
    for (; line < spot.line && line_start < text.size(); ++line) {
      const std::size_t end = text.find('\n', line_start);
      line_start = end == std::string_view::npos ? text.size() : end + 1;
    }
    if (spot.line <= 0) {
      places.push_back({name_of(file), 0, 0});
      continue;
    }
    const std::string_view before =
        text.substr(line_start, static_cast<std::size_t>(std::max(spot.column - 1, 0)));
    const auto characters = std::count_if(before.begin(), before.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    });
    places.push_back({name_of(file), spot.line, static_cast<int>(characters) + 1});
  }
  return places;
}

}  // namespace attain::reading

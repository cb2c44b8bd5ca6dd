#include "shape.hpp"

#include <algorithm>
#include <charconv>

namespace attain::reading {

Shape shape_of(Owner owner) { return {.keys = owner}; }

Shape shape_of(const Field& field) {
  Shape shape{.field = &field, .keys = field.of};
  switch (field.kind) {
    case Kind::weeks_distribution: shape.keys = Owner::weeks_distribution; break;
    case Kind::amount_distribution: shape.keys = Owner::amount_distribution; break;
    case Kind::list: return {.field = &field, .inner = Shape::Inner::items, .of_inner = field.of};
    case Kind::one_or_list:
      shape.inner = Shape::Inner::items;
      shape.of_inner = field.of;
      break;
    case Kind::map:
    case Kind::text_map:
      return {.field = &field,
              .inner = Shape::Inner::names,
              .of_inner = field.may_be_uncertain ? Owner::uncertain : field.of};
    case Kind::activity:
      return {.field = &field, .inner = Shape::Inner::names, .of_inner = Owner::activity_counts};
    case Kind::rule_chance: break;
    default:
      if (field.may_be_uncertain) shape.keys = Owner::uncertain;
      break;
  }
  if (may_be_a_plain_list(field)) {
    shape.inner = Shape::Inner::items;
    shape.of_inner = field.of;
  }
  return shape;
}

std::optional<Shape> shape_below(const Shape& shape, std::string_view key) {
  if (shape.inner == Shape::Inner::names) return shape_of_inner(shape);
  if (shape.keys == Owner::none) return std::nullopt;
  for (const Field& field : fields_of(shape.keys)) {
    if (field.name == key) return shape_of(field);
  }
  return std::nullopt;
}

Shape shape_of_inner(const Shape& shape) { return {.field = shape.field, .keys = shape.of_inner}; }

std::vector<std::string> known_keys(const Shape& shape) {
  std::vector<std::string> keys;
  if (shape.keys == Owner::none) return keys;
  for (const Field& field : fields_of(shape.keys)) keys.emplace_back(field.name);
  return keys;
}

bool may_be_a_mapping(const Shape& shape) {
  return shape.keys != Owner::none || shape.inner == Shape::Inner::names ||
         (shape.field != nullptr && shape.field->may_be_a_file);
}

bool must_be_a_plain_list(const Field& field) {
  return field.kind == Kind::empirical || (field.kind == Kind::list && field.of == Owner::none);
}

bool may_be_a_plain_list(const Field& field) {
  switch (field.kind) {
    case Kind::text_or_list:
    case Kind::money_by_period:
    case Kind::quota: return true;
    default: return must_be_a_plain_list(field);
  }
}

bool may_be_plain(const Shape& shape) {
  if (shape.field == nullptr) return false;
  switch (shape.field->kind) {
    case Kind::object: return false;
    case Kind::list:
    case Kind::history: return shape.of_inner == Owner::none && shape.keys == Owner::none;
    // The names themselves are no values, what stands under one may be.
    case Kind::map:
      return shape.inner == Shape::Inner::none &&
             (shape.keys == Owner::none || shape.field->may_be_uncertain);
    case Kind::text_map: return shape.inner == Shape::Inner::none;
    default: return true;
  }
}

namespace {

/// A name in quotes; `at` is behind the first of them.
bool read_quoted(std::string_view text, std::size_t& at, std::string& name) {
  for (; at < text.size(); ++at) {
    if (text[at] == '"') {
      ++at;
      return true;
    }
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    name += text[at];
  }
  return false;
}

/// "[2]"; `at` is at the bracket.
bool read_index(std::string_view text, std::size_t& at, PathStep& step) {
  std::size_t index = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + at + 1, end, index);
  if (read.ec != std::errc{} || read.ptr == end || *read.ptr != ']') return false;
  step.index = index;
  at = static_cast<std::size_t>(read.ptr - text.data()) + 1;
  return true;
}

}  // namespace

SplitPath split_path(std::string_view text, char end) {
  SplitPath path;
  std::size_t at = 0;
  const auto fails = [&path, &at](std::string problem) {
    path.length = at;
    path.problem = std::move(problem);
    return path;
  };
  const auto ends = [text, end, &at] {
    return at >= text.size() || (end != '\0' && text[at] == end);
  };
  while (true) {
    PathStep step;
    step.offset = at;
    if (ends()) return fails("a name is missing here");
    if (text[at] == '"') {
      if (!read_quoted(text, ++at, step.name)) return fails("the quotes of a name are not closed");
      if (step.name.empty()) return fails("a name is empty");
    } else {
      const std::size_t start = at;
      while (!ends() && std::string_view(".[\"").find(text[at]) == std::string_view::npos) ++at;
      step.name = text.substr(start, at - start);
      if (step.name.empty()) return fails("a name is missing here");
    }
    path.steps.push_back(std::move(step));
    while (!ends() && text[at] == '[') {
      PathStep item{.name = {}, .index = {}, .offset = at};
      if (!read_index(text, at, item)) return fails("a position is written as in [2]");
      path.steps.push_back(std::move(item));
    }
    if (ends()) break;
    if (text[at] != '.') return fails("a '.' is missing here");
    ++at;
  }
  path.length = at;
  return path;
}

}  // namespace attain::reading

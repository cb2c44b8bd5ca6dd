#include <attain/scenario/format.hpp>

#include "fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace attain {

namespace {

using namespace reading;
using Json = nlohmann::ordered_json;

// Numbers with units are strings in YAML. The patterns accept what parse_number does.
const std::string decimal = "(0|[1-9][0-9]*)(\\.[0-9]+)?";
const std::string not_zero = "(?=.*[1-9])";

Json number_or(const Field& field, const std::string& pattern) {
  Json number{{"type", "number"}};
  number[field.range.low_is_allowed ? "minimum" : "exclusiveMinimum"] = field.range.low;
  number["maximum"] = field.range.high;
  return {{"anyOf", {number, {{"type", "string"}, {"pattern", "^" + pattern + "$"}}}}};
}

Json whole_number(const Field& field, const std::string& pattern) {
  const Json number{
      {"type", "integer"}, {"minimum", field.range.low}, {"maximum", field.range.high}};
  return {{"anyOf", {number, {{"type", "string"}, {"pattern", "^" + pattern + "$"}}}}};
}

/// Any text; YAML takes some for numbers or booleans.
Json text() { return {{"type", {"string", "number", "boolean"}}, {"pattern", "\\S"}}; }

/// A number with its unit, as text.
std::string pattern_of(Kind kind) {
  switch (kind) {
    case Kind::money: return decimal + "( ?[kM])?";
    case Kind::weeks: return decimal + "( ?weeks?)?";
    case Kind::hours: return decimal + "( ?(h|hours?))?";
    case Kind::probability:
    case Kind::share:
    case Kind::ratio:
    case Kind::rule_chance: return decimal + "( ?%)?";
    default: return decimal;
  }
}

Json money(const Field& field) {
  return number_or(field, (field.range.low_is_allowed ? "" : not_zero) + pattern_of(Kind::money));
}

Json share(const Field& field) {
  if (field.range.high > 1) return number_or(field, decimal + "( ?%)?");
  return number_or(field, "(0(\\.[0-9]+)?|1(\\.0+)?|(100(\\.0+)?|[1-9]?[0-9](\\.[0-9]+)?) ?%)");
}

Json choices(const Field& field) {
  Json values = Json::array();
  std::string_view rest = field.choices;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    values.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {{"enum", values}};
}

std::string definition_name(Owner owner) {
  std::string name(noun_of(owner));
  std::erase(name, '\'');
  for (const std::string_view article : {"a ", "an ", "the "}) {
    if (name.starts_with(article)) name.erase(0, article.size());
  }
  std::replace(name.begin(), name.end(), ' ', '_');
  const bool of_amounts = owner == Owner::amount_mean_cv || owner == Owner::amount_mean ||
                          owner == Owner::amount_empirical;
  return of_amounts ? name + "_of_amounts" : name;
}

Json reference_to(Owner owner) { return {{"$ref", "#/definitions/" + definition_name(owner)}}; }

Json with_count(Json schema, const Field& field, const char* low, const char* high) {
  if (field.count.low > 0) schema[low] = field.count.low;
  if (field.count.high > 0) schema[high] = field.count.high;
  return schema;
}

Json schema_of(Kind kind, const Field& field);
Json schema_of_certain(Kind kind, const Field& field);

Json items_of(const Field& field) {
  return field.of == Owner::none ? schema_of(field.items, field) : reference_to(field.of);
}

Json list(const Field& field) {
  return with_count({{"type", "array"}, {"items", items_of(field)}}, field, "minItems", "maxItems");
}

Json map(const Field& field) {
  return with_count({{"type", "object"}, {"additionalProperties", items_of(field)}}, field,
                    "minProperties", "maxProperties");
}

Json text_or_list(const Field& field) {
  const Json one = field.choices.empty() ? text() : choices(field);
  return {{"anyOf",
           {one, with_count({{"type", "array"}, {"items", one}}, field, "minItems", "maxItems")}}};
}

Json activity(const Field& field) {
  const Field& count = field_of(Owner::activity_counts, "on_entry");
  const Json per_deal{
      {"anyOf", {schema_of(count.kind, count), reference_to(Owner::activity_counts)}}};
  return {{"anyOf",
           {text(), with_count({{"type", "object"}, {"additionalProperties", per_deal}}, field,
                               "minProperties", "maxProperties")}}};
}

/// A bare number, with the range of the form that it stands for, or one of the forms.
Json distribution(Owner owner, std::string_view bare) {
  const Field& number = field_of(owner, bare);
  return {{"anyOf", {schema_of(number.kind, number), reference_to(owner)}}};
}

Json empirical(const Field& field) {
  const Field& values = field_of(field.of, "values");
  return {{"anyOf", {schema_of(values.kind, values), reference_to(field.of)}}};
}

/// One value, or a list with one per period.
Json by_period(const Field& field, Json alternatives) {
  const Json one = schema_of(field.items, field);
  alternatives.push_back(
      with_count({{"type", "array"}, {"items", one}}, field, "minItems", "maxItems"));
  return {{"anyOf", alternatives}};
}

/// Rows, or the bookings of each territory in short.
Json history(const Field& field) {
  const Field& bookings = field_of(field.of, "bookings");
  const Json in_short{
      {"type", "object"},
      {"additionalProperties", {{"type", "array"}, {"items", schema_of(bookings.kind, bookings)}}}};
  return {{"anyOf", {{{"type", "array"}, {"items", reference_to(field.of)}}, in_short}}};
}

Json text_like(const std::string& pattern) {
  return {{"type", "string"}, {"pattern", "^" + pattern + "$"}};
}

/// `<= 2`, `5 to 8`, and where a number alone may stand, that.
Json condition(const Field& field) {
  const std::string number = decimal + "( ?(%|k|M|x|weeks?))?";
  const Json text = text_like("((<|<=|=|>|>=) ?" + number + "|" + number + " to " + number + ")");
  const bool is_whole = field.items == Kind::whole_weeks || field.name == "period";
  return is_whole ? Json{{"anyOf", {schema_of(field.items, field), text}}} : text;
}

const std::string factor = "(x ?" + decimal + "|[+-]" + decimal + " ?%)";

/// A factor, a range of factors, or that in braces; `front` stands before it.
Json factor_or_range(const std::string& front) {
  const Json range = text_like(front + factor + " to (" + front + ")?" + factor);
  const Json braces{
      {"type", "object"},
      {"properties", {{"range", range}, {"per", choices(field_of(Owner::uncertain, "per"))}}},
      {"required", {"range"}},
      {"additionalProperties", false}};
  return {{"anyOf", {text_like(front + factor), range, braces}}};
}

/// What an uncertain number is called among the definitions: the kinds differ in their units.
const char* uncertain_definition(Kind kind) {
  switch (kind) {
    case Kind::money: return "uncertain_amount";
    case Kind::weeks: return "uncertain_weeks";
    case Kind::hours: return "uncertain_hours";
    case Kind::probability:
    case Kind::rule_chance:
    case Kind::share: return "uncertain_share";
    case Kind::ratio: return "uncertain_ratio";
    default: return "uncertain_number";
  }
}

Json range_of(Kind kind) { return text_like(pattern_of(kind) + " to " + pattern_of(kind)); }

Json or_uncertain(const Field& field, Kind kind) {
  const Json reference{{"$ref", std::string("#/definitions/") + uncertain_definition(kind)}};
  return {{"anyOf", {schema_of_certain(kind, field), range_of(kind), reference}}};
}

Json rule_chance(const Field& field) {
  return {{"anyOf", {or_uncertain(field, Kind::probability), reference_to(field.of)}}};
}

Json one_or_list(const Field& field) { return {{"anyOf", {reference_to(field.of), list(field)}}}; }

/// Also `{from: file.csv}`.
Json or_a_file(Json schema) {
  const Json file{{"type", "object"},
                  {"properties", {{"from", text()}}},
                  {"required", {"from"}},
                  {"additionalProperties", false}};
  return {{"anyOf", {schema, file}}};
}

const Json date{{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};

Json schema_of_certain(Kind kind, const Field& field) {
  switch (kind) {
    case Kind::version: return {{"enum", {1, "1"}}};
    case Kind::text: return text();
    case Kind::date: return date;
    case Kind::date_or_spread: return {{"anyOf", {date, {{"const", "spread"}}}}};
    case Kind::choice: return choices(field);
    case Kind::flag: return {{"enum", {true, "true"}}};
    case Kind::whole_weeks: return whole_number(field, "[1-9][0-9]*( ?weeks?)?");
    case Kind::whole_number: return whole_number(field, decimal + "( ?[kM])?");
    case Kind::seed:
      return {{"type", "integer"},
              {"minimum", 0},
              {"maximum", std::numeric_limits<std::uint64_t>::max()}};
    case Kind::probability:
    case Kind::share:
    case Kind::ratio: return share(field);
    case Kind::number: return number_or(field, decimal);
    case Kind::weight: return number_or(field, decimal + "( ?%)?");
    case Kind::weeks:
      return number_or(field, (field.range.low_is_allowed ? "" : not_zero) + pattern_of(kind));
    case Kind::hours: return number_or(field, pattern_of(kind));
    case Kind::condition: return condition(field);
    case Kind::factor: return factor_or_range("");
    case Kind::odds: return factor_or_range("odds ");
    case Kind::uncertain_value:
    case Kind::uncertain_range: return {};  // As the number is of which they are a part.
    case Kind::knob: return text_like("(leads|amount|(speed|advance)(\\..+)?)");
    case Kind::rule_chance: return rule_chance(field);
    case Kind::one_or_list: return one_or_list(field);
    case Kind::money: return money(field);
    case Kind::money_or_none: return {{"anyOf", {money(field), {{"const", "none"}}}}};
    case Kind::money_by_period: return by_period(field, Json::array({money(field)}));
    case Kind::quota:
      return by_period(field, {money(field), {{"const", "none"}}, reference_to(field.of)});
    case Kind::forecast: return {{"anyOf", {money(field), reference_to(field.of)}}};
    case Kind::history: return history(field);
    case Kind::text_or_list: return text_or_list(field);
    case Kind::text_map: return {{"type", "object"}, {"additionalProperties", text()}};
    case Kind::activity: return activity(field);
    case Kind::weeks_distribution: return distribution(Owner::weeks_distribution, "mean");
    case Kind::amount_distribution: return distribution(Owner::amount_distribution, "fixed");
    case Kind::empirical: return empirical(field);
    case Kind::object: return reference_to(field.of);
    case Kind::list: return list(field);
    case Kind::map: return map(field);
  }
  return {};
}

Json schema_of(Kind kind, const Field& field) {
  switch (kind) {
    case Kind::number:
    case Kind::hours:
    case Kind::weeks:
    case Kind::money:
    case Kind::probability:
    case Kind::share:
    case Kind::ratio:
      return field.may_be_uncertain ? or_uncertain(field, kind) : schema_of_certain(kind, field);
    default: return schema_of_certain(kind, field);
  }
}

std::string description_of(const Field& field) {
  std::string text(field.help);
  if (!field.standard.empty()) text += " Default: " + std::string(field.standard) + ".";
  if (!field.example.empty()) text += " Example: " + std::string(field.example);
  if (field.may_be_uncertain) text += " It may be uncertain.";
  std::erase(text, '`');
  return text;
}

/// What the keys of one object have to do with each other, which the table does not say.
void add_combinations(Owner owner, Json& schema) {
  const auto needs = [](const char* name) { return Json{{"required", {name}}}; };
  const auto either = [&needs](const std::vector<const char*>& names) {
    Json alternatives = Json::array();
    for (const char* name : names) alternatives.push_back(needs(name));
    return alternatives;
  };
  switch (owner) {
    case Owner::open: {
      // In a stage, or with a date.
      const Json in_stage{{"required", {"stage"}},
                          {"oneOf", either({"deal", "count"})},
                          {"not", {{"anyOf", either({"due", "renewals", "chance", "slip"})}}},
                          {"dependencies", {{"entered", {{"not", needs("weeks_in_stage")}}}}}};
      const Json dated{
          {"required", {"due", "amount"}},
          {"oneOf", either({"deal", "renewals"})},
          {"anyOf", either({"chance", "category"})},
          {"not", {{"anyOf", either({"stage", "stream", "count", "weeks_in_stage", "entered"})}}}};
      schema["oneOf"] = {in_stage, dated};
      break;
    }
    case Owner::calendar: schema["dependencies"] = {{"end", {{"not", needs("weeks")}}}}; break;
    case Owner::quota_terms:
      schema["dependencies"] = {{"relief", {"why"}}, {"why", {"relief"}}};
      break;
    case Owner::territory:
      schema["dependencies"] = {
          {"streams", {{"not", {{"anyOf", either({"funnel", "leads_per_week", "source"})}}}}},
          {"other_time", {{"not", needs("selling_share")}}}};
      break;
    case Owner::defaults:
      schema["dependencies"] = {{"other_time", {{"not", needs("selling_share")}}}};
      break;
    case Owner::ramp: schema["oneOf"] = either({"start", "months_in_seat"}); break;
    case Owner::season: {
      const Json is_by_month{{"properties", {{"by", {{"const", "month"}}}}}, {"required", {"by"}}};
      schema["anyOf"] = either({"factors", "closed"});
      schema["dependencies"] = {{"factors", {"by"}}, {"by", {"factors"}}, {"affects", {"factors"}}};
      schema["if"] = is_by_month;
      schema["then"] = {{"properties", {{"factors", {{"minItems", 12}, {"maxItems", 12}}}}}};
      break;
    }
    case Owner::shock: schema["dependencies"] = {{"persistence", {"per"}}}; break;
    case Owner::amount_distribution:
      schema["oneOf"] = either(
          {"mean", "gamma", "lognormal", "weibull", "exponential", "fixed", "empirical", "range"});
      schema["dependencies"] = {{"cv", {"mean"}}, {"per", {"range"}}};
      break;
    case Owner::weeks_distribution:
      schema["oneOf"] = either({"mean", "gamma", "lognormal", "weibull", "exponential", "fixed",
                                "empirical", "range", "advance"});
      schema["dependencies"] = {
          {"cv", {"mean"}}, {"per", {"range"}}, {"advance", {"lost"}}, {"lost", {"advance"}}};
      break;
    default: break;
  }
}

/// Activities, stages and attributes have keys of their own names.
void add_names_of_ones_own(Owner owner, Json& schema) {
  const auto like = [owner](std::string_view key) {
    const Field& field = field_of(owner, key);
    return schema_of(field.kind, field);
  };
  switch (owner) {
    case Owner::history: schema["additionalProperties"] = like("wins"); break;
    case Owner::rule_where: schema["additionalProperties"] = like("segment"); break;
    case Owner::rule_when:
      schema["patternProperties"] = {{"^activities\\..", like("activities")}};
      break;
    case Owner::rule_then: {
      const std::string to = "to " + decimal + "( ?%)?";
      schema["patternProperties"] = {
          {"^speed\\..", like("speed")},
          {"^advance\\..", {{"anyOf", {like("advance"), text_like(to)}}}}};
      schema["minProperties"] = 1;
      break;
    }
    default: break;
  }
}

/// The braces of an uncertain number of this kind.
Json uncertain_schema(Kind kind) {
  Json number{
      {"anyOf",
       {{{"type", "number"}, {"exclusiveMinimum", 0}}, text_like(not_zero + pattern_of(kind))}}};
  Json schema{{"type", "object"},
              {"additionalProperties", false},
              {"description", about(Owner::uncertain)}};
  const bool is_share = kind == Kind::share;
  for (const Field& field : fields_of(Owner::uncertain)) {
    if (!is_share && (field.name == "rate" || field.name == "observed")) continue;
    Json property{{"description", description_of(field)}};
    property.update(field.kind == Kind::uncertain_value   ? number
                    : field.kind == Kind::uncertain_range ? range_of(kind)
                                                          : schema_of(field.kind, field));
    schema["properties"][std::string(field.name)] = property;
  }
  const auto form = [](std::vector<const char*> keys, std::vector<const char*> others) {
    Json none = Json::array();
    for (const char* const key : others) none.push_back({{"required", {key}}});
    return Json{{"required", keys}, {"not", {{"anyOf", none}}}};
  };
  schema["oneOf"] = {form({"range"}, {"mean", "cv", "sd", "rate", "observed"}),
                     form({"mean", "cv"}, {"range", "sd", "rate", "observed"}),
                     form({"mean", "sd"}, {"range", "cv", "rate", "observed"})};
  if (is_share)
    schema["oneOf"].push_back(form({"rate", "observed"}, {"range", "mean", "cv", "sd"}));
  return schema;
}

Json object_schema(Owner owner) {
  Json schema{{"type", "object"}, {"additionalProperties", false}};
  add_names_of_ones_own(owner, schema);
  if (!about(owner).empty()) schema["description"] = about(owner);
  Json required = Json::array();
  for (const Field& field : fields_of(owner)) {
    Json property{{"description", description_of(field)}};
    const Kind alone =
        owner == Owner::amount_distribution ? Kind::money : Kind::weeks;  // Of its `range`.
    const Json value =
        field.kind == Kind::uncertain_range ? range_of(alone) : schema_of(field.kind, field);
    property.update(field.may_be_a_file ? or_a_file(value) : value);
    schema["properties"][std::string(field.name)] = property;
    if (field.presence == Presence::required) required.push_back(field.name);
  }
  if (owner == Owner::scenario) {
    // What a scenario does not say, the one that it extends does.
    schema["anyOf"] = {{{"required", {"extends"}}}, {{"required", required}}};
  } else if (!required.empty()) {
    schema["required"] = required;
  }
  add_combinations(owner, schema);
  return schema;
}

}  // namespace

std::string scenario_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "A scenario of attain"}};
  schema.update(object_schema(Owner::scenario));
  for (int i = static_cast<int>(Owner::calendar); i <= static_cast<int>(last_owner); ++i) {
    const auto owner = static_cast<Owner>(i);
    if (owner == Owner::uncertain) {
      for (const Kind kind :
           {Kind::number, Kind::share, Kind::ratio, Kind::weeks, Kind::hours, Kind::money})
        schema["definitions"][uncertain_definition(kind)] = uncertain_schema(kind);
      continue;
    }
    schema["definitions"][definition_name(owner)] = object_schema(owner);
  }
  return schema.dump(2) + "\n";
}

}  // namespace attain

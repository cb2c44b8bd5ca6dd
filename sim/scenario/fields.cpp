#include "fields.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace attain::reading {

namespace {

constexpr auto required = Presence::required;
constexpr Range positive_money{0, 1e12, false};
constexpr Range zero_or_more_money{0, 1e12};
constexpr Range positive_weeks{0, 5200, false};
constexpr Range zero_or_more_weeks{0, 5200};
constexpr Range cv_range{0.01, 10};
constexpr Range per_week{0, 10'000};
constexpr Range share_range{0, 1};
constexpr Range count_range{0, 1e9};
constexpr Count periods{1, 8};
constexpr Range stage_hours{0, 10'000};
constexpr Range week_hours{0, 1e7};
constexpr Range weeks_of_period{1, 104};
constexpr Range growth{0, 2};
constexpr Range season_range{0, 10};
constexpr Range times{0, 1000};

constexpr std::string_view no_quota = "write 'quota: none' where there is no quota";
constexpr std::string_view leave_out = "leave the key out where there is none";
constexpr std::string_view leave_out_for_sum = "leave it out for the sum of the territories";
constexpr std::string_view no_time = "write {fixed: 0} for no time at all";
constexpr std::string_view no_variation = "write {fixed: ...} for a value that does not vary";

constexpr std::string_view no_amount =
    "write what it is worth if it is won; for a deal in a stage the key may be left out";

constexpr std::string_view many_values = "list each value once, with weights";

constexpr std::string_view mean_help = "Mean.";
constexpr std::string_view cv_help = "Standard deviation divided by the mean.";
constexpr std::string_view weights_help = "How often each value occurs, relative to the others.";

constexpr std::array table{
    // clang-format off
    Field{.owner = Owner::scenario, .name = "attain", .kind = Kind::version, .presence = required, .example = "1",
          .help = "The version of the format."},
    Field{.owner = Owner::scenario, .name = "extends", .kind = Kind::text, .standard = "nothing", .example = "base.yaml",
          .help = "Another scenario, relative to this file, from which everything is taken that this one does not say."},
    Field{.owner = Owner::scenario, .name = "name", .kind = Kind::text, .standard = "the name of the file",
          .example = "North America, Q1", .help = "What the output is headed with."},
    Field{.owner = Owner::scenario, .name = "currency", .kind = Kind::text, .standard = "none", .example = "USD",
          .help = "The currency of all amounts; it is printed and changes no number."},
    Field{.owner = Owner::scenario, .name = "calendar", .kind = Kind::object, .presence = required,
          .of = Owner::calendar, .example = "{start: 2027-01-04, weeks: 13}", .help = "The period that is simulated."},
    Field{.owner = Owner::scenario, .name = "run", .kind = Kind::object, .of = Owner::run,
          .standard = "20,000 replications, seed 1", .example = "{replications: 20000, seed: 7}",
          .help = "How often the period is simulated; options of `attain run` go before it."},
    Field{.owner = Owner::scenario, .name = "thresholds", .kind = Kind::list, .items = Kind::ratio,
          .range = {0.01, 10}, .count = {1, 20}, .standard = "50%, 80%, 100%, 120%", .example = "[50%, 80%, 100%, 120%]",
          .help = "Attainments (bookings divided by quota) whose chances are reported, at most 20.",
          .if_many = "keep those that the report should show"},
    Field{.owner = Owner::scenario, .name = "company", .kind = Kind::object, .of = Owner::targets,
          .standard = "the sums of the territories", .example = "{quota: 560k, forecast: 570k}",
          .help = "Quota and forecast of the company where they are not the sums."},
    Field{.owner = Owner::scenario, .name = "groups", .kind = Kind::object, .of = Owner::groups,
          .standard = "the sums of the territories", .example = "{region: {East: {quota: 580k}}}",
          .help = "Quota and forecast of regions where they are not the sums."},
    Field{.owner = Owner::scenario, .name = "categories", .kind = Kind::map, .items = Kind::probability, .range = share_range,
          .count = {1, 64}, .standard = "none", .example = "{commit: 85%, best case: 45%}",
          .help = "Forecast categories, and the chance of a deal with a `due` date and no `chance` of its own.",
          .if_many = "join categories with the same chance"},
    Field{.owner = Owner::scenario, .name = "funnels", .kind = Kind::map, .of = Owner::funnel,
          .count = {1}, .standard = "none: then there are no leads and no deals in stages",
          .example = "{field: {stages: [...], amount: 40k}}", .help = "The funnels by name."},
    Field{.owner = Owner::scenario, .name = "defaults", .kind = Kind::object, .of = Owner::defaults,
          .standard = "none", .example = "{funnel: field, quota: 300k}",
          .help = "What holds for every territory that does not say otherwise."},
    Field{.owner = Owner::scenario, .name = "territories", .kind = Kind::list, .presence = required,
          .of = Owner::territory, .count = {1, 10'000}, .example = "[{name: Ohio, quota: 320k}]",
          .help = "The territories, at least one and at most 10,000.",
          .if_many = "split the scenario", .may_be_a_file = true},
    Field{.owner = Owner::scenario, .name = "seasonality", .kind = Kind::one_or_list, .of = Owner::season, .count = {1, 64},
          .standard = "none", .example = "{by: week, factors: [90%, 100%]}",
          .help = "What the time of the year does to all territories: one of these, or a list of them.",
          .if_many = "multiply factors that act on the same"},
    Field{.owner = Owner::scenario, .name = "rules", .kind = Kind::list, .of = Owner::rule, .count = {0, 10'000},
          .standard = "none", .example = "[{when: {weeks_left: \"<= 2\"}, then: {amount: -6%}}]",
          .help = "What changes a funnel for some, for a while or by chance, at most 10,000; their order changes nothing.",
          .if_many = "let one rule act for several territories, as in 'where: {segment: [government, defence]}'"},
    Field{.owner = Owner::scenario, .name = "history", .kind = Kind::history, .of = Owner::history, .standard = "none",
          .example = "[{period: 2026-Q4, territory: Ohio, bookings: 298k}]",
          .help = "What the territories did in earlier periods, the oldest first; in short `{Ohio: [610k, 580k]}`, their bookings. "
                  "It changes no chance.", .may_be_a_file = true},

    Field{.owner = Owner::calendar, .name = "start", .kind = Kind::date, .presence = required,
          .example = "2027-01-04", .help = "The first day of the period."},
    Field{.owner = Owner::calendar, .name = "weeks", .kind = Kind::whole_weeks, .range = {1, 104}, .standard = "13",
          .example = "13", .help = "The length of the period."},
    Field{.owner = Owner::calendar, .name = "end", .kind = Kind::date, .standard = "that of `weeks`", .example = "2027-03-31",
          .help = "The last day of the period, in place of `weeks`; with `step: week` the period is rounded to whole weeks, with `step: day` it is exact."},
    Field{.owner = Owner::calendar, .name = "step", .kind = Kind::choice, .choices = "week|day", .standard = "week",
          .example = "week", .help = "The step of the simulation; `day` for funnels in which days count."},
    Field{.owner = Owner::calendar, .name = "as_of", .kind = Kind::date, .standard = "the start", .example = "2027-02-15",
          .help = "The day on which the simulation starts, within the period; with `step: week` the first day of its week. "
                  "Deals and `booked` are as of this day."},

    Field{.owner = Owner::run, .name = "replications", .kind = Kind::whole_number, .range = {1, 1e9},
          .standard = "20000", .example = "20000", .help = "How often the period is simulated."},
    Field{.owner = Owner::run, .name = "seed", .kind = Kind::seed, .standard = "1", .example = "7",
          .help = "Which luck is drawn: the same seed gives the same results."},

    Field{.owner = Owner::targets, .name = "quota", .kind = Kind::money_by_period, .range = positive_money, .count = periods,
          .standard = "the sum of the territories' quotas", .example = "560k", .help = "The stated quota, or a list with one per period.", .if_low = leave_out_for_sum},
    Field{.owner = Owner::targets, .name = "forecast", .kind = Kind::money_by_period, .range = positive_money, .count = periods,
          .standard = "the sum, if every territory with a quota has one", .example = "570k", .help = "The stated forecast, or a list with one per period.", .if_low = leave_out_for_sum},

    Field{.owner = Owner::groups, .name = "region", .kind = Kind::map, .of = Owner::targets, .standard = "none",
          .example = "{East: {quota: 580k}}", .help = "Regions by name, as the territories name them."},

    Field{.owner = Owner::quota_terms, .name = "amount", .kind = Kind::money, .presence = required, .range = positive_money,
          .example = "330k", .help = "The quota that was handed out.", .if_low = no_quota},
    Field{.owner = Owner::quota_terms, .name = "relief", .kind = Kind::share, .range = share_range, .standard = "none",
          .example = "15%", .help = "The share of it that is taken off, less than 100 %; attainment is measured against the rest.",
          .if_low = "leave the key out where nothing is taken off", .if_many = "write 'quota: none' where nothing is to be made"},
    Field{.owner = Owner::quota_terms, .name = "why", .kind = Kind::text, .standard = "required beside `relief`",
          .example = "leave from March", .help = "The reason for the relief, which is printed with it."},

    Field{.owner = Owner::forecast_call, .name = "amount", .kind = Kind::money, .presence = required, .range = positive_money,
          .example = "270k", .help = "The forecast.", .if_low = leave_out},
    Field{.owner = Owner::forecast_call, .name = "called", .kind = Kind::date, .presence = required, .example = "2027-01-04",
          .help = "The day on which it was called."},

    Field{.owner = Owner::funnel, .name = "stages", .kind = Kind::list, .presence = required, .of = Owner::stage,
          .count = {1, 64}, .example = "[{name: order, advance: 90%, weeks: 2}]",
          .help = "The stages in order, 1 to 64; a deal that advances from the last one is won.",
          .if_many = "join stages that follow each other"},
    Field{.owner = Owner::funnel, .name = "amount", .kind = Kind::amount_distribution,
          .standard = "none: then each territory states it", .example = "{mean: 42k, cv: 90%}",
          .help = "The amount of a won deal."},
    Field{.owner = Owner::funnel, .name = "pipeline_from", .kind = Kind::text, .standard = "the first stage",
          .example = "meeting", .help = "The first stage whose deals count as pipeline."},

    Field{.owner = Owner::stage, .name = "name", .kind = Kind::text, .presence = required, .example = "proposal",
          .help = "The name of the stage, unique in its funnel."},
    Field{.owner = Owner::stage, .name = "advance", .kind = Kind::probability, .presence = required, .range = {0, 1},
          .example = "45%", .help = "The share of the deals that go on to the next stage; the others are lost."},
    Field{.owner = Owner::stage, .name = "weeks", .kind = Kind::weeks_distribution, .presence = required,
          .example = "{mean: 2, cv: 80%}", .help = "How long a deal stays in the stage."},
    Field{.owner = Owner::stage, .name = "activity", .kind = Kind::activity, .count = {0, 16}, .standard = "none", .example = "meeting",
          .help = "What a deal in this stage counts towards: a name (once on entry), `{meeting: 3}`, or "
                  "`{meeting: {on_entry: 1, per_week: 0.5}}`.",
          .if_many = "count fewer kinds of activity"},
    Field{.owner = Owner::stage, .name = "hours", .kind = Kind::hours, .range = stage_hours, .standard = "none", .example = "1.5h",
          .help = "The working hours that a deal in this stage asks for, a week.",
          .if_low = leave_out},
    Field{.owner = Owner::stage, .name = "owner", .kind = Kind::text, .standard = "sales", .example = "marketing",
          .help = "Who answers for the deals that advance into the stage; it is printed and changes no number."},

    Field{.owner = Owner::stage_override, .name = "advance", .kind = Kind::probability, .range = {0, 1},
          .standard = "the funnel's", .example = "50%", .help = "As in a stage."},
    Field{.owner = Owner::stage_override, .name = "weeks", .kind = Kind::weeks_distribution,
          .standard = "the funnel's", .example = "{mean: 3, cv: 80%}", .help = "As in a stage."},
    Field{.owner = Owner::stage_override, .name = "activity", .kind = Kind::activity, .count = {0, 16}, .standard = "the funnel's",
          .example = "{meeting: 2}", .help = "As in a stage.",
          .if_many = "count fewer kinds of activity"},
    Field{.owner = Owner::stage_override, .name = "hours", .kind = Kind::hours, .range = stage_hours, .standard = "the funnel's",
          .example = "2h", .help = "As in a stage.", .if_low = "write 0 where a deal asks for none"},
    Field{.owner = Owner::stage_override, .name = "owner", .kind = Kind::text, .standard = "the funnel's", .example = "marketing",
          .help = "As in a stage."},

    Field{.owner = Owner::activity_counts, .name = "on_entry", .kind = Kind::number, .range = {0, 1000},
          .standard = "0", .example = "1", .help = "For each deal that enters the stage."},
    Field{.owner = Owner::activity_counts, .name = "per_week", .kind = Kind::number, .range = {0, 1000},
          .standard = "0", .example = "0.5", .help = "For each deal in the stage, and week."},

    Field{.owner = Owner::defaults, .name = "funnel", .kind = Kind::text, .standard = "none", .example = "field",
          .help = "The funnel of territories and streams that name none."},
    Field{.owner = Owner::defaults, .name = "leads_per_week", .kind = Kind::number, .range = per_week,
          .standard = "0", .example = "4", .help = "The lead rate of territories without one and without streams."},
    Field{.owner = Owner::defaults, .name = "source", .kind = Kind::choice, .choices = "marketing|own",
          .standard = "marketing", .example = "own", .help = "The source of leads where none is named."},
    Field{.owner = Owner::defaults, .name = "segment", .kind = Kind::text, .standard = "none",
          .example = "commercial", .help = "The segment of territories that name none."},
    Field{.owner = Owner::defaults, .name = "quota", .kind = Kind::quota, .of = Owner::quota_terms, .items = Kind::money_or_none, .range = positive_money, .count = periods,
          .standard = "none: then each territory states it", .example = "300k", .help = "The quota of territories that name none, in the forms of a territory's.",
          .if_low = no_quota},
    Field{.owner = Owner::defaults, .name = "forecast", .kind = Kind::forecast, .of = Owner::forecast_call, .items = Kind::money, .range = positive_money, .count = periods,
          .standard = "none", .example = "280k", .help = "The forecast of territories that name none, in the forms of a territory's.",
          .if_low = leave_out},
    Field{.owner = Owner::defaults, .name = "hours_per_week", .kind = Kind::hours, .range = week_hours, .standard = "no limit", .example = "40h",
          .help = "The hours a week of territories that state none.",
          .if_low = "leave the key out where hours are no limit"},
    Field{.owner = Owner::defaults, .name = "selling_share", .kind = Kind::share, .range = share_range, .standard = "all of them",
          .example = "50%", .help = "The share of the hours that is for selling where a territory states neither it nor `other_time`."},
    Field{.owner = Owner::defaults, .name = "other_time", .kind = Kind::map, .items = Kind::hours, .range = week_hours, .count = {0, 64},
          .standard = "none", .example = "{internal meetings: 6h, admin: 6h}",
          .help = "What takes the other hours of a week, by name, where a territory states neither it nor `selling_share`.",
          .if_low = leave_out, .if_many = "join what belongs together"},
    Field{.owner = Owner::defaults, .name = "open", .kind = Kind::list, .of = Owner::open, .standard = "none", .example = "{from: pipeline.csv}",
          .help = "The open deals of all territories, only as a file whose rows name their `territory`.", .may_be_a_file = true},

    Field{.owner = Owner::territory, .name = "name", .kind = Kind::text, .presence = required, .example = "Ohio",
          .help = "The name of the territory, unique."},
    Field{.owner = Owner::territory, .name = "region", .kind = Kind::text_or_list, .count = {1, 8}, .standard = "none",
          .example = "[Americas, East]", .help = "The region, or several levels with the widest first. Each name is a group.",
          .if_many = "name the levels that the report should show"},
    Field{.owner = Owner::territory, .name = "segment", .kind = Kind::text, .standard = "the defaults'",
          .example = "government", .help = "The market segment."},
    Field{.owner = Owner::territory, .name = "attributes", .kind = Kind::text_map, .standard = "none",
          .example = "{tier: gold}", .help = "Anything else that is known of the territory, by name."},
    Field{.owner = Owner::territory, .name = "quota", .kind = Kind::quota, .of = Owner::quota_terms, .items = Kind::money_or_none, .range = positive_money, .count = periods,
          .standard = "the defaults'; one of them is required", .example = "280k",
          .help = "What the territory has to book in the period: an amount, `none`, `{amount: 330k, relief: 15%, why: leave from March}`, "
                  "or a list with one of these per period, of which the first counts so far.",
          .if_low = no_quota},
    Field{.owner = Owner::territory, .name = "forecast", .kind = Kind::forecast, .of = Owner::forecast_call, .items = Kind::money, .range = positive_money, .count = periods,
          .standard = "the defaults', else none", .example = "270k",
          .help = "What the territory says that it will book: an amount, `{amount: 270k, called: 2027-01-04}`, or a list as for `quota`.",
          .if_low = leave_out},
    Field{.owner = Owner::territory, .name = "booked", .kind = Kind::money, .range = zero_or_more_money, .standard = "0", .example = "20k",
          .help = "What the territory has won in the period before day one.",
          .if_low = "write 'booked: 0' where there is nothing"},
    Field{.owner = Owner::territory, .name = "owner", .kind = Kind::text, .standard = "none", .example = "Seat 4",
          .help = "Who works the territory; it is printed and changes no number."},
    Field{.owner = Owner::territory, .name = "note", .kind = Kind::text, .standard = "none", .example = "new since March",
          .help = "What else there is to say; it is printed and changes no number."},
    Field{.owner = Owner::territory, .name = "hours_per_week", .kind = Kind::hours, .range = week_hours, .standard = "the defaults', else no limit", .example = "40h",
          .help = "The hours of the territory in a week, all its people together; deals ask for the part that is left for selling.",
          .if_low = "leave the key out where hours are no limit"},
    Field{.owner = Owner::territory, .name = "selling_share", .kind = Kind::share, .range = share_range, .standard = "the defaults', else all of them",
          .example = "50%", .help = "The share of the hours that is for selling, in place of `other_time`."},
    Field{.owner = Owner::territory, .name = "other_time", .kind = Kind::map, .items = Kind::hours, .range = week_hours, .count = {0, 64},
          .standard = "the defaults', else none", .example = "{internal meetings: 6h, admin: 6h}",
          .help = "What takes the other hours of a week, by name, in place of `selling_share`.",
          .if_low = leave_out, .if_many = "join what belongs together"},
    Field{.owner = Owner::territory, .name = "ramp", .kind = Kind::object, .of = Owner::ramp, .standard = "none",
          .example = "{start: 2026-11-02, by_month: [20%, 50%, 80%, 100%]}", .help = "How a newcomer grows into the job."},
    Field{.owner = Owner::territory, .name = "funnel", .kind = Kind::text, .standard = "the defaults'; required for leads and deals in stages",
          .example = "field", .help = "The funnel of all deals of a territory that has no `streams`."},
    Field{.owner = Owner::territory, .name = "leads_per_week", .kind = Kind::number, .range = per_week,
          .standard = "the defaults', else 0", .example = "4", .help = "The mean number of new deals."},
    Field{.owner = Owner::territory, .name = "source", .kind = Kind::choice, .choices = "marketing|own",
          .standard = "the defaults', else marketing", .example = "own", .help = "Where the new deals come from."},
    Field{.owner = Owner::territory, .name = "streams", .kind = Kind::list, .of = Owner::stream,
          .count = {1, 64}, .standard = "one, of `funnel` and `leads_per_week`", .example = "[{name: new, funnel: field, leads_per_week: 4}]",
          .help = "Several flows of new deals, 1 to 64, instead of `funnel`, `leads_per_week` and `source`.",
          .if_many = "join streams that are alike"},
    Field{.owner = Owner::territory, .name = "stages", .kind = Kind::map, .of = Owner::stage_override,
          .standard = "none", .example = "{proposal: {advance: 50%}}",
          .help = "What differs from the funnel here, by stage, in every stream that has the stage."},
    Field{.owner = Owner::territory, .name = "amount", .kind = Kind::amount_distribution,
          .standard = "the funnel's", .example = "{mean: 60k, cv: 90%}", .help = "The amount of a won deal, in every stream."},
    Field{.owner = Owner::territory, .name = "open", .kind = Kind::list, .of = Owner::open, .standard = "none",
          .example = "[{deal: Acme, stage: proposal, amount: 90k}]", .help = "The deals that are open on day one.", .may_be_a_file = true},
    Field{.owner = Owner::territory, .name = "remove", .kind = Kind::flag, .standard = "it stays", .example = "true",
          .help = "Beside the name alone: takes out this territory of the scenario that is extended."},

    Field{.owner = Owner::stream, .name = "name", .kind = Kind::text, .standard = "the name of its funnel",
          .example = "new", .help = "The name of the stream, unique in its territory."},
    Field{.owner = Owner::stream, .name = "funnel", .kind = Kind::text, .standard = "the defaults'; one of them is required",
          .example = "field", .help = "The funnel of its deals."},
    Field{.owner = Owner::stream, .name = "leads_per_week", .kind = Kind::number, .presence = required,
          .range = per_week, .example = "4", .help = "The mean number of new deals; 0 if there are only open ones."},
    Field{.owner = Owner::stream, .name = "source", .kind = Kind::choice, .choices = "marketing|own",
          .standard = "the defaults', else marketing", .example = "own", .help = "Where the new deals come from."},
    Field{.owner = Owner::stream, .name = "enter", .kind = Kind::map, .items = Kind::probability, .range = {0, 1},
          .standard = "all in the first stage", .example = "{lead: 80%, meeting: 20%}",
          .help = "The share of new deals that starts in each stage; the shares sum to 100 %."},
    Field{.owner = Owner::stream, .name = "owner", .kind = Kind::text, .standard = "its source", .example = "marketing",
          .help = "Who answers for its new deals; it is printed and changes no number."},

    Field{.owner = Owner::open, .name = "deal", .kind = Kind::text, .standard = "none: then `count` or `renewals` says how many",
          .example = "Acme", .help = "The name of a single deal, unique in its territory."},
    Field{.owner = Owner::open, .name = "stage", .kind = Kind::text, .standard = "none: then `due` is required", .example = "proposal",
          .help = "The stage that it is in."},
    Field{.owner = Owner::open, .name = "count", .kind = Kind::whole_number, .range = {0, 20'000},
          .standard = "1 for a named deal", .example = "5", .help = "How many deals without a name are in the stage.",
          .if_many = "let one deal stand for several, with their amount"},
    Field{.owner = Owner::open, .name = "amount", .kind = Kind::amount_distribution, .range = positive_money,
          .standard = "drawn as for new deals; required beside `due`", .example = "90k",
          .help = "The amount of each if it is won; beside `due` also a distribution.", .if_low = no_amount},
    Field{.owner = Owner::open, .name = "weeks_in_stage", .kind = Kind::weeks, .range = zero_or_more_weeks,
          .standard = "not known: found there at a random time", .example = "3",
          .help = "How long it has been in the stage on day one; 0 if it came today."},
    Field{.owner = Owner::open, .name = "entered", .kind = Kind::date, .standard = "not known", .example = "2026-12-14",
          .help = "The day on which it came into the stage, in place of `weeks_in_stage`."},
    Field{.owner = Owner::open, .name = "stream", .kind = Kind::text, .standard = "the only one that has the stage",
          .example = "new", .help = "The stream that it belongs to."},
    Field{.owner = Owner::open, .name = "renewals", .kind = Kind::whole_number, .range = {0, 20'000},
          .standard = "none", .example = "14", .help = "How many deals without a name are `due`.",
          .if_many = "let one deal stand for several, with their amount"},
    Field{.owner = Owner::open, .name = "due", .kind = Kind::date_or_spread, .standard = "none: then `stage` is required", .example = "2027-03-15",
          .help = "The day on which it is won or lost, in place of a stage; `spread` gives each of several `renewals` a random day from day one to the end of the period."},
    Field{.owner = Owner::open, .name = "chance", .kind = Kind::probability, .range = share_range, .standard = "its category's", .example = "80%",
          .help = "The chance that it is won on its date; only beside `due`."},
    Field{.owner = Owner::open, .name = "slip", .kind = Kind::object, .of = Owner::slip, .standard = "never",
          .example = "{chance: 25%, weeks: {mean: 4}}", .help = "How likely it is put off on its date, once, and for how long; only beside `due`."},
    Field{.owner = Owner::open, .name = "category", .kind = Kind::text, .standard = "none", .example = "commit",
          .help = "What a forecast calls it; a deal with a `due` date and no `chance` has the chance of its category."},
    Field{.owner = Owner::open, .name = "account", .kind = Kind::text, .standard = "none", .example = "Acme Inc.",
          .help = "The customer; it is printed and changes no number."},
    Field{.owner = Owner::open, .name = "owner", .kind = Kind::text, .standard = "none", .example = "Seat 4",
          .help = "Who works it; it is printed and changes no number."},
    Field{.owner = Owner::open, .name = "note", .kind = Kind::text, .standard = "none", .example = "legal review",
          .help = "What else there is to say; it is printed and changes no number."},

    Field{.owner = Owner::slip, .name = "chance", .kind = Kind::probability, .presence = required, .range = share_range, .example = "25%",
          .help = "How likely the deal is put off on its due date."},
    Field{.owner = Owner::slip, .name = "weeks", .kind = Kind::weeks_distribution, .presence = required, .example = "{mean: 4}",
          .help = "For how long."},

    Field{.owner = Owner::history, .name = "period", .kind = Kind::text, .standard = "none", .example = "2026-Q4",
          .help = "What the period is called."},
    Field{.owner = Owner::history, .name = "territory", .kind = Kind::text, .presence = required, .example = "Ohio",
          .help = "The name of the territory."},
    Field{.owner = Owner::history, .name = "bookings", .kind = Kind::money, .range = zero_or_more_money, .standard = "not known", .example = "298k",
          .help = "What it booked."},
    Field{.owner = Owner::history, .name = "quota", .kind = Kind::money, .range = zero_or_more_money, .standard = "not known", .example = "300k",
          .help = "The quota that it had."},
    Field{.owner = Owner::history, .name = "forecast", .kind = Kind::money, .range = zero_or_more_money, .standard = "not known", .example = "310k",
          .help = "What it said that it would book."},
    Field{.owner = Owner::history, .name = "leads", .kind = Kind::number, .range = count_range, .standard = "not known", .example = "52",
          .help = "How many new deals came."},
    Field{.owner = Owner::history, .name = "wins", .kind = Kind::number, .range = count_range, .standard = "not known", .example = "8",
          .help = "How many deals were won."},

    Field{.owner = Owner::ramp, .name = "start", .kind = Kind::date, .standard = "none: then `months_in_seat` is required", .example = "2026-11-02",
          .help = "The first day in the job, at which month 1 begins. The next month begins on the same day of the next calendar month."},
    Field{.owner = Owner::ramp, .name = "months_in_seat", .kind = Kind::number, .range = {0, 600}, .standard = "none: then `start` is required", .example = "1.5",
          .help = "In place of `start`: how many months are over on day one. 1.5 is the middle of the 2nd month."},
    Field{.owner = Owner::ramp, .name = "by_month", .kind = Kind::list, .presence = required, .items = Kind::ratio, .range = growth, .count = {1, 60},
          .example = "[20%, 50%, 80%, 100%]", .help = "The factor in each month since the start, 1 to 60 of them; the last one stays.",
          .if_many = "keep the months until the last factor"},
    Field{.owner = Owner::ramp, .name = "affects", .kind = Kind::list, .items = Kind::choice, .count = {1, 3}, .choices = "hours|leads|advance",
          .standard = "hours, and leads of streams of the source `own`", .example = "[hours, leads, advance]",
          .help = "All that the factor multiplies: the hours of the week, the leads of all streams, the odds to advance in all stages.",
          .if_many = "name each once"},

    Field{.owner = Owner::season, .name = "by", .kind = Kind::choice, .choices = "week|month", .standard = "required beside `factors`", .example = "month",
          .help = "Whether there is a factor for each week of the period, of which the last one repeats, or for each month of the year."},
    Field{.owner = Owner::season, .name = "factors", .kind = Kind::list, .items = Kind::ratio, .range = season_range, .count = {1, 104},
          .standard = "none: then `closed` is required", .example = "[90%, 100%]",
          .help = "The factors: by week 1 to 104, by month 12, from January; a step has that of its first day. Of `advance` they multiply odds.",
          .if_many = "write one for each week of the period"},
    Field{.owner = Owner::season, .name = "affects", .kind = Kind::knob, .standard = "leads", .example = "leads",
          .help = "What the factors multiply: `leads`, `speed`, `advance` (its odds) or `amount`; of one stage `speed.STAGE` or `advance.STAGE`."},
    Field{.owner = Owner::season, .name = "closed", .kind = Kind::list, .items = Kind::date, .count = {0, 366}, .standard = "none", .example = "[2027-02-15]",
          .help = "Days of the period whose whole weeks are closed: no leads come, no deal moves, no hours are asked for or there.",
          .if_many = "name one day of each closed week"},

    Field{.owner = Owner::rule, .name = "name", .kind = Kind::text, .standard = "what it says", .example = "quarter-end push",
          .help = "What the rule is called, unique."},
    Field{.owner = Owner::rule, .name = "where", .kind = Kind::object, .of = Owner::rule_where, .standard = "everywhere", .example = "{segment: government, source: marketing}",
          .help = "For whom: all of these must fit."},
    Field{.owner = Owner::rule, .name = "when", .kind = Kind::object, .of = Owner::rule_when, .standard = "always", .example = "{week: 5 to 8}",
          .help = "In which steps: all of these must hold at the start of the step."},
    Field{.owner = Owner::rule, .name = "chance", .kind = Kind::rule_chance, .of = Owner::rule_chance, .range = share_range, .standard = "100%", .example = "30%",
          .help = "The share of the simulated periods in which there is the rule at all: a probability, or `{share: 30%, per: territory}`."},
    Field{.owner = Owner::rule, .name = "then", .kind = Kind::object, .presence = required, .of = Owner::rule_then, .example = "{leads: x0.5}",
          .help = "What it multiplies."},

    Field{.owner = Owner::rule_where, .name = "territory", .kind = Kind::text_or_list, .count = {1, 10'000}, .standard = "any", .example = "Ohio",
          .help = "The name of the territory, or one of a list; a list means any of its names in all of these keys.", .if_many = "name a region, a segment or an attribute"},
    Field{.owner = Owner::rule_where, .name = "region", .kind = Kind::text_or_list, .count = {1, 10'000}, .standard = "any", .example = "East",
          .help = "A region that it lies in, at any level.", .if_many = "name a wider region"},
    Field{.owner = Owner::rule_where, .name = "segment", .kind = Kind::text_or_list, .count = {1, 10'000}, .standard = "any", .example = "[government, defence]",
          .help = "Its segment.", .if_many = "leave the key out for all segments"},
    Field{.owner = Owner::rule_where, .name = "stream", .kind = Kind::text_or_list, .count = {1, 10'000}, .standard = "any", .example = "new",
          .help = "The name of the stream, within the territories; the rule then acts on these streams alone.", .if_many = "name a source or a funnel"},
    Field{.owner = Owner::rule_where, .name = "source", .kind = Kind::text_or_list, .count = {1, 2}, .choices = "marketing|own", .standard = "any", .example = "marketing",
          .help = "Likewise: the source of the stream.", .if_many = "leave the key out for both sources"},
    Field{.owner = Owner::rule_where, .name = "funnel", .kind = Kind::text_or_list, .count = {1, 10'000}, .standard = "any", .example = "field",
          .help = "Likewise: the funnel of the stream.", .if_many = "leave the key out for all funnels"},

    Field{.owner = Owner::rule_when, .name = "week", .kind = Kind::condition, .items = Kind::whole_weeks, .range = weeks_of_period, .example = "5 to 8",
          .help = "The week of the period in which the step begins, from 1: steps before it / steps of a week + 1, rounded down. The only one, with `weeks_left` and `period`, that may be a number alone."},
    Field{.owner = Owner::rule_when, .name = "weeks_left", .kind = Kind::condition, .items = Kind::whole_weeks, .range = weeks_of_period, .example = "\"<= 2\"",
          .help = "Weeks of the period - week + 1: 1 in the last week."},
    Field{.owner = Owner::rule_when, .name = "period", .kind = Kind::condition, .items = Kind::whole_number, .range = {1, 8}, .example = "1",
          .help = "The period, from 1; so far there is one."},
    Field{.owner = Owner::rule_when, .name = "attainment", .kind = Kind::condition, .items = Kind::ratio, .range = {0, 10}, .example = "\">= 100%\"",
          .help = "booked / quota (after relief)."},
    Field{.owner = Owner::rule_when, .name = "pace", .kind = Kind::condition, .items = Kind::ratio, .range = {0, 100}, .example = "\"< 80%\"",
          .help = "booked / (quota x steps done / steps of the period); 1 before the period's first step."},
    Field{.owner = Owner::rule_when, .name = "booked", .kind = Kind::condition, .items = Kind::money, .range = zero_or_more_money, .example = "\">= 200k\"",
          .help = "The sum of the amounts of all deals won since the start of the period, with the file's `booked`."},
    Field{.owner = Owner::rule_when, .name = "wins", .kind = Kind::condition, .items = Kind::whole_number, .range = count_range, .example = "\">= 3\"",
          .help = "Deals won since the start of the period, or since `as_of` if that is later."},
    Field{.owner = Owner::rule_when, .name = "leads", .kind = Kind::condition, .items = Kind::whole_number, .range = count_range, .example = "\"< 10\"",
          .help = "New deals of all streams, counted likewise."},
    Field{.owner = Owner::rule_when, .name = "activities", .kind = Kind::condition, .items = Kind::number, .range = count_range, .example = "\">= 20\"",
          .help = "Activities of all kinds, counted likewise; `activities.meeting` is one kind."},
    Field{.owner = Owner::rule_when, .name = "open_deals", .kind = Kind::condition, .items = Kind::whole_number, .range = count_range, .example = "\"> 30\"",
          .help = "Open deals, those with a `due` date until they are decided."},
    Field{.owner = Owner::rule_when, .name = "pipeline", .kind = Kind::condition, .items = Kind::money, .range = zero_or_more_money, .example = "\"< 400k\"",
          .help = "The sum of the amounts of open deals from the stage `pipeline_from` on and of those with a `due` date: stated ones, else the mean of the distribution, without multipliers."},
    Field{.owner = Owner::rule_when, .name = "coverage", .kind = Kind::condition, .items = Kind::ratio, .range = times, .example = "\"< 3\"",
          .help = "pipeline / (quota - booked); infinite, and so above any number, once quota is made."},
    Field{.owner = Owner::rule_when, .name = "utilization", .kind = Kind::condition, .items = Kind::ratio, .range = {0, 100}, .example = "\"> 100%\"",
          .help = "Hours that the open deals ask for in this step / hours there are for them; 0 where nothing is asked for."},

    Field{.owner = Owner::rule_then, .name = "leads", .kind = Kind::factor, .range = {0, 100}, .example = "x0.5",
          .help = "The mean number of new deals."},
    Field{.owner = Owner::rule_then, .name = "speed", .kind = Kind::factor, .range = {0, 100}, .example = "x2",
          .help = "How fast deals move through all stages, `speed.STAGE` through one: x2 halves the time in a stage, x0 stands still. It moves deals in time and never changes what becomes of them."},
    Field{.owner = Owner::rule_then, .name = "advance", .kind = Kind::odds, .range = {0, 100}, .example = "odds x1.4",
          .help = "The odds to go on, of deals that leave any stage, `advance.STAGE` of one: q becomes m q / (1 - q + m q). Of one stage also `to 78%`, the share that its own `advance` becomes."},
    Field{.owner = Owner::rule_then, .name = "amount", .kind = Kind::factor, .range = {0, 100}, .example = "-6%",
          .help = "The amounts of deals won in the step."},

    Field{.owner = Owner::rule_chance, .name = "share", .kind = Kind::probability, .presence = required, .range = share_range, .example = "30%",
          .help = "The share of the simulated periods."},
    Field{.owner = Owner::rule_chance, .name = "per", .kind = Kind::choice, .choices = "territory", .standard = "one draw for all territories of the rule", .example = "territory",
          .help = "Each territory has a draw of its own."},

    Field{.owner = Owner::weeks_distribution, .name = "mean", .kind = Kind::weeks, .range = positive_weeks,
          .example = "2", .help = "Mean; alone it stands for an exponential distribution, with `cv` for a gamma.",
          .if_low = no_time},
    Field{.owner = Owner::weeks_distribution, .name = "cv", .kind = Kind::ratio, .range = cv_range, .example = "80%", .help = cv_help,
          .if_low = no_variation},
    Field{.owner = Owner::weeks_distribution, .name = "gamma", .kind = Kind::object, .of = Owner::weeks_mean_cv,
          .example = "{mean: 2, cv: 80%}", .help = "A gamma distribution."},
    Field{.owner = Owner::weeks_distribution, .name = "lognormal", .kind = Kind::object, .of = Owner::weeks_mean_cv,
          .example = "{mean: 2, cv: 80%}", .help = "A lognormal distribution."},
    Field{.owner = Owner::weeks_distribution, .name = "weibull", .kind = Kind::object, .of = Owner::weeks_mean_cv,
          .example = "{mean: 2, cv: 80%}", .help = "A Weibull distribution."},
    Field{.owner = Owner::weeks_distribution, .name = "exponential", .kind = Kind::object, .of = Owner::weeks_mean,
          .example = "{mean: 2}", .help = "An exponential distribution, which a bare number stands for too."},
    Field{.owner = Owner::weeks_distribution, .name = "fixed", .kind = Kind::weeks, .range = zero_or_more_weeks,
          .example = "2", .help = "Always the same time; 0 for none at all."},
    Field{.owner = Owner::weeks_distribution, .name = "empirical", .kind = Kind::empirical, .of = Owner::weeks_empirical,
          .example = "[1, 2, 2, 5]", .help = "One of these values, each as likely as it is listed, or with weights."},
    Field{.owner = Owner::weeks_distribution, .name = "advance", .kind = Kind::weeks_distribution,
          .example = "{mean: 3, cv: 60%}", .help = "The time of deals that advance, where it differs; `lost` beside it."},
    Field{.owner = Owner::weeks_distribution, .name = "lost", .kind = Kind::weeks_distribution,
          .example = "{mean: 5, cv: 80%}", .help = "The time of deals that are lost; `advance` beside it."},

    Field{.owner = Owner::weeks_mean_cv, .name = "mean", .kind = Kind::weeks, .presence = required,
          .range = positive_weeks, .example = "2", .help = mean_help, .if_low = no_time},
    Field{.owner = Owner::weeks_mean_cv, .name = "cv", .kind = Kind::ratio, .presence = required, .range = cv_range,
          .example = "80%", .help = cv_help,
          .if_low = no_variation},
    Field{.owner = Owner::weeks_mean, .name = "mean", .kind = Kind::weeks, .presence = required,
          .range = positive_weeks, .example = "2", .help = mean_help, .if_low = no_time},
    Field{.owner = Owner::weeks_empirical, .name = "values", .kind = Kind::list, .presence = required,
          .items = Kind::weeks, .range = zero_or_more_weeks, .count = {1, 10'000}, .example = "[1, 2, 5]", .help = "The values, 1 to 10,000.",
          .if_many = many_values},
    Field{.owner = Owner::weeks_empirical, .name = "weights", .kind = Kind::list, .items = Kind::weight,
          .range = {0, 1e9}, .count = {1, 10'000}, .standard = "all equal", .example = "[1, 2, 1]", .help = weights_help,
          .if_many = many_values},

    Field{.owner = Owner::amount_distribution, .name = "mean", .kind = Kind::money, .range = positive_money,
          .example = "42k", .help = "Mean; alone it stands for a fixed amount, with `cv` for a lognormal distribution."},
    Field{.owner = Owner::amount_distribution, .name = "cv", .kind = Kind::ratio, .range = cv_range, .example = "90%", .help = cv_help,
          .if_low = no_variation},
    Field{.owner = Owner::amount_distribution, .name = "gamma", .kind = Kind::object, .of = Owner::amount_mean_cv,
          .example = "{mean: 42k, cv: 90%}", .help = "A gamma distribution."},
    Field{.owner = Owner::amount_distribution, .name = "lognormal", .kind = Kind::object, .of = Owner::amount_mean_cv,
          .example = "{mean: 42k, cv: 90%}", .help = "A lognormal distribution."},
    Field{.owner = Owner::amount_distribution, .name = "weibull", .kind = Kind::object, .of = Owner::amount_mean_cv,
          .example = "{mean: 42k, cv: 90%}", .help = "A Weibull distribution."},
    Field{.owner = Owner::amount_distribution, .name = "exponential", .kind = Kind::object, .of = Owner::amount_mean,
          .example = "{mean: 42k}", .help = "An exponential distribution."},
    Field{.owner = Owner::amount_distribution, .name = "fixed", .kind = Kind::money, .range = positive_money,
          .example = "42k", .help = "Always the same amount, which a bare number stands for too."},
    Field{.owner = Owner::amount_distribution, .name = "empirical", .kind = Kind::empirical, .of = Owner::amount_empirical,
          .example = "[20k, 30k, 30k, 90k]", .help = "One of these values, each as likely as it is listed, or with weights."},

    Field{.owner = Owner::amount_mean_cv, .name = "mean", .kind = Kind::money, .presence = required,
          .range = positive_money, .example = "42k", .help = mean_help},
    Field{.owner = Owner::amount_mean_cv, .name = "cv", .kind = Kind::ratio, .presence = required, .range = cv_range,
          .example = "90%", .help = cv_help,
          .if_low = no_variation},
    Field{.owner = Owner::amount_mean, .name = "mean", .kind = Kind::money, .presence = required,
          .range = positive_money, .example = "42k", .help = mean_help},
    Field{.owner = Owner::amount_empirical, .name = "values", .kind = Kind::list, .presence = required,
          .items = Kind::money, .range = positive_money, .count = {1, 10'000}, .example = "[20k, 30k, 90k]", .help = "The values, 1 to 10,000.",
          .if_many = many_values},
    Field{.owner = Owner::amount_empirical, .name = "weights", .kind = Kind::list, .items = Kind::weight,
          .range = {0, 1e9}, .count = {1, 10'000}, .standard = "all equal", .example = "[1, 2, 1]", .help = weights_help,
          .if_many = many_values},
    // clang-format on
};

/// Where the fields of each owner lie in the table.
constexpr auto spans = [] {
  std::array<std::pair<std::size_t, std::size_t>, static_cast<std::size_t>(last_owner) + 1>
      result{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto& [first, count] = result[static_cast<std::size_t>(table[i].owner)];
    if (count == 0) first = i;
    ++count;
  }
  return result;
}();

}  // namespace

std::span<const Field> all_fields() { return table; }

std::span<const Field> fields_of(Owner owner) {
  const auto [first, count] = spans[static_cast<std::size_t>(owner)];
  return std::span(table).subspan(first, count);
}

const Field& field_of(Owner owner, std::string_view name) {
  const std::span<const Field> fields = fields_of(owner);
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [name](const Field& field) { return field.name == name; });
  if (found == fields.end()) throw std::logic_error("no field " + std::string(name));
  return *found;
}

}  // namespace attain::reading

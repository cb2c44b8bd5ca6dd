#include "compose.hpp"

#include "expand.hpp"
#include "files.hpp"
#include "merge.hpp"
#include "settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace attain::reading {

namespace {

constexpr std::size_t most_levels = 16;

class Composition {
 public:
  Composition(const ReadOptions& options, Findings& findings)
      : options_(options),
        findings_(findings),
        files_(options, findings),
        merge_(findings),
        expansion_(files_, merge_.removed(), findings) {}

  std::optional<Node> compose() {
    std::optional<Node> root = parse(0);
    if (!root) return std::nullopt;
    std::vector<Setting> settings = parse_settings(options_.settings, budget_, findings_);
    apply_if(settings, *root, [](const Setting& each) { return each.is_extends(); });
    levels_ = {files_.real_path(0)};
    names_ = findings_.name_of(0);
    if (!with_base(*root)) return std::nullopt;

    const auto is_of_territories = [](const Setting& each) {
      return each.steps[0].name == "territories" && each.steps.size() <= 2;
    };
    apply_if(settings, *root,
             [&](const Setting& each) { return each.names_a_file() && is_of_territories(each); });
    expansion_.expand_territories(*root);
    apply_if(settings, *root, [](const Setting& each) { return each.names_a_file(); });
    expansion_.expand_the_rest(*root);
    apply_if(settings, *root, [](const Setting&) { return true; });
    return root;
  }

 private:
  template <typename Predicate>
  void apply_if(std::vector<Setting>& settings, Node& root, Predicate is_due) {
    std::erase_if(settings, [&](const Setting& setting) {
      if (!is_due(setting)) return false;
      apply_setting(setting, root, findings_);
      return true;
    });
  }

  std::optional<Node> parse(int file) {
    const std::string_view text = findings_.text_of(file);
    if (!check_bytes(text, file, findings_)) return std::nullopt;
    std::optional<Node> root = parse_yaml(text, file, budget_, findings_);
    if (root && root->kind == Node::Kind::empty) {
      findings_.error({0, 0, file}, {}, "the file holds no scenario",
                      "write a first one with 'attain init', or see docs/scenario-format.md");
      return std::nullopt;
    }
    return root;
  }

  /// Lays `root` on what it extends; false if that cannot be read.
  bool with_base(Node& root) {
    const Node* found = root.kind == Node::Kind::mapping ? find_value(root, "extends") : nullptr;
    if (found == nullptr) return true;
    const Path path(root_path_, "extends");
    const Node name = *found;
    if (levels_.size() >= most_levels) {
      findings_.error(name.spot, path,
                      fmt::format("more than {} files extend each other", most_levels),
                      "put some of them into one");
      return false;
    }
    const std::optional<int> file = files_.open(name, path, SourceKind::scenario);
    if (!file) return false;
    names_ += " -> " + findings_.name_of(*file);
    if (std::find(levels_.begin(), levels_.end(), files_.real_path(*file)) != levels_.end()) {
      findings_.error(name.spot, path, "the files extend each other in a circle: " + names_,
                      "let one of them extend nothing");
      return false;
    }
    levels_.push_back(files_.real_path(*file));
    std::optional<Node> base = parse(*file);
    if (!base || !with_base(*base)) return false;
    if (base->kind != Node::Kind::mapping) {
      findings_.error({0, 0, *file}, {}, "the file is no set of keys, as a scenario is",
                      "see docs/scenario-format.md");
      return false;
    }
    erase_key(root, "extends");
    erase_key(*base, "name");  // It is the base's own, like the name of its file.
    lay_on(std::move(*base), root);
    return true;
  }

  void lay_on(Node base, Node& root) {
    Node* const below = find_value(base, "territories");
    Node* const above = find_value(root, "territories");
    if (below != nullptr && above != nullptr && above->kind != Node::Kind::empty) {
      // Rows of a table can be merged by name only once they are there.
      expansion_.expand_territories(base);
      expansion_.expand_territories(root);
      const Path path(root_path_, "territories");
      Node territories = merge_.merged_by_name(std::move(*below), std::move(*above), path);
      *below = {};
      *above = std::move(territories);
    }
    root = merge_.merged(std::move(base), std::move(root), root_path_);
  }

  const ReadOptions& options_;
  Findings& findings_;
  NodeBudget budget_;
  Files files_;
  Merge merge_;
  Expansion expansion_;
  Path root_path_;
  std::vector<std::string> levels_;  // Real paths of the scenario and what it extends.
  std::string names_;                // The same as people see them.
};

}  // namespace

std::optional<Node> compose(const ReadOptions& options, Findings& findings) {
  return Composition(options, findings).compose();
}

}  // namespace attain::reading

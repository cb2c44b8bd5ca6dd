#include "document.hpp"
#include "findings.hpp"
#include "yaml_errors.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

namespace attain::reading {

namespace {

constexpr std::size_t deepest_nesting = 32;
constexpr std::size_t longest_scalar = 65'536;

/// Ends the parse after an error that has been reported.
struct ParseStopped {};

/// A stream over a text that is not copied.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // streambuf wants char*, and only reads.
    setg(begin, begin, begin + text.size());
  }
};

/// Builds the tree from the parser's events, and refuses what a scenario has no use for: anchors,
/// aliases, tags, what is too deep or too large, quotes that never end.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, int file, NodeBudget& budget, Findings& findings)
      : text_(text), file_(file), budget_(budget), findings_(findings) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    const char byte = byte_at(mark);
    // The parser's mark of a value that is left out is that of the text after it.
    const bool is_key = !unfinished_.empty() &&
                        unfinished_.back().node.kind == Node::Kind::mapping &&
                        !unfinished_.back().key;
    const bool is_written = is_key || byte == '~' || byte == 'n' || byte == 'N';
    if (is_written) {
      attach({.kind = Node::Kind::empty, .spot = spot_of(mark), .text = "null"});
    } else {
      attach({.kind = Node::Kind::empty, .spot = spot_of_parent()});
    }
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    findings_.error(spot_of(mark), {}, "'*' starts a YAML alias, which scenarios do not use",
                    "write the value out, or put what territories share under 'defaults'");
    attach({.kind = Node::Kind::unusable, .spot = spot_of(mark)});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    position_ = static_cast<std::size_t>(mark.pos);
    const bool quoted = tag == "!";
    const char byte = byte_at(mark);
    const bool is_block = byte == '|' || byte == '>';
    // yaml-cpp says "!" for a quoted scalar and for one with the tag "!".
    const bool tagged = quoted ? byte != '"' && byte != '\'' && !is_block : tag != "?";
    if (tagged && anchor == YAML::NullAnchor) refuse_tag(mark);
    if (byte == '"' || byte == '\'') check_quotes_end(mark, byte);
    if (value.size() > longest_scalar) {
      findings_.error(
          spot_of(mark), {},
          fmt::format("this text has {} bytes, at most {} are read", value.size(), longest_scalar));
      throw ParseStopped{};
    }
    attach({.kind = Node::Kind::scalar, .quoted = quoted, .spot = spot_of(mark), .text = value});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::sequence, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::mapping, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  [[nodiscard]] Node& root() { return root_; }
  /// The offset of the last value.
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  /// A collection that is not complete yet, and the key that waits for its value.
  struct Unfinished {
    Node node;
    std::optional<Node> key;
  };

  [[nodiscard]] Spot spot_of(const YAML::Mark& mark) const {
    return {mark.line + 1, mark.column + 1, file_};
  }

  [[nodiscard]] char byte_at(const YAML::Mark& mark) const {
    const auto position = static_cast<std::size_t>(mark.pos);
    return position < text_.size() ? text_[position] : '\0';
  }

  [[nodiscard]] Spot spot_of_parent() const {
    if (unfinished_.empty()) return {0, 0, file_};
    const Unfinished& parent = unfinished_.back();
    return parent.key ? parent.key->spot : parent.node.spot;
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    if (tag != "?" && anchor == YAML::NullAnchor) refuse_tag(mark);
    if (unfinished_.size() == deepest_nesting) {
      findings_.error(spot_of(mark), {},
                      fmt::format("nested more than {} levels deep", deepest_nesting),
                      "a scenario needs 8; is a bracket missing?");
      throw ParseStopped{};
    }
    unfinished_.push_back({{.kind = kind, .spot = spot_of(mark)}, std::nullopt});
  }

  void close() {
    Node node = std::move(unfinished_.back().node);
    unfinished_.pop_back();
    attach(std::move(node));
  }

  void attach(Node node) {
    if (budget_.left == 0) {
      findings_.error(node.spot, {},
                      fmt::format("the scenario has more than {} values", NodeBudget{}.left),
                      "count open deals that are alike in one line");
      throw ParseStopped{};
    }
    --budget_.left;
    if (unfinished_.empty()) {
      root_ = std::move(node);
      return;
    }
    Unfinished& parent = unfinished_.back();
    if (parent.node.kind == Node::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      parent.node.entries.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    }
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == YAML::NullAnchor) return;
    findings_.error(spot_of(mark), {}, "'&' starts a YAML anchor, which scenarios do not use",
                    "write the value out, or put text that starts with '&' in quotes");
  }

  void refuse_tag(const YAML::Mark& mark) {
    findings_.error(spot_of(mark), {}, "'!' starts a YAML tag, which scenarios do not use",
                    "remove it, or put text that starts with '!' in quotes");
  }

  /// yaml-cpp sometimes takes the end of the file for the closing quote.
  void check_quotes_end(const YAML::Mark& mark, char quote) {
    if (closing_quote(text_, static_cast<std::size_t>(mark.pos)) != std::string_view::npos) return;
    findings_.error(spot_of(mark), {}, "the quotes that open here are never closed",
                    fmt::format("close them with {}", quote));
    throw ParseStopped{};
  }

  std::string_view text_;
  int file_;
  NodeBudget& budget_;
  Findings& findings_;
  std::vector<Unfinished> unfinished_;
  Node root_;
  std::size_t position_ = 0;
};

/// Takes note of where a second document starts and looks no further.
class SecondDocument : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    spot = {mark.line + 1, mark.column + 1};
    position = static_cast<std::size_t>(mark.pos);
    throw ParseStopped{};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

  Spot spot;
  std::size_t position = 0;
};

void refuse_second_document(YAML::Parser& parser, std::string_view text, int file,
                            Findings& findings) {
  SecondDocument second;
  try {
    parser.HandleNextDocument(second);
    return;  // There is none.
  } catch (const ParseStopped&) {
    second.spot.file = file;
  }
  if (text.substr(std::min(second.position, text.size())).starts_with("---")) {
    findings.error(second.spot, {}, "a second YAML document starts here",
                   "one file holds one scenario; put this one into a file of its own");
  } else {
    findings.error(second.spot, {}, "the scenario ends before this, and more text follows",
                   "look for a bracket too many, or a line that starts too far left");
  }
}

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, int file, NodeBudget& budget,
                               Findings& findings) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  TreeBuilder builder(text, file, budget, findings);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || builder.root().kind == Node::Kind::empty) {
      return std::move(builder.root());
    }
    refuse_second_document(parser, text, file, findings);
  } catch (const ParseStopped&) {
    return std::nullopt;
  } catch (const YAML::Exception& failure) {
    report_yaml_error(failure, text, file, builder.position(), findings);
    return std::nullopt;
  }
  return std::move(builder.root());
}

}  // namespace attain::reading

#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace attain {

/// A place in an input file; line and column count from 1, 0 means the file as a whole. Columns
/// count characters (code points), not bytes.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

/// A note says what was made of an input that is sound, such as a date that was rounded.
enum class Severity { error, warning, note };

/// One thing wrong with an input, with all that a person needs to mend it.
struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string message;     ///< What is wrong and what was expected; no full stop, one line.
  std::string suggestion;  ///< What to do, as in "did you mean 45%?"; may be empty.
  std::string path;        ///< Where in the document, as in `territories[3].advance`; may be empty.
};

/// An input that cannot be used, with every error found in it (at most the first 50).
class InvalidInput : public std::runtime_error {
 public:
  explicit InvalidInput(std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// A result that cannot be written (exit code 5).
class CannotWrite : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `diagnostic` as people read it: `file:line:column: error: message`, the line of `source` with a
/// caret below the column, then suggestion and path. Ends with a line break.
std::string render(const Diagnostic& diagnostic, std::string_view source);

}  // namespace attain

#include "places.hpp"

#include <attain/base/text.hpp>
#include <attain/random/draws.hpp>

namespace attain {

std::uint64_t place_of(const std::string& purpose, const std::string& first,
                       const std::string& second) {
  std::string text = purpose;
  for (const std::string* part : {&first, &second}) {
    text += '\0';
    text += *part;
  }
  return mix64(name_hash(text));
}

}  // namespace attain

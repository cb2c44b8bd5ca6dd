#pragma once

#include <cstdint>
#include <string>

namespace attain {

/// A hash of names that says what a draw is for: its address, together with time.
std::uint64_t place_of(const std::string& purpose, const std::string& first,
                       const std::string& second = {});

}  // namespace attain

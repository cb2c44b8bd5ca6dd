#include <attain/base/version.hpp>

namespace attain {

std::string_view version() { return ATTAIN_VERSION; }

}  // namespace attain

#include <attain/report/new_file.hpp>

#include "descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace attain {

void write_new_file(const std::string& path, std::string_view text) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
  try {
    file.write(text);
    file.flush_to_disk();
    file.close();
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

}  // namespace attain

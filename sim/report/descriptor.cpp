#include "descriptor.hpp"

#include <attain/base/diagnostics.hpp>
#include <attain/base/text.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace attain {

namespace {

std::string advice_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT: return "make room on the disk; what was there before is whole";
    case EACCES:
    case EPERM:
    case EROFS: return "name a place that you may write to; what was there before is whole";
    case EFBIG: return "raise the limit on the size of files; what was there before is whole";
    default: return "name another place; what was there before is whole";
  }
}

}  // namespace

void refuse_to_write(const std::filesystem::path& path, const std::string& why,
                     const std::string& advice) {
  throw CannotWrite("cannot write " + printable(path.string()) + ": " + why + "\n  " + advice);
}

void refuse_to_write(const std::filesystem::path& path, int error) {
  refuse_to_write(path, std::strerror(error), advice_for(error));
}

Descriptor::Descriptor(const std::filesystem::path& path, int flags, std::filesystem::path shown)
    : shown_(std::move(shown)), number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
  if (number_ < 0) refuse_to_write(shown_, errno);
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

void Descriptor::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = ::write(number_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) refuse_to_write(shown_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Descriptor::flush_to_disk() const {
  // EINVAL: the file system has nothing to flush.
  if (::fsync(number_) != 0 && errno != EINVAL) refuse_to_write(shown_, errno);
}

void Descriptor::lock() const { ::flock(number_, LOCK_EX); }

bool Descriptor::try_lock() const { return ::flock(number_, LOCK_EX | LOCK_NB) == 0; }

void Descriptor::close() {
  const int result = ::close(number_);
  number_ = -1;
  if (result != 0) refuse_to_write(shown_, errno);
}

}  // namespace attain

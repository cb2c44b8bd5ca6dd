#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace attain {

/// Throw CannotWrite with what to do about it.
[[noreturn]] void refuse_to_write(const std::filesystem::path& path, const std::string& why,
                                  const std::string& advice);
[[noreturn]] void refuse_to_write(const std::filesystem::path& path, int error);

/// An open file or folder, closed when it goes out of scope. Failures throw CannotWrite.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : Descriptor(path, flags, path) {}
  /// Messages speak of `shown` instead of `path`.
  Descriptor(const std::filesystem::path& path, int flags, std::filesystem::path shown);
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(std::string_view bytes) const;
  void flush_to_disk() const;
  /// Waits for whoever holds the lock. Where there are no locks it is done without.
  void lock() const;
  /// Whether the lock is now held, without waiting for it.
  [[nodiscard]] bool try_lock() const;
  void close();

 private:
  std::filesystem::path shown_;
  int number_;
};

}  // namespace attain

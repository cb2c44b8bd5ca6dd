#include <attain/report/results_folder.hpp>

#include "descriptor.hpp"

#include <attain/base/diagnostics.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <string_view>

namespace attain {

namespace fs = std::filesystem;

namespace {

/// As mkdtemp makes them.
constexpr std::string_view staging_prefix = ".new-";
constexpr std::string_view staging_pattern = ".new-XXXXXX";

bool is_staging_name(const std::string& name) {
  const auto letter_or_digit = [](char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
           (sign >= '0' && sign <= '9');
  };
  return name.size() == staging_pattern.size() && name.starts_with(staging_prefix) &&
         std::all_of(name.begin() + staging_prefix.size(), name.end(), letter_or_digit);
}

/// The folders that `folder` lacks, made; the outermost first.
std::vector<fs::path> make_folders(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (fs::is_directory(status)) return {};
  if (fs::exists(status)) {
    refuse_to_write(folder, "there is a file of that name",
                    "move it, or name a folder with --output");
  }
  std::vector<fs::path> made;
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    made = make_folders(folder.parent_path());
  }
  if (!folder.filename().empty()) {
    if (::mkdir(folder.c_str(), 0777) == 0) {
      made.push_back(folder);
    } else if (errno != EEXIST) {
      const int problem = errno;
      for (auto path = made.rbegin(); path != made.rend(); ++path) ::rmdir(path->c_str());
      refuse_to_write(folder, problem);
    }
  }
  return made;
}

}  // namespace

ResultsFolder::ResultsFolder(fs::path folder)
    : folder_(std::move(folder)), made_(make_folders(folder_)) {
  try {
    make_staging();
  } catch (const CannotWrite&) {
    for (auto path = made_.rbegin(); path != made_.rend(); ++path) ::rmdir(path->c_str());
    throw;
  }
}

void ResultsFolder::make_staging() {
  // Under the folder's lock nobody takes the new one for abandoned before it is locked itself.
  const Descriptor folder(folder_, O_RDONLY | O_DIRECTORY);
  folder.lock();
  std::string pattern = (folder_ / staging_pattern).string();
  if (::mkdtemp(pattern.data()) == nullptr) refuse_to_write(folder_, errno);
  staging_ = pattern;
  alive_ = std::make_unique<Descriptor>(staging_, O_RDONLY | O_DIRECTORY, folder_);
  alive_->lock();
}

ResultsFolder::~ResultsFolder() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  // Only those that are still empty go.
  for (auto path = made_.rbegin(); path != made_.rend(); ++path) ::rmdir(path->c_str());
}

void ResultsFolder::add(const std::string& name, const std::function<void(std::ostream&)>& write) {
  std::ostringstream text;
  write(text);
  Descriptor file(staging_ / name, O_WRONLY | O_CREAT | O_EXCL, folder_ / name);
  file.write(text.view());
  file.flush_to_disk();
  file.close();
  names_.push_back(name);
}

void ResultsFolder::check_replaceable(const std::string& name) const {
  std::error_code error;
  const fs::file_status status = fs::status(folder_ / name, error);
  if (!fs::exists(status) || fs::is_regular_file(status)) return;
  refuse_to_write(folder_ / name, "it is not a regular file",
                  "move it, or name another folder with --output");
}

void ResultsFolder::keep_old(const std::string& name) const {
  const fs::path old = folder_ / name;
  const fs::path kept = staging_ / ("old-" + name);
  if (::link(old.c_str(), kept.c_str()) == 0 || errno == ENOENT) return;
  std::error_code error;
  fs::copy_file(old, kept, error);  // Not every file system has hard links.
  if (error) refuse_to_write(old, error.value());
}

void ResultsFolder::restore(std::size_t committed) const {
  for (std::size_t i = 0; i < committed; ++i) {
    const fs::path kept = staging_ / ("old-" + names_[i]);
    const fs::path place = folder_ / names_[i];
    std::error_code ignored;
    if (fs::exists(kept, ignored)) {
      fs::rename(kept, place, ignored);
    } else {
      fs::remove(place, ignored);
    }
  }
}

bool ResultsFolder::all_ours(const fs::path& staging) const {
  std::error_code error;
  for (fs::directory_iterator entry(staging, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool known = std::any_of(names_.begin(), names_.end(), [&name](const std::string& own) {
      return name == own || name == "old-" + own;
    });
    if (!known || !fs::is_regular_file(entry->symlink_status(error))) return false;
  }
  return !error;
}

/// After a commit, when the old files that they may hold are of no use any more.
void ResultsFolder::remove_abandoned() const {
  std::vector<fs::path> candidates;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end;
       entry.increment(error)) {
    if (is_staging_name(entry->path().filename().string())) candidates.push_back(entry->path());
  }
  for (const fs::path& staging : candidates) {
    try {
      // The lock of a run that was killed is gone; one that cannot be opened is not ours.
      const Descriptor opened(staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      if (opened.try_lock() && all_ours(staging)) fs::remove_all(staging, error);
    } catch (const CannotWrite&) {
      continue;
    }
  }
}

void ResultsFolder::commit() {
  const Descriptor folder(folder_, O_RDONLY | O_DIRECTORY);
  folder.lock();
  for (const std::string& name : names_) check_replaceable(name);
  for (const std::string& name : names_) keep_old(name);
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (::rename((staging_ / names_[i]).c_str(), (folder_ / names_[i]).c_str()) != 0) {
      const int error = errno;
      restore(i);
      refuse_to_write(folder_ / names_[i], error);
    }
  }
  folder.flush_to_disk();
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  remove_abandoned();
  made_.clear();
}

}  // namespace attain

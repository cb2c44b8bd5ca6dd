#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace attain {

class Descriptor;

/// A folder of results that changes as a whole or not at all. New files are written in a folder
/// inside it, flushed to disk, and renamed into place by `commit`; until then, and if anything
/// fails, the old ones stay as they are. Every failure throws CannotWrite and says what to do.
/// A commit also removes the folders of runs that were killed before they could do so.
class ResultsFolder {
 public:
  /// Makes the folder and the ones above it if need be.
  explicit ResultsFolder(std::filesystem::path folder);
  /// Removes what was not committed, folders that were made for it included.
  ~ResultsFolder();
  ResultsFolder(const ResultsFolder&) = delete;
  ResultsFolder& operator=(const ResultsFolder&) = delete;

  void add(const std::string& name, const std::function<void(std::ostream&)>& write);
  void commit();

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  void make_staging();
  void remove_abandoned() const;
  [[nodiscard]] bool all_ours(const std::filesystem::path& staging) const;
  void check_replaceable(const std::string& name) const;
  void keep_old(const std::string& name) const;
  void restore(std::size_t committed) const;

  std::filesystem::path folder_;
  std::filesystem::path staging_;
  std::unique_ptr<Descriptor>
      alive_;  ///< Holds the lock of `staging_`, which says that it is used.
  std::vector<std::filesystem::path> made_;  ///< Folders, the outermost first.
  std::vector<std::string> names_;
};

}  // namespace attain

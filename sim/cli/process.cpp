#include <attain/cli/program.hpp>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include <unistd.h>

namespace attain {

namespace {

// A signal handler reaches nothing but globals; these are the program's only ones.
std::atomic<bool> stop_requested{false};
std::atomic<int> stopping_signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void request_stop(int signal) {
  stopping_signal = signal;
  stop_requested = true;
}

void listen_to(int signal) {
  struct sigaction action {};
  action.sa_handler = request_stop;
  // A second one ends the program at once.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

/// A file that may not grow any more is an error of its write, which is reported, and not a signal
/// that kills the program.
void report_size_limits() { std::signal(SIGXFSZ, SIG_IGN); }

bool no_colour() {
  const char* const value = std::getenv("NO_COLOR");  // See no-color.org.
  return value != nullptr && *value != '\0';
}

bool dumb_terminal() {
  const char* const term = std::getenv("TERM");
  return term != nullptr && std::string_view(term) == "dumb";
}

}  // namespace

int run_process(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  listen_to(SIGINT);
  listen_to(SIGTERM);
  report_size_limits();
  std::vector<std::string> words;
  for (int i = 1; i < count; ++i) words.emplace_back(arguments[i]);
  const Console console{.out = std::cout,
                        .err = std::cerr,
                        .colour = isatty(STDOUT_FILENO) != 0 && !no_colour() && !dumb_terminal(),
                        .progress = isatty(STDERR_FILENO) != 0 && !dumb_terminal(),
                        .stop = &stop_requested};
  const ExitCode code = run_program(words, console);
  if (code == ExitCode::interrupted && stopping_signal == SIGTERM) {
    return static_cast<int>(ExitCode::terminated);
  }
  return static_cast<int>(code);
}

}  // namespace attain

# The libFuzzer target for the scenario reader; the corpus is replayed by an ordinary test.
add_executable(attain_fuzz_scenario ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_scenario.cpp)
target_compile_options(attain_fuzz_scenario PRIVATE -fsanitize=fuzzer)
target_link_options(attain_fuzz_scenario PRIVATE -fsanitize=fuzzer)
target_link_libraries(attain_fuzz_scenario PRIVATE
  attain::scenario attain_options attain_sanitizers)

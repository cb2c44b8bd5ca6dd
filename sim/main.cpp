#include <attain/cli/program.hpp>

int main(int argc, char** argv) { return attain::run_process(argc, argv); }

// A program of somebody else's that uses the installed library.
#include <attain/base/money.hpp>

int main() { return attain::money_from_units(12.34).cents == 1234 ? 0 : 1; }

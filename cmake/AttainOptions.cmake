# How every target of the project is compiled. Neither target is exported: a consumer of the
# library keeps its own flags.

add_library(attain_options INTERFACE)
target_compile_options(attain_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  # Fields that a designated initializer leaves out have their defaults; that is meant.
  -Wno-missing-field-initializers
  # g++ 12 warns falsely about "literal" + std::string (gcc.gnu.org/PR105651), also as
  # array-bounds, and about the strings of a temporary whose construction throws. -Wuninitialized
  # stays on, and the sanitizers look at bounds.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  # A fused multiply-add rounds once instead of twice, so results would depend on the CPU.
  -ffp-contract=off
  # These two let the loops vectorise and change no result: nothing reads errno or FP traps.
  -fno-math-errno -fno-trapping-math)
if(ATTAIN_WERROR)
  target_compile_options(attain_options INTERFACE -Werror)
endif()

add_library(attain_sanitizers INTERFACE)
if(ATTAIN_SANITIZE)
  set(sanitizers -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all)
  target_compile_options(attain_sanitizers INTERFACE ${sanitizers} -fno-omit-frame-pointer)
  target_compile_definitions(attain_sanitizers INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(attain_sanitizers INTERFACE ${sanitizers})
elseif(ATTAIN_FUZZ)
  set(sanitizers -fsanitize=fuzzer-no-link,address)
  target_compile_options(attain_sanitizers INTERFACE ${sanitizers} -fno-omit-frame-pointer)
  target_compile_definitions(attain_sanitizers INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(attain_sanitizers INTERFACE ${sanitizers})
endif()

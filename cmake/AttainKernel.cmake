# attain_kernel(PART SOURCE DEPENDS part...)
#
# Compiles SOURCE once per instruction set into attain_PART; the program picks one by cpuid.
# In each copy ATTAIN_KERNEL is the name of the set, to be used as a namespace. No -mfma and no
# -march that implies it: all three must give the same bytes.
function(attain_kernel part source)
  cmake_parse_arguments(PARSE_ARGV 2 kernel "" "" "DEPENDS")
  get_target_property(type attain_${part} TYPE)
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${source} OR type STREQUAL INTERFACE_LIBRARY)
    return()
  endif()
  list(TRANSFORM kernel_DEPENDS PREPEND attain::)

  set(sse2 -march=x86-64)
  set(avx2 -mavx2)
  set(avx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512)
  foreach(width IN ITEMS sse2 avx2 avx512)
    set(target attain_kernel_${width})
    add_library(${target} OBJECT ${source})
    target_compile_options(${target} PRIVATE ${${width}})
    target_compile_definitions(${target} PRIVATE ATTAIN_KERNEL=${width})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/sim)
    target_link_libraries(${target} PRIVATE ${kernel_DEPENDS} attain_options attain_sanitizers)
    target_sources(attain_${part} PRIVATE $<TARGET_OBJECTS:${target}>)
  endforeach()
endfunction()

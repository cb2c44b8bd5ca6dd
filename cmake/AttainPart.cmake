# attain_part(NAME [DEPENDS part...] [LIBRARIES lib...] [PRIVATE_LIBRARIES lib...] [EXCLUDE file...])
#
# The static library attain_NAME, alias attain::NAME, of sim/NAME/*.cpp with the public headers
# include/attain/NAME/*.hpp. DEPENDS and LIBRARIES show through to its users, PRIVATE_LIBRARIES
# do not. EXCLUDE names files in sim/NAME that are compiled some other way. A part that has no
# sources is an interface library.
function(attain_part name)
  cmake_parse_arguments(PARSE_ARGV 1 part "" "" "DEPENDS;LIBRARIES;PRIVATE_LIBRARIES;EXCLUDE")

  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/${name}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/attain/${name}/*.hpp)
  foreach(file IN LISTS part_EXCLUDE)
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/sim/${name}/${file})
  endforeach()

  set(target attain_${name})
  if(sources)
    add_library(${target} STATIC ${sources})
    set(visible PUBLIC)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/sim)
    target_link_libraries(${target} PRIVATE
      $<BUILD_INTERFACE:attain_options> $<BUILD_INTERFACE:attain_sanitizers>
      ${part_PRIVATE_LIBRARIES})
  else()
    add_library(${target} INTERFACE)
    set(visible INTERFACE)
  endif()
  add_library(attain::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} ${visible} cxx_std_20)

  # A file set installs the headers and lets the tests compile each of them alone.
  target_sources(${target} ${visible} FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

  list(TRANSFORM part_DEPENDS PREPEND attain::)
  target_link_libraries(${target} ${visible} ${part_DEPENDS} ${part_LIBRARIES})

  set_property(GLOBAL APPEND PROPERTY ATTAIN_PARTS ${target})
endfunction()

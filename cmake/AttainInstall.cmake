# The executable, the libraries with their headers, and what find_package(attain) needs.
include(CMakePackageConfigHelpers)

get_property(parts GLOBAL PROPERTY ATTAIN_PARTS)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/attain)

install(TARGETS ${parts} EXPORT attainTargets FILE_SET HEADERS)
if(TARGET attain)
  install(TARGETS attain)
endif()
install(EXPORT attainTargets NAMESPACE attain:: DESTINATION ${package_dir})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/attainConfig.cmake.in
  ${PROJECT_BINARY_DIR}/attainConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/attainConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/attainConfig.cmake
  ${PROJECT_BINARY_DIR}/attainConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindLibMD.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindRandom123.cmake
  DESTINATION ${package_dir})

install(DIRECTORY scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/attain/scenarios
  FILES_MATCHING PATTERN "*.yaml" PATTERN "*.json")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Installs the build into a fresh prefix, then builds and runs a project that finds it there.
set(prefix ${work}/prefix)
set(consumer ${work}/consumer)
file(REMOVE_RECURSE ${work})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run(${CMAKE_COMMAND} --install ${build} --prefix ${prefix})
run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR} -B ${consumer}
  -D CMAKE_PREFIX_PATH=${prefix} -D CMAKE_CXX_COMPILER=${compiler})
run(${CMAKE_COMMAND} --build ${consumer})
run(${consumer}/consumer)
if(EXISTS ${build}/attain)
  run(${prefix}/bin/attain --version)
endif()

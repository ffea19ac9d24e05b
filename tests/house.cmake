# Whole runs of the program, and the shape of the source.
add_test(NAME format COMMAND ${CMAKE_SOURCE_DIR}/tests/format.sh
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
foreach(run bad_input bad_market lottery phases read_again siblings special whole_run)
  add_test(NAME ${run} COMMAND ${CMAKE_SOURCE_DIR}/tests/${run}.sh
    ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${run} PROPERTIES TIMEOUT 600)
endforeach()

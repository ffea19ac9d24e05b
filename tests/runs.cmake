# Whole runs of the program that hold its files against each other.
foreach(run check_case compare score_records later_phases later_round explain
    own_place seats form_test)
  add_test(NAME ${run} COMMAND ${CMAKE_SOURCE_DIR}/tests/${run}.sh
    ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${run} PROPERTIES TIMEOUT 600)
endforeach()

if(NYUSHO_PROVE)
  nyusho_test(test_prove prove placement)
  nyusho_test(test_prove_file prove placement core)
  foreach(test test_prove test_prove_file)
    target_sources(${test} PRIVATE drat_check.c family_brute.c family_random.c
      market_random.c market_text.c)
  endforeach()
  add_executable(drat_check drat_check_main.c drat_check.c)
  target_link_libraries(drat_check PRIVATE nyusho_core)
  target_include_directories(drat_check PRIVATE ${CMAKE_SOURCE_DIR})
  foreach(run proved unstable)
    add_test(NAME ${run} COMMAND ${CMAKE_SOURCE_DIR}/tests/${run}.sh
      ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${run} PROPERTIES TIMEOUT 600)
  endforeach()
else()
  add_test(NAME unproved COMMAND ${CMAKE_SOURCE_DIR}/tests/unproved.sh
    ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()

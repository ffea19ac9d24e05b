if(NYUSHO_PROVE)
  nyusho_test(test_prove prove placement)
  nyusho_test(test_prove_file prove placement core)
  foreach(test test_prove test_prove_file)
    target_sources(${test} PRIVATE drat_check.c family_brute.c family_random.c
      market_random.c market_text.c)
  endforeach()
  add_test(NAME proved COMMAND ${CMAKE_SOURCE_DIR}/tests/proved.sh
    ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
else()
  add_test(NAME unproved COMMAND ${CMAKE_SOURCE_DIR}/tests/unproved.sh
    ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()

if(NYUSHO_PROVE)
  nyusho_test(test_prove prove placement)
  nyusho_test(test_prove_file prove placement core)
  foreach(test test_prove test_prove_file)
    target_sources(${test} PRIVATE drat_check.c family_brute.c family_random.c
      market_random.c market_text.c)
  endforeach()
endif()

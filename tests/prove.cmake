if(NYUSHO_PROVE)
  nyusho_test(test_prove prove placement)
  target_sources(test_prove PRIVATE family_brute.c family_random.c
    market_random.c market_text.c)
endif()

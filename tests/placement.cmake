nyusho_test(test_decisions placement verify_market)
nyusho_test(test_market_build placement)
nyusho_test(test_market_file placement)
nyusho_test(test_place placement verify_market)
nyusho_test(test_outcome placement)
foreach(test test_decisions test_market_build test_market_file test_place
    test_outcome)
  target_sources(${test} PRIVATE market_text.c market_random.c market_brute.c)
endforeach()

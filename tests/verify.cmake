nyusho_test(test_verify_market verify_market placement)
if(TARGET test_verify_market)
  target_sources(test_verify_market PRIVATE market_text.c)
endif()

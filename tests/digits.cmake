if(TARGET nyusho_digits)
  nyusho_test(test_digit_net digits)
endif()

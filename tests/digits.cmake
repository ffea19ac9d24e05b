nyusho_test(test_digit_net digits)

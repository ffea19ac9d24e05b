nyusho_test(test_advice report)

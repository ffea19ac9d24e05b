nyusho_test(test_template forms)
nyusho_test(test_draw forms)
target_link_libraries(test_draw PRIVATE PkgConfig::ZBAR)
nyusho_test(test_form_qr forms)

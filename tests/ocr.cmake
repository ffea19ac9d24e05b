# Pages drawn from the shipped forms and spoiled, for the tests below.
add_library(test_ocr_pages STATIC ocr_pages.c ocr_strokes.c)
target_link_libraries(test_ocr_pages PUBLIC nyusho_forms PkgConfig::LEPT m)

nyusho_test(test_clean ocr)
nyusho_test(test_intake ocr)
nyusho_test(test_worker ocr)
nyusho_test(test_locate ocr)
target_link_libraries(test_locate PRIVATE test_ocr_pages)
nyusho_test(test_read_page ocr)
target_link_libraries(test_read_page PRIVATE test_ocr_pages)
nyusho_test(test_marks_fields ocr)
target_link_libraries(test_marks_fields PRIVATE test_ocr_pages)
nyusho_test(test_read_fields ocr)
target_link_libraries(test_read_fields PRIVATE test_ocr_pages)
nyusho_test(test_trial trial)
nyusho_test(test_draft draft)
target_link_libraries(test_draft PRIVATE test_ocr_pages)
nyusho_test(test_accuracy)
target_link_libraries(test_accuracy PRIVATE bench_accuracy)
nyusho_test(test_kana_doubt ocr)
nyusho_test(test_typed ocr)
target_link_libraries(test_typed PRIVATE PkgConfig::CAIRO)
# Tesseract's threads wait for one another where a machine is busy: four times
# the time.
set_tests_properties(test_draft test_read_fields test_trial PROPERTIES
  ENVIRONMENT OMP_THREAD_LIMIT=1)

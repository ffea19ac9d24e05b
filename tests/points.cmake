nyusho_test(test_expr rules)
nyusho_test(test_expr_never points)
nyusho_test(test_eval points)
nyusho_test(test_eval_lists points)
nyusho_test(test_rules_examples points)
nyusho_test(test_rules_fixtures points)
nyusho_test(test_rules_reach points)
nyusho_test(test_score points)
nyusho_test(test_score_order points)
nyusho_test(test_rules_manual report points)
nyusho_test(test_rules_shapes points)
nyusho_test(test_rules_shipped points)
nyusho_test(test_rules_show report points)
nyusho_test(test_rules_verbs cli)
# A whole run: rules without proof, and what a run tells of its points.
add_test(NAME untested_rules COMMAND
  ${CMAKE_CURRENT_LIST_DIR}/untested_rules.sh $<TARGET_FILE:nyusho>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(untested_rules PROPERTIES TIMEOUT 300)

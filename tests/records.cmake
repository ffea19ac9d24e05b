foreach(thing check dictionary documents facility numbers office policy postal
    protect record record_csv record_json record_stream registry settings value withdrawals)
  nyusho_test(test_${thing} records)
endforeach()
foreach(thing case_db)
  nyusho_test(test_${thing} case)
endforeach()
foreach(thing assemble assemble_certificates assemble_sheets assemble_world
    case_audit case_migrate doubts)
  nyusho_test(test_${thing} case)
  target_sources(test_${thing} PRIVATE assemble_help.c)
endforeach()

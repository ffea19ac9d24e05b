foreach(thing check dictionary documents facility numbers office policy record
    record_csv record_json record_stream settings value)
  nyusho_test(test_${thing} records)
endforeach()
foreach(thing case_db)
  nyusho_test(test_${thing} case)
endforeach()
foreach(thing assemble assemble_certificates assemble_sheets case_audit
    case_migrate doubts)
  nyusho_test(test_${thing} case)
  target_sources(test_${thing} PRIVATE assemble_help.c)
endforeach()

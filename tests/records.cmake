foreach(thing check dictionary documents facility office policy record
    record_csv record_stream settings value)
  nyusho_test(test_${thing} records)
endforeach()
foreach(thing case_db)
  nyusho_test(test_${thing} case)
endforeach()

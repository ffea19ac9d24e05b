foreach(thing arena buf diag text date csv yaml file hash)
  nyusho_test(test_${thing} core)
endforeach()

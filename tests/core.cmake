foreach(thing arena buf diag text date csv yaml yaml_layout file hash)
  nyusho_test(test_${thing} core)
endforeach()

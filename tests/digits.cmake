foreach(thing digit_net glyph_file glyph_net kana_word kana_net)
  nyusho_test(test_${thing} digits)
endforeach()

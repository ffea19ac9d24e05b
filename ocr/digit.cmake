# The readers of single characters, a part of its own: they need no image
# library. Their sums of products are worth the compiler's best.
nyusho_part(digits
  SOURCES digit_net.c glyph_file.c glyph_net.c glyph_norm.c glyph_view.c
    glyph_vote.c
    kana_net.c kana_sizes.c kana_word.c
  LINKS nyusho_core)
nyusho_embed(digits glyph_net_files ${CMAKE_CURRENT_SOURCE_DIR}
  digit.net kana.net)
set_source_files_properties(glyph_net.c glyph_view.c glyph_vote.c glyph_norm.c PROPERTIES
  COMPILE_OPTIONS "$<$<NOT:$<CONFIG:Debug>>:-O3>")

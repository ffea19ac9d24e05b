# The reader of single digits, a part of its own: it needs no image library.
nyusho_part(digits
  SOURCES digit_net.c digit_norm.c digit_weights.c
  LINKS nyusho_core)

# cmake -DTABLE=name -DBASE=folder -DOUT=file.c -DFILES=a;b -P embed.cmake
# Writes a C table of the files' bytes (core/embedded.h).
set(code "#include \"core/embedded.h\"\n\n")
set(rows "")
set(i 0)
foreach(file ${FILES})
  file(READ ${BASE}/${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR len "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND code "static const unsigned char f${i}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"${file}\", (const char *)f${i}, ${len}},\n")
  math(EXPR i "${i} + 1")
endforeach()
string(APPEND code "\nextern const struct embedded_file ${TABLE}[];\n"
  "const struct embedded_file ${TABLE}[] = {\n${rows}    {0, 0, 0},\n};\n")
file(WRITE ${OUT} "${code}")

# Turns each <id>.yaml into the bytes of a C array and writes the table of
# them: cmake -DOUT=file.c -DDIR=folder "-DIDS=a,b" -P shipped.cmake
string(REPLACE "," ";" IDS "${IDS}")
set(code "/* Made from the YAML files by ocr/forms/shipped.cmake. */\n")
string(APPEND code "#include \"ocr/forms/template.h\"\n\n#include <string.h>\n\n")
set(rows "")
foreach(id ${IDS})
  string(MAKE_C_IDENTIFIER "form_${id}" name)
  file(READ ${DIR}/${id}.yaml hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND code "static const unsigned char ${name}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"${id}\", ${name}, sizeof ${name} - 1},\n")
endforeach()
string(APPEND code "
static const struct {
    const char *id;
    const unsigned char *bytes;
    size_t len;
} shipped[] = {
${rows}};

const char *form_shipped(const char *id, size_t *len)
{
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++)
        if (strcmp(shipped[i].id, id) == 0) {
            *len = shipped[i].len;
            return (const char *)shipped[i].bytes;
        }
    return NULL;
}
")
file(WRITE ${OUT} "${code}")

/*
 * Data files compiled into the program, so that it is one file to install.
 * CMake's nyusho_embed(part table base file…) makes a table of them.
 */
#ifndef NYUSHO_CORE_EMBEDDED_H
#define NYUSHO_CORE_EMBEDDED_H

#include <stddef.h>
#include <string.h>

struct embedded_file {
    const char *name;  /* relative to the base folder */
    const char *bytes; /* `len` bytes and a NUL */
    size_t len;
};

/* The file of this name in a NULL-ended table; NULL when there is none. */
static inline const struct embedded_file *
embedded_find(const struct embedded_file *table, const char *name)
{
    for (; table->name; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

#endif

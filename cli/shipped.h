/*
 * Data compiled into the program: the dictionary, the shipped rule sets, the
 * example city. Names are paths below rules/.
 */
#ifndef NYUSHO_CLI_SHIPPED_H
#define NYUSHO_CLI_SHIPPED_H

#include "core/embedded.h"

extern const struct embedded_file shipped_files[];

#endif

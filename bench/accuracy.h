/* The commands of bench/accuracy. Exit status: 0 done, 2 bad input. */
#ifndef NYUSHO_BENCH_ACCURACY_H
#define NYUSHO_BENCH_ACCURACY_H

/* accuracy pages FOLDER RESULTS.csv [PEER_PAGES] */
int accuracy_pages(int argc, char **argv);
/* accuracy table [--lang en] [--by hand|file|damage] [--policy CASE]
 * RESULTS.csv… */
int accuracy_table(int argc, char **argv);
/* accuracy digits FOLDER [FIRST LAST]; accuracy boxes FOLDER */
int accuracy_digits(int argc, char **argv);
int accuracy_boxes(int argc, char **argv);

#endif

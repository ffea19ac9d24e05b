/* What so many errors among so many say of the true share. */
#ifndef NYUSHO_BENCH_ACCURACY_BOUND_H
#define NYUSHO_BENCH_ACCURACY_BOUND_H

/* The share that `k` wrong of `n` leave possible at 95 % (Clopper-Pearson,
 * one-sided; for k = 0 about 3/n). 1 where n is 0. */
double bound_upper(long k, long n);

#endif

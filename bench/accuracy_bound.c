#include "bench/accuracy_bound.h"

#include <math.h>

#define MISSED 0.05 /* once in twenty the true share is larger */

/* The chance of at most k of n at share p. */
static double at_most(long k, long n, double p)
{
    double sum = 0;
    for (long i = 0; i <= k; i++) {
        double l = lgamma((double)n + 1) - lgamma((double)i + 1) -
                   lgamma((double)(n - i) + 1);
        sum += exp(l + (double)i * log(p) + (double)(n - i) * log1p(-p));
    }
    return sum;
}

double bound_upper(long k, long n)
{
    double low = n > 0 ? (double)k / (double)n : 1, high = 1;
    if (n <= 0 || k >= n)
        return 1;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (at_most(k, n, middle) > MISSED)
            low = middle;
        else
            high = middle;
    }
    return high;
}

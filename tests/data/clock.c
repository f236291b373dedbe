/* The time of day is CLOCK_AT, in seconds since 1970, for a program that this is preloaded into. Other clocks go on. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t set(void) {
    const char *at = getenv("CLOCK_AT");
    return at ? (time_t)atoll(at) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = (int)syscall(SYS_clock_gettime, clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        now->tv_sec = set();
    }
    return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    (void)zone;
    now->tv_sec = set();
    now->tv_usec = 0;
    return 0;
}

time_t time(time_t *now) {
    if (now) {
        *now = set();
    }
    return set();
}

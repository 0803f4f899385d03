#ifndef BREACHSCOPE_CSCAN_H
#define BREACHSCOPE_CSCAN_H
#include <stddef.h>
#include <stdint.h>
#endif

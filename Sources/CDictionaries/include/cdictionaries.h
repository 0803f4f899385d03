#ifndef BREACHSCOPE_CDICTIONARIES_H
#define BREACHSCOPE_CDICTIONARIES_H
#include <stddef.h>
#include <stdint.h>
#endif

#ifndef BREACHSCOPE_CARCHIVE_SHIM_H
#define BREACHSCOPE_CARCHIVE_SHIM_H
#include <archive.h>
#include <archive_entry.h>
#endif

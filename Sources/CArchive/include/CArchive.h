#ifndef BREACHSCOPE_CARCHIVE_H
#define BREACHSCOPE_CARCHIVE_H

// libarchive's own declarations; the calls that are used go through archive.c.
#include <archive.h>
#include <archive_entry.h>

#endif

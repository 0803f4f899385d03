#ifndef BREACHSCOPE_CYAML_SHIM_H
#define BREACHSCOPE_CYAML_SHIM_H
#include <yaml.h>
#endif

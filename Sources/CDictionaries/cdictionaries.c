#include "cdictionaries.h"

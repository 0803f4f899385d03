#include "cdictionaries.h"

// #embed is C23; clang accepts it in C17 with a warning that says only that.
#pragma clang diagnostic ignored "-Wc23-extensions"

_Alignas(16) const unsigned char breach_lexicon[] = {
#embed "../../Patterns/dictionaries/lexicon.bin"
};
const size_t breach_lexicon_size = sizeof(breach_lexicon);

_Alignas(16) const unsigned char breach_latin_names[] = {
#embed "../../Patterns/dictionaries/latin_names.bin"
};
const size_t breach_latin_names_size = sizeof(breach_latin_names);

_Alignas(16) const unsigned char breach_postal[] = {
#embed "../../Patterns/dictionaries/postal.bin"
};
const size_t breach_postal_size = sizeof(breach_postal);

_Alignas(16) const unsigned char breach_municipalities[] = {
#embed "../../Patterns/dictionaries/municipalities.bin"
};
const size_t breach_municipalities_size = sizeof(breach_municipalities);

_Alignas(16) const unsigned char breach_areacodes[] = {
#embed "../../Patterns/dictionaries/areacodes.bin"
};
const size_t breach_areacodes_size = sizeof(breach_areacodes);

_Alignas(16) const unsigned char breach_tlds[] = {
#embed "../../Patterns/dictionaries/tlds.bin"
};
const size_t breach_tlds_size = sizeof(breach_tlds);

_Alignas(16) const unsigned char breach_cp932[] = {
#embed "../../Patterns/dictionaries/cp932.bin"
};
const size_t breach_cp932_size = sizeof(breach_cp932);

_Alignas(16) const unsigned char breach_jis0208[] = {
#embed "../../Patterns/dictionaries/jis0208.bin"
};
const size_t breach_jis0208_size = sizeof(breach_jis0208);

_Alignas(16) const unsigned char breach_jis0212[] = {
#embed "../../Patterns/dictionaries/jis0212.bin"
};
const size_t breach_jis0212_size = sizeof(breach_jis0212);

_Alignas(16) const unsigned char breach_itaiji[] = {
#embed "../../Patterns/dictionaries/itaiji.bin"
};
const size_t breach_itaiji_size = sizeof(breach_itaiji);

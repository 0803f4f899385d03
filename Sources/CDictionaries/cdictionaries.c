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

_Alignas(16) const unsigned char breach_euc_kr[] = {
#embed "../../Patterns/dictionaries/euc_kr.bin"
};
const size_t breach_euc_kr_size = sizeof(breach_euc_kr);

_Alignas(16) const unsigned char breach_gb18030[] = {
#embed "../../Patterns/dictionaries/gb18030.bin"
};
const size_t breach_gb18030_size = sizeof(breach_gb18030);

_Alignas(16) const unsigned char breach_gb18030_runs[] = {
#embed "../../Patterns/dictionaries/gb18030_runs.bin"
};
const size_t breach_gb18030_runs_size = sizeof(breach_gb18030_runs);

_Alignas(16) const unsigned char breach_big5[] = {
#embed "../../Patterns/dictionaries/big5.bin"
};
const size_t breach_big5_size = sizeof(breach_big5);

_Alignas(16) const unsigned char breach_single_byte[] = {
#embed "../../Patterns/dictionaries/single_byte.bin"
};
const size_t breach_single_byte_size = sizeof(breach_single_byte);

_Alignas(16) const unsigned char breach_common_letters[] = {
#embed "../../Patterns/dictionaries/common_letters.bin"
};
const size_t breach_common_letters_size = sizeof(breach_common_letters);

_Alignas(16) const unsigned char breach_itaiji[] = {
#embed "../../Patterns/dictionaries/itaiji.bin"
};
const size_t breach_itaiji_size = sizeof(breach_itaiji);

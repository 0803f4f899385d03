// The dictionary blobs of Patterns/dictionaries as constants of the program: no file to find, no
// start-up cost, pages shared between processes. The formats stand in generate.py beside the blobs.
#ifndef BREACHSCOPE_CDICTIONARIES_H
#define BREACHSCOPE_CDICTIONARIES_H
#include <stddef.h>
#include <stdint.h>

// Every blob is aligned to 16 bytes; the size is in bytes.
extern const unsigned char breach_lexicon[];
extern const size_t breach_lexicon_size;
extern const unsigned char breach_latin_names[];
extern const size_t breach_latin_names_size;
extern const unsigned char breach_postal[];
extern const size_t breach_postal_size;
extern const unsigned char breach_municipalities[];
extern const size_t breach_municipalities_size;
extern const unsigned char breach_areacodes[];
extern const size_t breach_areacodes_size;
extern const unsigned char breach_tlds[];
extern const size_t breach_tlds_size;
extern const unsigned char breach_cp932[];
extern const size_t breach_cp932_size;
extern const unsigned char breach_jis0208[];
extern const size_t breach_jis0208_size;
extern const unsigned char breach_jis0212[];
extern const size_t breach_jis0212_size;
extern const unsigned char breach_euc_kr[];
extern const size_t breach_euc_kr_size;
extern const unsigned char breach_gb18030[];
extern const size_t breach_gb18030_size;
extern const unsigned char breach_gb18030_runs[];
extern const size_t breach_gb18030_runs_size;
extern const unsigned char breach_big5[];
extern const size_t breach_big5_size;
extern const unsigned char breach_single_byte[];
extern const size_t breach_single_byte_size;
extern const unsigned char breach_common_letters[];
extern const size_t breach_common_letters_size;
extern const unsigned char breach_itaiji[];
extern const size_t breach_itaiji_size;

// The same blobs as functions: an incomplete array imports into Swift as a tuple or not at all.
#define BREACH_BLOB(name)                                      \
  static inline const void *breach_##name##_bytes(void) {      \
    return breach_##name;                                      \
  }

BREACH_BLOB(lexicon)
BREACH_BLOB(latin_names)
BREACH_BLOB(postal)
BREACH_BLOB(municipalities)
BREACH_BLOB(areacodes)
BREACH_BLOB(tlds)
BREACH_BLOB(cp932)
BREACH_BLOB(jis0208)
BREACH_BLOB(jis0212)
BREACH_BLOB(euc_kr)
BREACH_BLOB(gb18030)
BREACH_BLOB(gb18030_runs)
BREACH_BLOB(big5)
BREACH_BLOB(single_byte)
BREACH_BLOB(common_letters)
BREACH_BLOB(itaiji)
#undef BREACH_BLOB

#endif

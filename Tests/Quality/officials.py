"""Numbers with check digits, generated: cards, IBAN, official numbers of many countries."""
import string


def luhn(body):
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def digits(r, count):
    return "".join(r.choice(string.digits) for _ in range(count))


BRANDS = [("4", 16), ("4", 16), ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("3528", 16), ("3589", 16), ("36", 14), ("6011", 16), ("65", 16), ("62", 16)]


def card(r):
    prefix, length = r.choice(BRANDS)
    body = prefix + digits(r, length - len(prefix) - 1)
    return body + luhn(body)


def grouped_card(number, mark):
    if len(number) == 15:
        return mark.join((number[:4], number[4:10], number[10:]))
    if len(number) == 14:
        return mark.join((number[:4], number[4:10], number[10:]))
    return mark.join(number[i:i + 4] for i in range(0, len(number), 4))


IBAN_FORMS = {"DE": "dddddddddddddddddd", "FR": "ddddddddddAAAAAAAAAAAdd", "GB": "aaaadddddddddddddd", "ES": "dddddddddddddddddddd", "IT": "addddddddddAAAAAAAAAAAA", "NL": "aaaadddddddddd", "BE": "dddddddddddd", "AT": "dddddddddddddddd", "CH": "dddddAAAAAAAAAAAA", "PL": "d" * 24}


def iban(r, country=None):
    country = country or r.choice(sorted(IBAN_FORMS))
    body = "".join(r.choice(string.digits if c == "d" else string.ascii_uppercase if c == "a" else string.digits) for c in IBAN_FORMS[country])
    number = "".join(str(int(c, 36)) for c in body + country + "00")
    return "%s%02d%s" % (country, 98 - int(number) % 97, body)


def spaced(text, size=4):
    return " ".join(text[i:i + size] for i in range(0, len(text), size))


def my_number(r):
    body = digits(r, 11)
    total = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(body), 1))
    return body + str(0 if total % 11 <= 1 else 11 - total % 11)


def corporate_number(r):
    body = digits(r, 12)
    total = sum(int(d) * (1 if n % 2 == 1 else 2) for n, d in enumerate(reversed(body), 1))
    return str(9 - total % 9) + body


def drivers_license(r):
    body = r.choice("10 13 20 22 30 30 30 42 44 45 50 54 60 62 63 72 81 90 97".split()) + digits(r, 8)
    total = sum(int(d) * w for d, w in zip(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)))
    return body + str((11 - total % 11) % 10) + r.choice("00012")


def insurer(r):
    body = r.choice("01 06 31 32 33 34 39 63".split()) + "%02d" % r.randint(1, 47) + digits(r, 3)
    return body + luhn(body)


def resident_code(r):
    while True:
        body = digits(r, 10)
        total = sum(int(d) * w for d, w in zip(reversed(body), (2, 3, 4, 5, 6, 7, 2, 3, 4, 5)))
        if total % 11 > 1:
            return body + str(11 - total % 11)


def residence_card(r):
    letters = string.ascii_uppercase
    return r.choice(letters) + r.choice(letters) + digits(r, 8) + r.choice(letters) + r.choice(letters)


def passport(r):
    return r.choice(("TK", "TR", "TZ", "MU", "TS")) + digits(r, 7)


# Official numbers of other countries, by subtype.

def us_ssn(r, b):
    while True:
        area, group, serial = r.randint(1, 899), r.randint(1, 99), r.randint(1, 9999)
        if area != 666:
            return "%03d-%02d-%04d" % (area, group, serial)


def kr_rrn(r, b):
    century = 1 if b[0] < 2000 else 3
    body = "%02d%02d%02d%d" % (b[0] % 100, b[1], b[2], century + r.randint(0, 1)) + digits(r, 5)
    total = sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)))
    body += str((11 - total % 11) % 10)
    return body[:6] + "-" + body[6:]


def cn_ric(r, b):
    body = r.choice("110105 310104 440308 330106 510107 420102".split()) + "%04d%02d%02d" % b + digits(r, 3)
    total = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(body))
    return body + "10X98765432"[total % 11]


def br_cpf(r, b):
    body = digits(r, 9)
    for _ in range(2):
        total = sum(int(d) * w for d, w in zip(body, range(len(body) + 1, 1, -1)))
        body += str(0 if total % 11 < 2 else 11 - total % 11)
    return "%s.%s.%s-%s" % (body[:3], body[3:6], body[6:9], body[9:])


def gb_nino(r, b):
    return r.choice("ABCEGHJKLMNPRSTWXYZ") + r.choice("ABCEGHJKLMNPRSTWXYZ") + digits(r, 6) + r.choice("ABCD")


def fr_nir(r, b):
    body = "%d%02d%02d%02d%03d%03d" % (r.randint(1, 2), b[0] % 100, b[1], r.randint(1, 95), r.randint(1, 900), r.randint(1, 900))
    return body + "%02d" % (97 - int(body) % 97)


def es_dni(r, b):
    body = r.randint(10000000, 79999999)
    return "%d%s" % (body, "TRWAGMYFPDXBNJZSQVHLCKE"[body % 23])


def nl_bsn(r, b):
    while True:
        body = r.choice("12") + digits(r, 7)
        total = sum(int(d) * w for d, w in zip(body, range(9, 1, -1)))
        if total % 11 < 10:
            return body + str(total % 11)


def pl_pesel(r, b):
    month = b[1] + (20 if b[0] >= 2000 else 0)
    body = "%02d%02d%02d" % (b[0] % 100, month, b[2]) + digits(r, 4)
    total = sum(int(d) * w for d, w in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)))
    return body + str(-total % 10)


def sg_nric(r, b):
    prefix = "S" if b[0] < 2000 else "T"
    body = digits(r, 7)
    total = sum(int(d) * w for d, w in zip(body, (2, 7, 6, 5, 4, 3, 2))) + (4 if prefix == "T" else 0)
    return prefix + body + "JZIHGFEDCBA"[total % 11]


VERHOEFF = ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"]
PERMUTE = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"]


def in_aadhaar(r, b):
    body = r.choice("23456789") + digits(r, 10)
    for last in string.digits:
        check = 0
        for place, digit in enumerate(reversed(body + last)):
            check = int(VERHOEFF[check][int(PERMUTE[place % 8][int(digit)])])
        if check == 0:
            return spaced(body + last)
    return ""


NATIONAL = {"us": us_ssn, "kr": kr_rrn, "cn": cn_ric, "br": br_cpf, "gb": gb_nino, "fr": fr_nir, "es": es_dni, "nl": nl_bsn, "pl": pl_pesel, "sg": sg_nric, "in": in_aadhaar}

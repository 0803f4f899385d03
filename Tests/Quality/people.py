"""Synthetic persons: every kind of value that real exports hold, each in the ways it is written.

A `Style` fixes for one table how names, dates and phones are written, as one program's export does.
"""
import base64, hashlib, string

import officials
import words

SENSITIVE = {
    "sensitive.medical_history": ("2型糖尿病|気管支喘息|高血圧症|うつ病|胃がん術後|アトピー性皮膚炎|腰椎椎間板ヘルニア|甲状腺機能低下症|C型肝炎|メニエール病|慢性腎不全", "type 2 diabetes|asthma|hypertension|major depressive disorder|breast cancer (2019)|epilepsy|hepatitis C"),
    "sensitive.medical_care": ("アムロジピン錠5mg|虫垂切除|透析週3回|2024年3月入院|皮膚科通院中|ロキソプロフェン頓服|白内障手術", "amlodipine 5 mg|appendectomy|dialysis 3x weekly|physiotherapy|metformin 500 mg"),
    "sensitive.health_check": ("要再検査|異常なし|A判定|128/82|6.1|D2 要治療|経過観察", "abnormal|normal|follow-up required|128/82|6.1"),
    "sensitive.disability": ("身体障害者手帳2級|療育手帳B1|視覚障害1種|聴覚障害|精神3級|内部障害4級", "hearing impairment|wheelchair user|visual impairment|dyslexia"),
    "sensitive.creed": ("浄土真宗|カトリック|天理教|曹洞宗|無神論|イスラム教", "Catholic|Muslim|Buddhist|Lutheran|Hindu|Jewish"),
    "sensitive.union": ("加入|連合加盟|UAゼンセン|自治労|未加入", "Unite member|member|IG Metall|not a member"),
    "sensitive.race": ("アイヌ|日系ブラジル人|在日三世|琉球", "Hispanic|Black African|White British|Asian|Pacific Islander"),
    "sensitive.origin": ("日本|ベトナム|ブラジル|フィリピン|大韓民国|岐阜県", "Vietnamese|German|Brazilian|Filipino|Ghanaian"),
    "sensitive.crime_record": ("窃盗(平成20年)|傷害 執行猶予3年|詐欺罪|道交法違反 罰金", "shoplifting 2009|DUI 2015|assault (suspended)"),
    "sensitive.crime_victim": ("特殊詐欺|ストーカー|傷害事件|窃盗被害", "fraud victim|stalking|burglary"),
    "sensitive.criminal_procedure": ("起訴猶予|書類送検|在宅起訴|不起訴処分", "arrested 2018-04|indicted|charges dropped"),
    "sensitive.juvenile": ("保護観察|少年院送致|審判不開始", "probation|reform school"),
    "sensitive.social_status": ("被差別部落出身|非嫡出子|認知", "born out of wedlock"),
    "sensitive.sexual_life": ("同性愛|両性愛|異性愛", "gay|bisexual|heterosexual|lesbian"),
    "sensitive.other": ("A型|B型|O型|AB型|卵アレルギー|要介護2|生活保護受給中|妊娠中", "O+|A-|peanut allergy|pregnant|penicillin"),
}
HASHES = ("bcrypt", "md5", "sha1", "sha256", "argon2", "phpass", "sha512crypt", "pbkdf2")


class Style:
    """How one table writes what can be written in many ways."""

    def __init__(self, r, nation):
        self.nation = nation
        self.blank = r.choice((" ", "　", "", " "))
        self.kana = r.choice(("full", "full", "half", "hira"))
        self.kana_blank = r.choice((" ", "　", "", " "))
        self.date = r.choice(("%d/%02d/%02d", "%d-%02d-%02d", "%04d%02d%02d", "%d年%d月%d日", "%d/%d/%d", "wareki", "short_wareki", "%d.%02d.%02d", "iso", "%d-%02d-%02d") if nation == "jp" else
                             {"us": ("mdy", "mdy", "%d-%02d-%02d", "text_us"), "gb": ("dmy", "dmy", "text_gb", "%d-%02d-%02d"), "de": ("dmy.", "%d-%02d-%02d"), "fr": ("dmy", "%d-%02d-%02d"), "es": ("dmy",), "it": ("dmy", "dmy-")}.get(nation, ("%d-%02d-%02d", "iso", "%d/%02d/%02d")))
        self.phone = r.choice(("hyphen", "hyphen", "plain", "paren", "plus", "mixed") if nation == "jp" else ("local", "local", "plus", "plus_plain"))
        self.postal = r.choice(("hyphen", "hyphen", "plain", "mark"))
        self.numbers = r.choice(("hyphen", "chome", "kanji", "full"))
        self.latin = r.choice(("First Last", "First Last", "Last, First", "LAST First", "First M. Last"))
        self.gender = r.choice(("男 女", "男性 女性", "1 2", "M F", "male female") if nation == "jp" else {"de": ("männlich weiblich", "m w"), "fr": ("H F", "homme femme"), "es": ("Hombre Mujer", "H M")}.get(nation, ("Male Female", "M F", "male female", "m f"))).split()
        self.card = r.choice(("", "", "-", " "))
        self.hash = r.choice(HASHES)
        self.member = r.choice(("C%07d", "%08d", "M-%05d", "10%06d", "U%06dX"))
        self.native = nation in words.NATIVE and r.random() < 0.6
        self.full_width = nation == "jp" and r.random() < 0.12
        self.pick = r.random()


class Person:
    """One person; `value(kind, style)` writes one item, "" where the person has none."""

    def __init__(self, r, nation, serial):
        self.r, self.nation, self.serial = r, nation, serial
        self.female = r.random() < 0.5
        self.birth = (r.randint(1938, 2012), r.randint(1, 12), r.randint(1, 28))
        if nation == "jp":
            self.family, self.family_kana = r.choice(FAMILY).split(":")
            self.given, self.given_kana = r.choice(GIVEN_F if self.female else GIVEN_M).split(":")
            self.latin_family, self.latin_given = words.romaji(self.family_kana).capitalize(), words.romaji(self.given_kana).capitalize()
            self.postal, self.prefecture, self.city, self.town = r.choice(PLACES).split(" ")
        else:
            culture = NATIONS[nation]
            if r.random() < 0.15:
                culture = r.choice(sorted(words.WESTERN))
            given, family = WESTERN[culture]
            self.family, self.given = r.choice(family), r.choice(given)
            self.latin_family, self.latin_given = self.family, self.given
            self.native = None
            if nation in words.NATIVE:
                given, family, blank = words.NATIVE[nation]
                self.native = (r.choice(family.split(" ")), blank, r.choice(given.split(" ")))
        self.numbers = (r.randint(1, 9), r.randint(1, 30), r.randint(1, 40))
        self.building = "%s%d" % (r.choice(words.BUILDINGS), r.randint(101, 1203)) if r.random() < 0.4 else ""
        self.house = r.randint(1, 9800 if nation == "us" else 180)
        # Those whose country has no towns here live in the United States.
        nation = self.home = nation if nation in words.CITIES or nation == "jp" else "us"
        self.street = r.choice(words.STREETS.get(nation, words.STREETS["us"]).split("|"))
        self.foreign_city = r.choice(words.CITIES.get(nation, words.CITIES["us"]))
        self.digits = officials.digits(r, 24)
        self.mailbox = self._mailbox()
        self.card_number = officials.card(r)

    def _mailbox(self):
        r = self.r
        plain = lambda text: "".join(c for c in fold(text) if c in string.ascii_lowercase + "-")
        family, given = plain(self.latin_family) or "x", plain(self.latin_given) or "y"
        domain = r.choice(words.FREEMAIL if r.random() < 0.6 else words.DOMAINS)
        form = r.choice(("%s.%s", "%s_%s", "%s%s", "%s-%s"))
        local = form % ((given, family) if r.random() < 0.6 else (family[:1], given))
        if r.random() < 0.5:
            local += "%d" % (self.serial % 1000)
        return "%s@%s" % (local if r.random() < 0.9 else local.title(), domain)

    # MARK: names

    def full_name(self, s):
        if self.nation == "jp":
            return self.family + s.blank + self.given
        if self.native and s.native:
            return "".join(self.native)
        return latin_name(s.latin, self.given, self.family, self.r)

    def kana(self, part, s):
        text = {"full": lambda t: t, "half": words.half_kana, "hira": words.hiragana}[s.kana]
        if part == "family":
            return text(self.family_kana)
        if part == "given":
            return text(self.given_kana)
        return text(self.family_kana + s.kana_blank + self.given_kana)

    def roman(self, s):
        return self.r.choice(("%s %s" % (self.latin_given, self.latin_family), "%s %s" % (self.latin_family.upper(), self.latin_given.upper()))) if s.pick < 0.5 else "%s %s" % (self.latin_family.upper(), self.latin_given.upper())

    # MARK: dates

    def date(self, s):
        y, m, d = self.birth
        if s.date == "wareki" or s.date == "short_wareki":
            era, letter, base = next(e for e in (("令和", "R", 2018), ("平成", "H", 1988), ("昭和", "S", 1925)) if y > e[2] + (1 if e[1] != "S" else 0) or e[1] == "S")
            text = "%s%s年%d月%d日" % (era, "元" if y - base == 1 else y - base, m, d) if s.date == "wareki" else "%s%02d.%02d.%02d" % (letter, y - base, m, d)
        elif s.date == "iso":
            text = "%04d-%02d-%02dT00:00:00%s" % (y, m, d, "Z" if s.pick < 0.5 else "+09:00")
        elif s.date == "mdy":
            text = "%02d/%02d/%04d" % (m, d, y) if s.pick < 0.6 else "%d/%d/%d" % (m, d, y)
        elif s.date in ("dmy", "dmy.", "dmy-"):
            mark = s.date[3:] or "/"
            text = "%02d%s%02d%s%04d" % (d, mark, m, mark, y)
        elif s.date in ("text_us", "text_gb"):
            month = "January February March April May June July August September October November December".split()[m - 1]
            text = "%s %d, %d" % (month if s.pick < 0.5 else month[:3], d, y) if s.date == "text_us" else "%d %s %d" % (d, month, y)
        else:
            text = s.date % (y, m, d)
        return words.full_width(text) if s.full_width and "年" in text else text

    # MARK: phones

    def phone(self, s, mobile=None):
        d = self.digits
        if self.nation != "jp":
            return foreign_phone(self.nation, d, s.phone)
        mobile = self.r.random() < 0.6 if mobile is None else mobile
        if mobile:
            groups = ("0%s0" % "789"[int(d[0]) % 3], str(int(d[1]) % 9 + 1) + d[2:5], d[5:9])
        else:
            area = self.r.choice(words.AREA.get(self.prefecture, "03 06").split())
            rest = 10 - len(area) - 4
            groups = (area, str(int(d[1]) % 8 + 2) + d[2:1 + rest], d[5:9])
        form = self.r.choice(("hyphen", "plain", "paren", "plus")) if s.phone == "mixed" else s.phone
        text = {"hyphen": "-".join(groups), "plain": "".join(groups), "paren": "%s(%s)%s" % groups, "plus": "+81-%s-%s-%s" % (groups[0][1:], groups[1], groups[2])}[form]
        return words.full_width(text) if s.full_width else text

    # MARK: places

    def postal_code(self, s):
        if self.home == "jp":
            code = (self.postal + "0000000")[:7]
            text = {"hyphen": code[:3] + "-" + code[3:], "plain": code, "mark": "〒" + code[:3] + "-" + code[3:]}[s.postal]
            return words.full_width(text) if s.full_width else text
        d = self.digits
        if self.home == "us":
            return self.foreign_city[2] + d[:2] + ("-" + d[2:6] if d[6] < "3" else "")
        if self.home == "gb":
            return "%s%d %d%s%s" % (self.foreign_city[1], 1 + int(d[0]), int(d[1]), "ABDEFGHJLNPQRSTUWXYZ"[int(d[2:4]) % 20], "ABDEFGHJLNPQRSTUWXYZ"[int(d[4:6]) % 20])
        if self.home == "nl":
            return "%d%s %s%s" % (1 + int(d[0]) % 9, d[1:4], "ABCDEFGHJK"[int(d[4])], "LMNPRSTVWX"[int(d[5])])
        if self.home == "ca":
            return "K%sA %sB%s" % (d[0], d[1], d[2])
        return self.foreign_city[1]

    def street_numbers(self, s):
        a, b, c = self.numbers
        text = {"hyphen": "%d-%d-%d" % (a, b, c), "chome": "%d丁目%d番%d号" % (a, b, c), "kanji": "%s丁目%d-%d" % ("一二三四五六七八九"[a - 1], b, c), "full": words.full_width("%d-%d-%d" % (a, b, c))}[s.numbers]
        return text

    def address(self, s, with_building=True):
        if self.home == "jp":
            text = self.prefecture + self.city + self.town + self.street_numbers(s)
            return text + ("　" + self.building if with_building and self.building else "")
        line = self.address_line(s)
        city, code = self.foreign_city[0], self.postal_code(s)
        if self.home == "us":
            return "%s, %s, %s %s" % (line, city, self.foreign_city[1], code)
        if self.home == "gb":
            return "%s, %s, %s" % (line, city, code)
        return "%s, %s %s" % (line, code, city)

    def address_line(self, s):
        if self.home in ("us", "gb", "in", "sg", "cn", "kr", "vn", "ar", "au", "ca"):
            return "%d %s" % (self.house, self.street) + (", Apt %d" % (1 + int(self.digits[0])) if self.digits[1] < "3" else "")
        if self.home == "fr":
            return "%d %s" % (self.house, self.street)
        return "%s %d" % (self.street, self.house)

    # MARK: the rest

    def gender(self, s):
        return s.gender[1 if self.female else 0]

    def age(self, s):
        return str(2026 - self.birth[0]) + ("歳" if self.nation == "jp" and s.pick < 0.2 else "")

    def card(self, s):
        return officials.grouped_card(self.card_number, s.card)

    def hash(self, s, form=None):
        form = form or s.hash
        raw = hashlib.sha512(self.mailbox.encode()).digest()
        b64 = base64.b64encode(raw * 2).decode().replace("+", ".").replace("=", "")
        return {"bcrypt": "$2b$10$" + b64[:53].replace("/", "x"), "md5": raw.hex()[:32], "sha1": raw.hex()[:40], "sha256": raw.hex()[:64],
                "argon2": "$argon2id$v=19$m=65536,t=3,p=4$" + b64[:22] + "$" + b64[22:65], "phpass": "$P$B" + b64[:30].replace("+", "."),
                "sha512crypt": "$6$" + b64[:8] + "$" + b64[:86], "pbkdf2": "pbkdf2_sha256$260000$" + b64[:12] + "$" + base64.b64encode(raw[:32]).decode()}[form]

    def password(self):
        r, n = self.r, self.serial
        return r.choice(("%s%d!" % (fold(self.latin_given).capitalize().replace(" ", ""), self.birth[0]), "qwe%drty" % (n % 97), "".join(r.choice(string.ascii_letters + string.digits + "!#$%&*?") for _ in range(r.randint(8, 14))), "sakura%04d" % (n % 10000), "P@ss-%d-%s" % (n % 1000, self.latin_family[:3]), "iloveyou%d" % (n % 100), "%06d" % (n * 7919 % 1000000 + 1)))

    def login(self, s):
        base = fold(self.latin_given + self.latin_family).replace(" ", "").replace("'", "")
        return self.r.choice(("%s%d" % (base[:8], self.serial % 1000), "%s_%s" % (base[:4], base[-4:]), "%s.%d" % (base[:6], self.birth[0] % 100)))

    def token(self):
        d = hashlib.sha256(("t" + self.mailbox).encode())
        return self.r.choice(("sk_test_" + d.hexdigest()[:24], "ghp_" + base64.b64encode(d.digest()).decode().translate({43: 65, 47: 66})[:36], d.hexdigest()[:40], "eyJhbGciOiJIUzI1NiJ9." + base64.urlsafe_b64encode(d.digest()).decode().rstrip("=") + "." + base64.urlsafe_b64encode(d.digest()[::-1]).decode().rstrip("=")))

    def national(self):
        kind = {"us": "us", "gb": "gb", "kr": "kr", "cn": "cn", "fr": "fr", "es": "es", "nl": "nl", "pl": "pl", "sg": "sg", "in": "in", "br": "br"}.get(self.nation)
        return officials.NATIONAL[kind](self.r, self.birth) if kind else ""

    def value(self, kind, s):
        """The text of one item; see `fields.py` for the kinds."""
        r, d = self.r, self.digits
        jp = self.nation == "jp"
        if kind in SENSITIVE:
            return r.choice(SENSITIVE[kind][0 if jp else 1].split("|"))
        make = {
            "name": lambda: self.full_name(s), "family": lambda: self.family, "given": lambda: self.given,
            "kana": lambda: self.kana("full", s), "kana_family": lambda: self.kana("family", s), "kana_given": lambda: self.kana("given", s),
            "roman": lambda: self.roman(s),
            "birth": lambda: self.date(s), "birth_year": lambda: str(self.birth[0]), "birth_month": lambda: str(self.birth[1]), "birth_day": lambda: str(self.birth[2]),
            "age": lambda: self.age(s), "gender": lambda: self.gender(s),
            "postal": lambda: self.postal_code(s), "address": lambda: self.address(s),
            "prefecture": lambda: self.prefecture if jp else self.foreign_city[1] if self.home == "us" else self.foreign_city[-1],
            "city": lambda: self.city if jp else self.foreign_city[0],
            "town": lambda: self.town + self.street_numbers(s) if jp else self.address_line(s),
            "building": lambda: self.building,
            "phone": lambda: self.phone(s), "mobile": lambda: self.phone(s, True), "landline": lambda: self.phone(s, False),
            "phone_a": lambda: "0%s0" % "789"[int(d[0]) % 3], "phone_b": lambda: str(int(d[1]) % 9 + 1) + d[2:5], "phone_c": lambda: d[5:9],
            "email": lambda: self.mailbox,
            "card": lambda: self.card(s), "expiry": lambda: "%02d/%s" % (1 + int(d[:4]) % 12, ("%02d" if s.pick < 0.5 else "20%02d") % (26 + int(d[5]) % 6)), "cvv": lambda: d[8:11] if len(self.card_number) != 15 else d[8:12],
            "bank": lambda: str(1 + int(d[0]) % 9) + d[1:7], "iban": lambda: officials.iban(r, {"de": "DE", "fr": "FR", "gb": "GB", "es": "ES", "it": "IT", "nl": "NL", "pl": "PL"}.get(self.nation)) if s.card != " " else officials.spaced(officials.iban(r)),
            "credit": lambda: r.choice(("延滞なし 3,200,000円", "1,850,000", "420", "690")) if jp else str(300 + int(d[:3]) % 550),
            "my_number": lambda: officials.my_number(r) if s.card == "" else officials.spaced(officials.my_number(r)).replace(" ", s.card),
            "resident": lambda: officials.resident_code(r), "pension": lambda: d[:4] + "-" + d[4:10], "license": lambda: officials.drivers_license(r),
            "passport": lambda: officials.passport(r), "residence_card": lambda: officials.residence_card(r), "insurer": lambda: officials.insurer(r),
            "insured": lambda: str(int(d[:8])), "employment": lambda: "%s-%s-%s" % (d[:4], d[4:10], d[10]), "national": self.national,
            "corporate": lambda: officials.corporate_number(r), "company": lambda: company(r, jp), "employer": lambda: company(r, jp),
            "login": lambda: self.login(s), "password": self.password, "hash": lambda: self.hash(s), "token": self.token,
            "secret": lambda: r.choice(("ポチ", "第二小学校", "大阪", "カレーライス", "みけ") if jp else ("Rover", "Elm Street", "St. Mary's", "lasagne", "Fluffy")),
            "member": lambda: s.member % (self.serial * 37 % 10 ** 5),
            "ip": lambda: "%d.%d.%d.%d" % (r.choice((203, 198, 61, 118, 133, 92, 81)), r.randint(0, 255), r.randint(0, 255), r.randint(1, 254)) if r.random() < 0.9 else "2001:db8:%x:%x::%x" % (r.getrandbits(16), r.getrandbits(16), r.getrandbits(16)),
            "mac": lambda: (":" if s.pick < 0.6 else "-").join("%02x" % r.getrandbits(8) for _ in range(6)),
            "geo_lat": lambda: "%.6f" % r.uniform(24, 45), "geo_lng": lambda: "%.6f" % r.uniform(123, 145),
            "geo": lambda: "%.5f,%.5f" % (r.uniform(24, 45), r.uniform(123, 145)),
            "device": lambda: r.choice(("35%s" % d[:12] + officials.luhn("35" + d[:12]), "%08X-%04X-4%03X-A%03X-%012X" % (r.getrandbits(32), r.getrandbits(16), r.getrandbits(12), r.getrandbits(12), r.getrandbits(48)))),
        }
        return make[kind]()


def latin_name(form, given, family, r):
    if form == "Last, First":
        return "%s, %s" % (family, given)
    if form == "LAST First":
        return "%s %s" % (family.upper(), given)
    if form == "First M. Last":
        return "%s %s. %s" % (given, r.choice("ABCDEHJKLMPRST"), family) if r.random() < 0.6 else "%s %s" % (given, family)
    return "%s %s" % (given, family)


FOLDED = dict(zip("áàâäãåçéèêëíìîïñóòôöõøúùûüýÿžšćčłńśźżąęßøœæđěřůğışőű", "a a a a a a c e e e e i i i i n o o o o o o u u u u y y z s c c l n s z z a e ss o oe ae d e r u g i s o u".split()))


def fold(text):
    import unicodedata
    text = "".join(FOLDED.get(c, c) for c in text.lower())
    return "".join(c for c in unicodedata.normalize("NFD", text) if ord(c) < 128)


NATIONS = {"us": "en", "gb": "en", "de": "de", "fr": "fr", "es": "es", "it": "it", "nl": "de", "pl": "pl", "kr": "kr", "cn": "cn", "vn": "vn", "ar": "ar", "in": "in", "sg": "cn", "br": "es", "ru": "pl"}


def foreign_phone(nation, d, form):
    two = str(2 + int(d[0]) % 8)
    full = {
        "us": ("1", "(%s%s) 555-%s" % (two, d[1:3], d[3:7]), "%s%s-555-%s" % (two, d[1:3], d[3:7])),
        "gb": ("44", "020 7946 0%s" % d[:3], "07700 900%s" % d[:3]),
        "de": ("49", "030 %s" % ("2" + d[:6]), "0171 %s" % ("3" + d[:6])),
        "fr": ("33", "01 %s %s %s %s" % (d[:2], d[2:4], d[4:6], d[6:8]), "06 %s %s %s %s" % (d[:2], d[2:4], d[4:6], d[6:8])),
        "es": ("34", "91%s %s %s" % (d[0], d[1:4], d[4:7]), "6%s %s %s" % (d[:2], d[2:5], d[5:8])),
        "it": ("39", "06 %s" % ("4" + d[:7]), "33%s %s" % (d[0], d[1:8])),
        "kr": ("82", "02-%s-%s" % ("3" + d[:3], d[3:7]), "010-%s-%s" % ("2" + d[:3], d[3:7])),
        "cn": ("86", "010-%s" % ("6" + d[:7]), "138%s" % d[:8]),
    }.get(nation, ("65", "6%s %s" % (d[:3], d[3:7]), "9%s %s" % (d[:3], d[3:7])))
    local = full[1] if int(d[9]) < 5 else full[2]
    if form == "local":
        return local
    bare = "".join(c for c in local if c.isdigit()).lstrip("0") if nation != "it" else "".join(c for c in local if c.isdigit())
    return "+%s%s" % (full[0], bare) if form == "plus_plain" else "+%s %s" % (full[0], local.replace("(", "").replace(")", "").lstrip("0"))


def company(r, jp):
    if not jp:
        return r.choice(words.COMPANIES_EN)
    name = r.choice(words.COMPANIES_JP)
    return r.choice(("株式会社%s", "%s株式会社", "有限会社%s", "(株)%s", "合同会社%s")) % name


FAMILY, GIVEN_M, GIVEN_F = (words.ours(each) for each in (words.FAMILY, words.GIVEN_M, words.GIVEN_F))
PLACES = [place for place in words.PLACES_JP if words.held_out(place.split(" ")[3])] or words.PLACES_JP
WESTERN = {}
for _culture, (_given, _family) in words.WESTERN.items():
    _given = _given.split("|") if "|" in _given else _given.split(" ")
    _family = [w for w in _family.replace("von Hagen", "von_Hagen").replace("Le Goff", "Le_Goff").replace("De Luca", "De_Luca").split(" ")]
    WESTERN[_culture] = (words.ours(_given), [w.replace("_", " ") for w in words.ours(_family)])

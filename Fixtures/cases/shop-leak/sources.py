"""The four sources of the dump, and beside each row what it says of whom (`linking.Record`)."""
import collections

import cast
import forms
from linking import Record

SHOP = "株式会社花森ハーブ"
COMPANIES = [("青葉商事株式会社", "aoba-shoji.example", "info"), ("有限会社みなと物流", "minato-butsuryu.example", "soumu"),
             ("株式会社ひかり印刷", "hikari-insatsu.example", "sales")]
PRODUCTS = [
    ("カモミールティー 30包", 1280), ("柚子入浴剤 200g", 980), ("ラベンダー精油 10ml", 2400), ("はちみつ飴 120g", 540),
    ("有機ルイボスティー 50包", 1480), ("ローズヒップ粉末 100g", 1650), ("詰め合わせA 5種", 3900), ("詰め合わせB 8種", 5800),
    ("生姜シロップ 300ml", 1320), ("アロマキャンドル 2個組", 2750), ("ミント石けん 3個組", 1180), ("ハーブ塩 80g", 760)]
# 山田太郎 and friends, with values from manuals: none of them is a person.
TESTS = {
    "test1": ("山田", "太郎", "ヤマダ タロウ", "taro.yamada@example.com", "090-0000-0000"),
    "test2": ("テスト", "太郎", "テスト タロウ", "test@example.com", "090-1234-5678"),
    "test3": ("日本", "太郎", "ニホン タロウ", "nihon@example.jp", "080-0000-0000"),
    "test4": ("テスト", "", "テスト", "test01@example.ne.jp", "070-0000-0000"),
    "test5": ("サンプル", "太郎", "サンプル タロウ", "sample@example.jp", "03-1234-5678"),
    "test6": ("山田", "花子", "ヤマダ ハナコ", "hanako@example.org", "080-1234-5678"),
}


def luhn(body):
    """`body` and its check digit."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        digit = int(sign) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def cast_mail(person):
    """The mailbox of a person at work."""
    return cast.romaji(person.sei_kana)


class World:
    """All persons with their parts, and the records that the sources wrote of them."""

    def __init__(self, cast, draw):
        self.cast, self.draw = cast, draw
        self.records = []
        self.persons = {}
        self.rows = collections.Counter()
        self.values = collections.defaultdict(collections.Counter)
        self.samples = collections.defaultdict(collections.Counter)
        self.populate()

    # Persons -------------------------------------------------------------------------------

    def add(self, key, name=None, year=None):
        self.persons[key] = self.cast.person(key, name, year)
        return self.persons[key]

    def populate(self):
        special = """takahashi 高橋/タカハシ/健二/ケンジ/男|yamazaki 山崎/ヤマザキ/美穂/ミホ/女|watanabe 渡辺/ワタナベ/直人/ナオト/男
            saito 斎藤/サイトウ/陽子/ヨウコ/女|yoshida 吉田/ヨシダ/昌平/ショウヘイ/男|hamada 浜田/ハマダ/沙織/サオリ/女
            shimada 島田/シマダ/奈々/ナナ/女|hirose 広瀬/ヒロセ/拓真/タクマ/男|sawada 沢田/サワダ/裕之/ヒロユキ/男
            tanaka_a 田中/タナカ/誠/マコト/男|tanaka_b 田中/タナカ/誠/マコト/男|sato 佐藤/サトウ/健一/ケンイチ/男
            kobayashi_1 小林/コバヤシ/浩/ヒロシ/男|kobayashi_2 小林/コバヤシ/恵子/ケイコ/女|kobayashi_3 小林/コバヤシ/莉子/リコ/女
            ishida_1 石田/イシダ/進/ススム/男|ishida_2 石田/イシダ/千尋/チヒロ/女
            ogawa 小川/オガワ/彩/アヤ/女|miura 三浦/ミウラ/涼/リョウ/男|hirano 平野/ヒラノ/茂/シゲル/男"""
        for item in special.replace("\n", "|").split("|"):
            key, name = item.split()
            self.add(key, name, {"kobayashi_1": 1968, "kobayashi_2": 1970, "kobayashi_3": 2001}.get(key))
        self.generic = []
        for number in range(61):
            self.generic.append(self.add(f"user{number:02d}").key)
        self.user_keys = [item.split()[0] for item in special.replace("\n", "|").split("|")]
        # One household: one landline, one address. One couple: one mailbox.
        for key in ("kobayashi_2", "kobayashi_3"):
            self.share("kobayashi_1", key, "zip town prefecture number building landline")
        self.share("ishida_1", "ishida_2", "mail zip town prefecture number building")
        # Registered by family name alone; each lives with a customer of that name.
        for key, other, shared in (("ogawa_mother", "ogawa", "landline"),
                                   ("miura_father", "miura", "zip town prefecture number building"),
                                   ("hirano_wife", "hirano", "zip town prefecture number building landline")):
            near = self.persons[other]
            person = self.add(key, f"{near.sei}/{near.sei_kana}/母/ハハ/女")
            person.mei = person.mei_kana = ""
            person.mail = self.cast.mailbox(near.sei_kana, near.sei_kana, person.birth[0])
            self.share(other, key, shared)
        self.user_keys += self.generic + ["ogawa_mother", "miura_father", "hirano_wife"]
        for number in range(16):
            self.add(f"roster{number:02d}")
        for key in ("yamamoto_a", "yamamoto_b"):
            self.add(key, "山本/ヤマモト/誠/マコト/男")
        for number in range(13):
            self.add(f"gift{number:02d}")
        self.add("gift_sato", "佐藤/サトウ/健一/ケンイチ/男")
        for number in range(4):
            self.add(f"guest{number}")
        for number in range(2):
            self.add(f"reader{number}")
        for number in range(5):
            self.add(f"contact{number}")
        pool = list(self.generic)
        take = lambda count: [pool.pop(0) for _ in range(count)]
        self.part = {
            "roster_birth": take(31), "roster_address": take(3), "roster_landline": take(2),
            "gift_address": take(1), "gift_mobile": take(2), "card": take(5), "callback": take(2),
            "name_only": take(2), "workshop": take(2), "bounced": take(2), "click": take(5),
            "contact": take(1),
        }
        self.landline_users = set(self.part["roster_landline"] + self.part["callback"] + [
            "kobayashi_1", "kobayashi_2", "kobayashi_3", "ogawa", "ogawa_mother", "hirano", "hirano_wife",
            "saito", self.part["roster_birth"][3], self.part["roster_birth"][8]])
        # Whom name and birth date tie to the roster.
        self.needs_birth = ["takahashi", "yamazaki", "watanabe", "saito", "sawada", "tanaka_b", "kobayashi_1",
                            "kobayashi_3", "yoshida"] + self.part["roster_birth"]
        shuffled = list(self.user_keys)
        self.draw.shuffle(shuffled)
        self.user_ids = {}
        for place, key in enumerate(shuffled):
            self.user_ids[key] = 101 + place + place // 7
        self.user_ids.update(test1=1, test2=2, test3=3)

    def share(self, giver, taker, fields):
        for field in fields.split():
            setattr(self.persons[taker], field, getattr(self.persons[giver], field))

    def tel(self, key):
        """The number in the shop's own tables."""
        person = self.persons[key]
        return person.landline if key in self.landline_users else person.mobile

    # Records -------------------------------------------------------------------------------

    COUNTED = {"name": "person_name", "kana": "person_name_kana", "birth": "birth_date", "zip": "postal_code",
               "address": "address", "mobile": "phone_number", "landline": "phone_number",
               "mail": "email_address", "employer": "employer", "sex": "gender", "hash": "password_hash",
               "card": "card_number", "expiry": "card_expiry", "member": "member_id",
               "illness": "sensitive.medical_history", "ip": "ip_address"}

    def note(self, source, row, key, fields, kind="person", counts=True, **more):
        """What one row says of `key`; `fields` are the ones written, by name."""
        fields = fields.split()
        types = frozenset(self.COUNTED[field] for field in fields)
        if counts:
            self.count(source, fields, sample=kind == "sample")
        record = Record(source, row, key, kind=kind, types=types, **more)
        if kind == "person":
            person = self.persons[key]
            if "name" in fields:
                record.name, record.family, record.given = person.name, person.sei, person.mei
            if "kana" in fields:
                record.kana = person.kana
            if "birth" in fields:
                record.birth = "%04d%02d%02d" % person.birth
            for field in ("mobile", "landline", "mail"):
                if field in fields and not getattr(record, field):
                    setattr(record, field, getattr(person, field))
            if "address" in fields:
                record.address = record.address or person.address
            if "address" in fields or "zip" in fields:
                record.prefecture = "JP-" + person.prefecture
        self.records.append(record)
        return record

    def count(self, source, fields, sample=False, times=1):
        for field in fields:
            self.values[source][self.COUNTED[field]] += times
            if sample:
                self.samples[source][self.COUNTED[field]] += times

    # The roster ------------------------------------------------------------------------------

    def csv(self):
        header = "会員番号,氏名,フリガナ,生年月日,性別,郵便番号,住所,電話番号,携帯番号,メールアドレス,勤務先,病歴,備考"
        plan = []
        plan += [(key, "birth") for key in self.needs_birth]
        plan += [(key, "address") for key in ["shimada"] + self.part["roster_address"]]
        plan += [(key, "landline") for key in self.part["roster_landline"]]
        plan += [(f"roster{number:02d}", "alone") for number in range(16)]
        plan += [("yamamoto_a", "alone"), ("yamamoto_b", "alone")]
        self.draw.shuffle(plan)
        ill = {"roster04": "気管支喘息(小児期より)", self.part["roster_birth"][6]: "2019年に胃がん手術"}
        rows = []
        for place, (key, kind) in enumerate(plan):
            number = f"H{1000 + 3 * place}"
            rows.append(self.roster_row(place, key, kind, number, ill.get(key, "")))
            if key in self.part["roster_birth"][10:12]:
                # The same member, entered again after moving within the town.
                rows.append(self.roster_row(place, key, "again", number, ""))
        for place in (7, 22, 41):
            rows.insert(place + 4, rows[place])
        for key in ("test4", "test5"):
            sei, mei, kana, mail, tel = TESTS[key]
            landline = tel.startswith("03")
            row = ["H9" + key[-1] + "99", sei + mei, kana, "", "", "100-0001", "", tel if landline else "",
                   "" if landline else tel, mail, "", "", "入力テスト\n削除予定"]
            rows.insert(2 if landline else len(rows), (",".join(map(self.quoted, row)), [
                (key, "name kana zip mail member " + ("landline" if landline else "mobile"), dict(kind="sample"))]))
        for text, told in rows:
            self.rows["roster"] += 1
            for key, fields, more in told:
                self.note("roster", text, key, fields, **more)
        mentioned = sum("0120-" in text for text, _ in rows)
        self.values["roster"]["phone_number"] += mentioned
        title = f"{SHOP} 顧客名簿(2026年10月末)" + "," * 12
        lines = [title, "," * 12, header] + [text for text, _ in rows]
        return ("\r\n".join(lines) + "\r\n").encode("cp932")

    def quoted(self, cell):
        if cell.startswith('="'):
            return cell
        return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\n') else cell

    def roster_row(self, place, key, kind, number, illness):
        person, draw = self.persons[key], self.draw
        fields = ["member", "name", "kana"]
        more = {"ids": frozenset([("roster", number)])}
        sei = forms.VARIANTS.get(person.sei, person.sei) if key != "yoshida" else person.sei
        name = sei + ["", " ", "　"][place % 3] + person.mei
        if key.startswith("kobayashi"):
            name = sei + "　" + person.mei
        kana = person.sei_kana + " " + person.mei_kana
        kana = [kana, forms.half_kana(kana), kana.replace(" ", "　")][place % 3]
        cells = {"name": name, "kana": kana, "sex": "", "birth": "", "zip": "", "address": "", "tel": "",
                 "mobile": "", "mail": "", "employer": "", "note": ""}
        with_birth = kind == "birth" or kind == "alone" and place % 4 != 1
        if key.startswith("yamamoto"):
            with_birth = key == "yamamoto_a"
            cells["employer"] = "北斗精機株式会社"
            more["employer"] = "北斗精機株式会社"
            fields.append("employer")
        if with_birth:
            styles = ["slash", "era", "letter", "kanji", "slash_era", "wide_era"]
            cells["birth"] = forms.birth(person.birth, styles[place % 6])
            fields.append("birth")
        if kind in ("birth", "alone") and place % 5 != 4:
            cells["sex"] = person.sex
            fields.append("sex")
        moved = kind in ("again", "landline") or kind == "birth" and place % 9 == 2 and not key.startswith("kobayashi")
        if kind != "birth" or place % 8 != 5:
            code = person.zip
            style = ["plain", "chome", "wide", "mixed"][place % 4]
            if code.startswith("0"):
                # A spreadsheet made a number of it, unless it was told not to.
                code = code.replace("-", "").lstrip("0") if place % 2 else f'="{code.replace("-", "")}"'
            elif place % 3 == 1:
                code = code.replace("-", "")
            at = person
            if moved:
                at = type(person)(**{**vars(person), "number": (person.number[0] % 5 + 1,) + person.number[1:], "building": ""})
                more["address"] = at.address
            cells["zip"], cells["address"] = code, forms.address(at, style)
            fields += ["zip", "address"]
        if kind in ("birth", "alone") and place % 2 == 0 or kind == "landline":
            cells["tel"] = forms.phone(person.landline, ["plain", "brackets", "wide", "digits"][place // 2 % 4])
            fields.append("landline")
        if kind in ("birth", "alone") and place % 3 != 2 or kind == "again" or key == "yamamoto_b":
            number_written = person.mobile
            if kind == "again":
                number_written = self.cast.unique(self.cast.mobile)
                more["mobile"] = number_written
            cells["mobile"] = forms.phone(number_written, ["excel", "wide", "plain", "digits", "dots"][place % 5])
            fields.append("mobile")
        if kind in ("birth", "alone") and place % 4 == 0:
            cells["mail"] = person.mail
            fields.append("mail")
        if key.startswith("roster") and place % 5 == 0:
            cells["employer"] = "自営業"
        if illness:
            fields.append("illness")
        elif place % 6 == 1:
            illness = "なし"
        cells["note"] = {3: "2026/8/3 電話あり\n折り返し希望", 9: "定期便 停止中", 14: "次回から\n午前中の配達を希望",
                         20: '表札は"工房"', 27: "代引のみ, 要確認", 33: f"予備の連絡は 0120-{draw.randint(200, 899)}-{draw.randint(100, 999)} へ",
                         45: "カタログ不要\n2026年春に退会希望"}.get(place, "")
        row = [number, cells["name"], cells["kana"], cells["birth"], cells["sex"], cells["zip"], cells["address"],
               cells["tel"], cells["mobile"], cells["mail"], cells["employer"], illness, cells["note"]]
        if cells["employer"] == "自営業":
            fields.append("employer")
            more["employer"] = ""
        return ",".join(map(self.quoted, row)), [(key, " ".join(fields), more)]

    # The shop's database -----------------------------------------------------------------------

    def sql(self):
        import database
        return database.dump(self)

    # Logs ----------------------------------------------------------------------------------------

    def jsonl(self):
        import logs
        return logs.application(self)

    def access_log(self):
        import logs
        return logs.access(self)

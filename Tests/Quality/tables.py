"""Tables as programs export them: shops, staff, clinics, schools, forums, payments, in many formats."""
import re, uuid

import fields, layouts, officials, people, words

# What a domain's table holds: kinds always there, kinds often there, and how its file is called.
DOMAINS_JA = {
    "shop": ("name email postal address phone", "kana birth gender member mobile company password hash card expiry cvv ip landline", "customers"),
    "shop_split": ("family given kana_family kana_given email postal prefecture city town building phone", "birth gender member hash age", "dtb_customer"),
    "staff": ("member name birth postal address", "kana gender phone mobile my_number pension employment bank email age license sensitive.disability sensitive.union sensitive.health_check", "shain"),
    "clinic": ("member name kana birth gender", "phone address postal insurer insured sensitive.medical_history sensitive.medical_care sensitive.health_check age sensitive.other sensitive.disability", "patients"),
    "school": ("member name kana birth", "gender address phone sensitive.other sensitive.medical_history postal email", "seito"),
    "members": ("login email", "name password hash ip token secret gender birth mobile device", "users"),
    "office": ("name birth address my_number", "kana gender resident pension insured sensitive.origin phone sensitive.other postal", "juumin"),
    "foreigners": ("roman birth residence_card", "passport sensitive.origin address phone gender employer email", "zairyu"),
    "applicants": ("name kana birth email", "phone address gender employer license sensitive.creed sensitive.crime_record sensitive.race age", "oubo"),
    "borrowers": ("name phone bank", "credit employer address birth my_number license age", "loan"),
    "partners": ("company corporate name", "phone email address postal", "torihikisaki"),
    "cases": ("name age", "sensitive.crime_victim sensitive.criminal_procedure sensitive.juvenile sensitive.social_status sensitive.sexual_life address phone birth gender", "soudan"),
    "dates": ("name birth_year birth_month birth_day", "kana phone email gender postal address", "touroku"),
    "phones": ("name phone_a phone_b phone_c", "kana email birth address postal", "form"),
    "devices": ("member device ip", "mac geo_lat geo_lng email login geo", "terminals"),
}
DOMAINS_EN = {
    "crm": ("given family email", "company phone mobile address postal city prefecture member birth gender", "contacts"),
    "shop": ("name email", "phone address postal city prefecture town building card expiry cvv company ip member", "orders"),
    "staff": ("given family national", "birth email mobile bank address employer gender member sensitive.union sensitive.disability sensitive.race age", "employees"),
    "patients": ("name birth", "gender phone insured sensitive.medical_history sensitive.medical_care sensitive.health_check sensitive.other address postal national member age", "patients"),
    "users": ("login email", "password hash ip token name secret birth gender device mac", "users"),
    "payments": ("name card", "expiry cvv iban bank email address postal credit phone", "payments"),
    "students": ("member given family birth", "email gender sensitive.race sensitive.disability sensitive.creed phone address sensitive.origin", "students"),
    "travel": ("name passport birth", "sensitive.origin gender email phone iban license", "passengers"),
    "profile": ("name email", "birth sensitive.sexual_life sensitive.creed sensitive.race geo_lat geo_lng phone gender ip sensitive.other", "profiles"),
    "justice": ("name birth", "sensitive.crime_record sensitive.criminal_procedure sensitive.juvenile sensitive.crime_victim address phone", "records"),
}
DOMAINS_OTHER = {"crm": ("family given email phone", "birth gender address postal city mobile company iban member town sensitive.origin password login ip national sensitive.medical_history sensitive.creed", "export"),
                 "simple": ("name phone", "birth gender email address postal national mobile login password card", "data")}
NATION_OF = {"de": "de", "fr": "fr", "es": "es", "it": "it", "nl": "nl", "pl": "pl", "kr": "kr", "cn": "cn", "ru": "ru"}
MEANINGLESS = ("col%d", "備考%d", "field_%d", "項目%d", "F%d", "Column%d", "Unnamed: %d", "c%d", "データ%d", "attr_%d", "x%d", "value%d")


def neutral_value(r, kind, row, jp):
    stamp = "20%02d-%02d-%02d %02d:%02d:%02d" % (r.randint(18, 26), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59))
    return {
        "order": lambda: r.choice(("2026%08d", "EC-%08d", "%010d")) % (row * 37 + 1000), "stamp": lambda: stamp, "day": lambda: stamp[:10].replace("-", "/" if jp else "-"),
        "product": lambda: r.choice(("北海道産じゃがいも 5kg|無線マウス M-310|羽毛布団 シングル|ステンレス水筒 500ml|ノートA4 5冊|防災セット 2人用" if jp else "Wireless Mouse M-310|Steel Bottle 500ml|Organic Coffee 1kg|Desk Lamp LED|USB-C Cable 2m").split("|")),
        "quantity": lambda: str(r.randint(1, 20)), "amount": lambda: str(r.randint(100, 98000)) if jp else "%.2f" % r.uniform(1, 900), "jan": lambda: "49" + officials.digits(r, 11),
        "status": lambda: r.choice(("発送済|キャンセル|入金待ち" if jp else "shipped|cancelled|pending").split("|")), "small": lambda: str(r.randint(0, 9000)), "department": lambda: r.choice(("営業部|総務部|開発課|品質保証部" if jp else "Sales|Finance|Operations").split("|")),
        "slip": lambda: "%s-%06d" % (r.choice(("A", "D", "INV")), r.randint(1, 999999)), "tracking": lambda: officials.digits(r, 12), "code": lambda: "%04d" % r.randint(1, 320), "rank": lambda: r.choice(("ゴールド|シルバー|一般" if jp else "gold|silver|basic").split("|")), "flag": lambda: r.choice("01"),
        "payment": lambda: r.choice(("クレジット|代引き|銀行振込" if jp else "card|paypal|invoice").split("|")), "uuid": lambda: str(uuid.UUID(int=r.getrandbits(128), version=4)), "version": lambda: "%d.%d.%d" % (r.randint(0, 12), r.randint(0, 30), r.randint(0, 99)), "sku": lambda: "SKU-%05d-%s" % (r.randint(0, 99999), r.choice("RGBX")),
        "currency": lambda: r.choice(("USD", "EUR")), "digest": lambda: "%064x" % r.getrandbits(256),
    }[kind]()


def remark(r, person, style, jp):
    """A cell of mixed content: sometimes a value stands in a sentence."""
    if r.random() < 0.6:
        return [layouts.Piece(r.choice(("", "要確認", "再送済み", "特になし", "電話に出ず", "2回目") if jp else ("", "call back", "resent", "n/a", "left message")))]
    if r.random() < 0.5:
        truth = layouts.Truth("phone_number", way="mixed")
        number = person.phone(people.Style(r, person.nation), True)
        if person.nation == "jp":
            number = "-".join(re.findall(r"\d+", number)) if "-" in number and "+" not in number else "090-%s-%s" % ("2" + person.digits[2:5], person.digits[5:9])
        elif not number.startswith("+"):
            number = people.foreign_phone("gb", person.digits, "plus")
        before, after = ("携帯は", "へお願いします") if jp else ("call ", " after 6pm")
        return [layouts.Piece(before), layouts.Piece(number, truth), layouts.Piece(after)]
    truth = layouts.Truth("email_address", way="mixed")
    before, after = ("変更後のメール: ", " に連絡") if jp else ("new mail ", " (confirmed)")
    return [layouts.Piece(before), layouts.Piece("x%s" % person.mailbox, truth), layouts.Piece(after)]


def build(r, language, named, domain=None, count=None, prefixed=True):
    """A table of one domain; `named` False asks only for what values tell by themselves."""
    domains = DOMAINS_JA if language == "ja" else DOMAINS_EN if language == "en" else DOMAINS_OTHER
    domain = domain or r.choice(sorted(domains))
    must, may, name = domains[domain]
    nation = "jp" if language == "ja" else NATION_OF.get(language) or r.choice(("us", "us", "us", "gb", "gb", "de", "fr", "kr", "cn", "in", "ar", "vn", "sg", "br", "nl", "es", "pl"))
    if language == "en" and domain in ("crm", "users") and r.random() < 0.25:
        nation = "jp"
    style, naming = people.Style(r, nation), fields.Naming(r, language)
    jp = nation == "jp"
    kinds = must.split() + [kind for kind in may.split() if r.random() < 0.45]
    if nation in ("kr", "cn", "ru", "vn", "ar", "in", "sg", "br", "pl") and language != "en":
        kinds = [k for k in kinds if k not in ("postal", "address", "city", "town", "prefecture", "building")]
    if not people.Person(r, nation, 0).national():
        kinds = [k for k in kinds if k != "national"]
    if language in ("ja",) and domain == "foreigners":
        jp = True
    way = "column" if named else "headerless"
    # One header a kind; a header that comes twice is told apart as programs do.
    columns, used = [], set()

    def add(kind, group="main", prefix=False):
        header = naming.of(kind, group, prefix)
        if header is None or header in used:
            return
        used.add(header)
        columns.append((kind, group, header))

    if "phone_a" in kinds and language == "ja":
        base = r.choice(("電話番号", "TEL", "電話"))
        for kind in kinds:
            if kind in ("phone_a", "phone_b", "phone_c"):
                columns.append((kind, "main", base + {"phone_a": "1", "phone_b": "2", "phone_c": "3"}[kind]))
            else:
                add(kind)
    else:
        for kind in kinds:
            add(kind, "main", prefixed and named and r.random() < 0.12)
    second = None
    if named and prefixed and language in ("ja", "en") and domain in ("shop", "school", "staff", "shop_split", "crm", "patients") and r.random() < 0.4:
        second = r.choice({"shop": ("delivery", "billing"), "shop_split": ("delivery",), "school": ("family", "emergency"), "staff": ("emergency", "family"), "crm": ("billing",), "patients": ("emergency",)}[domain])
        for kind in r.choice((("name", "phone"), ("name", "postal", "address", "phone"), ("family", "given", "phone"))):
            add(kind, second)
    for _ in range(r.choice((0, 1, 2, 3, 5))):
        header, kind = naming.neutral()
        if header not in used:
            used.add(header)
            place = r.randint(0, len(columns))
            while place < len(columns) and columns[place][0] in ("phone_b", "phone_c"):
                place += 1
            columns.insert(place, ("-" + kind, "main", header))
    if r.random() < 0.3:
        columns.append(("remark", "main", {"ja": r.choice(("備考", "メモ", "備考欄")), "en": fields.english(r.choice(("notes", "comment", "remarks")), naming.style)}.get(language, "Info")))
    count = count or r.choice((3, 6, 12, 25, 25, 40, 40, 80, 200) if named else (15, 25, 40, 40, 80, 200))
    empty = {header: r.choice((0, 0, 0, 0, 0.1, 0.3)) for _, _, header in columns}
    if count >= 80 and r.random() < 0.5:
        empty[r.choice(columns)[2]] = 0.95
    blank = r.choice(("", "", "", "", "-", "NULL", "なし" if jp else "N/A"))
    rows = []
    for row in range(count):
        own, other = people.Person(r, nation, row + 1), people.Person(r, nation, row + 5001)
        cells, joined = [], {}
        for kind, group, header in columns:
            person = own if group == "main" else other
            if kind == "remark":
                cells.append(remark(r, person, style, jp))
                continue
            if kind[0] == "-":
                cells.append([layouts.Piece(neutral_value(r, kind[1:], row, language == "ja"))])
                continue
            if r.random() < empty[header]:
                cells.append([layouts.Piece(blank)])
                continue
            truth = truth_of(kind, group, header, way, named, joined)
            if not named and kind == "postal" and person.home not in ("jp", "gb"):
                truth.required = False  # Five digits say nothing by themselves.
            text = person.value(kind, style)
            if text and PARTS.get(kind):
                joined[PARTS[kind], group].parts += 1
            cells.append([layouts.Piece(text, truth)])
        settle(cells, joined)
        rows.append(cells)
    numeric = [n for n, (kind, _, _) in enumerate(columns) if kind in ("age", "-quantity", "-small", "-amount", "-flag", "member", "birth_year", "card", "my_number", "phone")]
    table = layouts.Table(name, [header for _, _, header in columns], rows, numeric)
    table.kinds = [kind for kind, _, _ in columns]
    table.style = style
    table.language = language
    return table


PARTS = {"family": "name", "given": "name", "kana_family": "kana", "kana_given": "kana", "prefecture": "address", "city": "address", "town": "address", "building": "address",
         "birth_year": "birth", "birth_month": "birth", "birth_day": "birth", "phone_a": "phone", "phone_b": "phone", "phone_c": "phone"}


def truth_of(kind, group, header, way, named, joined):
    """The truth of one cell; parts of one value share one."""
    type, also, by_value = fields.KINDS[kind]
    also = also.split()
    # A postal code is part of an address as well.
    if kind in ("city", "prefecture", "town", "building"):
        also = ["postal_code"]
    whole = PARTS.get(kind)
    if whole is None:
        return layouts.Truth(type, also, way, named or by_value, header)
    key = (whole, group)
    if key not in joined:
        joined[key] = layouts.Truth(type, also, way, named, header)
    elif header not in joined[key].note:
        joined[key].note += "+" + header
    return joined[key]


def settle(cells, joined):
    """Values in parts have to be found where all that makes them is there."""
    for (whole, _), truth in joined.items():
        if truth.parts < {"address": 2, "phone": 3, "birth": 3}.get(whole, 1):
            truth.required = False


CHARSETS_JA = ("utf-8", "utf-8", "utf-8-sig", "cp932", "cp932", "euc-jp", "utf-16")


def encodable(table, charset):
    try:
        for header in table.headers:
            header.encode(charset)
        for row in table.rows:
            for cell in row:
                layouts.text_of(cell).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def write(r, number, table, folder, named):
    """One table as one file, in a format that its sort of program writes."""
    japanese = table.language == "ja"
    form = r.choice(("csv", "csv", "csv", "excel", "tsv", "semicolon", "mysql", "mysql", "pg", "sqlite", "mssql", "jsonl", "jsonl", "array", "nested") if named else ("csv", "csv", "tsv", "semicolon", "meaningless", "meaningless", "json_meaningless", "mysql_bare", "sqlite_bare"))
    charset = "utf-8"
    if form in ("csv", "tsv", "excel", "semicolon", "meaningless") and japanese:
        charset = r.choice(CHARSETS_JA)
    elif form == "excel":
        charset = "utf-8-sig"
    if charset in ("cp932", "euc-jp") and not encodable(table, charset):
        charset = "utf-8"
    ending = {"csv": "csv", "excel": "csv", "tsv": "tsv", "semicolon": "csv", "jsonl": "jsonl", "array": "json", "nested": "json", "meaningless": "csv", "json_meaningless": "jsonl"}.get(form, "sql")
    label = "%s/%s/%s" % (form, charset, table.language)
    document = layouts.Document("%s/%s_%04d.%s" % (folder, table.name, number, ending), charset, label)
    quote, line_end = r.choice(("needed", "needed", "all")), r.choice(("\n", "\r\n", "\r\n"))
    if form == "csv":
        layouts.csv(document, table, r, header=named, quote=quote, line_end=line_end)
    elif form == "excel":
        title = r.choice((None, None, "会員一覧（2026年4月1日現在）\n" if japanese else None))
        layouts.csv(document, table, r, header=named, quote="needed", line_end="\r\n", title=title)
    elif form == "tsv":
        layouts.csv(document, table, r, mark="\t", header=named, quote="needed", line_end=line_end)
    elif form == "semicolon":
        layouts.csv(document, table, r, mark=";", header=named, quote=quote, line_end=line_end)
    elif form == "meaningless":
        pattern = r.choice(MEANINGLESS)
        table.headers = list("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij")[:len(table.headers)] if r.random() < 0.2 else [pattern % (n + 1) for n in range(len(table.headers))]
        if not encodable(table, document.codec):
            table.headers = ["col%d" % n for n in range(len(table.headers))]
        layouts.csv(document, table, r, header=True, quote=quote, line_end=line_end)
    elif form == "json_meaningless":
        pattern = r.choice(MEANINGLESS)
        table.headers = [pattern % (n + 1) for n in range(len(table.headers))]
        layouts.json_lines(document, table, r, ascii=r.random() < 0.3)
    elif form in ("mysql", "pg", "sqlite", "mssql"):
        listed = form == "mssql" or r.random() < 0.5
        layouts.sql(document, table, r, form, columns=listed, create=not listed or r.random() < 0.5)
    elif form in ("mysql_bare", "sqlite_bare"):
        layouts.sql(document, table, r, form.split("_")[0], columns=False, create=False)
    else:
        if form == "nested" or r.random() < 0.2:
            nest(r, table)
        layouts.json_lines(document, table, r, array=form != "jsonl", ascii=r.random() < 0.3, indent=form == "array" and r.random() < 0.5, wrap=r.choice((None, "data", "results")) if form == "nested" else None)
    return document


def nest(r, table):
    """Address and name parts inside objects of their own: `address.city`, `user.name`."""
    headers = []
    outer = r.choice(("user", "customer", "profile", "person", "顧客" if table.language == "ja" else "contact"))
    for kind, header in zip(table.kinds, table.headers):
        if kind in ("postal", "prefecture", "city", "town", "building"):
            headers.append("address." + header)
        elif kind in ("card", "expiry", "cvv"):
            headers.append("payment." + header)
        elif kind[0] != "-" and kind != "remark":
            headers.append(outer + "." + header)
        else:
            headers.append(header)
    order = sorted(range(len(headers)), key=lambda n: headers[n].split(".")[0])
    table.headers = [headers[n] for n in order]
    table.kinds = [table.kinds[n] for n in order]
    table.rows = [[row[n] for n in order] for row in table.rows]
    table.numeric = {order.index(n) for n in table.numeric}

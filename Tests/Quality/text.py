"""Free text in which labels announce values: forms, mails, signatures, logs, stealer logs, requests, markup."""
import json, urllib.parse

import fields, layouts, officials, people, tables, words

# What a label is called in text, and with which marks behind it.
LABELS_JA = {
    "name": "氏名|お名前|名前|ご氏名|お名前（漢字）|申請者氏名|契約者氏名|ご担当者名|受講者氏名", "kana": "フリガナ|ふりがな|お名前（カナ）|カナ氏名", "birth": "生年月日|誕生日|ご生年月日|生年月日（西暦）", "gender": "性別", "age": "年齢",
    "postal": "〒|郵便番号|ご郵便番号", "address": "住所|ご住所|現住所|お届け先住所|所在地", "phone": "電話番号|TEL|電話|連絡先電話番号|お電話番号|ご連絡先|Tel", "mobile": "携帯|携帯電話|携帯番号", "email": "メール|メールアドレス|E-mail|Mail|Email|ご連絡先メール",
    "card": "カード番号|クレジットカード番号", "expiry": "有効期限|カード有効期限", "cvv": "セキュリティコード", "bank": "口座番号|振込口座番号", "my_number": "マイナンバー|個人番号", "license": "運転免許証番号|免許証番号", "passport": "旅券番号|パスポート番号", "pension": "基礎年金番号", "residence_card": "在留カード番号", "insured": "被保険者番号|保険証番号", "employment": "雇用保険被保険者番号", "insurer": "保険者番号",
    "member": "会員番号|お客様番号|会員ID|社員番号|患者番号", "login": "ログインID|ユーザーID|ユーザID", "password": "パスワード|初期パスワード|仮パスワード", "secret": "秘密の質問の答え|合言葉", "employer": "勤務先|お勤め先", "company": "会社名|御社名|貴社名",
    "ip": "IPアドレス|接続元IP", "mac": "MACアドレス", "sensitive.medical_history": "既往歴|病名|診断名", "sensitive.disability": "障害等級|障害者手帳", "sensitive.creed": "宗教", "sensitive.origin": "国籍|本籍", "sensitive.other": "血液型|アレルギー", "sensitive.medical_care": "処方薬|手術歴", "sensitive.crime_record": "犯罪歴|前科",
}
LABELS_EN = {
    "name": "Name|Full Name|Patient Name|Customer|Employee Name|Contact Name|Applicant", "birth": "DOB|Date of Birth|Birth date|Birthday", "gender": "Gender|Sex", "age": "Age", "address": "Address|Home Address|Mailing address|Residence", "postal": "ZIP|Postal code|Postcode|Zip Code",
    "phone": "Phone|Tel|Telephone|Phone number|Contact no.|Home Phone|Fax", "mobile": "Mobile|Cell|Cell phone", "email": "Email|E-mail|Email address|Mail", "card": "Card number|Credit card|CC", "expiry": "Exp|Expiry|Expires", "cvv": "CVV|CVC|Security code", "iban": "IBAN", "bank": "Account number|Acct No|Bank account", "national": "SSN|Social Security Number|National ID|Tax ID|NIN", "passport": "Passport|Passport No|Passport number", "license": "Driver License|Driver's license",
    "member": "Member ID|Customer ID|Patient ID|Employee ID|MRN", "login": "Username|Login|User ID", "password": "Password|Pass|Passwd", "secret": "Security answer|Secret answer", "employer": "Employer|Company", "ip": "IP|IP address|Client IP", "mac": "MAC|MAC address", "sensitive.medical_history": "Diagnosis|Medical history", "sensitive.creed": "Religion", "sensitive.origin": "Nationality|Citizenship", "sensitive.medical_care": "Medication|Prescription", "sensitive.disability": "Disability", "sensitive.other": "Blood type|Allergies", "sensitive.race": "Ethnicity|Race", "sensitive.sexual_life": "Sexual orientation", "sensitive.crime_record": "Criminal record", "token": "API key|Access token",
}
KEYS = {  # of programs: log lines, requests, JSON
    "name": "name|full_name|userName|customer_name|displayName", "family": "last_name|lastName|sn|family_name", "given": "first_name|firstName|givenName|given_name", "birth": "dob|birthday|birth_date|dateOfBirth|birthdate", "gender": "gender|sex", "postal": "zip|postal_code|postcode|zipCode", "address": "address|street_address|addr|shipping_address", "phone": "tel|phone|phone_number|phoneNumber|mobile|contact_phone", "email": "email|mail|user_email|emailAddress|e_mail", "card": "card|card_number|cardNumber|pan|ccnum", "expiry": "exp|exp_date|card_exp|expiry", "cvv": "cvv|cvc|card_cvv|securityCode", "password": "password|passwd|pwd|user_password|pass", "login": "login|username|user|login_id|loginId", "token": "token|access_token|api_key|apikey|auth_token", "ip": "ip|client_ip|remote_addr|src|remote_ip", "member": "member_id|customer_id|memberId|user_id", "my_number": "mynumber|my_number|kojin_bango", "national": "ssn|national_id|tax_id", "iban": "iban", "mac": "mac|mac_address", "device": "device_id|imei|idfa", "hash": "password_hash|pw_hash|passwordHash",
}
SITES = "https://accounts.example.com/login|https://shop.example.net/my/account|http://192.0.2.14/admin|https://www.example.org/signin|android://abc@com.example.app/|https://mail.example.co.jp/".split("|")
# Found by what follows a label only; a bare one in text says nothing.
NOT_ASKED = {"gender", "age", "company", "employer", "member"}


class Scribe:
    """Writes text documents; every value is recorded with what it is."""

    def __init__(self, r, path, nation, layout, charset="utf-8"):
        self.r, self.nation = r, nation
        self.document = layouts.Document(path, charset, "%s/%s" % (layout, charset))
        self.serial = 0
        self.person = self.style = None
        self.joined = {}

    def next(self, nation=None):
        self.serial += 1
        self.joined = {}
        self.style = people.Style(self.r, nation or self.nation)
        self.person = people.Person(self.r, nation or self.nation, self.serial)
        return self.person

    def put(self, text):
        self.document.put(text)

    def value(self, kind, note="", escape=None, text=None, required=True):
        text = self.person.value(kind, self.style) if text is None else text
        type, also, _ = fields.KINDS[kind]
        truth = layouts.Truth(type, also.split(), "label", required, note)
        # As in tables, a person's family and given name are one value in parts, and it is found where one of them is.
        if kind in tables.PARTS:
            truth = self.joined.setdefault(tables.PARTS[kind], truth)
        self.document.value(text, truth, escape)


def pick(r, choices):
    return r.choice(choices.split("|"))


def labels_for(r, nation, least=3):
    table = LABELS_JA if nation == "jp" else LABELS_EN
    kinds = [k for k in table if k in ("name", "phone", "email", "address", "birth") and r.random() < 0.8 or r.random() < 0.25]
    if not people.Person(r, nation, 0).national():
        kinds = [k for k in kinds if k != "national"]
    while len(kinds) < least:
        kinds.append(r.choice([k for k in table if k not in kinds and k != "national"]))
    return [(k, pick(r, table[k])) for k in kinds]


def forms(s, r):
    """A form a person, one labelled value a line."""
    jp = s.nation == "jp"
    mark = r.choice(("：", "：", ": ", " : ", "　", "】", "\t", "＝", " ") if jp else (": ", ": ", ":\t", " = ", ": ", ":  "))
    bullet = r.choice(("", "", "・", "■", "○", "【") if jp else ("", "", "- ", "* ", "  "))
    if mark == "】":
        bullet = "【"
    elif bullet == "【":
        bullet = ""
    for _ in range(r.randint(3, 12)):
        s.next()
        for kind, label in labels_for(r, s.nation):
            if label == "〒":
                s.put("〒")
                s.value(kind, label, text=s.person.postal_code(people.Style(r, "jp")).lstrip("〒"))
            else:
                s.put(bullet + label + mark)
                s.value(kind, label)
            s.put("\n")
        s.put(r.choice(("\n", "\n----------------\n", "\n\n")))


def apart(s, r):
    """Label and value on lines of their own."""
    for _ in range(r.randint(3, 10)):
        s.next()
        for kind, label in labels_for(r, s.nation):
            if label == "〒":
                label = "郵便番号"
            s.put(label + r.choice(("", "", "：" if s.nation == "jp" else ":")) + "\n")
            s.value(kind, label)
            s.put("\n\n" if r.random() < 0.3 else "\n")
        s.put("\n")


def cells(s, r):
    """Label and value in cells of a row: a form that was saved as CSV."""
    mark = r.choice((",", "\t"))
    for _ in range(r.randint(2, 6)):
        s.next()
        for kind, label in labels_for(r, s.nation, 4):
            label = "郵便番号" if label == "〒" else label
            text = s.person.value(kind, s.style)
            quoted = mark in text
            s.put(label + mark + ('"' if quoted else ""))
            s.value(kind, label, text=text)
            s.put('"\n' if quoted else "\n")
        s.put("\n")


def signatures(s, r):
    """Mails with headers, a greeting, and a signature below."""
    jp = s.nation == "jp"
    for number in range(r.randint(2, 6)):
        other = s.next()
        s.style.blank = r.choice((" ", "　", ""))
        s.put("From: %s" % r.choice(('"', "")) if False else "From: ")
        if jp and r.random() < 0.5:
            s.value("roman", "From", text="%s %s" % (other.latin_given, other.latin_family))
        else:
            s.value("name", "From", text=other.family + " " + other.given if jp else "%s %s" % (other.given, other.family))
        s.put(" <")
        s.value("email", "From")
        s.put(">\nTo: ")
        s.next()
        s.value("email", "To")
        s.put("\nDate: Tue, %d Mar 2026 10:%02d:11 +0900\nMessage-ID: <%x.%x@mx.example.com>\nSubject: %s\n\n" % (r.randint(1, 28), r.randint(0, 59), r.getrandbits(40), r.getrandbits(32), "お問い合わせの件" if jp else "Your enquiry"))
        if jp:
            s.value("name", "様", text=s.person.family + r.choice(("", " ", "　")) + s.person.given)
            s.put(r.choice(("様\n\n", " 様\n\n", "　様\n\n", "さん\n\n")))
            s.put("いつもお世話になっております。先日お送りいただいた資料を確認いたしました。\n本件は来週月曜日の会議で検討いたします。\n\n")
        else:
            s.put("Dear ")
            s.value("name", "Dear", text=r.choice(("Mr. ", "Ms. ", "Dr. ")) + s.person.family if False else "%s %s" % (s.person.given, s.person.family), required=False)
            s.put(",\n\nThank you for your message. We have looked into the matter and will come back to you next week.\n\n")
        s.person = other
        s.put(r.choice(("--\n", "-- \n", "━━━━━━━━━━━━━━\n", "*******************\n") if jp else ("-- \n", "Kind regards,\n")))
        if jp:
            s.value("company", "署名", required=False)
            s.put("\n")
            s.value("name", "署名", required=False)
            s.put("\n〒")
            s.value("postal", "〒", text=other.postal_code(people.Style(r, "jp")).lstrip("〒"))
            s.put(r.choice((" ", "　", "\n")))
            s.value("address", "署名")
            s.put("\nTEL" + r.choice((": ", "：", " ", "/")))
            s.value("landline", "TEL")
            if r.random() < 0.4:
                s.put(r.choice((" / FAX: ", "　FAX ")))
                s.value("landline", "FAX", text=people.Person(r, "jp", 1).phone(s.style, False))
            s.put("\n" + r.choice(("Mail: ", "E-mail：", "MAIL ")))
            s.value("email", "Mail")
        else:
            s.value("name", "signature", required=False)
            s.put("\n" + r.choice(("Tel: ", "T: ", "Phone: ")))
            s.value("phone", "Tel")
            s.put("\n" + r.choice(("Email: ", "E: ", "")))
            s.value("email", "Email")
        s.put("\n\n\n")


def prose(s, r):
    """Notes of calls and chats: names before an honorific, numbers in a sentence."""
    for _ in range(r.randint(6, 20)):
        p = s.next("jp")
        name = p.family + r.choice(("", " ", "　")) + p.given
        hour = "%d:%02d" % (r.randint(9, 18), r.randint(0, 59))
        form = r.randint(0, 5)
        if form == 0:
            s.put("%s " % hour)
            s.value("name", "様", text=name)
            s.put("様より入電。折り返し")
            s.value("phone", "prose", text="-".join(("0%s0" % "789"[p.serial % 3], "2" + p.digits[:3], p.digits[3:7])))
            s.put("まで。\n")
        elif form == 1:
            s.put("ご連絡先は")
            s.value("phone", "prose", text="-".join(("0%s0" % "789"[p.serial % 3], "2" + p.digits[:3], p.digits[3:7])))
            s.put("、メールは")
            s.value("email", "prose")
            s.put("とのことです。\n")
        elif form == 2:
            s.value("name", "さん", text=name)
            s.put("さん（")
            s.value("birth", "生", text="%d年%d月%d日" % p.birth)
            s.put("生）の書類を受領。\n")
        elif form == 3:
            s.put("配送先を")
            s.value("address", "prose", text=p.address(people.Style(r, "jp"), False))
            s.put("に変更してほしいとの依頼。\n")
        elif form == 4:
            s.put("担当：")
            s.value("name", "担当", text=name)
            s.put("、お客様：")
            s.next("jp")
            s.value("name", "お客様", text=s.person.family + s.person.given)
            s.put("様\n")
        else:
            s.put("[%s] <%s> 了解です。" % (hour, r.choice(("support", "bot", "desk"))))
            s.value("email", "prose")
            s.put(" に再送しました\n")


def stealer(s, r):
    """What password stealers leave behind."""
    form = r.randint(0, 4)
    for _ in range(r.randint(5, 25)):
        s.next(r.choice(("us", "de", "jp", "br", "fr")))
        login = r.choice(("login", "email"))
        site = r.choice(SITES)
        if form == 0:
            s.put("URL: %s\nUSER: " % site)
            s.credential(login, "USER")
            s.put("\nPASS: ")
            s.value("password", "PASS")
            s.put("\n\n")
        elif form == 1:
            s.put("URL: %s\nUsername: " % site)
            s.credential(login, "Username")
            s.put("\nPassword: ")
            s.value("password", "Password")
            s.put("\nApplication: Google_[Chrome]_Default\n===============\n")
        elif form == 2:
            s.put("SOFT: Chrome (Default)\nHOST: %s\nLOGIN: " % site)
            s.credential(login, "LOGIN")
            s.put("\nPASSWORD: ")
            s.value("password", "PASSWORD")
            s.put("\n\n")
        elif form == 3:
            s.put(site + ":")
            s.credential(login, "combo", required=login == "email")
            s.put(":")
            s.value("password", "combo", required=False)
            s.put("\n")
        else:
            s.value("email", "combo")
            s.put(r.choice((":", ";", "|")))
            s.value("password", "combo", required=False)
            s.put("\n")


def credential(self, kind, note, required=True):
    text = self.person.value(kind, self.style)
    truth = layouts.Truth("email_address" if kind == "email" else "login_id", ("login_id", "email_address"), "label", required, note)
    self.document.value(text, truth)


Scribe.credential = credential


def keys_for(r, nation, least=2):
    kinds = [k for k in KEYS if r.random() < 0.2]
    if not people.Person(r, nation, 0).national():
        kinds = [k for k in kinds if k != "national"]
    if nation != "jp":
        kinds = [k for k in kinds if k != "my_number"]
    while len(kinds) < least:
        kinds.append(r.choice([k for k in KEYS if k not in kinds and k not in ("national", "my_number")]))
    return [(k, pick(r, KEYS[k])) for k in kinds]


STAMPS = ("2026-03-%02d %02d:%02d:%02d,%03d", "2026-03-%02dT%02d:%02d:%02d.%03dZ", "Mar %2d %02d:%02d:%02d web01", "[%02d/Mar/2026:%02d:%02d:%02d +0900]")


def stamp(r):
    form = r.choice(STAMPS)
    return form % (r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.randint(0, 999))[:form.count("%")]


def logs(s, r):
    """Application logs: key=value, JSON after the level, messages in words."""
    form = r.randint(0, 4)
    for _ in range(r.randint(10, 40)):
        s.next(r.choice(("jp", "us", "gb", "de")))
        s.put("%s %s " % (stamp(r), r.choice(("INFO", "WARN", "DEBUG [http-nio-8080-exec-3]", "app[2211]:", "ERROR c.e.web.UserController -"))))
        if r.random() < 0.4:
            s.put("GET /api/v2/items/%d?page=%d took=%dms rid=%016x\n" % (r.randint(1, 10 ** 7), r.randint(1, 90), r.randint(1, 3000), r.getrandbits(64)))
            continue
        if form == 0:
            s.put(r.choice(("registered user", "updated profile", "login ok")))
            for kind, key in keys_for(r, s.person.nation):
                text = s.person.value(kind, s.style)
                quote = '"' if " " in text or "　" in text else ""
                s.put(" %s=%s" % (key, quote))
                s.value(kind, key, text=text, required=kind not in NOT_ASKED)
                s.put(quote)
        elif form == 1:
            s.put("request body: {")
            for number, (kind, key) in enumerate(keys_for(r, s.person.nation)):
                s.put('%s"%s":"' % (", " if number else "", key))
                s.value(kind, key, lambda t: json.dumps(t, ensure_ascii=False)[1:-1], required=kind not in NOT_ASKED)
                s.put('"')
            s.put("}")
        elif form == 2:
            s.put("mail sent to ")
            s.value("email", "prose")
            s.put(" from ")
            s.value("ip", "from", required=False)
        elif form == 3:
            s.put("User(id=%d" % r.randint(1, 9999))
            for kind, key in keys_for(r, s.person.nation):
                s.put(", %s=" % key)
                s.value(kind, key, required=kind not in NOT_ASKED)
            s.put(")")
        else:
            s.put("failed login for user=")
            s.value("login", "user")
            s.put(" ip=")
            s.value("ip", "ip")
        s.put("\n")


def requests(s, r):
    """Query strings of access logs and form-encoded bodies, percent-encoded UTF-8."""
    quote = lambda text: urllib.parse.quote_plus(text)
    for _ in range(r.randint(8, 30)):
        s.next(r.choice(("jp", "jp", "us", "gb", "de")))
        body = r.random() < 0.4
        if body:
            s.put(r.choice(("", "POST /signup HTTP/1.1 body=", "POST /contact HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n")))
        else:
            # No word announces it, and it is a visitor's all the same.
            client = layouts.Truth("ip_address", (), "label", False, "client")
            s.document.value("198.51.100.%d" % r.randint(1, 254), client)
            s.put(" - - %s \"GET /form?step=2" % ("[%02d/Mar/2026:11:%02d:02 +0900]" % (r.randint(1, 28), r.randint(0, 59))))
        for number, (kind, key) in enumerate(keys_for(r, s.person.nation)):
            s.put(("&" if number or not body else "") + key + "=")
            s.value(kind, key, quote, required=kind not in NOT_ASKED)
        s.put("&csrf=%032x\n" % r.getrandbits(128) if body else "&v=%d HTTP/1.1\" 200 %d \"-\" \"Mozilla/5.0\"\n" % (r.randint(1, 99), r.randint(100, 90000)))


def markup(s, r):
    """HTML pages of one person: definition lists, tables, form fields."""
    escape = lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    form = r.randint(0, 3)
    s.put("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>detail</title></head><body>\n")
    for _ in range(r.randint(2, 6)):
        s.next()
        s.put("<dl>\n" if form == 0 else "<table>\n" if form == 1 else "<form>\n" if form == 2 else "<div>\n")
        for kind, label in labels_for(r, s.nation):
            label = "郵便番号" if label == "〒" else label
            if form == 0:
                s.put("<dt>%s</dt>\n<dd>" % label)
                s.value(kind, label, escape)
                s.put("</dd>\n")
            elif form == 1:
                s.put("<tr><th>%s</th><td>" % label)
                s.value(kind, label, escape)
                s.put("</td></tr>\n")
            elif form == 2:
                s.put('<input type="text" name="%s" value="' % (KEYS.get(kind, "").split("|")[0] or fields.EN.get(kind, "x").split("|")[0].replace(" ", "_")))
                s.value(kind, "input", lambda t: escape(t).replace('"', "&quot;"))
                s.put('">\n')
            else:
                s.put("<p><b>%s:</b> " % label)
                s.value(kind, label, escape)
                s.put("</p>\n")
        s.put({0: "</dl>\n", 1: "</table>\n", 2: "</form>\n", 3: "</div>\n"}[form])
    s.put("</body></html>\n")


def cards(s, r):
    """Address books: vCard and LDIF."""
    form = r.randint(0, 1)
    for _ in range(r.randint(3, 12)):
        p = s.next(r.choice(("jp", "us", "gb", "de", "fr")))
        if form == 0:
            s.put("BEGIN:VCARD\nVERSION:3.0\nN:")
            truth = layouts.Truth("person_name", (), "label", False, "N")
            s.document.value(p.family, truth)
            s.put(";")
            s.document.value(p.given, truth)
            s.put(";;;\nFN:")
            s.value("name", "FN", text=p.family + " " + p.given if p.nation == "jp" else p.given + " " + p.family)
            s.put("\nTEL;TYPE=CELL:")
            s.value("phone", "TEL")
            s.put("\nEMAIL;TYPE=INTERNET:")
            s.value("email", "EMAIL")
            s.put("\nBDAY:")
            s.value("birth", "BDAY", text="%04d-%02d-%02d" % p.birth)
            s.put("\nEND:VCARD\n")
        else:
            s.put("dn: uid=%s,ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: " % p.login(s.style))
            s.value("login", "uid", required=False)
            s.put("\ncn: ")
            s.value("name", "cn", text=p.latin_given + " " + p.latin_family, required=False)
            s.put("\nmail: ")
            s.value("email", "mail")
            s.put("\ntelephoneNumber: ")
            s.value("phone", "telephoneNumber")
            s.put("\nuserPassword: ")
            s.value("hash", "userPassword", text="{SSHA}" + people.base64.b64encode(people.hashlib.sha256(p.mailbox.encode()).digest()[:24]).decode())
            s.put("\n\n")


def settings(s, r):
    """Configuration and code that hold a person's data: YAML, dictionaries of Python, arrays of PHP."""
    form = r.randint(0, 2)
    for _ in range(r.randint(3, 10)):
        s.next()
        s.put({0: "- id: %d\n" % s.serial, 1: "{", 2: "array("}[form])
        for kind, key in keys_for(r, s.nation, 3):
            text = s.person.value(kind, s.style).replace("'", "’")
            s.put({0: "  %s: %s" % (key, "'" if text[:1] in "!#$%&*@-?'" or ": " in text else ""), 1: "'%s': '" % key, 2: "'%s' => '" % key}[form])
            s.value(kind, key, text=text, required=kind not in NOT_ASKED)
            s.put({0: ("'" if text[:1] in "!#$%&*@-?'" or ": " in text else "") + "\n", 1: "', ", 2: "', "}[form])
        s.put({0: "", 1: "}\n", 2: ")\n"}[form])


def abroad(s, r):
    """Forms and lines of other countries, with their own words: Vor- und Nachname : …, 电话：…, Teléfono = …"""
    east = s.nation in ("kr", "cn")
    mark = r.choice(("：", "：", ": ", " : ") if east else (": ", ": ", " : ", ":\t", " = "))
    table = {kind: labels for kind, labels in fields.OTHER[s.nation].items() if kind not in ("family", "given", "city", "town")}
    in_line = r.random() < 0.3
    between = r.choice((" | ", "; ", " / ") if in_line else ("\n",))
    for _ in range(r.randint(3, 10)):
        p = s.next()
        kinds = [kind for kind in table if kind in ("name", "phone", "email") or r.random() < 0.6]
        for number, kind in enumerate(kind for kind in kinds if kind != "national" or p.national()):
            label = pick(r, table[kind])
            s.put((between if number else "") + label + mark)
            s.value(kind, label)
        s.put("\n" if in_line else r.choice(("\n\n", "\n\n----------\n\n")))


def properties(s, r):
    """Files of settings with an equals sign: sections of an .ini, keys with the name of a person's group before them."""
    form = r.randint(0, 2)
    for _ in range(r.randint(3, 8)):
        s.next()
        s.put({0: "[user%d]\n" % s.serial, 1: "# %d\n" % s.serial, 2: ""}[form])
        for kind, key in keys_for(r, s.nation, 4):
            s.put({0: "%s = ", 1: "%s=", 2: "customer.%s = "}[form] % key)
            s.value(kind, key, required=kind not in NOT_ASKED)
            s.put("\n")
        s.put("\n")


LAYOUTS = {"form": (forms, "txt"), "abroad": (abroad, "txt"), "properties": (properties, "ini"), "apart": (apart, "txt"), "cells": (cells, "csv"), "mail": (signatures, "txt"), "prose": (prose, "txt"), "stealer": (stealer, "txt"), "log": (logs, "log"), "request": (requests, "log"), "markup": (markup, "html"), "addressbook": (cards, "txt"), "settings": (settings, "txt")}


def build(r, number, layout):
    make, ending = LAYOUTS[layout]
    nation = r.choice(("jp", "jp", "us", "gb")) if layout in ("form", "apart", "cells", "mail", "markup", "settings", "properties") else "jp"
    if layout == "abroad":
        nation = r.choice("de de fr es it nl pl kr cn ru".split())
    charset = r.choice(("utf-8", "utf-8", "utf-8", "cp932", "euc-jp")) if nation == "jp" and layout in ("form", "apart", "cells", "mail", "prose") else "utf-8"
    state = r.getstate()
    while True:
        s = Scribe(r, "label/%s_%04d.%s" % (layout, number, ending), nation, layout, charset)
        try:
            make(s, r)
            return s.document
        except UnicodeEncodeError:
            charset = "utf-8"
            r.setstate(state)

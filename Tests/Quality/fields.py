"""What columns, keys and labels are called in real exports, and which type each kind of item is.

The wordings are written from knowledge of such systems, not from the program's vocabulary; `quality.py` tells apart
those that stand in the vocabulary letter by letter and those that do not.
"""
import re

# kind: (type, other types that are right as well, may a table without headers be asked for it)
KINDS = {
    "name": ("person_name", "", True), "family": ("person_name", "", True), "given": ("person_name", "", True), "roman": ("person_name", "", True),
    "kana": ("person_name_kana", "person_name", True), "kana_family": ("person_name_kana", "person_name", True), "kana_given": ("person_name_kana", "person_name", True),
    "birth": ("birth_date", "", True), "birth_year": ("birth_date", "", False), "birth_month": ("birth_date", "", False), "birth_day": ("birth_date", "", False),
    "age": ("age", "", False), "gender": ("gender", "", False),
    "postal": ("postal_code", "address", True), "address": ("address", "", True), "prefecture": ("address", "", False), "city": ("address", "", False), "town": ("address", "", False), "building": ("address", "", False),
    "phone": ("phone_number", "", True), "mobile": ("phone_number", "", True), "landline": ("phone_number", "", True),
    "phone_a": ("phone_number", "", False), "phone_b": ("phone_number", "", False), "phone_c": ("phone_number", "", False),
    "email": ("email_address", "", True),
    "card": ("card_number", "", True), "expiry": ("card_expiry", "", False), "cvv": ("card_security_code", "", False),
    "bank": ("bank_account", "", False), "iban": ("iban", "", True), "credit": ("credit_information", "", False),
    "my_number": ("my_number", "", True), "resident": ("resident_code", "", False), "pension": ("pension_number", "", False), "license": ("drivers_license", "", False),
    "passport": ("passport_number", "", False), "residence_card": ("residence_card", "", True), "insurer": ("health_insurance", "", False), "insured": ("health_insurance", "", False),
    "employment": ("employment_insurance", "", False), "national": ("national_id", "", True),
    "corporate": ("corporate_number", "", True), "company": ("company_name", "employer", False), "employer": ("employer", "company_name", False),
    "login": ("login_id", "", False), "password": ("password", "", False), "hash": ("password_hash", "", True), "token": ("api_token", "", False), "secret": ("secret_answer", "", False),
    "member": ("member_id", "", False), "ip": ("ip_address", "", True), "mac": ("mac_address", "", True),
    "geo_lat": ("geolocation", "", False), "geo_lng": ("geolocation", "", False), "geo": ("geolocation", "", False), "device": ("device_id", "", False),
}
for _each in "race creed social_status medical_history crime_record crime_victim disability health_check medical_care criminal_procedure juvenile union origin sexual_life other".split():
    KINDS["sensitive." + _each] = ("sensitive." + _each, "", False)

JA = {
    "name": "氏名|お名前|ご氏名|氏名（漢字）|氏名（全角）|名前|会員氏名|お客様氏名|利用者氏名|ご契約者名|職員氏名|受診者氏名|児童生徒氏名|申込者氏名|寄附者氏名|入居者氏名|ご注文者様氏名|お名前（フルネーム）",
    "family": "姓|苗字|氏名（姓）|お名前（姓）|姓（漢字）|ご注文者姓", "given": "名|名前（名）|氏名（名）|お名前（名）|名（漢字）|ご注文者名",
    "kana": "フリガナ|氏名カナ|ふりがな|カナ氏名|お名前（フリガナ）|氏名（カナ）|ヨミガナ|カナ名|受診者カナ|ﾌﾘｶﾞﾅ|ｶﾅ氏名",
    "kana_family": "セイ|姓（カナ）|フリガナ（姓）|姓カナ|お名前カナ（姓）", "kana_given": "メイ|名（カナ）|フリガナ（名）|名カナ|お名前カナ（名）",
    "roman": "氏名（ローマ字）|ローマ字氏名|英字氏名|氏名（英字）|パスポート表記",
    "birth": "生年月日|誕生日|お誕生日|生年月日（西暦）|生年月日（和暦）|ご生年月日|出生年月日", "birth_year": "生年月日（年）|生年|誕生年", "birth_month": "生年月日（月）|生月|誕生月", "birth_day": "生年月日（日）|生日",
    "age": "年齢|満年齢|年齢（歳）|受診時年齢", "gender": "性別|性別区分|ご性別|男女",
    "postal": "郵便番号|〒|郵便番号（ハイフンなし）|ご郵便番号|自宅郵便番号", "address": "住所|ご住所|現住所|自宅住所|住所（自宅）|お届け先住所|居住地住所|連絡先住所",
    "prefecture": "都道府県|都道府県名|住所（都道府県）|県名", "city": "市区町村|市区町村名|市区郡|住所（市区町村）", "town": "町名番地|番地|住所（番地）|町域・番地|それ以降の住所", "building": "建物名|マンション名|建物名・部屋番号|アパート・マンション名",
    "phone": "電話番号|TEL|ご連絡先電話番号|電話|日中の連絡先|連絡先（電話）|お電話番号|電話番号（ハイフンあり）|緊急連絡先電話", "mobile": "携帯電話|携帯番号|携帯電話番号|携帯TEL|電話番号（携帯）", "landline": "自宅電話|固定電話|自宅TEL|電話番号（自宅）",
    "phone_a": "電話番号1|TEL1|電話1", "phone_b": "電話番号2|TEL2|電話2", "phone_c": "電話番号3|TEL3|電話3",
    "email": "メールアドレス|E-mail|Eメール|メール|電子メール|連絡先メールアドレス|メールアドレス（PC）|ご登録メールアドレス|メアド",
    "card": "クレジットカード番号|カード番号|クレカ番号|カードNo", "expiry": "有効期限|カード有効期限|カード期限", "cvv": "セキュリティコード|CVV|カードセキュリティコード",
    "bank": "口座番号|振込口座番号|給与振込口座|銀行口座番号|返金先口座番号", "iban": "IBAN", "credit": "信用情報|借入残高|与信枠|信用スコア",
    "my_number": "マイナンバー|個人番号|個人番号（12桁）|マイナンバー（本人）", "resident": "住民票コード", "pension": "基礎年金番号|年金番号", "license": "運転免許証番号|免許証番号|免許番号",
    "passport": "旅券番号|パスポート番号|パスポートNo", "residence_card": "在留カード番号|在留カードNo", "insurer": "保険者番号", "insured": "被保険者番号|保険証番号|被保険者証番号", "employment": "雇用保険被保険者番号|雇用保険番号",
    "national": "身分証番号|SSN", "corporate": "法人番号", "company": "会社名|御社名|法人名|貴社名|企業名", "employer": "勤務先|勤務先名|お勤め先|勤務先会社名",
    "login": "ログインID|ユーザーID|ユーザ名|アカウント名", "password": "パスワード|初期パスワード|ログインパスワード|PW|暗証番号", "hash": "パスワードハッシュ|パスワード（ハッシュ）|パスワード", "token": "APIキー|アクセストークン|APIトークン", "secret": "秘密の質問の答え|秘密の答え|合言葉",
    "member": "会員番号|お客様番号|顧客ID|会員ID|社員番号|患者ID|学籍番号|会員No|顧客コード", "ip": "IPアドレス|登録IP|アクセス元IP|ログインIP|接続元IPアドレス", "mac": "MACアドレス|端末MACアドレス", "geo_lat": "緯度", "geo_lng": "経度", "geo": "位置情報|緯度経度", "device": "端末ID|端末識別番号|IMEI|広告ID",
    "sensitive.medical_history": "病歴|既往歴|病名|傷病名|診断名|主な既往歴", "sensitive.medical_care": "処方薬|治療内容|手術歴|入院歴|服薬状況|診療内容", "sensitive.health_check": "健診結果|検査結果|健康診断結果|血圧|HbA1c|総合判定", "sensitive.disability": "障害者手帳|障害等級|障がい者手帳等級|障害の程度|障害種別",
    "sensitive.creed": "宗教|信仰|宗派|支持政党", "sensitive.union": "労働組合|組合加入|組合員区分|労働組合加入状況", "sensitive.race": "人種|民族|出自", "sensitive.origin": "国籍|本籍|本籍地|出身地|国籍・地域",
    "sensitive.crime_record": "犯罪歴|前科|犯歴", "sensitive.crime_victim": "犯罪被害|被害の内容（犯罪）|犯罪被害歴", "sensitive.criminal_procedure": "逮捕歴|刑事処分|起訴状況", "sensitive.juvenile": "保護処分|少年審判", "sensitive.social_status": "社会的身分|出自（社会的身分）", "sensitive.sexual_life": "性的指向|性自認・性的指向", "sensitive.other": "血液型|アレルギー|要介護度|生活保護",
}
EN = {
    "name": "name|full name|customer name|patient name|employee name|student name|contact name|member name|account holder|recipient name|attendee name|donor name|guest name|cardholder name|applicant name|display name",
    "family": "last name|family name|surname|lname", "given": "first name|given name|forename|fname",
    "kana": "name kana|full name kana|kana|furigana|name yomi", "kana_family": "last name kana|family name kana|sei kana", "kana_given": "first name kana|given name kana|mei kana", "roman": "name romaji|name roman|romaji|latin name",
    "birth": "birth date|date of birth|dob|birthday|birthdate|patient dob|birth day date", "birth_year": "birth year|year of birth", "birth_month": "birth month|month of birth", "birth_day": "birth day|day of birth", "age": "age|age years|patient age", "gender": "gender|sex|gender code",
    "postal": "zip|zip code|postal code|postcode|zip postal code|post code", "address": "address|street address|home address|full address|mailing address|residential address|postal address", "prefecture": "state|prefecture|province|state province|region", "city": "city|town|city name|locality", "town": "address line 1|street|address1|address 1|street 1", "building": "address line 2|address2|apartment|street 2|building",
    "phone": "phone|phone number|telephone|contact number|tel|primary phone|daytime phone|contact phone", "mobile": "mobile|mobile phone|cell phone|mobile number|cell", "landline": "home phone|work phone|office phone|landline", "phone_a": "tel1|phone1", "phone_b": "tel2|phone2", "phone_c": "tel3|phone3",
    "email": "email|email address|e-mail|mail|user email|contact email|primary email|work email|mail address", "card": "card number|credit card|cc number|credit card number|payment card number|cardno", "expiry": "expiry|exp date|card expiry|expiration date|card exp", "cvv": "cvv|cvc|security code|cvv2|card verification value",
    "bank": "account number|bank account|bank account number|acct no|account no", "iban": "iban|bank iban|account iban", "credit": "credit score|fico score|loan balance", "my_number": "my number|individual number|mynumber", "resident": "juminhyo code", "pension": "pension number|basic pension number", "license": "driver license|drivers license|driving licence no|license number|dl number", "passport": "passport number|passport|passport no", "residence_card": "residence card number|residence card|zairyu card no", "insurer": "insurer number|insurance number", "insured": "insurance number|health insurance number|insured number", "employment": "employment insurance number",
    "national": "ssn|national id|social security number|tax id|id number|identity number|national insurance number|nin|citizen id", "corporate": "corporate number", "company": "company|company name|organization|business name|account name|org name", "employer": "employer|employer name|current employer",
    "login": "username|login|user name|user login|login id|user id name|account login", "password": "password|passwd|user password|login password|plain password|pwd|pass", "hash": "password hash|password|encrypted password|hashed password|password digest|user pass", "token": "api key|access token|auth token|api token|refresh token|remember token", "secret": "security answer|secret answer|hint answer|password hint",
    "member": "member id|customer id|user id|employee id|student id|patient id|account id|customer number|membership number|client id|mrn|emp no", "ip": "ip|ip address|last login ip|client ip|remote addr|signup ip|registration ip|login ip address", "mac": "mac address|mac|device mac", "geo_lat": "latitude|lat", "geo_lng": "longitude|lng|lon", "geo": "location|gps|coordinates|lat lng", "device": "device id|imei|idfa|advertising id|android id",
    "sensitive.medical_history": "medical history|diagnosis|past medical history|conditions|primary diagnosis", "sensitive.medical_care": "medication|prescription|treatment|procedure performed|current medications", "sensitive.health_check": "test result|lab result|blood pressure|hba1c|health check result", "sensitive.disability": "disability|disability status|disability type", "sensitive.creed": "religion|faith|religious affiliation|political affiliation", "sensitive.union": "union membership|trade union|union member", "sensitive.race": "race|ethnicity|ethnic group|race ethnicity", "sensitive.origin": "nationality|citizenship|country of birth|place of birth", "sensitive.crime_record": "criminal record|convictions|criminal history", "sensitive.crime_victim": "crime victim|victim of crime", "sensitive.criminal_procedure": "arrest record|arrests|indictment", "sensitive.juvenile": "juvenile record|juvenile court", "sensitive.social_status": "legitimacy", "sensitive.sexual_life": "sexual orientation|sexuality", "sensitive.other": "blood type|allergies|allergy|pregnancy status|blood group",
}
OTHER = {
    "de": {"name": "Name|Vor- und Nachname|Ansprechpartner", "family": "Nachname|Familienname", "given": "Vorname", "birth": "Geburtsdatum|Geb.-Datum|Geburtstag", "gender": "Geschlecht", "postal": "PLZ|Postleitzahl", "address": "Anschrift|Adresse", "city": "Ort|Stadt|Wohnort", "town": "Straße|Strasse|Straße und Hausnummer", "phone": "Telefon|Telefonnummer|Tel.", "mobile": "Handy|Mobiltelefon|Mobilnummer", "email": "E-Mail|E-Mail-Adresse", "company": "Firma|Unternehmen", "iban": "IBAN|Kontoverbindung (IBAN)", "password": "Passwort|Kennwort", "login": "Benutzername", "member": "Kundennummer|Mitgliedsnummer|Personalnummer", "sensitive.creed": "Konfession|Religion", "sensitive.origin": "Staatsangehörigkeit|Nationalität", "sensitive.medical_history": "Diagnose", "sensitive.disability": "Schwerbehinderung", "card": "Kreditkartennummer", "ip": "IP-Adresse"},
    "fr": {"name": "Nom complet|Nom et prénom", "family": "Nom|Nom de famille", "given": "Prénom", "birth": "Date de naissance|Né(e) le", "gender": "Sexe|Civilité", "postal": "Code postal|CP", "address": "Adresse|Adresse postale", "city": "Ville|Commune", "town": "Rue|Adresse 1", "phone": "Téléphone|Tél.|Tel fixe", "mobile": "Portable|Téléphone portable|Mobile", "email": "Courriel|Adresse e-mail|Adresse électronique|Email", "company": "Société|Entreprise|Raison sociale", "iban": "IBAN", "password": "Mot de passe", "login": "Identifiant", "member": "Numéro client|N° client|Matricule", "national": "Numéro de sécurité sociale|NIR|N° SS", "sensitive.origin": "Nationalité", "sensitive.medical_history": "Antécédents médicaux|Diagnostic", "ip": "Adresse IP"},
    "es": {"name": "Nombre completo|Nombre y apellidos", "family": "Apellidos|Primer apellido", "given": "Nombre", "birth": "Fecha de nacimiento|F. Nacimiento", "gender": "Sexo|Género", "postal": "Código postal|CP", "address": "Dirección|Domicilio", "city": "Ciudad|Localidad|Población", "town": "Calle", "phone": "Teléfono|Teléfono fijo", "mobile": "Móvil|Celular|Teléfono móvil", "email": "Correo electrónico|Correo", "company": "Empresa|Razón social", "iban": "IBAN", "national": "DNI|NIF|DNI/NIE", "password": "Contraseña", "login": "Usuario", "member": "Número de cliente|N.º de socio", "sensitive.origin": "Nacionalidad", "sensitive.medical_history": "Diagnóstico"},
    "it": {"family": "Cognome", "given": "Nome", "name": "Nome e cognome|Nominativo", "birth": "Data di nascita", "gender": "Sesso", "postal": "CAP", "address": "Indirizzo|Residenza", "city": "Città|Comune", "phone": "Telefono", "mobile": "Cellulare", "email": "Email|Posta elettronica|Indirizzo e-mail", "iban": "IBAN", "password": "Password", "company": "Azienda|Ragione sociale"},
    "nl": {"family": "Achternaam", "given": "Voornaam", "name": "Naam|Volledige naam", "birth": "Geboortedatum", "gender": "Geslacht", "postal": "Postcode", "address": "Adres", "city": "Woonplaats|Plaats", "phone": "Telefoonnummer|Telefoon", "mobile": "Mobiel", "email": "E-mailadres|E-mail", "iban": "IBAN|Rekeningnummer", "national": "BSN|Burgerservicenummer", "password": "Wachtwoord"},
    "pl": {"family": "Nazwisko", "given": "Imię", "name": "Imię i nazwisko", "birth": "Data urodzenia", "phone": "Telefon|Nr telefonu", "email": "E-mail|Adres e-mail", "national": "PESEL", "postal": "Kod pocztowy", "address": "Adres", "city": "Miasto|Miejscowość"},
    "kr": {"name": "이름|성명|고객명", "birth": "생년월일", "gender": "성별", "phone": "전화번호|연락처", "mobile": "휴대폰|휴대전화번호", "email": "이메일|메일", "postal": "우편번호", "address": "주소", "national": "주민등록번호|주민번호", "password": "비밀번호", "login": "아이디"},
    "cn": {"name": "姓名|客户姓名|联系人", "birth": "出生日期|生日", "gender": "性别", "phone": "电话|联系电话", "mobile": "手机|手机号|手机号码", "email": "邮箱|电子邮件", "postal": "邮编|邮政编码", "address": "地址|联系地址|家庭住址", "national": "身份证号|身份证号码|身份证", "password": "密码", "login": "用户名|账号"},
}
OTHER["ru"] = {"name": "ФИО|Имя и фамилия|Клиент ФИО", "birth": "Дата рождения", "gender": "Пол", "phone": "Телефон|Номер телефона|Контактный телефон", "mobile": "Мобильный телефон|Мобильный", "email": "E-mail|Электронная почта|Почта", "password": "Пароль", "login": "Логин|Имя пользователя", "national": "ИНН", "sensitive.origin": "Гражданство", "company": "Организация", "ip": "IP-адрес", "member": "Номер клиента"}
PREFIX_JA = {"delivery": "配送先 お届け先 送付先".split(), "billing": "請求先 ご請求先".split(), "family": "保護者 配偶者 父 母".split(), "emergency": "緊急連絡先 緊急時連絡先".split(), "main": "会員 お客様 ご注文者 契約者 本人 申込者".split()}
PREFIX_EN = {"delivery": "shipping|ship to|delivery", "billing": "billing|bill to", "family": "parent|guardian|spouse", "emergency": "emergency contact|emergency", "main": "customer|user|primary|contact|client|buyer|member"}
# Only these may stand behind a prefix.
PREFIXED = "name family given kana phone mobile email address postal prefecture city town building birth".split()
# Columns of things: nothing in them is anybody's.
NEUTRAL_JA = {"注文番号": "order", "受注日時": "stamp", "商品名": "product", "数量": "quantity", "単価": "amount", "合計金額": "amount", "JANコード": "jan", "ステータス": "status", "登録日時": "stamp", "更新日時": "stamp", "入会日": "day", "最終購入日": "day", "ポイント残高": "small", "担当部署": "department", "伝票番号": "slip", "追跡番号": "tracking", "店舗コード": "code", "会員ランク": "rank", "DM可否": "flag", "支払方法": "payment", "お届け希望日": "day", "バージョン": "version", "処理フラグ": "flag", "決済ID": "uuid", "契約日": "day", "職位": "rank"}
NEUTRAL_EN = {"order id": "order", "created at": "stamp", "updated at": "stamp", "product name": "product", "quantity": "quantity", "unit price": "amount", "total": "amount", "sku": "sku", "status": "status", "last login": "stamp", "signup date": "day", "points": "small", "department": "department", "tracking number": "tracking", "invoice no": "slip", "store code": "code", "is active": "flag", "payment method": "payment", "uuid": "uuid", "version": "version", "hire date": "day", "currency": "currency", "row hash": "digest", "plan": "rank", "order ref": "order"}


def english(word, style):
    parts = re.split(r"[ \-]", word)
    if style == "snake":
        return "_".join(parts)
    if style == "camel":
        return parts[0] + "".join(p.title() for p in parts[1:])
    if style == "pascal":
        return "".join(p.title() for p in parts)
    if style == "kebab":
        return "-".join(parts)
    if style == "upper":
        return "_".join(parts).upper()
    if style == "title":
        return " ".join(p.upper() if p in ("id", "ip", "ssn", "iban", "dob") else p.title() for p in parts)
    return word


STYLES = "snake camel pascal kebab upper title space".split()


class Naming:
    """How one table names its columns: one language and one style, as one program does."""

    def __init__(self, r, language, style=None):
        self.r, self.language = r, language
        self.style = style or r.choice(STYLES)

    def of(self, kind, group="main", prefixed=False):
        """A header for a kind, or None where this language has no word here."""
        r = self.r
        if self.language == "ja":
            word = r.choice(JA[kind].split("|"))
            if group == "main" and not prefixed or kind not in PREFIXED:
                return word
            prefix = r.choice(PREFIX_JA[group])
            word = r.choice({"name": "氏名|お名前|名前", "family": "姓|氏名（姓）", "given": "名|氏名（名）", "kana": "フリガナ|氏名カナ", "phone": "電話番号|TEL", "mobile": "携帯番号|携帯電話", "email": "メールアドレス|E-mail", "address": "住所|ご住所", "postal": "郵便番号|〒", "prefecture": "都道府県", "city": "市区町村", "town": "町名番地|番地", "building": "建物名", "birth": "生年月日"}[kind].split("|"))
            return r.choice(("%s%s", "%s%s", "%s_%s", "%sの%s", "%s：%s")) % (prefix, word)
        if self.language == "en":
            word = r.choice(EN[kind].split("|"))
            if (group != "main" or prefixed) and kind in PREFIXED:
                word = r.choice(PREFIX_EN[group].split("|")) + " " + r.choice([w for w in EN[kind].split("|") if not re.match("customer|patient|employee|student|contact|member|account|user|primary|home|attendee|donor|guest|applicant|display|cardholder|recipient|work", w)] or [word])
            return english(word, self.style)
        known = OTHER[self.language].get(kind)
        return r.choice(known.split("|")) if known else None

    def neutral(self):
        """A header of no person, and what stands below it."""
        table = NEUTRAL_JA if self.language == "ja" else NEUTRAL_EN
        word = self.r.choice(sorted(table))
        return (word if self.language == "ja" else english(word, self.style)), table[word]

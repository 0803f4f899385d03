"""What leaks: membership lists, orders, dumps, staff, companies, schools, letters. Each knows whose rows it wrote."""
from world import ROLES, Style, people, words
from writers import Table

TYPES = {"name": "person_name", "family": "person_name", "given": "person_name", "roman": "person_name", "kana": "person_name_kana", "kana_family": "person_name_kana", "kana_given": "person_name_kana",
         "birth": "birth_date", "gender": "gender", "postal": "postal_code", "address": "address", "prefecture": "address", "city": "address", "town": "address", "building": "address",
         "phone": "phone_number", "mobile": "phone_number", "landline": "phone_number", "email": "email_address", "login": "login_id", "hash": "password_hash",
         "diagnosis": "sensitive.medical_history", "card": "card_number", "expiry": "card_expiry", "employer": "employer", "my_number": "my_number", "national": "national_id", "bank": "bank_account", "medical": "sensitive.medical_history"}
JA = {"name": "氏名 お名前 名前 会員氏名 顧客名", "family": "姓 氏 名字", "given": "名", "kana": "フリガナ 氏名カナ カナ氏名 ふりがな", "kana_family": "セイ 姓カナ", "kana_given": "メイ 名カナ", "roman": "ローマ字氏名 氏名（ローマ字） 英字氏名",
      "birth": "生年月日 誕生日", "gender": "性別", "postal": "郵便番号 〒", "address": "住所 ご住所 現住所", "prefecture": "都道府県", "city": "市区町村", "town": "町名番地 番地", "building": "建物名 建物名・部屋番号", "phone": "電話番号 TEL 連絡先電話番号",
      "mobile": "携帯電話 携帯番号", "landline": "自宅電話 固定電話", "email": "メールアドレス E-mail メール", "login": "ログインID", "hash": "パスワード", "member": "会員番号 会員ID 顧客番号", "employer": "勤務先 勤務先名",
      "card": "クレジットカード番号", "expiry": "カード有効期限", "my_number": "マイナンバー 個人番号", "bank": "口座番号", "medical": "既往歴 病歴", "diagnosis": "病名 診断名"}
EN = {"name": "name full_name customer_name", "family": "last_name surname", "given": "first_name given_name", "roman": "name_en full_name", "kana": "name_kana kana", "kana_family": "last_name_kana", "kana_given": "first_name_kana",
      "birth": "date_of_birth birth_date dob", "gender": "gender sex", "postal": "zip postal_code", "address": "address street_address", "prefecture": "state prefecture", "city": "city", "town": "address1 street", "building": "address2 building", "phone": "phone phone_number tel",
      "mobile": "mobile cell_phone", "landline": "home_phone", "email": "email email_address e_mail", "login": "login username", "hash": "password_hash encrypted_password", "member": "member_id customer_id customer_no", "employer": "employer",
      "card": "card_number", "expiry": "card_expiry", "national": "national_id social_security_number id_number", "bank": "account_number", "medical": "medical_history", "diagnosis": "diagnosis disease_name"}


class Sheet(Table):
    """A table with the truth of each row: person, and the types that the row shows of that person."""

    def __init__(self, name, headers):
        super().__init__(name, headers)
        self.truth = []
        # What a dump says of its keys: column, table, column there.
        self.keys = []

    def add(self, cells, *shown):
        """`shown`: pairs of a person and the kinds of cells that the row has of them."""
        self.rows.append(cells)
        self.truth.append([(person, kinds) for person, kinds in shown if kinds])


class Maker:
    """Draws columns and cells for one breach."""

    def __init__(self, r, world, language):
        self.r, self.world, self.language = r, world, language
        # By person: what records of that person have in common with others.
        self.shown = {}
        # Records that nobody could tell to be their person's.
        self.untold = 0

    def links(self, person, kinds, old=False):
        """What another record of the person may share with a record that has these cells."""
        named = not {"name", "family", "kana", "roman"}.isdisjoint(kinds)
        keys = {"member", "number"} & set(kinds)
        if "email" in kinds and person.mailbox:
            keys.add("email")
        if ("mobile" in kinds or "phone" in kinds) and person.has_mobile:
            keys.add("mobile")
        former = "former " if old and person.maiden else ""
        place = ("former " if old and person.former else "") + "address"
        if named and ("landline" in kinds or "phone" in kinds and not person.has_mobile):
            keys.add(former + "landline")
        if named and "birth" in kinds:
            keys.add(former + "birth")
        if named and not {"address", "town"}.isdisjoint(kinds):
            keys.add(former + place)
            if "birth" in kinds:
                # Whatever the family name.
                keys.add("birth at " + place)
        if "dump" in kinds:
            keys.add("dump")
        if not {"name", "family"}.isdisjoint(kinds) or named and person.nation != "jp":
            keys.add(former + "name")
        if not {"kana", "kana_given", "roman"}.isdisjoint(kinds):
            keys.add(former + "kana")
        return keys

    def fits(self, person, kinds, old=False):
        """False for nearly all records that nobody could tell to be the person's of whom others speak."""
        keys = self.links(person, kinds, old)
        known = self.shown.get(person.id, set())
        names = {"name", "kana", "former name", "former kana"}
        shared = keys & known if keys <= names else keys & known - names
        if known and not shared:
            if self.r.random() >= 0.01:
                return False
            self.untold += 1
        self.shown[person.id] = known | keys
        return True

    def style(self):
        return Style(self.r, self.world.nations[0])

    def header(self, kind, english=False):
        words_of = EN if english or self.language != "ja" else JA
        return self.r.choice(words_of[kind].split())

    def text(self, person, kind, s, old=False):
        """One cell; "" where the person has none."""
        if kind == "member":
            return str(person.member)
        if kind == "number":
            return self.world.numbers[person]
        if kind == "employer":
            return person.employer
        if kind == "bank":
            return person.bank_account
        if kind == "my_number":
            return person.my_number
        if kind == "national":
            return person.national_number
        if kind in ("medical", "diagnosis"):
            return person.seen(self.r, s).value("sensitive.medical_history", s)
        if person.nation != "jp" and kind in ("landline", "kana", "kana_family", "kana_given", "building"):
            return ""
        if kind in ("mobile", "phone") and not person.has_mobile:
            return "" if kind == "mobile" else person.seen(self.r, s, old).phone(s, False)
        return person.seen(self.r, s, old).value(kind, s)

    def name_columns(self, s):
        r = self.r
        japanese = self.world.nations[0] == "jp"
        kinds = ["name"] if r.random() < (0.65 if japanese else 0.5) else ["family", "given"]
        if japanese and r.random() < 0.7:
            kinds += ["kana"] if kinds == ["name"] or r.random() < 0.3 else ["kana_family", "kana_given"]
        if not japanese and kinds[0] == "family" and r.random() < 0.6:
            kinds = ["given", "family"]
        return kinds

    def address_columns(self):
        return self.r.choice((["postal", "address"], ["postal", "address"], ["address"], ["postal", "prefecture", "city", "town", "building"]))

    def cells(self, person, kinds, s, blank=0.04):
        """The cells of one person and the kinds that are filled: some are left out, some have a slip of the pen.

        No kind is filled when nobody could tell whose record it is.
        """
        r = self.r
        old = r.random() < s.old
        cells, slips = [], 0
        for kind in kinds:
            text = self.text(person, kind, s, old)
            if kind not in ("name", "family", "given", "member", "number", "roman") and r.random() < (blank / 10 if kind in ("prefecture", "city", "town") else blank):
                text = ""
            elif text and r.random() < 0.002:
                wrong = slip(r, kind, text)
                slips += wrong != text
                text = wrong
            cells.append(text)
        filled = [kind for kind, text in zip(kinds, cells) if text] + (["slip"] if slips else [])
        if old and person.former and not {"address", "prefecture", "city"}.isdisjoint(filled):
            filled.append("former")
        return (cells, filled) if self.fits(person, filled + s.more, old) else ([""] * len(kinds), [])

    # MARK: lists of persons

    def members(self, share=0.6):
        r, s = self.r, self.style()
        english = self.language != "ja" or r.random() < 0.15
        kinds = (["member"] if r.random() < 0.8 else []) + self.name_columns(s)
        kinds += [kind for kind, chance in (("birth", 0.7), ("gender", 0.5)) if r.random() < chance]
        if r.random() < 0.85:
            kinds += self.address_columns()
        kinds += r.choice((["phone"], ["phone"], ["landline", "mobile"], []))
        kinds += ["email"] if r.random() < 0.85 or "phone" not in kinds else []
        kinds += [kind for kind in ("employer", "card", "bank", "medical") if r.random() < 0.1]
        sheet = Sheet("members", [self.header(kind, english) for kind in kinds] + ["登録日" if not english else "created_at"])
        for person in self.world.take(share):
            cells, filled = self.cells(person, kinds, s)
            if not filled:
                continue
            sheet.add(cells + ["20%02d-%02d-%02d" % (r.randint(15, 25), r.randint(1, 12), r.randint(1, 28))], (person, filled))
        for _ in range(len(sheet.rows) // 80):
            again = r.randrange(len(sheet.rows))
            sheet.add(list(sheet.rows[again]), *sheet.truth[again])
        if "email" in kinds and "name" in kinds:
            for number in range(r.randint(0, 4)):
                sheet.add([self.sample(kind, number) for kind in kinds] + ["2020-01-01"])
        return [sheet]

    def sample(self, kind, number):
        return {"name": "テスト太郎" if self.language == "ja" else "Test User", "kana": "テストタロウ", "member": "99999%d" % number, "email": "test%d@example.com" % number, "phone": "090-0000-0000", "mobile": "090-0000-0000"}.get(kind, "")

    def orders(self, share=0.35):
        """Orders of members and guests; one in six goes to somebody else."""
        r, s = self.r, self.style()
        ja = self.language == "ja"
        own = (["member"] if r.random() < 0.6 else []) + ["name"] + (["kana"] if ja and r.random() < 0.5 else []) + ["postal", "address", "phone"] + (["email"] if r.random() < 0.7 else [])
        gift = ["name", "postal", "address", "phone"]
        first, to = ("注文者", "配送先") if ja else ("billing_", "shipping_")
        naked = {"name": "氏名", "kana": "カナ", "postal": "郵便番号", "address": "住所", "phone": "電話番号", "email": "メールアドレス", "member": "会員番号"} if ja else {"name": "name", "postal": "zip", "address": "address", "phone": "phone", "email": "email", "member": "customer_id"}
        prefix = r.random() < 0.7
        headers = ["注文番号" if ja else "order_no"] + [(first if prefix and kind != "member" else "") + naked[kind] for kind in own] + [to + naked[kind] for kind in gift] + ["商品名" if ja else "product_name", "金額" if ja else "amount"]
        sheet = Sheet("orders", headers)
        persons = self.world.take(share)
        repeats = r.choice(("same", "blank"))
        for number, person in enumerate(persons * 2 if len(persons) < 3000 else persons):
            if number >= len(persons) and r.random() < 0.5:
                continue
            # Who buys as a guest is known by nothing that a member's number tells.
            guest = "member" in own and r.random() < 0.25
            cells, filled = self.cells(person, own[1:] if guest else own, s)
            if not filled:
                continue
            if guest:
                cells.insert(0, "")
            shown = [(person, filled)]
            if r.random() < 0.16:
                other = r.choice(person.home_members) if r.random() < 0.5 else r.choice(self.world.people)
                there, kinds = self.cells(other, gift, s)
                if not kinds:
                    other = person
                shown.append((other, kinds))
            else:
                there = [cells[own.index(kind)] for kind in gift] if repeats == "same" else [""] * len(gift)
            sheet.add(["A%08d" % (number * 7 + 1000)] + cells + there + [r.choice(("ミックスナッツ 500g", "ステンレス水筒", "綿タオル3枚組") if ja else ("Steel bottle", "Cotton towels", "Desk lamp")), str(r.randint(500, 30000))], *shown)
        return [sheet]

    def staff(self, share=0.15):
        """Employees with their families and whom to call."""
        r, s = self.r, self.style()
        own = ["name"] + (["kana"] if self.language == "ja" else []) + ["birth", "address", "mobile"] + (["my_number" if self.language == "ja" else "national"] if r.random() < 0.4 else []) + (["bank"] if r.random() < 0.4 else [])
        ja = self.language == "ja"
        headers = (["社員番号"] if ja else ["employee_id"]) + [self.header(kind) for kind in own]
        headers += ["配偶者氏名", "配偶者生年月日", "扶養者1氏名", "扶養者1生年月日", "緊急連絡先氏名", "緊急連絡先電話番号"] if ja else ["spouse_name", "spouse_birth_date", "child_name", "child_birth_date", "emergency_contact_name", "emergency_contact_phone"]
        sheet = Sheet("employees", headers)
        for number, person in enumerate(self.world.take(share, adults=True)):
            cells, filled = self.cells(person, own, s, 0.0)
            if not filled:
                continue
            others = [other for other in person.home_members if other is not person]
            adult = [other for other in others if 2026 - other.birth[0] >= 18]
            child = [other for other in others if 2026 - other.birth[0] < 18]
            shown = [(person, filled)]
            for group in (adult, child):
                if group:
                    there, kinds = self.cells(group[0], ["name", "birth"], s, 0.0)
                    shown.append((group[0], kinds))
                    cells += there
                else:
                    cells += ["", ""]
            if r.random() < 0.7:
                contact = adult[0] if adult else r.choice(self.world.people)
                there, kinds = self.cells(contact, ["name", "phone"], s, 0.0)
                shown.append((contact, kinds))
                cells += there
            else:
                cells += ["", ""]
            self.world.numbers[person] = "%06d" % (number * 3 + 10001)
            shown[0] = (person, filled + ["number"])
            self.shown[person.id].add("number")
            sheet.add([self.world.numbers[person]] + cells, *shown)
        return [sheet]

    def school(self, share=0.9):
        """Pupils with the parent who answers for them: brothers and sisters share one."""
        r, s = self.r, self.style()
        ja = self.language == "ja"
        headers = ["学籍番号", "生徒氏名", "フリガナ", "生年月日", "住所", "保護者氏名", "続柄", "保護者電話番号"] if ja else ["student_id", "student_name", "dob", "address", "parent_name", "relation", "parent_phone"]
        own = ["name", "kana", "birth", "address"] if ja else ["name", "birth", "address"]
        sheet = Sheet("students", headers)
        for number, person in enumerate(self.world.take(share)):
            parent = person.home_members[0]
            if 2026 - person.birth[0] >= 22 or parent is person:
                continue
            cells, filled = self.cells(person, own, s, 0.0)
            there, kinds = self.cells(parent, ["name", "phone"], s, 0.0)
            if not filled:
                continue
            sheet.add(["S%06d" % (number + 1)] + cells + [there[0], ("母" if parent.female else "父") if ja else "parent", there[1]], (person, filled), (parent, kinds))
        return [sheet]

    # MARK: what is hardly more than a mailbox or a name

    def newsletter(self, share=0.4):
        r, s = self.r, self.style()
        share = share if r.random() < 0.5 else share / 4
        if r.random() < 0.5:
            return self.named_newsletter(share, s)
        bare = r.random() < 0.4
        sheet = Sheet("subscribers", ["email"] if bare else ["email", "status", "subscribed_at"])
        for person in self.world.take(share):
            if person.mailbox and self.fits(person, ["email"]):
                sheet.add([person.mailbox if r.random() < 0.9 else person.mailbox.upper()] + ([] if bare else [r.choice(("active", "unsubscribed")), "2024-0%d-11" % r.randint(1, 9)]), (person, ["email"]))
        for number in range(r.randint(0, 6)):
            sheet.add(["%s@%s" % (r.choice(ROLES), "shop%d.co.jp" % number)] + ([] if bare else ["active", "2024-01-01"]))
        return [sheet]

    def named_newsletter(self, share, s):
        """What mailing services export: address, first and last name."""
        kinds = ["email"] + (["given", "family"] if self.language != "ja" or self.r.random() < 0.4 else ["name"])
        sheet = Sheet("subscribers", [self.header(kind, self.r.random() < 0.5) for kind in kinds] + ["status"])
        for person in self.world.take(share):
            cells, filled = self.cells(person, kinds, s, 0.0)
            if filled and person.mailbox:
                sheet.add(cells + [self.r.choice(("active", "unsubscribed"))], (person, filled))
        return [sheet]

    def appointments(self, share=0.15):
        r, s = self.r, self.style()
        ja = self.language == "ja"
        sheet = Sheet("appointments", ["予約日時", "氏名", "メニュー"] if ja else ["start_at", "customer_name", "service"])
        for person in self.world.take(share):
            if not self.fits(person, ["name"]):
                continue
            sheet.add(["2026-0%d-%02d %02d:30" % (r.randint(1, 9), r.randint(1, 28), r.randint(9, 18)), self.text(person, "name", s), r.choice(("カット", "カラー", "相談") if ja else ("Haircut", "Advice"))], (person, ["name"]))
        return [sheet]

    def participants(self, share=0.15):
        """An event's list in Latin letters."""
        s = self.style()
        kinds = ["roman", "email"] + (["mobile"] if self.r.random() < 0.5 else [])
        sheet = Sheet("participants", [self.header(kind) for kind in kinds])
        for person in self.world.take(share):
            cells, filled = self.cells(person, kinds, s)
            if filled:
                sheet.add(cells, (person, filled))
        return [sheet]

    def inquiries(self, share=0.15):
        r, s = self.r, self.style()
        ja = self.language == "ja"
        sheet = Sheet("inquiries", ["受付日", "お名前", "メールアドレス", "お問い合わせ内容"] if ja else ["received", "name", "email", "message"])
        for person in self.world.take(share):
            cells, filled = self.cells(person, ["name", "email"], s, 0.0)
            if not filled:
                continue
            sheet.add(["2026-0%d-%02d" % (r.randint(1, 9), r.randint(1, 28))] + cells + [r.choice(("商品が届きません。", "返品をお願いします。") if ja else ("Where is my parcel?", "Please send the invoice again."))], (person, filled))
        return [sheet]

    # MARK: companies

    def companies(self, count=60):
        """Companies with their contacts; some write to a role's mailbox, and all share the switchboard."""
        r, s = self.r, self.style()
        ja = self.language == "ja"
        sheet = Sheet("partners", ["取引先コード", "会社名", "代表者名", "担当者名", "郵便番号", "住所", "電話番号", "メールアドレス"] if ja else ["vendor_code", "company_name", "representative_name", "contact_name", "zip", "address", "phone", "email"])
        for number in range(count):
            place = self.world.outsider()
            head = self.world.outsider() if r.random() < 0.5 else None
            company = ("株式会社%s%d" if ja else "%s %d Ltd") % (r.choice(words.COMPANIES_JP if ja else ["Harrow", "Finch", "Cobalt", "Tidewater"]), number)
            domain = "kaisha%d.%s" % (number, "co.jp" if ja else "com")
            if place.nation == "jp":
                place.has_mobile = False
            address = [self.text(place, "postal", s), self.text(place, "address", s), self.text(place, "phone", s)]
            for contact_number in range(r.choice((0, 1, 1, 1, 2))):
                contact = self.world.outsider()
                role = r.random() < 0.4
                mailbox = "%s@%s" % (r.choice(ROLES) if role else "c%d.%s" % (contact_number, people.fold(contact.latin_family).replace(" ", "")), domain)
                sheet.add(["T%05d" % number, company, self.text(head, "name", s) if head else "", self.text(contact, "name", s)] + address + [mailbox], (contact, ["name", "postal", "address", "phone", "email"]), *([(head, ["name"])] if head else []))
        return [sheet]

    # MARK: lists that number their persons

    def payroll(self, share=0.3):
        """Months of pay by the number of the employee: the staff's list has it, too."""
        r, s = self.r, self.style()
        ja = self.language == "ja"
        kinds = ["number", "name", "bank"]
        sheet = Sheet("payroll", ["社員番号", "氏名", "口座番号", "支給月", "支給額"] if ja else ["employee_id", "employee_name", "account_number", "month", "net_pay"])
        for person in sorted(self.world.numbers, key=lambda person: person.id):
            for month in range(1, 3):
                cells, filled = self.cells(person, kinds, s, 0.0)
                if filled:
                    sheet.add(cells + ["2026-%02d" % month, str(r.randint(150, 600) * 1000)], (person, filled))
        return [sheet]

    # MARK: dumps

    def key(self, child, column, parent, target="id"):
        child.keys.append((column, parent.name, target))

    def hospital(self, share=0.7):
        """Patients, their visits and bills, by the patient's key."""
        r, s = self.r, self.style()
        s.more = ["dump"]
        kinds = ["name"] + (["kana"] if self.language == "ja" else []) + ["birth", "gender", "postal", "address"] + r.choice((["phone"], ["landline", "mobile"]))
        plain = r.random() < 0.6
        patients = Sheet("patients" if plain else "m_kanja", ["id" if plain else "no"] + [self.header(kind, True) for kind in kinds])
        by = "patient_id" if plain else "subject"
        visits = Sheet("visits", ["id", by, "visited_at", self.header("diagnosis", True)])
        bills = Sheet("bills", ["id", by, "amount", "paid_on"])
        for sheet in (visits, bills):
            self.key(sheet, by, patients, patients.headers[0])
        for number, person in enumerate(self.world.take(share), 1):
            cells, filled = self.cells(person, kinds, s, 0.02)
            if not filled:
                continue
            patients.add([str(number)] + cells, (person, filled))
            for _ in range(r.choice((0, 1, 1, 2, 4))):
                visits.add([str(len(visits.rows) + 1), str(number), "2025-0%d-11 09:30:00" % r.randint(1, 9), self.text(person, "diagnosis", s)], (person, ["diagnosis"]))
            if r.random() < 0.5:
                bills.add([str(len(bills.rows) + 1), str(number), str(r.randint(500, 30000)), "2025-0%d-20" % r.randint(1, 9)])
        return [table for table in (patients, visits, bills) if table.rows]

    def forum(self, share=0.8):
        """Accounts, profiles and posts; who has left keeps a number and nothing else."""
        r, s = self.r, self.style()
        s.more = ["dump"]
        users = Sheet("users", ["id", "username", "email", "password_hash", "created_at"])
        profiles = Sheet("profiles", ["id", "user_id", "real_name", self.header("birth", True)])
        posts = Sheet("posts", ["id", "author", "body", "posted_at"])
        self.key(profiles, "user_id", users)
        self.key(posts, "author", users)
        taken = set()
        for number, person in enumerate(self.world.take(share), 1):
            if not person.mailbox or person.mailbox in taken or not self.fits(person, ["email", "dump"]):
                continue
            taken.add(person.mailbox)
            if r.random() < 0.03:
                users.add([str(number), "[deleted]", "", "", "2019-05-05 10:00:00"])
                continue
            cells = [self.text(person, kind, s) for kind in ("login", "email", "hash")]
            while cells[0] in taken:
                cells[0] += str(r.randint(0, 9))
            taken.add(cells[0])
            users.add([str(number)] + cells + ["2019-05-05 10:00:00"], (person, ["login", "email", "hash", "dump"]))
            if r.random() < 0.6:
                there, shown = self.cells(person, ["name", "birth"], s, 0.1)
                if shown:
                    profiles.add([str(len(profiles.rows) + 1), str(number)] + there, (person, shown))
            for _ in range(r.choice((0, 0, 1, 3))):
                posts.add([str(len(posts.rows) + 1), str(number), r.choice(("ありがとうございます。", "同意です。") if self.language == "ja" else ("Thanks, works.", "Same here.")), "2024-0%d-02 08:00:00" % r.randint(1, 9)])
        return [table for table in (users, profiles, posts) if table.rows]

    def dump(self, share=0.6):
        """A shop's database: users, addresses, orders and cards by keys, things that are nobody's."""
        r, s = self.r, self.style()
        s.more = ["dump"]
        split = r.random() < 0.5
        kinds = ["email", "hash"] + (["family", "given"] if split else ["name"]) + (["birth"] if r.random() < 0.5 else [])
        users = Sheet("users", ["id"] + [self.header(kind, True) for kind in kinds] + ["deleted_at"])
        place = ["postal", "prefecture", "city", "town", "phone"]
        direct = r.random() < 0.6
        addresses = Sheet("addresses", ["id"] + (["user_id"] if direct else []) + (["name"] if direct else []) + [self.header(kind, True) for kind in place])
        if not direct:
            users.headers.append("address_id")
        orders = Sheet("orders", ["id", "user_id", "total", "ship_name", "ship_phone", "created_at"])
        cards = Sheet("payment_methods", ["id", "user_id", "card_number", "expiry"])
        for number, person in enumerate(self.world.take(share), 1):
            gone = r.random() < 0.03
            cells, filled = self.cells(person, kinds, s, 0.02)
            if not filled:
                continue
            users.add([str(number)] + cells + ["2024-03-01 10:00:00" if gone else ""] + ([] if direct else [str(number + 5000)]), (person, filled))
            if not direct:
                there, shown = self.cells(person, place, s, 0.02)
                addresses.add([str(number + 5000)] + there, (person, shown))
            elif r.random() < 0.7:
                there, shown = self.cells(person, ["name"] + place, s, 0.02)
                addresses.add([str(len(addresses.rows) + 1), str(number)] + there, (person, shown))
            for _ in range(r.choice((0, 0, 1, 2))):
                receiver = r.choice(person.home_members) if r.random() < 0.2 else person
                s.more = ["dump"] if receiver is person else []
                receiver_cells, receiver_kinds = self.cells(receiver, ["name", "phone"], s, 0.0)
                s.more = ["dump"]
                orders.add([str(len(orders.rows) + 1), str(number), str(r.randint(900, 40000))] + receiver_cells + ["2025-0%d-02 11:22:33" % r.randint(1, 9)], (receiver, receiver_kinds))
            if r.random() < 0.2:
                cards.add([str(len(cards.rows) + 1), str(number)] + [self.text(person, kind, s) for kind in ("card", "expiry")], (person, ["card", "expiry"]))
        artists = Sheet("artists", ["id", "name", "genre"])
        books = Sheet("books", ["id", "title", "author", "price"])
        for number in range(40):
            artists.add([str(number + 1), self.text(self.world.outsider(), "name", s), r.choice(("rock", "jazz", "pop"))])
            books.add([str(number + 1), "Vol. %d" % number, self.text(self.world.outsider(), "name", s), str(r.randint(500, 3000))])
        for sheet in (orders, cards) + ((addresses,) if direct else ()):
            self.key(sheet, "user_id", users)
        if not direct:
            self.key(users, "address_id", addresses)
        tables = [users, addresses, orders, cards] + ([artists] if r.random() < 0.5 else []) + ([books] if r.random() < 0.5 else [])
        return [table for table in tables if table.rows]

    def catalogue(self):
        """Things and those who made them: nobody's data."""
        r, s = self.r, self.style()
        ja = self.language == "ja"
        sheet = Sheet("products", ["商品コード", "書名", "著者", "出版社", "価格"] if ja else ["sku", "title", "author", "publisher", "price"])
        for number in range(120):
            sheet.add(["B%05d" % number, ("図解 入門%d" if ja else "A Guide, vol. %d") % number, self.text(self.world.outsider(), "name", s), "青空出版" if ja else "Quill Press", str(r.randint(800, 4000))])
        return [sheet]


def slip(r, kind, text):
    """One wrong letter or digit."""
    at = r.randrange(len(text))
    if text[at].isascii() and text[at].isdigit():
        return text[:at] + str((int(text[at]) + r.randint(1, 8)) % 10) + text[at + 1:]
    if kind == "email" and text[at].isalpha():
        return text[:at] + r.choice("abcdefghkmnrstuy") + text[at + 1:]
    if kind in ("name", "given") and "一" <= text[-1] <= "龥":
        return text[:-1] + r.choice("子美一太郎香介代")
    return text

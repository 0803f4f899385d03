"""`shop.sql`: the shop's database as mysqldump writes it."""
import forms
import sources
from linking import Record

HEAD = """-- MySQL dump 10.13  Distrib 8.0.39, for Linux (x86_64)
--
-- Host: 10.0.3.21    Database: shop
-- ------------------------------------------------------
-- Server version\t8.0.39

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
"""
SETUP = {
    "users": """  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `sei` varchar(32) NOT NULL,
  `mei` varchar(32) NOT NULL DEFAULT '',
  `kana` varchar(64) DEFAULT NULL,
  `birthday` date DEFAULT NULL,
  `zip` char(8) NOT NULL,
  `addr` varchar(255) NOT NULL,
  `tel` varchar(20) NOT NULL,
  `mail` varchar(255) NOT NULL,
  `pw` varchar(255) NOT NULL COMMENT 'bcrypt',
  `created_at` datetime NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_users_mail` (`mail`)""",
    "orders": """  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `order_no` varchar(24) NOT NULL,
  `user_id` int unsigned NOT NULL,
  `customer_name` varchar(64) NOT NULL,
  `customer_tel` varchar(20) NOT NULL,
  `total` int NOT NULL,
  `delivery_name` varchar(64) DEFAULT NULL,
  `delivery_zip` char(8) DEFAULT NULL,
  `delivery_addr` varchar(255) DEFAULT NULL,
  `delivery_tel` varchar(20) DEFAULT NULL,
  `note` text,
  `created_at` datetime NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `fk_orders_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)""",
    "payments": """  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `user_id` int unsigned NOT NULL,
  `method` varchar(16) NOT NULL,
  `card_number` varchar(24) DEFAULT NULL,
  `card_exp` char(5) DEFAULT NULL,
  `amount` int NOT NULL,
  `created_at` datetime NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `fk_payments_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)""",
    "products": """  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `sku` varchar(16) NOT NULL,
  `name` varchar(64) NOT NULL,
  `jan` char(13) NOT NULL,
  `price` int NOT NULL,
  `description` text,
  PRIMARY KEY (`id`)""",
    "companies": """  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(128) NOT NULL,
  `zip` char(8) NOT NULL,
  `addr` varchar(255) NOT NULL,
  `tel` varchar(20) NOT NULL,
  `mail` varchar(255) NOT NULL,
  PRIMARY KEY (`id`)""",
    "contacts": """  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `company_id` int unsigned NOT NULL,
  `name` varchar(64) NOT NULL,
  `department` varchar(64) DEFAULT NULL,
  `tel` varchar(20) NOT NULL,
  `mobile` varchar(20) DEFAULT NULL,
  `mail` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `fk_contacts_company` FOREIGN KEY (`company_id`) REFERENCES `companies` (`id`)""",
}


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def table(name, rows):
    lines = ",".join("(" + ",".join(map(literal, row)) + ")" for row in rows)
    return f"""
--
-- Table structure for table `{name}`
--

DROP TABLE IF EXISTS `{name}`;
CREATE TABLE `{name}` (
{SETUP[name]}
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `{name}` WRITE;
/*!40000 ALTER TABLE `{name}` DISABLE KEYS */;
INSERT INTO `{name}` VALUES {lines};
/*!40000 ALTER TABLE `{name}` ENABLE KEYS */;
UNLOCK TABLES;
"""


def stamp(draw, month_from=1, month_to=10, year=2026):
    return "%d-%02d-%02d %02d:%02d:%02d" % (
        year, draw.randint(month_from, month_to), draw.randint(1, 28), draw.randint(6, 23),
        draw.randint(0, 59), draw.randint(0, 59))


def key_of(world, key):
    return frozenset([("users", str(world.user_ids[key]))])


def contact_of(world, key):
    """The field that `users.tel` fills for a person."""
    return "landline" if key in world.landline_users else "mobile"


def users(world):
    draw, rows = world.draw, []
    letters = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    for key, number in sorted(world.user_ids.items(), key=lambda item: item[1]):
        secret = "$2y$10$" + "".join(draw.choice(letters) for _ in range(53))
        created = stamp(draw, 1, 12, draw.randint(2017, 2025))
        world.rows["users"] += 1
        if key in sources.TESTS:
            sei, mei, kana, mail, tel = sources.TESTS[key]
            rows.append((number, sei, mei, kana, None, "100-0001", "東京都千代田区千代田1-1", tel, mail, secret, created))
            world.note("users", f"users {number}", key, "name kana zip address mobile mail hash",
                       kind="sample", ids=key_of(world, key))
            continue
        person = world.persons[key]
        has_given = bool(person.mei)
        has_birth = has_given and (key in world.needs_birth or number % 9 != 4)
        tel = forms.phone(world.tel(key), "digits" if number % 3 == 0 else "plain")
        rows.append((
            number, person.sei, person.mei, f"{person.sei_kana} {person.mei_kana}" if has_given else None,
            forms.birth(person.birth, "iso") if has_birth else None, person.zip,
            forms.address(person, "plain" if number % 4 else "chome"), tel, person.mail, secret, created))
        fields = "name zip address mail hash " + contact_of(world, key)
        fields += " kana" if has_given else ""
        fields += " birth" if has_birth else ""
        record = world.note("users", f"users {number}", key, fields, ids=key_of(world, key))
        record.landline = person.landline if "landline" in fields else ""
    return rows


def order_plan(world):
    """Pairs of customer and recipient (None: to the customer)."""
    draw = world.draw
    customers = [key for key in world.user_keys if world.persons[key].mei]
    plan = [(draw.choice(customers), None) for _ in range(52)]
    twice = [("gift00", "mobile"), ("gift01", "landline"), ("gift02", "")]
    for number in range(13):
        plan.append((draw.choice(world.generic), f"gift{number:02d}"))
    for key, _ in twice:
        plan.append((next(customer for customer, to in plan if to == key), key))
    plan.append((draw.choice(world.generic), "gift_sato"))
    for key in ["hirose"] + world.part["gift_address"] + world.part["gift_mobile"]:
        plan.append((draw.choice(customers[:18]), key))
    draw.shuffle(plan)
    plan.insert(40, ("test1", None))
    return plan


def orders(world):
    draw, rows = world.draw, []
    how = {"gift00": "mobile", "gift01": "landline", "gift02": "", "hirose": "", "gift_sato": "mobile"}
    how.update({key: "" for key in world.part["gift_address"]})
    how.update({key: "mobile" for key in world.part["gift_mobile"]})
    for place, (key, to) in enumerate(order_plan(world)):
        number = 5001 + place
        order_no = f"HN-2026{1 + place // 8:02d}{1 + place % 28:02d}-{number % 1000:04d}"
        total = draw.choice(sources.PRODUCTS)[1] * draw.randint(1, 3) + 550
        note = {4: "玄関前に置き配", 17: "のし希望\n表書きは内祝", 31: "贈り物のため納品書は入れない", 50: "It's a gift"}.get(place)
        delivery = (None, None, None, None)
        row = f"orders {number}"
        world.rows["orders"] += 1
        if key in sources.TESTS:
            sei, mei, _, _, tel = sources.TESTS[key]
            world.note("orders", row, key, "member name mobile", kind="sample", ids=key_of(world, key))
            rows.append((number, order_no, world.user_ids[key], sei + mei, tel, total, *delivery, "テスト注文", stamp(draw)))
            continue
        person = world.persons[key]
        name = person.sei + (" " if place % 2 else "") + person.mei
        world.note("orders", row, key, "member name " + contact_of(world, key), ids=key_of(world, key))
        if to is None and (place % 4 == 0 or key == "hamada"):
            # To themselves, the name typed once more.
            sei = forms.VARIANTS.get(person.sei, person.sei)
            delivery = (sei + "　" + person.mei, person.zip, forms.address(person, ["plain", "wide"][place % 2]), None)
            more = world.note("orders", row, key, "name zip address", ids=key_of(world, key))
            more.note = "same row, same person"
        elif to is not None:
            other = world.persons[to]
            sei = forms.VARIANTS.get(other.sei, other.sei) if to == "hirose" else other.sei
            kind = how.get(to, ["mobile", "", "landline"][place % 3])
            tel = getattr(other, kind) if kind else None
            delivery = (sei + " " + other.mei, other.zip, forms.address(other, ["plain", "mixed", "chome"][place % 3]), tel)
            world.note("orders", row, to, "name zip address " + kind, extra=True)
        rows.append((number, order_no, world.user_ids[key], name, forms.phone(world.tel(key), ["plain", "digits"][place % 2]),
                     total, *delivery, note, stamp(draw)))
    return rows


def payments(world):
    draw, rows = world.draw, []
    holders = ["saito", "tanaka_a"] + world.part["card"]
    plan = holders + holders[2:3] + ["test1"]
    others = [draw.choice(world.generic) for _ in range(5)]
    plan = [(key, True) for key in plan] + [(key, False) for key in others]
    draw.shuffle(plan)
    cards = {}
    for key in holders:
        head = draw.choice(["4", "4", "51", "53", "54", "55"])
        digits = sources.luhn(head + "".join(str(draw.randint(0, 9)) for _ in range(15 - len(head))))
        cards[key] = (digits, f"{draw.randint(1, 12):02d}/{draw.randint(27, 31)}")
    cards["test1"] = ("4111111111111111", "12/30")
    for place, (key, paid_by_card) in enumerate(plan):
        number, expiry = cards[key] if paid_by_card else (None, None)
        if number and place % 3 == 0:
            number = "-".join(number[at:at + 4] for at in range(0, 16, 4))
        rows.append((9001 + place, world.user_ids[key], "card" if paid_by_card else "konbini", number, expiry,
                     draw.choice(sources.PRODUCTS)[1] + 550, stamp(draw)))
        world.rows["payments"] += 1
        world.note("payments", f"payments {9001 + place}", key, "member" + (" card expiry" if paid_by_card else ""),
                   kind="sample" if key in sources.TESTS else "person", ids=key_of(world, key))
    return rows


def products(world):
    rows = []
    for place, (name, price) in enumerate(sources.PRODUCTS):
        body = f"49{world.draw.randint(0, 10**10 - 1):010d}"
        check = -sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(body)) % 10
        rows.append((place + 1, f"HB-{place + 1:04d}", name, body + str(check), price,
                     "国産原料を使用。\n直射日光を避けて保存。" if place % 3 == 0 else None))
    world.rows["products"] = len(rows)
    return rows


def partners(world):
    companies, contacts = [], []
    town = {0: ("105-0004", "東京都港区新橋"), 1: ("231-0023", "神奈川県横浜市中区山下町"), 2: ("101-0051", "東京都千代田区神田神保町")}
    area = {0: "03-6", 1: "045-6", 2: "03-3"}
    tels = []
    for place, (name, domain, role) in enumerate(sources.COMPANIES):
        tel = world.cast.unique(lambda: world.cast.landline(area[place]))
        tels.append(tel)
        companies.append((place + 1, name, town[place][0], town[place][1] + f"{place + 1}-{place * 7 + 4}-2", tel, f"{role}@{domain}"))
        world.rows["companies"] += 1
        world.values["companies"].update(company_name=1, postal_code=1, address=1, phone_number=1, email_address=1)
        world.records.append(Record("companies", f"companies {place + 1}", f"company{place}", kind="organisation"))
    for place, key in enumerate([f"contact{number}" for number in range(5)] + world.part["contact"]):
        person = world.persons[key]
        company = place % 3
        domain = sources.COMPANIES[company][1]
        mail = sources.cast_mail(person) + "@" + domain
        has_mobile = place % 2 == 1 or key in world.part["contact"]
        contacts.append((place + 1, company + 1, f"{person.sei} {person.mei}", ["営業部", "総務課", None][place % 3], tels[company],
                         person.mobile if has_mobile else None, mail))
        world.rows["contacts"] += 1
        world.note("contacts", f"contacts {place + 1}", key, "name landline mail" + (" mobile" if has_mobile else ""),
                   landline=tels[company], mail=mail)
    return companies, contacts


def dump(world):
    companies, contacts = partners(world)
    tables = {"companies": companies, "contacts": contacts, "orders": orders(world),
              "payments": payments(world), "products": products(world), "users": users(world)}
    # The head names the database's machine.
    world.count("head", ["ip"])
    text = HEAD + "".join(table(name, tables[name]) for name in sorted(tables))
    return (text + "\n-- Dump completed on 2026-11-04  3:15:22\n").encode()

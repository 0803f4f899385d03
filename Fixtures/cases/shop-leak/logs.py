"""`app.jsonl` and `access.log`: what a shop's machines say all day, and the few lines that name people."""
import datetime
import json

import forms
import sources

TZ = datetime.timezone(datetime.timedelta(hours=9))


def hexes(draw, count):
    return "".join(draw.choice("0123456789abcdef") for _ in range(count))


def technical(draw):
    """A line about nobody, with numbers that look like something."""
    kind = draw.randint(0, 7)
    trace = hexes(draw, 32)
    if kind == 0:
        return {"level": "info", "event": "http.request", "path": "/api/items", "status": 200, "ms": draw.randint(3, 900), "trace_id": trace}
    if kind == 1:
        return {"level": "debug", "event": "cache.miss", "key": "item:" + hexes(draw, 12), "expires_at": 1793000000000 + draw.randint(0, 10**9), "trace_id": trace}
    if kind == 2:
        return {"level": "info", "event": "shipment.created", "order_no": f"HN-202611{draw.randint(1, 18):02d}-{draw.randint(1, 999):04d}", "tracking_no": f"4{draw.randint(10**10, 10**11 - 1)}"}
    if kind == 3:
        return {"level": "warn", "event": "db.slow", "sql": "SELECT id, price FROM products WHERE jan = ?", "ms": draw.randint(1000, 9000), "rows": draw.randint(0, 40)}
    if kind == 4:
        return {"level": "error", "event": "payment.gateway", "msg": "決済代行でシステム障害を検知、30秒後に再試行", "attempt": draw.randint(1, 4), "trace_id": trace}
    if kind == 5:
        return {"level": "info", "event": "job.done", "job": {"name": draw.choice(["sitemap", "backup", "stock-sync"]), "id": hexes(draw, 8)}, "seconds": draw.randint(1, 300)}
    if kind == 6:
        product = draw.choice(sources.PRODUCTS)
        return {"level": "info", "event": "stock.low", "product": {"name": product[0], "price": product[1]}, "quantity": draw.randint(0, 9)}
    return {"level": "info", "event": "session.start", "ip": f"203.0.113.{draw.randint(1, 254)}", "ua": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)"}


def people(world):
    """The lines about persons, with what each says."""
    draw, part, persons = world.draw, world.part, world.persons
    told = []

    def say(body, *who):
        told.append((body, who))

    ordering = ["yoshida", "yamazaki", "takahashi", "tanaka_a", "tanaka_b", "kobayashi_2"] + part["roster_birth"][12:20]
    for place, key in enumerate(ordering):
        person = persons[key]
        sei = forms.VARIANTS.get(person.sei, person.sei)
        tel = forms.phone(world.tel(key), ["plain", "digits", "international", "plain"][place % 4])
        say({"level": "info", "event": "order.placed",
             "customer": {"name": sei + [" ", "", "　"][place % 3] + person.mei if key != "kobayashi_2" else sei + " " + person.mei,
                          "mail": person.mail.upper() if place == 9 else person.mail, "phone": tel},
             "amount": draw.randint(10, 90) * 100},
            (key, "name mail " + ("landline" if key in world.landline_users else "mobile"), {}))
    for key in part["callback"]:
        person = persons[key]
        say({"level": "info", "event": "callback.requested",
             "contact": {"kana": forms.half_kana(person.sei_kana + " " + person.mei_kana), "tel": forms.phone(person.landline, "plain")}},
            (key, "kana landline", {}))
    for key in part["name_only"]:
        person = persons[key]
        say({"level": "info", "event": "workshop.attended", "participant": {"name": f"{person.sei} {person.mei}"}}, (key, "name", {}))
    first, second = (persons[key] for key in part["workshop"])
    say({"level": "info", "event": "workshop.reserved",
         "participants": [{"name": f"{each.sei} {each.mei}", "mail": each.mail} for each in (first, second)]},
        (first.key, "name mail", {}), (second.key, "name mail", {}))
    for key in part["bounced"]:
        say({"level": "warn", "event": "mail.bounced", "msg": f"550 5.1.1 <{persons[key].mail}> user unknown"}, (key, "mail", {}))
    for number, fields in enumerate(["mail", "mobile", "mail mobile", "mail"]):
        person = persons[f"guest{number}"]
        inquiry = {"name": person.sei + person.mei if number % 2 else f"{person.sei} {person.mei}"}
        if "mail" in fields:
            inquiry["mail"] = person.mail
        if "mobile" in fields:
            inquiry["phone"] = forms.phone(person.mobile, "wide" if number == 1 else "plain")
        for repeat in range(2 if number == 0 else 1):
            say({"level": "info", "event": "inquiry.received", "customer": inquiry, "subject": "商品について" if repeat else "ギフト包装について"},
                (person.key, "name " + fields, {}))
    sei, mei, _, mail, tel = sources.TESTS["test6"]
    say({"level": "debug", "event": "order.placed", "customer": {"name": sei + mei, "mail": mail, "phone": tel}, "amount": 100},
        ("test6", "name mail mobile", {"kind": "sample"}))
    return told


def application(world):
    draw = world.draw
    lines = [(technical(draw), ()) for _ in range(96)]
    for line in people(world):
        lines.insert(draw.randint(0, len(lines)), line)
    now = datetime.datetime(2026, 11, 1, 6, 0, tzinfo=TZ)
    out = []
    for number, (body, who) in enumerate(lines):
        now += datetime.timedelta(seconds=draw.randint(60, 24000))
        out.append(json.dumps({"ts": now.isoformat(timespec="milliseconds"), "svc": "shop-web", **body}))
        world.rows["app"] += 1
        for place, (key, fields, more) in enumerate(who):
            if "ip" in body:
                fields += " ip"
            world.note("app", f"app {number} {place}", key, fields, **more)
        if not who and "ip" in body:
            world.count("app", ["ip"])
    return ("\n".join(out) + "\n").encode("ascii")


def access(world):
    draw, persons = world.draw, world.persons
    keys = world.part["click"]
    mail = [persons[key].mail for key in keys]
    mobile = [persons[key].mobile for key in keys]
    personal = [
        ("/newsletter/confirm?mail=" + mail[0] + "&src=nl202611", keys[0], "mail"),
        ("/newsletter/confirm?mail=" + mail[1].replace("@", "%40"), keys[1], "mail"),
        ("/contact?tel=" + mobile[2].replace("-", "") + "&page=2", keys[2], "mobile"),
        ("/coupon?tel=" + mobile[3], keys[3], "mobile"),
        ("/track?mail=" + mail[4] + "&tel=" + mobile[4].replace("-", ""), keys[4], "mail mobile"),
        ("/unsubscribe?mail=" + persons["reader0"].mail, "reader0", "mail"),
        ("/unsubscribe?mail=" + persons["reader1"].mail + "&reason=3", "reader1", "mail"),
    ]
    plain = ["/", "/items?page=2&sort=new", "/items/HB-0003", "/cart", "/static/app.9f2c1d.js", "/static/top.webp", "/robots.txt",
             "/items?q=%E3%83%8F%E3%83%BC%E3%83%96&max=3000", "/orders/HN-20261103-0412", "/wp-login.php", "/api/v2/stock?sku=HB-0007&_=1793761200123",
             "/login", "/mypage", "/.env", "/items/HB-0011?utm_source=nl&utm_id=20261101"]
    agents = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
              "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
              "curl/8.5.0"]
    lines = [(draw.choice(plain), None, "") for _ in range(150)]
    for item in personal:
        lines.insert(draw.randint(0, len(lines)), item)
    now = datetime.datetime(2026, 11, 18, 0, 1, tzinfo=TZ)
    out = []
    for number, (path, key, fields) in enumerate(lines):
        now += datetime.timedelta(seconds=draw.randint(5, 900))
        block = draw.choice(["192.0.2", "198.51.100", "203.0.113"])
        when = now.strftime("%d/%b/%Y:%H:%M:%S +0900")
        status = 404 if path in ("/wp-login.php", "/.env") else draw.choice([200, 200, 200, 304])
        out.append(f'{block}.{draw.randint(1, 254)} - - [{when}] "GET {path} HTTP/1.1" {status} {draw.randint(180, 60000)} "-" "{draw.choice(agents)}"')
        world.rows["access"] += 1
        if key:
            world.note("access", f"access {number}", key, fields + " ip")
        else:
            world.count("access", ["ip"])
    return ("\n".join(out) + "\n").encode("ascii")

"""Look-alikes: files in which nothing is anybody's data."""
import base64, os, uuid

import officials

WORDS = "buffer index parser socket handle worker cache queue token stream offset header record schema filter vector matrix kernel thread signal socket mutex channel cursor segment payload widget layout session request response".split()
PARTS_JA = "ねじ 六角ボルト M6 ステンレス|単三電池 8本入|A4コピー用紙 500枚|業務用洗剤 4L|LED蛍光灯 40形|作業用手袋 L|延長コード 3m|ホワイトボードマーカー 黒|段ボール 120サイズ|養生テープ 緑".split("|")
PARTS_EN = "Hex bolt M6 stainless|AA batteries 8-pack|Copy paper A4 500 sheets|Floor cleaner 4L|LED tube 40W|Work gloves L|Extension cord 3m|Whiteboard marker black|Moving box 120|Masking tape green".split("|")
IT_JA = "ネットワーク障害の復旧作業を実施。影響範囲は東日本拠点、被害は軽微|システム障害報告: DB接続エラーが発生し、検査用環境で再現を確認|受入検査の結果は合格。既往の不具合はなし|サーバ障害区分: 重大 / 障害等級: レベル2|台風による被害状況: 倉庫の浸水なし|製品の感染対策ソフト更新。ウイルス検査結果は陰性(検出なし)|診断ツールを実行し、ディスクの健全性を確認|逮捕術の教範は第3版に改訂|手術用手袋の在庫を補充|前科目の単位認定について".split("|")


def source(r, write):
    write("/* generated */\n#include <stdint.h>\n")
    w = lambda: r.choice(WORDS)
    while True:
        yield
        kind = r.randint(0, 11)
        if kind == 0: write("static const uint32_t k_%s_%s[] = { %s };\n" % (w(), w(), ", ".join("0x%08x" % r.getrandbits(32) for _ in range(8))))
        elif kind == 1: write("    @%s(%s=%d, timeout=%d)\n    def %s_%s(self, %s):\n        return self.%s[%d]\n" % (w(), w(), r.randint(0, 99999), r.randint(0, 60000), w(), w(), w(), w(), r.randint(0, 4096)))
        elif kind == 2: write('    "@%s/%s": "^%d.%d.%d",\n' % (w(), w(), r.randint(0, 30), r.randint(0, 30), r.randint(0, 30)))
        elif kind == 3: write("        if (%s->%s_count > %d && %s & 0x%x) { return -%d; }\n" % (w(), w(), r.randint(1, 10 ** 6), w(), r.getrandbits(16), r.randint(1, 130)))
        elif kind == 4: write("    assert(%s_id != %d%s); // %s\n" % (w(), r.randint(1, 9), officials.digits(r, r.choice((9, 10, 11, 12, 15))), w()))
        elif kind == 5: write('    password = os.environ["%s_PASSWORD"]\n    user_name: str = self.%s.name\n' % (w().upper(), w()))
        elif kind == 6: write("    name = %s.get_name(); email = form.email.data\n    phone: Optional[str] = None\n" % w())
        elif kind == 7: write("  private String %sName = \"%s-%s\"; // TODO: rename\n" % (w(), w(), w()))
        elif kind == 8: write("# Copyright (C) 2019-2026 The %s Authors. Version %d.%d.%d\n" % (w().title(), r.randint(0, 9), r.randint(0, 30), r.randint(0, 30)))
        elif kind == 9: write("        // 氏名の検証は%sで行う。電話番号の形式は%sを参照\n" % (w(), w()))
        elif kind == 10: write("<input type=\"password\" name=\"password\" id=\"%s\"><label for=\"tel\">電話番号</label>\n" % w())
        else: write("    printf(\"%%s: %%d/%%d (%s %%08lx)\\n\", name, %s, %s, address);\n" % (w(), w(), w()))


def logs(r, write):
    second = 0
    while True:
        yield
        second += r.randint(0, 3)
        when = "2026-02-%02d %02d:%02d:%02d.%03d" % (1 + second // 86400 % 28, second // 3600 % 24, second // 60 % 60, second % 60, r.randint(0, 999))
        kind = r.randint(0, 7)
        w = r.choice
        if kind == 0: write("%s INFO [%s-%d] %s.%s took %d ms (id=%d, batch=%d)\n" % (when, w(WORDS), r.randint(1, 64), w(WORDS), w(WORDS), r.randint(1, 9999), r.getrandbits(40), r.randint(1, 10 ** 10)))
        elif kind == 1: write("%s WARN order %d%s not found, sku=%s qty=%d\n" % (when, r.randint(1, 9), officials.digits(r, 11), officials.digits(r, 13), r.randint(1, 90)))
        elif kind == 2: write("[%10.6f] usb %d-%d: new high-speed device number %d using xhci_hcd\n" % (second + r.random(), r.randint(1, 4), r.randint(1, 9), r.randint(1, 99)))
        elif kind == 3: write("%s DEBUG trace=%032x span=%016x parent=%016x sampled=1\n" % (when, r.getrandbits(128), r.getrandbits(64), r.getrandbits(64)))
        elif kind == 4: write("%s ERROR %s: connection reset (errno %d) after %d bytes, retry in %d.%03ds\n" % (when, w(WORDS), r.randint(1, 133), r.getrandbits(34), r.randint(0, 60), r.randint(0, 999)))
        elif kind == 5: write("%s %s\n" % (when, w(IT_JA)))
        elif kind == 6: write("commit %040x\nDate: %s\n    %s the %s %s\n" % (r.getrandbits(160), when, w(("Fix", "Move", "Drop")), w(WORDS), w(WORDS)))
        else: write("%s pid=%d tid=%d mem=%dK cpu=%d.%d%% epoch=%d seq=%d\n" % (when, r.randint(100, 99999), r.getrandbits(47), r.getrandbits(24), r.randint(0, 99), r.randint(0, 9), 1700000000 + r.randint(0, 10 ** 8), r.getrandbits(48)))


def numeric(r, write):
    columns = r.choice((6, 10, 14))
    write(r.choice(("t,x,y,z,", "id,", "date,time,")) + ",".join("v%d" % n for n in range(columns)) + "\n")
    row = 0
    while True:
        yield
        row += 1
        write(",".join((r.choice(("%d" % r.getrandbits(r.choice((10, 20, 34, 40, 53))), "%.6f" % r.uniform(-180, 180), "%.2f" % r.uniform(0, 1e6), "%d" % r.randint(0, 999))) for _ in range(columns))) + "\n")


def wide_numbers(r, write):
    """Whole columns of numbers as long as cards, phones and official numbers."""
    write("seq,batch_no,lot,serial_no,ref,epoch_ms,amount\n")
    row = 0
    while True:
        yield
        row += 1
        write("%d,%s,%s,%s,%s,%d,%d\n" % (row, officials.digits(r, 12), officials.digits(r, 10), officials.digits(r, 16), officials.digits(r, 11), 1700000000000 + row * 977, r.randint(1, 10 ** 7)))


def uuids(r, write):
    while True:
        yield
        write("%s\t%s\t%s\n" % (uuid.UUID(int=r.getrandbits(128), version=4), "%064x" % r.getrandbits(256), str(uuid.UUID(int=r.getrandbits(128))).upper()))


def base64_text(r, write):
    while True:
        yield
        write(base64.b64encode(r.getrandbits(57 * 8).to_bytes(57, "big")).decode() + "\n")


def products(r, write):
    japanese = r.random() < 0.5
    write("商品コード,商品名,JANコード,単価,在庫数,棚番,仕入日,ロット番号\n" if japanese else "sku,name,ean,price,stock,bin,received,lot\n")
    while True:
        yield
        write("%s-%05d,%s,49%s,%d,%d,%s-%02d-%d,20%02d/%02d/%02d,%s\n" % (r.choice("ABCDX"), r.randint(0, 99999), r.choice(PARTS_JA if japanese else PARTS_EN), officials.digits(r, 11), r.randint(10, 99999), r.randint(0, 900), r.choice("ABCDEF"), r.randint(1, 40), r.randint(1, 6), r.randint(20, 26), r.randint(1, 12), r.randint(1, 28), officials.digits(r, r.choice((8, 10, 12)))))


def orders(r, write):
    japanese = r.random() < 0.5
    write("注文番号,注文日時,伝票番号,追跡番号,ステータス,小計,消費税,合計,店舗名,支払方法\n" if japanese else "order_id,order_date,invoice_no,tracking_number,status,subtotal,tax,total,store,payment_method\n")
    while True:
        yield
        price = r.randint(100, 80000)
        write("2026%s,2026-%02d-%02d %02d:%02d:%02d,%s-%06d,%s,%s,%d,%d,%d,%s,%s\n" % (officials.digits(r, 8), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.choice("ADK"), r.randint(1, 999999), officials.digits(r, 12), r.choice(("発送済", "受付", "取消") if japanese else ("shipped", "open", "void")), price, price // 10, price + price // 10, r.choice(("新宿店", "梅田店", "博多駅店") if japanese else ("Downtown", "Airport", "Harbor")), r.choice(("カード", "代引") if japanese else ("card", "cash"))))


def series(r, write):
    write("timestamp,sensor_id,temperature,humidity,voltage,status\n")
    when = 1767225600
    while True:
        yield
        when += 60
        write("%d,SN%06d,%.2f,%.1f,%.3f,%d\n" % (when, r.randint(1, 400), r.gauss(21, 4), r.uniform(20, 90), r.gauss(3.3, 0.1), r.randint(0, 3)))


def assets(r, write):
    japanese = r.random() < 0.5
    write("資産番号,機器名,型番,製造番号,設置場所,導入日,保守期限,障害履歴,検査結果\n" if japanese else "asset_id,model,serial,location,purchased,warranty_until,firmware,fault_code,test_result\n")
    while True:
        yield
        write("IT-%06d,%s,%s-%d%s,%s,%s,20%02d-%02d-%02d,20%02d-%02d-%02d,%s,%s\n" % (r.randint(1, 999999), r.choice(("ノートPC", "ルータ", "プリンタ", "サーバ") if japanese else ("Laptop", "Router", "Printer", "Server")), r.choice(("LX", "RT", "PX")), r.randint(100, 9900), r.choice("ABC"), "%s%s" % (r.choice("ABCDEFGH"), officials.digits(r, 9)), r.choice(("本館3F", "第2倉庫", "サーバ室") if japanese else ("HQ 3F", "Depot 2", "Rack 14")), r.randint(18, 25), r.randint(1, 12), r.randint(1, 28), r.randint(26, 31), r.randint(1, 12), r.randint(1, 28), r.choice(("なし", "電源交換", "ファン異音") if japanese else ("none", "PSU", "fan noise")), r.choice(("合格", "良好", "再検査") if japanese else ("pass", "ok", "retest"))))


def prices(r, write):
    """Medical words without a patient: price lists, devices, codes."""
    japanese = r.random() < 0.5
    write("診療行為コード,名称,点数,病名コード,区分,適用開始日\n" if japanese else "procedure_code,description,price,icd10,category,valid_from\n")
    while True:
        yield
        write("%s,%s,%d,%s%02d.%d,%s,2026-04-01\n" % (officials.digits(r, 9), r.choice(("初診料", "血液検査", "胸部X線撮影", "糖尿病食事療法指導", "創傷処置") if japanese else ("Office visit", "Blood panel", "Chest X-ray", "Diabetes counselling", "Wound dressing")), r.randint(20, 9000), r.choice("ABCDEIJKN"), r.randint(0, 99), r.randint(0, 9), r.choice("ABC")))


def incidents(r, write):
    """IT and business senses of 障害, 検査, 既往, 被害."""
    write("管理番号,発生日時,件名,障害区分,被害状況,対応状況,検査結果\n")
    while True:
        yield
        write("INC%07d,2026-%02d-%02d %02d:%02d,%s,%s,%s,%s,%s\n" % (r.randint(1, 9999999), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.choice(IT_JA).replace(",", "、"), r.choice(("重大", "軽微", "中", "ネットワーク")), r.choice(("なし", "一部機能停止", "データ欠損なし")), r.choice(("完了", "対応中")), r.choice(("合格", "不合格", "再検査"))))


def structured(r, write):
    """JSON lines of things: names, addresses and ids that are no person's."""
    while True:
        yield
        write('{"id":"%s","name":"%s-%s","type":"%s","address":"0x%012x","host":"node-%d","version":"%d.%d.%d","updated":%d,"checksum":"%s","tags":["%s","%s"],"size":%d,"parent":{"name":"%s","code":"%s"}}\n' % (uuid.UUID(int=r.getrandbits(128), version=4), r.choice(WORDS), r.choice(WORDS), r.choice(WORDS), r.getrandbits(48), r.randint(1, 500), r.randint(0, 9), r.randint(0, 30), r.randint(0, 99), 1700000000 + r.randint(0, 10 ** 8), "%040x" % r.getrandbits(160), r.choice(WORDS), r.choice(WORDS), r.getrandbits(30), r.choice(WORDS), officials.digits(r, 10)))


KINDS = {"source.c": source, "app.log": logs, "numeric.csv": numeric, "wide_numbers.csv": wide_numbers, "uuid.tsv": uuids, "base64.txt": base64_text, "products.csv": products, "orders.csv": orders, "series.csv": series, "assets.csv": assets, "medical_prices.csv": prices, "incidents.csv": incidents, "things.jsonl": structured}


def generate(r, folder, size):
    """Files of every kind, `size` bytes together; each file has a share that is split among some sizes."""
    share = size // len(KINDS)
    os.makedirs(os.path.join(folder, "negative"), exist_ok=True)
    for name, make in KINDS.items():
        done, number = 0, 0
        while done < share:
            limit = min(share - done, r.choice((2_000, 40_000, 300_000, 1_000_000)))
            parts = []
            steps, length = make(r, parts.append), 0
            seen = 0
            for _ in steps:
                while seen < len(parts):
                    length += len(parts[seen].encode())
                    seen += 1
                if length >= limit:
                    break
            text = "".join(parts)
            with open(os.path.join(folder, "negative", "%03d_%s" % (number, name)), "w", encoding="utf-8") as file:
                file.write(text)
            done += length
            number += 1


# Files of the machine itself, where it has them. Mailboxes and telephone numbers in there are real ones.
SYSTEM = ("/usr/share/doc", "/usr/include", "/usr/lib/python3", "/usr/lib/python3.11", "/usr/lib/python3.12")
REAL_THERE = {"email_address", "phone_number", "ip_address", "person_name", "address"}

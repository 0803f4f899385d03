#!/usr/bin/env python3
"""The same persons in other clothes are as many: laws that hold for any breach.

  laws.py [--program FILE] [--seed S] [--count N]

One breach is scanned, and scanned again with its rows in another order, cut into files, with a file twice, in other charsets, in other
formats, in archives, with other words for its columns, by other jobs and in other units. Low, likely and high, and the persons of each type,
are the same each time.
"""
import argparse, csv, io, json, os, random, shutil, subprocess, sys, tarfile, tempfile, zipfile

import persons

SYNONYMS = {"氏名": "お名前", "お名前": "氏名", "名前": "氏名", "メールアドレス": "メール", "メール": "メールアドレス", "E-mail": "メールアドレス", "住所": "ご住所", "ご住所": "住所", "現住所": "住所", "生年月日": "誕生日", "誕生日": "生年月日",
            "電話番号": "TEL", "TEL": "電話番号", "フリガナ": "氏名カナ", "カナ氏名": "フリガナ", "郵便番号": "〒", "会員番号": "会員ID", "会員ID": "会員番号", "name": "full_name", "full_name": "name", "email": "e_mail", "e_mail": "email", "dob": "birth_date",
            "birth_date": "dob", "date_of_birth": "birth_date", "phone": "phone_number", "tel": "phone", "zip": "postal_code", "address": "street_address", "member_id": "customer_no"}


def read(path):
    """Header and rows of a table in any charset."""
    data = open(path, "rb").read()
    for codec in ("utf-16", "utf-8-sig", "cp932", "euc-jp", "cp1252"):
        if (codec == "utf-16") != (data[:2] in (b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            rows = list(csv.reader(io.StringIO(data.decode(codec), newline=""), delimiter="\t" if path.endswith(".tsv") else ","))
            return rows[0], rows[1:]
        except UnicodeDecodeError:
            continue


def write(path, header, rows, codec="utf-8", mark=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows([header] + rows)
    with open(path, "wb") as file:
        file.write(out.getvalue().encode(codec))


def changed(source, folder, change):
    """The breach with each of its tables changed; `change` gets a path without ending, header and rows."""
    for name in sorted(os.listdir(source)):
        change(os.path.join(folder, name.rsplit(".", 1)[0]), *read(os.path.join(source, name)))


def halves(base, header, rows):
    middle = len(rows) // 2
    write(base + "_1.csv", header, rows[:middle])
    write(base + "_2.csv", header, rows[middle:])


def lines(base, header, rows):
    with open(base + ".jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(header, row)), ensure_ascii=False) + "\n" for row in rows)


def packed(source, folder, kind):
    path = os.path.join(folder, "all." + kind)
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(os.listdir(source)):
                archive.write(os.path.join(source, name), name)
    else:
        with tarfile.open(path, "w:gz") as archive:
            for name in sorted(os.listdir(source)):
                archive.add(os.path.join(source, name), name)


def twice(source, folder):
    shutil.copytree(source, folder, dirs_exist_ok=True)
    name = sorted(os.listdir(source))[0]
    shutil.copy(os.path.join(source, name), os.path.join(folder, "copy_of_" + name))


def laws(r):
    def shuffled(base, header, rows):
        write(base + ".csv", header, r.sample(rows, len(rows)))
    return [
        ("the same files", lambda source, folder: changed(source, folder, lambda base, header, rows: write(base + ".csv", header, rows)), {}),
        ("rows in another order", lambda source, folder: changed(source, folder, shuffled), {}),
        ("cut in two", lambda source, folder: changed(source, folder, halves), {}),
        ("a file twice", twice, {}),
        ("UTF-16", lambda source, folder: changed(source, folder, lambda base, header, rows: write(base + ".csv", header, rows, "utf-16")), {}),
        ("TSV", lambda source, folder: changed(source, folder, lambda base, header, rows: write(base + ".tsv", header, rows, mark="\t")), {}),
        ("JSON lines", lambda source, folder: changed(source, folder, lines), {}),
        ("zip", lambda source, folder: packed(source, folder, "zip"), {}),
        ("tar.gz", lambda source, folder: packed(source, folder, "tgz"), {}),
        ("other words for columns", lambda source, folder: changed(source, folder, lambda base, header, rows: write(base + ".csv", [SYNONYMS.get(name, name) for name in header], rows)), {}),
        ("three jobs", lambda source, folder: shutil.copytree(source, folder, dirs_exist_ok=True), {"jobs": 3}),
        ("units of 20 kB", lambda source, folder: shutil.copytree(source, folder, dirs_exist_ok=True), {"unit": "20000"}),
    ]


def count(program, folder, jobs=1, unit=None):
    environment = dict(os.environ, **({"BREACHSCOPE_TEST_UNIT_SIZE": unit} if unit else {}))
    done = subprocess.run([program, "scan", "--format", "json", "--jobs", str(jobs), "--no-progress", "--quiet", "--output", folder + ".json", folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    if done.returncode != 0:
        sys.exit("the scan ended with %d: %s" % (done.returncode, done.stderr))
    with open(folder + ".json", encoding="utf-8") as file:
        found = json.load(file)["persons"]
    return {name: found[name] for name in ("low", "likely", "high", "by_type", "by_class")}


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(root, ".build", "release", "breachscope"))
    parser.add_argument("--seed", default="laws")
    parser.add_argument("--count", type=int, default=400)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="laws.")
    try:
        source = os.path.join(folder, "source")
        os.makedirs(source)
        persons.build(options.seed, options.count, source, "members", "csv")
        expected = count(options.program, source)
        broken = 0
        for number, (name, change, how) in enumerate(laws(random.Random(options.seed))):
            other = os.path.join(folder, "%02d" % number)
            os.makedirs(other)
            change(source, other)
            got = count(options.program, other, **how)
            differing = sorted(key for key in expected if got[key] != expected[key])
            broken += bool(differing)
            print("%-26s %5d %5d %5d  %s" % (name, got["low"], got["likely"], got["high"], "differs in " + ", ".join(differing) if differing else "the same"))
    finally:
        shutil.rmtree(folder)
    if broken:
        sys.exit("%d laws do not hold" % broken)


if __name__ == "__main__":
    main()

"""What came after the first dump: a second drop, and the shop's own list to hold against both.

Persons who are in the dump are taken from its table `users`, so that they stay the same; the others
are drawn anew.
"""
import csv
import io
import re

import cast

FIELDS = ["id", "sei", "mei", "kana", "birthday", "zip", "addr", "tel", "mail"]


def users(sql):
    """The rows of the table `users` by id."""
    text = sql.decode()
    line = next(line for line in text.split("\n") if line.startswith("INSERT INTO `users`"))
    rows = re.findall(r"\((\d+)," + r",".join([r"(?:'([^']*)'|NULL)"] * 8), line)
    return {int(row[0]): dict(zip(FIELDS, row)) for row in rows}


def table(header, rows):
    """As a spreadsheet program writes it in Japan."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("cp932")


def second(sql):
    """Entries of a campaign: four customers of the dump, one with a new mailbox, and four others."""
    known, drawn = users(sql), cast.Cast(20261204)
    rows = []
    for number, work in [(101, "青葉商事株式会社"), (103, "株式会社ひかり印刷"),
                         (106, "有限会社みなと物流"), (110, "青葉商事株式会社")]:
        user = known[number]
        mail = "takagi.new@tonbo.example.ne.jp" if number == 110 else user["mail"]
        rows.append([user["sei"] + " " + user["mei"], user["kana"], user["tel"], mail, work])
    for number in range(4):
        person = drawn.person(f"later-{number}")
        rows.append([f"{person.sei} {person.mei}", f"{person.sei_kana} {person.mei_kana}",
                     person.mobile, person.mail, "株式会社ひかり印刷"])
    return table(
        ["応募番号", "氏名", "フリガナ", "電話番号", "メールアドレス", "勤務先", "応募日"],
        [[f"C-{501 + at}"] + row + [f"2026/11/{10 + at}"] for at, row in enumerate(rows)])


def customers(sql):
    """The shop's list: eight customers of the dump, told by several items, and three others.

    Four stand there as in the dump, two with name and address alone, one with a mailbox alone; the
    eighth has the name of somebody of the dump and another telephone. Behind them the first stands
    once more.
    """
    known, drawn = users(sql), cast.Cast(20261205)

    def row(user, *kept):
        full = [user["sei"] + user["mei"], user["addr"], user["tel"], user["mail"]]
        return [value if name in kept else ""
                for name, value in zip(["name", "addr", "tel", "mail"], full)]

    everything = ["name", "addr", "tel", "mail"]
    rows = [row(known[number], *everything) for number in (101, 103, 106, 110)]
    rows += [row(known[number], "name", "addr") for number in (107, 109)]
    rows += [row(known[111], "mail")]
    rows += [[known[112]["sei"] + known[112]["mei"], "", "080-1357-2468", ""]]
    rows += [row(known[101], *everything)]
    for number in range(3):
        person = drawn.person(f"other-{number}")
        rows.append([person.name, person.address, person.mobile, person.mail])
    return table(
        ["顧客番号", "氏名", "住所", "電話番号", "メールアドレス"],
        [[f"{70001 + at}"] + row for at, row in enumerate(rows)])

"""The many ways in which one thing is written in the files of this case."""
import unicodedata

WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
VARIANTS = {"高橋": "髙橋", "山崎": "山﨑", "渡辺": "渡邊", "斎藤": "齋藤", "沢田": "澤田",
            "島田": "嶋田", "広瀬": "廣瀬", "浜田": "濱田", "吉田": "𠮷田"}
HALF = {}
for code in range(0xFF66, 0xFF9E):
    HALF[unicodedata.normalize("NFKC", chr(code))] = chr(code)
    for mark in "ﾞﾟ":
        whole = unicodedata.normalize("NFKC", chr(code) + mark)
        if len(whole) == 1:
            HALF[whole] = chr(code) + mark


def wide(text):
    return text.translate(WIDE)


def half_kana(text):
    return "".join(HALF.get(sign, sign) for sign in text)


def phone(number, style):
    digits = number.replace("-", "")
    head, middle, tail = number.split("-")
    return {"plain": number, "digits": digits, "wide": wide(number), "brackets": f"({head}){middle}-{tail}",
            "dots": f"{head} {middle} {tail}", "excel": f'="{digits}"',
            "international": f"+81 {head[1:]}-{middle}-{tail}"}[style]


def address(person, style):
    a, b, c = person.number
    gap = "　" if style == "wide" else " "
    numbers = {"plain": f"{a}-{b}-{c}", "chome": f"{a}丁目{b}番{c}号", "mixed": f"{a}丁目{b}-{c}",
               "wide": wide(f"{a}-{b}-{c}")}[style]
    return person.town + numbers + (gap + person.building if person.building else "")


def birth(day, style):
    year, month, date = day
    era, letter, first = (("昭和", "S", 1926) if day < (1989, 1, 8) else
                          ("平成", "H", 1989) if day < (2019, 5, 1) else ("令和", "R", 2019))
    number = year - first + 1
    return {
        "iso": f"{year}-{month:02d}-{date:02d}", "slash": f"{year}/{month}/{date}",
        "kanji": f"{year}年{month}月{date}日", "era": f"{era}{number}年{month}月{date}日",
        "letter": f"{letter}{number}.{month}.{date}", "slash_era": f"{letter}{number:02d}/{month:02d}/{date:02d}",
        "wide_era": wide(f"{era}{number}年{month}月{date}日"),
    }[style]

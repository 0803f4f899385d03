"""Tables of cells written as files: delimited, JSON, XML, SQL dumps."""
import json, os

JAPANESE = ("utf-8", "utf-8", "utf-8-sig", "cp932", "cp932", "euc-jp", "utf-16")


class Table:
    """`name`, headers, rows of texts; `file` is where it belongs, tables of one dump share it."""

    def __init__(self, name, headers):
        self.name, self.headers, self.rows, self.keys = name, headers, [], []


def charset(r, table, language):
    """One that can write every cell."""
    chosen = r.choice(JAPANESE) if language == "ja" else r.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"))
    try:
        for row in [table.headers] + table.rows:
            "".join(row).encode(chosen)
    except UnicodeEncodeError:
        return "utf-8"
    return chosen


def delimited(table, mark, quote, end):
    def cell(text):
        if quote or mark in text or '"' in text or "\n" in text:
            return '"%s"' % text.replace('"', '""')
        return text
    return "".join(mark.join(cell(text) for text in row) + end for row in [table.headers] + table.rows)


def json_lines(table, array):
    rows = [json.dumps({header: text or None for header, text in zip(table.headers, row)}, ensure_ascii=False) for row in table.rows]
    return "[\n" + ",\n".join(rows) + "\n]\n" if array else "".join(row + "\n" for row in rows)


def xml(table):
    escape = lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    names = ["".join(c if c.isalnum() else "_" for c in header) for header in table.headers]
    rows = ("  <%s>%s</%s>\n" % (table.name, "".join("<%s>%s</%s>" % (name, escape(text), name) for name, text in zip(names, row)), table.name) for row in table.rows)
    return '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n' + "".join(rows) + "</records>\n"


def key(column, table, target, quote):
    return "REFERENCES %s%s%s (%s%s%s)" % (quote, table, quote, quote, target, quote)


def mysql(tables, keys=True):
    def value(header, text):
        if not text:
            return "NULL"
        return text if text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 10 else "'%s'" % text.replace("\\", "\\\\").replace("'", "\\'")
    out = ["-- MySQL dump 10.13\n"]
    for table in tables:
        out.append("CREATE TABLE `%s` (\n%s\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n" % (table.name, ",\n".join(["  `%s` %s" % (header, "int NOT NULL" if header == "id" else "varchar(255)") for header in table.headers] + (["  PRIMARY KEY (`%s`)" % table.headers[0]] if table.headers[0] in ("id", "no") else []) + ["  CONSTRAINT `%s_%d` FOREIGN KEY (`%s`) %s" % (table.name, number, column, key(column, other, target, "`")) for number, (column, other, target) in enumerate(table.keys if keys else [])])))
        for start in range(0, len(table.rows), 100):
            rows = ("(%s)" % ",".join(value(header, text) for header, text in zip(table.headers, row)) for row in table.rows[start:start + 100])
            out.append("INSERT INTO `%s` VALUES\n%s;\n" % (table.name, ",\n".join(rows)))
    return "".join(out)


def postgres(tables, keys=True):
    quoted = lambda name: name if name.replace("_", "a").isalnum() and name == name.lower() else '"%s"' % name
    out = ["--\n-- PostgreSQL database dump\n--\n\n"]
    for table in tables:
        headers = [quoted(header) for header in table.headers]
        out.append("CREATE TABLE public.%s (\n%s\n);\n\n" % (table.name, ",\n".join("    %s text" % header for header in headers)))
        out.append("COPY public.%s (%s) FROM stdin;\n" % (table.name, ", ".join(headers)))
        out.extend("\t".join(text.replace("\\", "\\\\").replace("\n", "\\n") or "\\N" for text in row) + "\n" for row in table.rows)
        out.append("\\.\n\n")
    for table in tables if keys else []:
        if table.headers[0] in ("id", "no"):
            out.append("ALTER TABLE ONLY public.%s\n    ADD CONSTRAINT %s_pkey PRIMARY KEY (%s);\n\n" % (table.name, table.name, table.headers[0]))
    for table in tables if keys else []:
        for number, (column, other, target) in enumerate(table.keys):
            out.append("ALTER TABLE ONLY public.%s\n    ADD CONSTRAINT %s_fk%d FOREIGN KEY (%s) REFERENCES public.%s(%s);\n\n" % (table.name, table.name, number, column, other, target))
    return "".join(out)


def lines_of(text, tables, form):
    """By table: the line of each row."""
    if form == "dump":
        places, copies = [], False
        for number, line in enumerate(text.split("\n"), 1):
            # A row of COPY with one column looks like anything.
            if line == "\\.":
                copies = False
            elif copies or line.startswith("("):
                places.append(number)
            else:
                copies = line.startswith("COPY ")
        found, at = {}, 0
        for table in tables:
            found[table.name] = places[at:at + len(table.rows)]
            at += len(table.rows)
        return found
    first = {"csv": 2, "tsv": 2, "lines": 1, "jsonl": 1, "array": 2, "xml": 3}[form]
    return {tables[0].name: list(range(first, first + len(tables[0].rows)))}


def write(folder, r, name, tables, language, form=None):
    """Writes the tables of one file, several of them only as a dump; the file's name, and the line of each row."""
    form = form or ("dump" if len(tables) > 1 else r.choice(("csv", "csv", "csv", "tsv", "jsonl", "array", "xml", "dump")))
    codec = "utf-8"
    if form == "dump":
        text, ending = (mysql if r.random() < 0.6 else postgres)(tables, any(column not in ("user_id", "patient_id", "address_id") for table in tables for column, _, _ in table.keys) or r.random() < 0.5), "sql"
    elif form in ("csv", "tsv"):
        codec = charset(r, tables[0], language)
        text, ending = delimited(tables[0], "," if form == "csv" else "\t", r.random() < 0.3, r.choice(("\n", "\r\n"))), form
    elif form == "xml":
        text, ending = xml(tables[0]), "xml"
    elif form == "lines":
        text, ending = "".join(row[0] + "\n" for row in tables[0].rows), "txt"
    else:
        text, ending = json_lines(tables[0], form == "array"), "json" if form == "array" else "jsonl"
    path = "%s.%s" % (name, ending)
    with open(os.path.join(folder, path), "wb") as file:
        file.write(text.encode(codec))
    return path, lines_of(text, tables, form)

"""Files with known truth: a document knows for every value where its bytes stand and of which type it is."""
import json, os


class Truth:
    """One value that is there: type, the byte ranges it may be reported at, and what else would be right."""

    __slots__ = ("type", "also", "way", "spans", "required", "note", "text", "layout", "parts")

    def __init__(self, type, also=(), way="column", required=True, note=""):
        self.type, self.also, self.way, self.required, self.note = type, frozenset(also), way, required, note
        self.spans, self.text, self.layout, self.parts = [], "", "", 0


class Piece:
    """A stretch of text, with what it is; several pieces with one truth are one value in parts."""

    __slots__ = ("text", "truth")

    def __init__(self, text, truth=None):
        self.text, self.truth = text, truth


class Document:
    """Bytes being written."""

    def __init__(self, path, charset="utf-8", layout=""):
        self.path, self.charset, self.layout = path, charset, layout
        self.parts, self.size, self.truths = [], 0, {}
        if charset in ("utf-8-sig", "utf-16"):
            self._bytes(b"\xef\xbb\xbf" if charset == "utf-8-sig" else b"\xff\xfe")
        self.codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(charset, charset)

    def _bytes(self, raw):
        self.parts.append(raw)
        self.size += len(raw)

    def put(self, text):
        self._bytes(text.encode(self.codec))

    def value(self, text, truth, escape=None):
        start = self.size
        self.put(escape(text) if escape else text)
        if truth is not None and self.size > start:
            truth.spans.append((start, self.size))
            truth.text += ("|" if truth.text else "") + text
            truth.layout = self.layout
            self.truths[id(truth)] = truth

    def pieces(self, cell, escape=None):
        for piece in cell:
            self.value(piece.text, piece.truth, escape)

    def save(self, folder):
        target = os.path.join(folder, self.path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(b"".join(self.parts))


def text_of(cell):
    return "".join(piece.text for piece in cell)


class Table:
    """Columns with headers and rows of cells; a cell is a list of pieces."""

    def __init__(self, name, headers, rows, numeric=()):
        self.name, self.headers, self.rows, self.numeric = name, headers, rows, set(numeric)


def csv(document, table, r, mark=",", header=True, quote="some", line_end="\n", title=None):
    def escape(text):
        return text.replace('"', '""')

    def cell(pieces):
        text = text_of(pieces)
        quoted = quote == "all" or any(c in text for c in (mark, '"', "\n", "\r")) or quote == "some" and text and not text[0].isdigit() and r.random() < 0.0
        if quoted:
            document.put('"')
        document.pieces(pieces, escape if quoted else None)
        if quoted:
            document.put('"')

    def row(cells):
        for number, pieces in enumerate(cells):
            if number:
                document.put(mark)
            cell(pieces)
        document.put(line_end)

    if title:
        document.put(title + line_end)
    if header:
        row([[Piece(text)] for text in table.headers])
    for cells in table.rows:
        row(cells)


def _sql_text(text):
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")


def _standard_sql(text):
    return text.replace("'", "''")


def sql(document, table, r, flavour, columns=True, create=True):
    """mysqldump (extended inserts), pg_dump (COPY), SQLite `.dump`, SQL Server scripts."""
    quote = {"mysql": "`%s`", "sqlite": '"%s"', "mssql": "[%s]", "pg": '"%s"'}[flavour]
    names = [quote % h for h in table.headers]
    name = {"mysql": "`%s`", "sqlite": "%s", "mssql": "[dbo].[%s]", "pg": "public.%s"}[flavour] % table.name
    if flavour == "mysql":
        document.put("-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n-- Host: localhost    Database: app\n-- ------------------------------------------------------\n/*!40101 SET NAMES utf8mb4 */;\n\n")
    elif flavour == "pg":
        document.put("--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n")
    elif flavour == "sqlite":
        document.put("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n")
    else:
        document.put("USE [App]\nGO\nSET ANSI_NULLS ON\nGO\n")
    if create:
        kind = {"mysql": "varchar(255) DEFAULT NULL", "pg": "character varying(255)", "sqlite": "TEXT", "mssql": "[nvarchar](255) NULL"}[flavour]
        document.put("CREATE TABLE %s (\n%s\n)%s;\n" % (name, ",\n".join("  %s %s" % (n, kind) for n in names), " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4" if flavour == "mysql" else ""))
    if flavour == "pg":
        document.put("COPY %s (%s) FROM stdin;\n" % (name, ", ".join(names)))
        for cells in table.rows:
            for number, pieces in enumerate(cells):
                document.put("\t" if number else "")
                if text_of(pieces):
                    document.pieces(pieces, lambda t: t.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
                else:
                    document.put("\\N")
            document.put("\n")
        document.put("\\.\n\n")
        return
    escape = _sql_text if flavour == "mysql" else _standard_sql
    head = "INSERT INTO %s%s VALUES " % (name, " (%s)" % ", ".join(names) if columns else "")
    for index, cells in enumerate(table.rows):
        extended = flavour == "mysql"
        document.put(head if not extended or index % 50 == 0 else "")
        document.put("(")
        for number, pieces in enumerate(cells):
            document.put(("," if flavour != "mssql" else ", ") if number else "")
            text = text_of(pieces)
            if not text:
                document.put("NULL")
            elif number in table.numeric and text.isdigit() and not text.startswith("0"):
                document.pieces(pieces)
            else:
                document.put("N'" if flavour == "mssql" else "'")
                document.pieces(pieces, escape)
                document.put("'")
        last = index == len(table.rows) - 1 or index % 50 == 49
        document.put((");\n" if last else "),") if extended else ");\n" if flavour == "sqlite" else ")\nGO\n" if index % 100 == 99 else ")\n")
    document.put("COMMIT;\n" if flavour == "sqlite" else "\n")


def _json_text(ascii):
    return lambda text: json.dumps(text, ensure_ascii=ascii)[1:-1]


def _tree(headers):
    """Headers with dots as nested objects: a list of (key, column number or a list)."""
    out = []
    for number, header in enumerate(headers):
        head, _, rest = header.partition(".")
        if rest:
            if not out or out[-1][0] != head or isinstance(out[-1][1], int):
                out.append((head, []))
            out[-1][1].append((rest, number))
        else:
            out.append((header, number))
    return out


def json_lines(document, table, r, array=False, ascii=False, indent=False, wrap=None):
    escape = _json_text(ascii)
    tree = _tree(table.headers)
    line, deep = ("\n", "    ") if indent else ("", "")

    def member(first, key):
        document.put(("" if first else "," + ("" if indent else "")) + line + deep + '"%s":%s' % (escape(key), " " if indent else ""))

    def scalar(number, cells):
        text = text_of(cells[number])
        if number in table.numeric and text.isdigit() and not text.startswith("0"):
            document.pieces(cells[number])
        elif not text and r.random() < 0.5:
            document.put("null")
        else:
            document.put('"')
            document.pieces(cells[number], escape)
            document.put('"')

    if wrap:
        document.put('{"%s": ' % wrap)
    document.put("[\n" if array else "")
    for index, cells in enumerate(table.rows):
        document.put("{")
        for position, (key, inner) in enumerate(tree):
            member(position == 0, key)
            if isinstance(inner, int):
                scalar(inner, cells)
                continue
            document.put("{")
            for place, (name, number) in enumerate(inner):
                document.put(("," if place else "") + '"%s":' % escape(name))
                scalar(number, cells)
            document.put("}")
        document.put(line + "}" + ("," if array and index + 1 < len(table.rows) else "") + "\n")
    document.put("]\n" if array else "")
    if wrap:
        document.put("}\n")


def xml(document, table, r, attributes=False):
    """Records as elements with one child a column, or with one attribute a column."""
    escape = lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    tag = table.name
    document.put('<?xml version="1.0" encoding="UTF-8"?>\n<%ss>\n' % tag)
    for cells in table.rows:
        if attributes:
            document.put("  <" + tag)
            for header, pieces in zip(table.headers, cells):
                if text_of(pieces):
                    document.put(' %s="' % header)
                    document.pieces(pieces, escape)
                    document.put('"')
            document.put("/>\n")
            continue
        document.put("  <%s>\n" % tag)
        for header, pieces in zip(table.headers, cells):
            document.put("    <%s>" % header)
            document.pieces(pieces, escape)
            document.put("</%s>\n" % header)
        document.put("  </%s>\n" % tag)
    document.put("</%ss>\n" % tag)

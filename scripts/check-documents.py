#!/usr/bin/env python3
"""Reads the documents of a run with readers that this project did not write, and checks what they promise.

usage: check-documents.py RUN
needs: pip install -r scripts/requirements.txt; LibreOffice (soffice), where it is there, turns report.docx into a PDF
"""
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import docx
import openpyxl
import pyarrow.parquet

STYLES = {"Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Quote", "Caption"}


def check(holds, words):
    if not holds:
        sys.exit(f"check-documents: {words}")


def check_word(path, report):
    document = docx.Document(path)
    used = {paragraph.style.name for paragraph in document.paragraphs}
    check(STYLES <= used, f"{path.name} does not use {STYLES - used}")
    with_themes = [question for question in report["questions"] if question["themes"]]
    check(len(document.inline_shapes) == len(with_themes), f"{path.name} has {len(document.inline_shapes)} charts")
    for shape in document.inline_shapes:
        check(shape._inline.docPr.get("descr", "").startswith("Bar chart."), "a chart has no text alternative")
    for table in document.tables:
        check(table.style.name == "Table Grid", f"a table has the style {table.style.name}")
        header = table.rows[0]._tr.trPr
        check(header is not None and header.xpath("w:tblHeader"), "a table has no header row")
    bullets = [p for p in document.paragraphs if p.style.name == "List Bullet"]
    check(any(run.bold for p in bullets for run in p.runs), "no bullet has bold key words")
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for question in report["questions"]:
        for theme in question["themes"]:
            check(theme["name"] in text, f"{theme['name']} is not in {path.name}")
    return len(document.paragraphs)


def check_workbook(path):
    book = openpyxl.load_workbook(path)
    check(book.sheetnames[:3] == ["Cover", "Contents", "Notes"], f"{path.name} begins with {book.sheetnames[:3]}")
    rows = 0
    for sheet in book:
        name = f"{path.name}, {sheet.title}"
        check(sheet["A1"].value and sheet["A1"].font.b, f"{name}: no title in A1")
        check(not sheet.merged_cells.ranges, f"{name}: merged cells")
        check(len(sheet.tables) <= 1, f"{name}: {len(sheet.tables)} tables")
        for row in sheet.iter_rows():
            for cell in row:
                check(cell.data_type != "f", f"{name}: {cell.coordinate} is a formula")
        for table in sheet.tables.values():
            header = sheet[table.ref][0]
            check(all(cell.value for cell in header), f"{name}: an empty header")
            check(sheet.freeze_panes == f"A{header[0].row + 1}", f"{name}: the header is not frozen")
            check(table.autoFilter is not None, f"{name}: no filter")
            rows += len(sheet[table.ref]) - 1
    listed = [row[0].value for row in book["Contents"].iter_rows(min_row=4)]
    check(listed == book.sheetnames[3:], f"{path.name}: the contents list {listed}")
    check(all(row[0].hyperlink for row in book["Contents"].iter_rows(min_row=4)), f"{path.name}: contents without links")
    check(str(book.properties.created).startswith("2000-01-01"), f"{path.name}: made at {book.properties.created}")
    return rows


def check_coded(path, assignments):
    sheet = openpyxl.load_workbook(path)["Coded answers"]
    (table,) = sheet.tables.values()
    header, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    check(len(rows) == min(len(assignments), 100_000), f"{path.name} has {len(rows)} rows")
    column = {name: i for i, name in enumerate(header)}
    for row, assignment in zip(rows, assignments):
        check((row[column["final_theme"]] or "") == assignment["theme"].removeprefix("'"), f"{path.name}: {row}")
    check(len(sheet.data_validations.dataValidation) == 1, f"{path.name}: final_theme offers no list")


def check_parquet(path, mentions):
    table = pyarrow.parquet.read_table(path)
    check(table.num_rows == len(mentions), f"{path.name} has {table.num_rows} rows, mentions.csv {len(mentions)}")
    check(table.column_names == list(mentions[0]) if mentions else True, f"{path.name} has the columns {table.column_names}")
    for name in ("respondent_id", "theme_id", "text"):
        same = [value.removeprefix("'") for value in (row[name] for row in mentions)]
        check([value.removeprefix("'") for value in table[name].to_pylist()] == same, f"{path.name}: {name} differs")


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check_pdf(path):
    if not shutil.which("soffice"):
        return "no LibreOffice here, so no PDF"
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=300)
        pdf = pathlib.Path(folder, path.with_suffix(".pdf").name)
        check(pdf.is_file() and pdf.stat().st_size > 10_000, f"LibreOffice does not open {path.name}")
        return f"{pdf.stat().st_size // 1024} KB as PDF"


def main():
    run = pathlib.Path(sys.argv[1])
    report = json.loads((run / "themes.json").read_text(encoding="utf-8"))
    paragraphs = check_word(run / "report.docx", report)
    print(f"report.docx: {paragraphs} paragraphs, {check_pdf(run / 'report.docx')}")
    for name in ("quotes.xlsx", "coded-answers.xlsx", "tables.xlsx"):
        print(f"{name}: {check_workbook(run / name)} rows")
    check_coded(run / "coded-answers.xlsx", read_csv(run / "assignments.csv"))
    check_parquet(run / "mentions.parquet", read_csv(run / "mentions.csv"))
    print("mentions.parquet: as mentions.csv")


main()
